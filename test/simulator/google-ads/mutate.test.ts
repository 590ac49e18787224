import * as grpc from '@grpc/grpc-js';
import { Customer, errors, type MutateOperation } from 'google-ads-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, type Caller, managerAccount, open } from '../open.ts';

let simulator: Simulator;
let call: Caller;
beforeEach(async () => {
  ({ simulator, call } = await open({ days: 10 }));
});
afterEach(() => simulator.close());

type Mutation = { readonly entity: string; readonly operation: string; readonly resource: unknown };

/** The unmodified package's Customer, told where the simulator is. */
function customer(customerId = berlin): Customer {
  const own = new Customer(
    {
      client_id: '',
      client_secret: '',
      developer_token: simulator.credentials.developerToken,
      grpc_channel_options: {
        servicePath: '127.0.0.1',
        port: Number(simulator.grpc.split(':')[1]),
        'grpc.callInvocationTransformer': (properties: { callOptions: object }) => ({
          ...properties,
          callOptions: { ...properties.callOptions, credentials: bearer(call.token) },
        }),
      },
    },
    { customer_id: customerId, login_customer_id: managerAccount, refresh_token: `unused-${simulator.grpc}` },
  );
  Object.assign(own, { getCredentials: () => grpc.credentials.createInsecure() });
  return own;
}

function bearer(token: string): grpc.CallCredentials {
  return grpc.credentials.createFromMetadataGenerator((_parameters, done) => {
    const metadata = new grpc.Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    done(null, metadata);
  });
}

const send = (mutations: readonly Mutation[], options: object = {}, customerId = berlin) =>
  customer(customerId).mutateResources(mutations as unknown as MutateOperation<object>[], options);

/** The first error of a refusal: its code, and where it is. */
async function refusal(mutations: readonly Mutation[], customerId = berlin): Promise<string> {
  const error: unknown = await send(mutations, {}, customerId).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof errors.GoogleAdsFailure)) throw error ?? new Error('it was taken');
  const { errors: all } = errors.GoogleAdsFailure.toObject(error, { enums: String });
  const { error_code: code, location } = all[0];
  const steps: { field_name: string; index?: number }[] = location?.field_path_elements ?? [];
  const path = steps.map(({ field_name: name, index }) => (index === undefined ? name : `${name}[${index}]`));
  return `${Object.entries(code).map(([category, name]) => `${category}.${name}`)} ${path.slice(2).join('.')}`.trim();
}

const name = (collection: string, id: string | number) => `customers/${berlin}/${collection}/${id}`;
const create = (entity: string, resource: object): Mutation => ({ entity, operation: 'create', resource });
const update = (entity: string, resource: object): Mutation => ({ entity, operation: 'update', resource });

const budget = (more: object = {}) =>
  create('campaign_budget', {
    resource_name: name('campaignBudgets', -1),
    amount_micros: 10_000_000,
    explicitly_shared: false,
    ...more,
  });
const campaign = (more: object = {}) =>
  create('campaign', {
    resource_name: name('campaigns', -2),
    name: 'Autumn',
    status: 'PAUSED',
    advertising_channel_type: 'SEARCH',
    campaign_budget: name('campaignBudgets', -1),
    contains_eu_political_advertising: 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
    manual_cpc: { enhanced_cpc_enabled: false },
    ...more,
  });
const group = (more: object = {}) =>
  create('ad_group', {
    resource_name: name('adGroups', -3),
    campaign: name('campaigns', -2),
    name: 'Trail',
    cpc_bid_micros: 1_000_000,
    ...more,
  });
const ad = (search: object = {}, more: object = {}) =>
  create('ad_group_ad', {
    ad_group: name('adGroups', -3),
    ad: {
      final_urls: ['https://strider.example/trail'],
      responsive_search_ad: {
        headlines: ['One', 'Two', 'Three'].map((text) => ({ text })),
        descriptions: ['First line', 'Second line'].map((text) => ({ text })),
        ...search,
      },
      ...more,
    },
  });

