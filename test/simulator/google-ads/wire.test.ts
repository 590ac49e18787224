import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/options.ts';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, codeOf, open, requestToken, tokyo } from '../open.ts';

let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

async function start(options?: SimulatorOptions) {
  const opened = await open(options);
  simulator = opened.simulator;
  return opened;
}

const query =
  'SELECT campaign.id, segments.date, metrics.cost_micros, metrics.impressions FROM campaign WHERE segments.date DURING LAST_30_DAYS';

describe('search', () => {
  it('pages to the end without losing or repeating a row', async () => {
    const { call } = await start({ pageRows: 100 });
    const pages = [];
    let pageToken: string | undefined;
    do {
      const { body } = await call.search(berlin, query, pageToken === undefined ? {} : { pageToken });
      pages.push(body.results);
      pageToken = body.nextPageToken;
    } while (pageToken !== undefined && pages.length < 20);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 100, 30]);
    expect(pages.flat()).toEqual(
      (await call.stream(berlin, query)).body.flatMap((chunk: { results: unknown[] }) => chunk.results),
    );
  });

  it('shows every page as of the first, though the clock runs on', async () => {
    const { simulator: running, call } = await start({ pageRows: 100 });
    const today =
      'SELECT ad_group_ad.ad.id, segments.date, metrics.impressions FROM ad_group_ad WHERE segments.date DURING THIS_MONTH';
    const first = (await call.search(berlin, today)).body;
    const next = (await call.search(berlin, today, { pageToken: first.nextPageToken })).body;
    running.clock.advance(5 * 3_600_000);
    expect((await call.search(berlin, today, { page_token: first.nextPageToken })).body.results).toEqual(next.results);
  });

  it.each([
    ['a token nobody gave out', 'bm90LWEtdG9rZW4'],
    ['no token at all', '%%%'],
  ])('refuses %s', async (_, pageToken) => {
    const { call } = await start();
    expect(codeOf(await call.search(berlin, query, { pageToken }))).toBe('requestError.INVALID_PAGE_TOKEN');
  });

  it('refuses the page token of another query', async () => {
    const { call } = await start({ pageRows: 10 });
    const { nextPageToken } = (await call.search(berlin, query)).body;
    expect(codeOf(await call.search(tokyo, query, { pageToken: nextPageToken }))).toBe(
      'requestError.INVALID_PAGE_TOKEN',
    );
  });

  it('refuses a page size, as Google has since it fixed its own', async () => {
    const { call } = await start();
    expect(codeOf(await call.search(berlin, query, { pageSize: 100 }))).toBe('requestError.PAGE_SIZE_NOT_SUPPORTED');
  });

  it('counts rows and adds up a summary row when asked', async () => {
    const { call } = await start({ pageRows: 50 });
    const { body } = await call.search(berlin, `${query} LIMIT 60`, {
      searchSettings: { returnTotalResultsCount: true, returnSummaryRow: true },
    });
    expect(body.totalResultsCount).toBe('330');
    expect(Number(body.summaryRow.metrics.costMicros)).toBeGreaterThan(0);
  });

  it('checks a query without running it', async () => {
    const { call } = await start();
    expect((await call.search(berlin, query, { validateOnly: true })).body.results).toBeUndefined();
    expect((await call.search(berlin, 'SELECT nothing FROM campaign', { validateOnly: true })).status).toBe(400);
  });

  it('refuses a field the request does not have', async () => {
    const { call } = await start();
    const { status, body } = await call.search(berlin, query, { pageColour: 'red' });
    expect([status, body.error.message]).toEqual([
      400,
      'Invalid JSON payload received. Unknown name "pageColour": Cannot find field.',
    ]);
  });
});

