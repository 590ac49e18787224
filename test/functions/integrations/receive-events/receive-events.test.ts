import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiHandler } from '../../../../adapters/http/api-handler.ts';
import { createPlaceDirectory } from '../../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../../adapters/telemetry.ts';
import { receiveConversionsRoutes } from '../../../../contracts/routes/receive-conversions.ts';
import { receiveEventsRoutes } from '../../../../contracts/routes/receive-events.ts';
import { problem } from '../../../../contracts/schemas/problem.ts';
import { receivedEvents } from '../../../../contracts/schemas/stream-input.ts';
import { receiveEvents } from '../../../../functions/integrations/receive-events/receive-events.ts';
import { callApi } from '../../../adapters/http/api-event.ts';
import { newWorkspace, type SeededAccount, seedAccount, seedStructure } from '../../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { type RecordedStream, recordedStream } from '../../../adapters/streams/recorded-stream.ts';

const now = Date.UTC(2026, 10, 20, 12);
const iso = (at: number) => new Date(at).toISOString();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let state: StateTable;
let account: SeededAccount;
let recorded: RecordedStream;
let handler: unknown;
let logged: string[];
let quota = { perSecond: 1_000, perDay: 100_000 };

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());
beforeEach(async () => {
  quota = { perSecond: 1_000, perDay: 100_000 };
  recorded = recordedStream();
  logged = [];
  account = await seedAccount(newWorkspace(state.stores), '1234567890');
  await seedStructure(account, {
    campaigns: [{ platformId: '11' }, { platformId: '12' }],
    adGroups: [{ platformId: '21', campaignPlatformId: '11', adGroupPlatformId: '21' }],
    ads: [{ platformId: '31', campaignPlatformId: '11', adGroupPlatformId: '21' }],
  });
  handler = apiHandler(
    { ...receiveEventsRoutes, ...receiveConversionsRoutes },
    receiveEvents({
      stores: state.stores,
      places: createPlaceDirectory(state.stores, () => now),
      stream: recorded.stream,
      quota: async () => quota,
      now: () => now,
    }),
    { allowedOrigin: 'https://app.example', telemetry: createTelemetry({}, (line) => void logged.push(line)) },
  );
});

const post = (resource: string, body: unknown) =>
  callApi(handler, {
    method: 'POST',
    resource,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    caller: { workspaceId: account.workspaceId, subject: 'client-1' },
  });
const send = (body: unknown) => post('/v1/events', body);
const click = { id: 'c-1', kind: 'click', occurredAt: iso(now - 1_000) };

describe('events', () => {
  it('are known by ids of ours and of the platform, with all that lies above', async () => {
    const reference = (platformId: string) => ({ platform: 'google-ads', platformId });
    const { status, body } = await send({
      events: [
        { ...click, id: 'a', adId: account.idOf('ad', '31', '21') },
        { ...click, id: 'b', campaignId: reference('11') },
        { ...click, id: 'c', accountId: reference('1234567890'), adGroupId: reference('21'), adId: reference('31') },
        { ...click, id: 'd' },
      ],
    });
    expect([status, body]).toEqual([202, { accepted: 4, refused: [], notes: [] }]);
    const [a, b, c, d] = recorded.events;
    const ofAd = {
      platform: 'google-ads',
      accountId: account.accountId,
      campaignId: account.idOf('campaign', '11'),
      adGroupId: account.idOf('ad-group', '21'),
      adId: account.idOf('ad', '31', '21'),
    };
    expect(a).toMatchObject({ ...ofAd, workspaceId: account.workspaceId, source: 'api', receivedAt: now });
    expect(b).toMatchObject({ ...ofAd, adGroupId: null, adId: null });
    expect(c).toMatchObject(ofAd);
    expect(d).toMatchObject({ accountId: null, platform: null, measures: { clicks: 1, impressions: 0 } });
  });

  it('are checked each on its own, and nothing is lost silently', async () => {
    const other = await seedAccount(newWorkspace(state.stores), '999');
    const { status, body } = await send({
      events: [
        click,
        { kind: 'click' },
        { ...click, id: 'future', occurredAt: iso(now + 6 * 60_000) },
        { ...click, id: 'foreign', accountId: other.accountId },
        {
          ...click,
          id: 'apart',
          campaignId: account.idOf('campaign', '12'),
          adGroupId: account.idOf('ad-group', '21'),
        },
        { ...click, id: 'cost', kind: 'cost', accountId: account.accountId, amountMicros: 5, currency: 'USD' },
        { ...click, id: 'half', amountMicros: 5 },
        { ...click, id: 'old', occurredAt: iso(now - 25 * 3_600_000) },
      ],
    });
    const answer = receivedEvents.parse(body);
    expect(status).toBe(202);
    expect(answer.accepted).toBe(2);
    expect(answer.notes).toEqual([{ index: 7, id: 'old', notes: ['late'] }]);
    expect(answer.refused.map(({ index, id, problems }) => [index, id, problems.map(({ field }) => field)])).toEqual([
      [1, null, ['id', 'occurredAt']],
      [2, 'future', ['occurredAt']],
      [3, 'foreign', ['accountId']],
      [4, 'apart', ['adGroupId']],
      [5, 'cost', ['currency']],
      [6, 'half', ['amountMicros']],
    ]);
    expect(answer.refused[0]?.problems[0]?.message).toContain('a repeat is counted once');
    expect(answer.refused[4]?.problems[0]?.message).toContain('EUR');
    expect(recorded.events.map(({ id }) => id)).toEqual(['c-1', 'old']);
  });

  it('are refused as a whole when none can be taken', async () => {
    const { status, body } = await send({ ...click, kind: 'refund', valueMicros: 5 });
    expect([status, problem.parse(body).code]).toEqual([422, 'nothing-accepted']);
    expect(problem.parse(body).errors?.map(({ field }) => field)).toEqual(['orderId', 'currency']);
    expect((await send({ events: [] })).status).toBe(400);
    expect((await send({ events: Array.from({ length: 501 }, () => click) })).status).toBe(400);
    expect(recorded.events).toEqual([]);
  });

  it('count corrections and refunds where that was which they take back', async () => {
    const appliesTo = iso(now - 3_600_000);
    await send({
      events: [
        { ...click, id: 'r', kind: 'refund', orderId: 'o-1', valueMicros: 7_000_000, currency: 'EUR', appliesTo },
        { ...click, id: 'k', kind: 'correction', measures: { clicks: -3 }, appliesTo },
      ],
    });
    expect(recorded.events).toMatchObject([
      { appliesTo: now - 3_600_000, currency: 'EUR', measures: { refundsMicros: 7_000_000, orders: 0 } },
      { appliesTo: now - 3_600_000, currency: null, measures: { clicks: -3 } },
    ]);
  });

  it('answer 503 with which were not taken, so that the sender repeats', async () => {
    recorded.full.add('b');
    const { status, body } = await send({
      events: [
        { ...click, id: 'a' },
        { ...click, id: 'b' },
      ],
    });
    expect([status, problem.parse(body).errors?.map(({ field }) => field)]).toEqual([503, ['1']]);
  });

  it('are bounded for each client, which is told what is left and when to come back', async () => {
    quota = { perSecond: 50, perDay: 900 };
    const many = { events: Array.from({ length: 500 }, (_, index) => ({ ...click, id: `m-${index}` })) };
    const first = await send(many);
    expect(first.status).toBe(202);
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"burst";q=500;w=10, "day";q=900;w=86400',
      ratelimit: '"burst";r=0;t=10, "day";r=400',
    });
    const second = await send(click);
    expect([second.status, second.headers['retry-after']]).toEqual([429, '1']);
    expect(problem.parse(second.body).code).toBe('rate-limited');
    expect(recorded.events).toHaveLength(500);
  });
});