describe('a mutate', { timeout: 20_000 }, () => {
  it('makes a campaign with everything beneath it by temporary names', async () => {
    const answer = await send([budget(), campaign(), group(), ad()]);
    const made = (answer.mutate_operation_responses ?? []).map((one) => Object.entries(one)[0]);
    expect(made.map((one) => one?.[0])).toEqual([
      'campaign_budget_result',
      'campaign_result',
      'ad_group_result',
      'ad_group_ad_result',
    ]);
    const { body } = await call.search(
      berlin,
      "SELECT campaign.name, ad_group.name, ad_group_ad.ad.id FROM ad_group_ad WHERE campaign.name = 'Autumn'",
    );
    expect(body.results).toMatchObject([{ campaign: { name: 'Autumn' }, adGroup: { name: 'Trail' } }]);
  });

  it('does nothing of it when one operation is refused', async () => {
    const before = simulator.market().edits.length;
    expect(await refusal([budget(), campaign(), group(), ad({ headlines: [{ text: 'One' }] })])).toBe(
      'collection_size_error.TOO_FEW create.ad.responsive_search_ad.headlines',
    );
    expect(simulator.market().edits).toHaveLength(before);
    expect(simulator.writes.list().map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  it('counts what readers see of an insertion', async () => {
    const headlines = (text: string) => ({ headlines: ['One', 'Two', text].map((one) => ({ text: one })) });
    const made = (text: string) => [budget(), campaign(), group(), ad(headlines(text))];
    const tooLong = 'string_length_error.TOO_LONG create.ad.responsive_search_ad.headlines[2].text';
    const validated = { validate_only: true };
    await send(made(`{KeyWord:${'x'.repeat(30)}}`), validated);
    await send(made(`Shoes in {LOCATION(City):${'x'.repeat(21)}}`), validated);
    await send(made('Offer ends in {COUNTDOWN(2026-12-24 23:59:59,5)}'), validated);
    expect(await refusal(made(`{KeyWord:${'x'.repeat(31)}}`))).toBe(tooLong);
    expect(await refusal(made('The offer of the year ends in {COUNTDOWN(2026-12-24 23:59:59,5)}'))).toBe(tooLong);
  });

  it('that is only to be validated is checked and does nothing', async () => {
    await send([budget(), campaign()], { validate_only: true });
    expect(simulator.market().edits).toHaveLength(0);
    await expect(send([budget(), campaign({ name: '' })], { validate_only: true })).rejects.toBeInstanceOf(
      errors.GoogleAdsFailure,
    );
  });

  it.each<[string, readonly Mutation[]]>([
    [
      'campaign_budget_error.MONEY_AMOUNT_LESS_THAN_CURRENCY_MINIMUM_CPC create.amount_micros',
      [budget({ amount_micros: 100 })],
    ],
    [
      'campaign_budget_error.NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT create.amount_micros',
      [budget({ amount_micros: 10_000_001 })],
    ],
    [
      'field_error.REQUIRED create.contains_eu_political_advertising',
      [budget(), campaign({ contains_eu_political_advertising: undefined })],
    ],
    ['field_error.REQUIRED create.campaign_bidding_strategy', [budget(), campaign({ manual_cpc: undefined })]],
    ['field_error.REQUIRED create.name', [budget(), campaign({ name: undefined })]],
    ['string_length_error.TOO_LONG create.name', [budget(), campaign({ name: 'x'.repeat(256) })]],
    ['mutate_error.RESOURCE_NOT_FOUND create.campaign_budget', [campaign()]],
    [
      'bidding_error.CANNOT_ATTACH_BIDDING_STRATEGY_TO_CAMPAIGN create.manual_cpc',
      [budget(), campaign({ advertising_channel_type: 'PERFORMANCE_MAX' })],
    ],
    [
      'date_range_error.CANNOT_SET_DATE_TO_PAST create.start_date_time',
      [budget(), campaign({ start_date_time: '2026-01-01 00:00:00' })],
    ],
    [
      'ad_group_error.DUPLICATE_ADGROUP_NAME create.name',
      [budget(), campaign(), group(), group({ resource_name: name('adGroups', -4) })],
    ],
    [
      'new_resource_creation_error.DUPLICATE_TEMP_IDS create.resource_name',
      [budget(), campaign(), group(), group({ name: 'Other' })],
    ],
    [
      'string_length_error.TOO_LONG create.ad.responsive_search_ad.path1',
      [budget(), campaign(), group(), ad({ path1: 'x'.repeat(16) })],
    ],
    [
      'url_field_error.INVALID_FINAL_URL create.ad.final_urls[0]',
      [budget(), campaign(), group(), ad({}, { final_urls: ['no url'] })],
    ],
    [
      'mutate_error.RESOURCE_NOT_FOUND update.resource_name',
      [update('campaign', { resource_name: name('campaigns', 999), status: 'PAUSED' })],
    ],
    [
      'request_error.RESOURCE_NAME_MALFORMED update.resource_name',
      [update('campaign', { resource_name: 'campaigns/1', status: 'PAUSED' })],
    ],
  ])('is refused with %s', async (expected, mutations) => {
    expect(await refusal(mutations)).toBe(expected);
  });

  it('of a manager account is refused', async () => {
    expect(await refusal([budget()], managerAccount)).toBe('request_error.CANNOT_BE_EXECUTED_BY_MANAGER_ACCOUNT');
  });

  it('of what the simulator does not model is refused by name', async () => {
    await expect(send([create('label', { name: 'New' })])).rejects.toMatchObject({
      code: grpc.status.UNIMPLEMENTED,
      details: expect.stringContaining('mutate_operations[0]'),
    });
    await expect(send([budget(), campaign({ shopping_setting: { merchant_id: 1 } })])).rejects.toMatchObject({
      details: expect.stringContaining('campaign.shopping_setting'),
    });
  });

  it('counts each operation against the day`s quota', async () => {
    const small = await open({ days: 10, dailyOperations: 3 });
    const first = simulator;
    await first.close();
    ({ simulator, call } = small);
    expect(await refusal([budget(), campaign(), group(), ad()])).toBe('quota_error.RESOURCE_EXHAUSTED');
  });

  it('has consequences: what is paused gets no traffic from then on, and a new campaign some when it is enabled', async () => {
    const { body } = await call.search(
      berlin,
      "SELECT campaign.id FROM campaign WHERE campaign.status = 'ENABLED' LIMIT 1",
    );
    const id: string = body.results[0].campaign.id;
    await send([update('campaign', { resource_name: name('campaigns', id), status: 'PAUSED' })]);
    simulator.clock.advance(2 * 86_400_000);
    const { body: after } = await call.search(
      berlin,
      `SELECT segments.date, metrics.impressions FROM campaign WHERE campaign.id = ${id} AND segments.date = '2026-11-21'`,
    );
    expect(after.results ?? []).toEqual([]);
  });
});
