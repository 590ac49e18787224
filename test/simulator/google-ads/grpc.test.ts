import * as grpc from '@grpc/grpc-js';
import * as googleAdsNode from 'google-ads-node';
import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/options.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, type Caller, closed, managerAccount, open } from '../open.ts';

const service = '/google.ads.googleads.v25.services.GoogleAdsService';
const failureKey = 'google.ads.googleads.v25.errors.googleadsfailure-bin';
const { protos } = googleAdsNode;
const { services, errors } = protos.google.ads.googleads.v25;

let simulator: Simulator | undefined;
let client: grpc.Client | undefined;
afterEach(async () => {
  client?.close();
  await simulator?.close();
});

async function start(options?: SimulatorOptions) {
  const opened = await open(options);
  simulator = opened.simulator;
  client = new grpc.Client(opened.simulator.grpc, grpc.credentials.createInsecure(), { 'grpc.enable_retries': 0 });
  return { ...opened, client };
}

type Opened = Awaited<ReturnType<typeof start>>;

function metadata({ simulator: running, call }: { simulator: Simulator; call: Caller }): grpc.Metadata {
  const entries = new grpc.Metadata();
  entries.set('authorization', `Bearer ${call.token}`);
  entries.set('developer-token', running.credentials.developerToken);
  entries.set('login-customer-id', managerAccount);
  return entries;
}

const same = (bytes: Buffer) => bytes;
const daily =
  'SELECT campaign.id, campaign.status, segments.date, metrics.cost_micros FROM campaign WHERE segments.date DURING LAST_7_DAYS';

function search(opened: Opened, request: object, deadlineMs = 10_000) {
  const bytes = Buffer.from(
    services.SearchGoogleAdsRequest.encode(services.SearchGoogleAdsRequest.fromObject(request)).finish(),
  );
  const answer = new Promise<Buffer>((resolve, reject) => {
    const options = { deadline: Date.now() + deadlineMs };
    opened.client.makeUnaryRequest(
      `${service}/Search`,
      same,
      same,
      bytes,
      metadata(opened),
      options,
      (error, received) => (error === null && received !== undefined ? resolve(received) : reject(error)),
    );
  });
  return answer.then((received) => services.SearchGoogleAdsResponse.decode(received));
}

async function stream(opened: Opened, query: string, customer = berlin) {
  const request = services.SearchGoogleAdsStreamRequest.fromObject({ customer_id: customer, query });
  const bytes = Buffer.from(services.SearchGoogleAdsStreamRequest.encode(request).finish());
  const chunks = [];
  for await (const chunk of opened.client.makeServerStreamRequest(
    `${service}/SearchStream`,
    same,
    same,
    bytes,
    metadata(opened),
  )) {
    chunks.push(services.SearchGoogleAdsStreamResponse.decode(chunk));
  }
  return chunks;
}

/** The failure in the trailers of a call that is refused. */
async function refusal(answer: Promise<unknown>) {
  const error = await answer.then(
    () => undefined,
    (reason: grpc.ServiceError) => reason,
  );
  const trailer = error?.metadata?.get(failureKey)[0];
  const failure = Buffer.isBuffer(trailer)
    ? errors.GoogleAdsFailure.toObject(errors.GoogleAdsFailure.decode(trailer), { enums: String })
    : undefined;
  return { code: error?.code, failure, requestId: error?.metadata?.get('request-id')[0] };
}

describe('Search over gRPC', () => {
  it('pages as REST does', async () => {
    const opened = await start({ pageRows: 30 });
    const ids: string[] = [];
    let pageToken = '';
    do {
      const page = await search(opened, { customer_id: berlin, query: daily, page_token: pageToken });
      ids.push(...page.results.map((row) => `${row.campaign?.id} ${row.segments?.date} ${row.metrics?.cost_micros}`));
      pageToken = page.next_page_token;
    } while (pageToken !== '' && ids.length < 1000);
    const { body } = await opened.call.stream(berlin, daily);
    const overRest = body.flatMap((chunk: { results: Record<string, Record<string, string>>[] }) =>
      chunk.results.map(
        ({ campaign, segments, metrics }) => `${campaign?.['id']} ${segments?.['date']} ${metrics?.['costMicros']}`,
      ),
    );
    expect(ids).toEqual(overRest);
    expect(ids).toHaveLength(77);
  });

  it.each([
    ['segments.device', 'campaign', 'DESKTOP'],
    ['ad_group_criterion.age_range.type', 'age_range_view', 'AGE_RANGE_25_34'],
    ['user_location_view.country_criterion_id', 'user_location_view', '2276'],
    ['ad_group_ad.ad.video_responsive_ad.videos', 'ad_group_ad', 'customers/4210000001/assets/'],
  ])('writes %s of %s into the messages that Google defines', async (field, from, value) => {
    const opened = await start();
    const where = "segments.date BETWEEN '2026-11-01' AND '2026-11-02'";
    const query = `SELECT campaign.id, metrics.clicks, ${field} FROM ${from} WHERE ${where}`;
    const [chunk] = await stream(opened, query);
    const row = services.SearchGoogleAdsStreamResponse.toObject(
      chunk ?? services.SearchGoogleAdsStreamResponse.create(),
      { enums: String, longs: String },
    );
    expect(JSON.stringify(row)).toContain(value);
  });

  it('streams in chunks with the field mask and request id', async () => {
    const opened = await start({ pageRows: 50 });
    const chunks = await stream(opened, daily);
    expect(chunks.map((chunk) => chunk.results.length)).toEqual([50, 27]);
    expect(chunks[0]?.field_mask?.paths).toEqual([
      'campaign.id',
      'campaign.status',
      'segments.date',
      'metrics.cost_micros',
    ]);
    expect(chunks[0]?.request_id).not.toBe('');
  });
});