describe('searchStream', () => {
  it('answers a JSON array of chunks', async () => {
    const { call } = await start({ pageRows: 100 });
    const { body } = await call.stream(berlin, query);
    expect(body.map((chunk: { results: unknown[] }) => chunk.results.length)).toEqual([100, 100, 100, 30]);
    expect(body[0]).toMatchObject({
      fieldMask: 'campaign.id,segments.date,metrics.costMicros,metrics.impressions',
      requestId: expect.any(String),
    });
  });

  it('answers one chunk without results when there are none', async () => {
    const { call } = await start();
    const { body } = await call.stream(berlin, "SELECT campaign.id FROM campaign WHERE campaign.name = 'none'");
    expect(body).toEqual([{ fieldMask: 'campaign.id', requestId: expect.any(String) }]);
  });

  it('wraps its errors in an array', async () => {
    const { call } = await start();
    const { status, body } = await call.stream(berlin, 'SELECT campaign.id');
    expect(status).toBe(400);
    expect(body[0].error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
  });
});

describe('what is not there', () => {
  it.each([
    ['/v24/customers/4210000001/googleAds:search', 400],
    ['/v25/customers/4210000001/campaigns:mutate', 501],
    ['/v25/nothing', 404],
    ['/', 404],
    ['/v25/%E0%A4%A', 404],
  ])('%s answers %i', async (path, status) => {
    const { call } = await start();
    expect((await call.post(path, { query })).status).toBe(status);
  });

  it('refuses a body over a megabyte', async () => {
    const { call } = await start();
    expect((await call.search(berlin, 'x'.repeat(1_100_000))).status).toBe(413);
  });
});

describe('faults', () => {
  it.each([
    ['unavailable', 503, 'internalError.TRANSIENT_ERROR'],
    ['internal', 500, 'internalError.INTERNAL_ERROR'],
    ['rate-limit', 429, 'quotaError.RESOURCE_TEMPORARILY_EXHAUSTED'],
    ['quota-exhausted', 429, 'quotaError.RESOURCE_EXHAUSTED'],
    ['token-expired', 401, 'authenticationError.OAUTH_TOKEN_EXPIRED'],
    ['unauthenticated-bare', 401, ''],
  ] as const)('%s answers %i %s, once', async (kind, status, code) => {
    const { simulator: running, call } = await start();
    running.faults.add({ kind, match: { account: berlin }, times: 1, retryAfterSeconds: 7 });
    const answer = await call.search(berlin, query);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    const after = (await call.search(berlin, query)).status;
    expect(after).toBe(kind === 'token-expired' ? 401 : 200);
  });

  it('tells a limited caller how long to wait', async () => {
    const { simulator: running, call } = await start();
    running.faults.add({ kind: 'rate-limit', match: {}, times: 1, retryAfterSeconds: 7 });
    const { body } = await call.search(berlin, query);
    expect(body.error.details[0].errors[0].details.quotaErrorDetails.retryDelay).toBe('7s');
  });

  it('garbage answers 200 with a page of HTML', async () => {
    const { simulator: running, call } = await start();
    running.faults.add({ kind: 'garbage', match: {}, times: 1, retryAfterSeconds: 0 });
    const answer = await call.stream(berlin, query);
    expect([answer.status, answer.text.slice(0, 9)]).toEqual([200, '<!DOCTYPE']);
  });

  it.each(['truncate', 'reset'] as const)('%s breaks the connection off', async (kind) => {
    const { simulator: running, call } = await start();
    running.faults.add({ kind, match: {}, times: 1, retryAfterSeconds: 0 });
    await expect(call.stream(berlin, query)).rejects.toThrow();
    expect((await call.stream(berlin, query)).status).toBe(200);
  });

  it('timeout never answers, until the caller gives up', async () => {
    const { simulator: running } = await start();
    running.faults.add({ kind: 'timeout', match: {}, times: 1, retryAfterSeconds: 0 });
    const waiting = fetch(`${running.rest}/v25/customers/${berlin}/googleAds:search`, {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(300),
    });
    await expect(waiting).rejects.toThrow('timeout');
  });

  it('bad-row spoils the numbers of the first row alone', async () => {
    const { simulator: running, call } = await start();
    running.faults.add({ kind: 'bad-row', match: { query: 'FROM campaign' }, times: 1, retryAfterSeconds: 0 });
    const [chunk] = (await call.stream(berlin, query)).body;
    expect(chunk.results[0].metrics.impressions).toBe('n/a');
    expect(chunk.results[1].metrics.impressions).toMatch(/^\d+$/);
  });

  it('meet the calls they match and no others', async () => {
    const { simulator: running, call } = await start();
    running.faults.add({
      kind: 'unavailable',
      match: { account: tokyo, operation: 'search' },
      times: undefined,
      retryAfterSeconds: 0,
    });
    expect((await call.search(berlin, query)).status).toBe(200);
    expect((await call.stream(tokyo, query)).status).toBe(200);
    for (let count = 0; count < 3; count += 1) expect((await call.search(tokyo, query)).status).toBe(503);
    running.faults.clear();
    expect((await call.search(tokyo, query)).status).toBe(200);
  });

  it('meet the token endpoint too', async () => {
    const { simulator: running } = await start();
    running.faults.add({ kind: 'unavailable', match: { operation: 'token' }, times: 1, retryAfterSeconds: 0 });
    expect((await requestToken(running, running.credentials)).status).toBe(503);
    expect((await requestToken(running, running.credentials)).status).toBe(200);
  });

  it('come by chance at a seeded rate, the same every time', async () => {
    const run = async () => {
      const { simulator: running, call } = await open({ transientFailureRate: 0.3, seed: 5 });
      const statuses = [];
      for (let count = 0; count < 40; count += 1)
        statuses.push((await call.search(berlin, 'SELECT customer.id FROM customer')).status);
      await running.close();
      return statuses;
    };
    const statuses = await run();
    expect(new Set(statuses)).toEqual(new Set([200, 500, 503]));
    expect(statuses.filter((status) => status !== 200).length).toBeGreaterThan(4);
    expect(await run()).toEqual(statuses);
  });
});

it('survives a caller that hangs up in the middle of a stream', async () => {
  const { simulator: running, call } = await start({ pageRows: 10 });
  const { hostname, port } = new URL(running.rest);
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /v25/customers/${berlin}/googleAds:searchStream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${call.token}\r\ndeveloper-token: ${running.credentials.developerToken}\r\nlogin-customer-id: 9100000001\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  expect((await call.search(berlin, query)).status).toBe(200);
});