describe('conversions', () => {
  const order = { id: 'o-1', occurredAt: iso(now - 1_000), orderId: 'o-1', valueMicros: 49_900_000, currency: 'EUR' };
  const people = {
    email: ' Jane.Doe+shop@Gmail.com ',
    phone: '+49 (151) 123-45678',
    firstName: 'Jane ',
    externalId: sha256('already hashed'),
  };
  const granted = { adStorage: 'granted', adUserData: 'granted', adPersonalization: 'denied' };

  it('keep hashes of normalised identifiers, and no clear text anywhere', async () => {
    const { status, body, text } = await post('/v1/conversions', {
      ...order,
      clickIds: { gclid: 'Cj0' },
      utm: { campaign: 'autumn' },
      consent: granted,
      identifiers: people,
    });
    expect([status, body]).toEqual([202, { accepted: 1, refused: [], notes: [] }]);
    expect(recorded.events[0]).toMatchObject({
      source: 'conversion-api',
      kind: 'conversion',
      measures: { orders: 1, revenueMicros: 49_900_000, conversionsMicros: 0 },
      clickIds: { gclid: 'Cj0', ttclid: null },
      attributes: { utmCampaign: 'autumn' },
      consent: granted,
      identifiers: {
        emails: [sha256('janedoe@gmail.com'), sha256('jane.doe+shop@gmail.com')],
        phones: [sha256('+4915112345678')],
        firstName: sha256('jane'),
        lastName: null,
        externalIds: [sha256('already hashed')],
      },
    });
    const everything = [...recorded.wire, ...logged, text].join('\n').toLowerCase();
    for (const clear of ['jane', 'gmail', '15112345678', '123-45678']) expect(everything).not.toContain(clear);
  });

  it('are counted without consent, with nothing of the person', async () => {
    const personal = { clickIds: { ttclid: 't-1' }, identifiers: people };
    const { body } = await post('/v1/conversions', {
      conversions: [
        { ...order, id: 'unasked', ...personal },
        { ...order, id: 'no', ...personal, consent: { adStorage: 'denied', adUserData: 'denied' } },
        { ...order, id: 'clicks', ...personal, consent: { adStorage: 'granted' } },
      ],
    });
    expect(receivedEvents.parse(body).notes.map(({ id, notes }) => [id, ...notes])).toEqual([
      ['unasked', 'click-ids-dropped', 'identifiers-dropped'],
      ['no', 'click-ids-dropped', 'identifiers-dropped'],
      ['clicks', 'identifiers-dropped'],
    ]);
    expect(recorded.events.map(({ clickIds, identifiers }) => [clickIds?.ttclid ?? null, identifiers])).toEqual([
      [null, null],
      [null, null],
      ['t-1', null],
    ]);
    expect(recorded.events.every(({ measures }) => measures.orders === 1)).toBe(true);
  });

  it('take an order back where it was placed, and say when an identifier is of no use', async () => {
    const { body } = await post('/v1/conversions', {
      ...order,
      kind: 'refund',
      appliesTo: iso(now - 7_200_000),
      consent: granted,
      identifiers: { phone: '0151 1234567', email: 'nobody' },
    });
    expect(receivedEvents.parse(body).notes).toEqual([{ index: 0, id: 'o-1', notes: ['identifier-unusable'] }]);
    expect(recorded.events[0]).toMatchObject({
      kind: 'refund',
      orderId: 'o-1',
      appliesTo: now - 7_200_000,
      measures: { refundsMicros: 49_900_000, revenueMicros: 0 },
      identifiers: null,
    });
  });
});
