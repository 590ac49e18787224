import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import type { Answered } from '../open.ts';
import { type Caller, campaignReport, europe, open } from './open.ts';
import {
  envelope,
  type Kind,
  type Parameter,
  type Published,
  published as publishedReads,
} from './published-shapes.ts';
import { publishedLookups, publishedWrites } from './published-writes.ts';
import { adGroupDraft, campaignDraft, creativeDraft, fresh } from './writing.ts';

const published: Readonly<Record<string, Published>> = { ...publishedReads, ...publishedLookups, ...publishedWrites };

let simulator: Simulator;
let call: Caller;
let task: string;
/** What a write may be about. */
let present: { campaign: string; adGroup: string; ad: string; creative: object };
const { page_size: _, ...whole } = campaignReport;
beforeAll(async () => {
  ({ simulator, call } = await open());
  task = (await call.post('report/task/create', whole)).body.data.task_id;
  const campaign = (await call.post('campaign/create', campaignDraft())).body.data.campaign_id;
  const adGroup = (await call.post('adgroup/create', adGroupDraft(campaign))).body.data.adgroup_id;
  const creative = await creativeDraft(call);
  const ads = { advertiser_id: europe, adgroup_id: adGroup, creatives: [creative] };
  const ad = (await call.post('ad/create', ads)).body.data.ad_ids[0];
  present = { campaign, adGroup, ad, creative };
});
afterAll(() => simulator.close());

const kinds: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && !Array.isArray(value),
};

/** A call that is answered. */
function good(operation: string): Record<string, unknown> {
  if (operation === 'advertiser/info') return { advertiser_ids: [europe] };
  if (operation === 'report/integrated/get') return { ...campaignReport };
  if (operation === 'report/task/create') return { ...whole };
  if (operation in publishedWrites) return goodWrite(operation);
  if (operation in publishedLookups)
    return {
      advertiser_id: europe,
      ...(operation === 'tool/region' && {
        placements: ['PLACEMENT_TIKTOK'],
        objective_type: 'TRAFFIC',
        level_range: 'TO_COUNTRY',
      }),
    };
  if (operation.startsWith('report/task/')) return { advertiser_id: europe, task_id: task };
  return { advertiser_id: europe, page_size: 1000, filtering: { primary_status: 'STATUS_ALL' } };
}

function goodWrite(operation: string): Record<string, unknown> {
  const { campaign, adGroup, ad, creative } = present;
  const ids: Readonly<Record<string, object>> = {
    'campaign/create': campaignDraft(),
    'campaign/update': { campaign_id: campaign, campaign_name: fresh() },
    'campaign/status/update': { campaign_ids: [campaign], operation_status: 'DISABLE' },
    'adgroup/create': adGroupDraft(campaign),
    'adgroup/update': { adgroup_id: adGroup, adgroup_name: fresh() },
    'adgroup/status/update': { adgroup_ids: [adGroup], operation_status: 'DISABLE' },
    'ad/create': { adgroup_id: adGroup, creatives: [creative] },
    'ad/update': { adgroup_id: adGroup, patch_update: true, creatives: [{ ad_id: ad, ad_name: fresh() }] },
    'ad/status/update': { ad_ids: [ad], operation_status: 'DISABLE' },
  };
  return { advertiser_id: europe, ...ids[operation] };
}

function send(operation: string, parameters: Record<string, unknown>): Promise<Answered> {
  return published[operation]?.method === 'POST' ? call.post(operation, parameters) : call.get(operation, parameters);
}

function expectEnvelope({ body }: Answered): void {
  expect(Object.keys(body).sort()).toEqual(Object.keys(envelope).sort());
  for (const [name, kind] of Object.entries(envelope)) expect([name, kinds[kind](body[name])]).toEqual([name, true]);
}

/** Understood, or refused with a parameter error that names the parameter or its value. */
function expectUnderstood({ body }: Answered, name: string, value: unknown): void {
  if (body.code === 0) return;
  expect(body.code).toBe(40002);
  expect(
    [name, String(value)].some((known) => body.message.includes(known)),
    `${name}=${value}: ${body.message}`,
  ).toBe(true);
}

const operations = Object.entries(published).filter(([operation]) => operation !== 'report/task/cancel');

describe.each(operations)('%s', (operation, shape: Published) => {
  it(`answers what ${shape.source} describes`, async () => {
    const answer = await send(operation, good(operation));
    expectEnvelope(answer);
    expect(answer.body.code).toBe(0);
    for (const name of Object.keys(answer.body.data)) expect(shape.data).toContain(name);
    const rows: Record<string, unknown>[] = answer.body.data.list ?? [];
    if (shape.data.includes('list')) expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      for (const [name, kind] of Object.entries(shape.row ?? {})) {
        expect(Object.keys(row)).toContain(name);
        expect([name, row[name], row[name] === null || kinds[kind](row[name])]).toEqual([name, row[name], true]);
      }
      if (shape.row !== undefined) expect(Object.keys(row).sort()).toEqual(Object.keys(shape.row).sort());
    }
    if (shape.data.includes('page_info'))
      expect(Object.keys(answer.body.data.page_info).sort()).toEqual([
        'page',
        'page_size',
        'total_number',
        'total_page',
      ]);
  });

  it('answers a refusal in the same envelope', async () => {
    const answer = await send(operation, { advertiser_id: '7', advertiser_ids: ['7'], task_id: '7' });
    expectEnvelope(answer);
    expect(answer.body.code).not.toBe(0);
  });

  it('understands every published parameter, or refuses it by name', async () => {
    for (const [name, parameter] of Object.entries(shape.parameters)) {
      for (const value of examples(name, parameter, good(operation)[name])) {
        const met = await send(operation, { ...good(operation), [name]: value });
        expectEnvelope(met);
        expectUnderstood(met, name, value);
      }
    }
  });

  it('refuses values outside the published bounds, and calls without what is required', async () => {
    for (const [name, { required, min, max, kind, values }] of Object.entries(shape.parameters)) {
      const codeOf = async (value: unknown) => (await send(operation, { ...good(operation), [name]: value })).body.code;
      if (required) expect([name, await codeOf(undefined)]).toEqual([name, 40002]);
      if (min !== undefined) expect([name, await codeOf(min - 1)]).toEqual([name, 40002]);
      if (max !== undefined && kind === 'number') expect([name, await codeOf(max + 1)]).toEqual([name, 40002]);
      if (values !== undefined) expect([name, await codeOf('NO_SUCH_VALUE')]).toEqual([name, 40002]);
    }
  });
});

describe('report/task/cancel', () => {
  it('answers the status and message that report_task_cancel.yml names', async () => {
    const slow = await open({ taskMs: 60_000 });
    try {
      const { task_id } = (await slow.call.post('report/task/create', whole)).body.data;
      const answer = await slow.call.post('report/task/cancel', { advertiser_id: europe, task_id });
      expectEnvelope(answer);
      expect(answer.body.data).toEqual({ status: 'CANCELED', message: '' });
    } finally {
      await slow.simulator.close();
    }
  });
});

/** Values of a published parameter: all of its enum, or one of its type. */
function examples(name: string, { kind, values }: Parameter, present: unknown): readonly unknown[] {
  if (values !== undefined) return values;
  if (present !== undefined) return [present];
  if (kind === 'boolean') return [true, false];
  if (kind === 'number') return [1];
  if (kind === 'object') return [{}];
  if (kind === 'list') return [name === 'filtering' || name === 'fields' ? [] : ['1']];
  return ['1'];
}