describe('refusals over gRPC', () => {
  it.each([
    [
      'a query that does not parse',
      berlin,
      'SELECT campaign.id',
      grpc.status.INVALID_ARGUMENT,
      { query_error: 'EXPECTED_FROM' },
    ],
    ['a closed account', closed, daily, grpc.status.PERMISSION_DENIED, { authorization_error: 'CUSTOMER_NOT_ENABLED' }],
    [
      'a foreign account',
      '1234567890',
      daily,
      grpc.status.PERMISSION_DENIED,
      { authorization_error: 'USER_PERMISSION_DENIED' },
    ],
  ])('of %s carry the GoogleAdsFailure', async (_, customer, query, code, errorCode) => {
    const opened = await start();
    for (const answer of [search(opened, { customer_id: customer, query }), stream(opened, query, customer)]) {
      const { failure, requestId, ...refused } = await refusal(answer);
      expect(refused.code).toBe(code);
      expect(failure).toMatchObject({ errors: [{ error_code: errorCode }], request_id: requestId });
    }
  });

  it('by quota say how long to wait', async () => {
    const opened = await start({ accessLevel: 'explorer', dailyOperations: 1 });
    await search(opened, { customer_id: berlin, query: daily });
    const { code, failure } = await refusal(search(opened, { customer_id: berlin, query: daily }));
    expect(code).toBe(grpc.status.RESOURCE_EXHAUSTED);
    expect(failure?.['errors'][0].details.quota_error_details).toMatchObject({
      rate_scope: 'DEVELOPER',
      rate_name: 'Number of operations for explorer access',
      retry_delay: { seconds: expect.anything() },
    });
  });
});

describe('faults over gRPC', () => {
  it.each([
    ['unavailable', grpc.status.UNAVAILABLE],
    ['internal', grpc.status.INTERNAL],
    ['rate-limit', grpc.status.RESOURCE_EXHAUSTED],
    ['token-expired', grpc.status.UNAUTHENTICATED],
    ['unauthenticated-bare', grpc.status.UNAUTHENTICATED],
    ['reset', grpc.status.UNAVAILABLE],
    ['truncate', grpc.status.UNAVAILABLE],
  ] as const)('%s ends a search and a stream with status %i', async (kind, code) => {
    const opened = await start();
    opened.simulator.faults.add({ kind, match: {}, times: 2, retryAfterSeconds: 1 });
    expect((await refusal(search(opened, { customer_id: berlin, query: daily }))).code).toBe(code);
    expect((await refusal(stream(opened, daily))).code).toBe(code);
  });

  it('garbage is no message', async () => {
    const opened = await start();
    opened.simulator.faults.add({ kind: 'garbage', match: {}, times: 1, retryAfterSeconds: 1 });
    await expect(search(opened, { customer_id: berlin, query: daily })).rejects.toThrow();
  });

  it('timeout lets the caller`s deadline pass', async () => {
    const opened = await start();
    opened.simulator.faults.add({ kind: 'timeout', match: {}, times: 1, retryAfterSeconds: 1 });
    expect((await refusal(search(opened, { customer_id: berlin, query: daily }, 300))).code).toBe(
      grpc.status.DEADLINE_EXCEEDED,
    );
  });
});

it('refuses bytes that are no message, and goes on', async () => {
  const opened = await start();
  const code = await new Promise((resolve) => {
    opened.client.makeUnaryRequest(
      `${service}/Search`,
      same,
      same,
      Buffer.from('ffffff', 'hex'),
      metadata(opened),
      (error) => resolve(error?.code),
    );
  });
  expect(code).toBe(grpc.status.INVALID_ARGUMENT);
  expect((await search(opened, { customer_id: berlin, query: daily })).results).toHaveLength(77);
});

it('counts every arrival of a write it refuses', async () => {
  const opened = await start();
  const bytes = Buffer.from(services.MutateCampaignsRequest.encode({ customer_id: berlin, operations: [] }).finish());
  const mutate = () =>
    new Promise<grpc.ServiceError | null>((resolve) => {
      opened.client.makeUnaryRequest(
        '/google.ads.googleads.v25.services.CampaignService/MutateCampaigns',
        same,
        same,
        bytes,
        metadata(opened),
        (error) => resolve(error),
      );
    });
  expect(await mutate()).toMatchObject({
    code: grpc.status.UNIMPLEMENTED,
    details: expect.stringContaining('CampaignService/MutateCampaigns'),
  });
  await mutate();
  expect(opened.simulator.requests.list()).toContainEqual({
    platform: 'google-ads',
    operation: 'mutateCampaigns',
    account: berlin,
    count: 2,
  });
});
