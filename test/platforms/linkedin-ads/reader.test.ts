import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError, type RawRow, type ReportRequest } from '../../../domain/integrations/platform.ts';
import { openLinkedInAdsReader } from '../../../platforms/linkedin-ads/reader.ts';
import type { ReadPolicy } from '../../../platforms/read-policy.ts';
import { type Answer, element, elements, FakeLinkedIn, json, refusal } from './fake-linkedin.ts';

const account = { platformId: '51', currency: 'EUR', timeZone: 'UTC' };
const november: ReportRequest = {
  kind: 'metrics',
  grain: 'campaign',
  account,
  window: { from: '2026-11-01', to: '2026-11-03' },
};
const groups: ReportRequest = { kind: 'structure', structure: 'campaign', account };
const quick: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 2_000,
  answerTimeoutMs: 400,
  idleTimeoutMs: 400,
  totalTimeoutMs: 5_000,
};
const group = 'urn:li:sponsoredCampaignGroup:7';
const stale = refusal(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 65602);
const oneRow = elements([element(1, [group])]);

let linkedIn: FakeLinkedIn;
beforeEach(async () => {
  linkedIn = new FakeLinkedIn();
  await linkedIn.start();
});
afterEach(() => linkedIn.stop());

type Options = Parameters<typeof openLinkedInAdsReader>[1];
const open = (options: Options = {}, overrides = {}) =>
  openLinkedInAdsReader(linkedIn.access(overrides), { policy: quick, ...options });

async function read(request: ReportRequest = november, options: Options = {}, overrides = {}) {
  const pages: (readonly RawRow[])[] = [];
  for await (const page of (await open(options, overrides)).report(request)) pages.push(page);
  return pages;
}

function arrival(index: number) {
  const found = linkedIn.arrivals[index];
  if (!found) throw new Error(`call ${index} has not arrived`);
  return found;
}

async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, got ${String(error)}`, { cause: error });
}

describe('a call to LinkedIn', () => {
  it('names version, protocol and token, and asks for a grain as LinkedIn documents it', async () => {
    linkedIn.answers = [oneRow];
    expect(await read()).toEqual([[element(1, [group])]]);
    const { headers, path, query } = arrival(0);
    expect(headers).toMatchObject({
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
      authorization: 'Bearer token-1',
    });
    expect(path).toBe('/rest/adAnalytics');
    expect(query).toMatchObject({
      q: 'analytics',
      pivot: 'CAMPAIGN_GROUP',
      timeGranularity: 'DAILY',
      accounts: ['urn:li:sponsoredAccount:51'],
      dateRange: { start: { year: '2026', month: '11', day: '1' }, end: { year: '2026', month: '11', day: '3' } },
    });
    expect(String(query.fields).split(',').length).toBeLessThanOrEqual(20);
    expect(query.fields).not.toContain('costInUsd');
  });

  it('asks for the version that the configuration sets', async () => {
    await read(november, {}, { apiVersion: '202610' });
    expect(linkedIn.arrivals[0]?.headers['linkedin-version']).toBe('202610');
    expect(await failureOf(open({}, { apiVersion: 'v25' }))).toMatchObject({ platformCode: 'BAD_VERSION' });
  });

  it('refuses to send a token over a network without TLS', async () => {
    const error = await failureOf(open({}, { endpoints: { api: 'http://api.linkedin.com' } }));
    expect(error).toMatchObject({ kind: 'rejected', platformCode: 'BAD_ENDPOINT' });
  });

  it('stops when the caller no longer wants it', async () => {
    linkedIn.answers = [() => undefined];
    const stop = new AbortController();
    const pages = (await open()).report(november, { signal: stop.signal })[Symbol.asyncIterator]();
    const first = pages.next();
    await expect.poll(() => linkedIn.arrivals.length).toBe(1);
    stop.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
  });
});

describe('signing in', () => {
  it('fetches a token once for calls that wait together', async () => {
    linkedIn.answers = [oneRow];
    await Promise.all([read(), read(), read()]);
    expect(linkedIn.refreshes).toHaveLength(1);
    expect(Object.fromEntries(linkedIn.refreshes[0] ?? [])).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-me',
      client_id: 'client',
      client_secret: 'secret-of-client',
    });
  });

  it('fetches a new one when the old is no longer known, once', async () => {
    linkedIn.answers = [stale, oneRow];
    expect(await read()).toHaveLength(1);
    expect(linkedIn.arrivals.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    linkedIn.answers = [stale];
    expect(await failureOf(read())).toMatchObject({ kind: 'unauthorized', platformCode: 'EXPIRED_ACCESS_TOKEN' });
    expect(linkedIn.arrivals).toHaveLength(4);
  });

  it.each<[string, (response: ServerResponse) => void, Partial<PlatformError>]>([
    [
      'a revoked grant',
      json({ error: 'invalid_grant', error_description: 'refresh-me is revoked' }, 400),
      { kind: 'unauthorized', platformCode: 'invalid_grant' },
    ],
    ['an outage', json({}, 503), { kind: 'unavailable' }],
    ['an answer without a token', json({ expires_in: 5 }), { kind: 'unavailable' }],
  ])('says what %s is, without a secret', async (_, token, expected) => {
    linkedIn.token = token;
    const error = await failureOf(read());
    expect(error).toMatchObject(expected);
    expect(error.message).not.toMatch(/refresh-me|secret-of-client/);
    expect(linkedIn.arrivals).toEqual([]);
  });
});

describe('a refusal', () => {
  it('of a version that is over names the setting to change', async () => {
    linkedIn.answers = [refusal(426, 'NONEXISTENT_VERSION', 'Requested version 20260901 is not active')];
    const error = await failureOf(read());
    expect(error).toMatchObject({
      kind: 'rejected',
      platformCode: 'NONEXISTENT_VERSION',
      platformRequestId: 'request-1',
    });
    expect(error.message).toMatch(/does not answer version 202609.*"apiVersion\.linkedin-ads"/);
    expect(linkedIn.arrivals).toHaveLength(1);
  });

  it.each<[string, Answer, Partial<PlatformError>]>([
    [
      '403',
      refusal(403, 'ACCESS_DENIED', 'Not enough permissions', 100),
      { kind: 'unauthorized', platformCode: 'ACCESS_DENIED' },
    ],
    ['404', refusal(404, 'NOT_FOUND', 'no such account'), { kind: 'rejected', platformCode: 'NOT_FOUND' }],
    ['400', refusal(400, 'ILLEGAL_ARGUMENT', 'bad'), { kind: 'rejected' }],
  ])('with HTTP %s is not repeated', async (_, answer, expected) => {
    linkedIn.answers = [answer];
    expect(await failureOf(read())).toMatchObject(expected);
    expect(linkedIn.arrivals).toHaveLength(1);
  });

  it('names the parameter it is about', async () => {
    const input = { description: 'Invalid value for param', input: { inputPath: { fieldPath: 'pivots/0' } } };
    linkedIn.answers = [json({ message: 'Invalid param.', errorDetails: { inputErrors: [input] }, status: 400 }, 400)];
    expect((await failureOf(read())).message).toContain('pivots/0: Invalid value for param');
  });

  it('does not carry a token into the message', async () => {
    linkedIn.answers = [refusal(400, 'ILLEGAL_ARGUMENT', 'Bearer token-1 of refresh-me')];
    expect((await failureOf(read())).message).not.toMatch(/token-1|refresh-me/);
  });
});

describe('a throttle', () => {
  const atSix = () => Date.parse('2026-11-22T18:00:00Z');
  const daily = refusal(429, 'TOO_MANY_REQUESTS', 'Resource level throttle APPLICATION DAY limit is reached', 101);

  it('of the day lasts until UTC midnight, for its resource alone', async () => {
    linkedIn.answers = [daily, elements([{ id: 7, name: 'A', status: 'ACTIVE' }])];
    const reader = await open({ now: atSix });
    const read = async (request: ReportRequest) => {
      const pages = [];
      for await (const page of reader.report(request)) pages.push(page);
      return pages;
    };
    expect(await failureOf(read(november))).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 6 * 3_600 });
    const again = await failureOf(read(november));
    expect(again.kind).toBe('rate-limited');
    expect(again.retryAfterSeconds).toBeGreaterThan(5 * 3_600);
    expect(linkedIn.arrivals).toHaveLength(1);
    expect(await read(groups)).toHaveLength(1);
  });

  it('of metric values lasts a little longer than the five minutes they are counted in', async () => {
    const message = 'Request was throttled: more than 45 million metric values were requested in 5 minutes.';
    linkedIn.answers = [refusal(429, 'TOO_MANY_REQUESTS', message)];
    expect(await failureOf(read(november, { now: atSix }))).toMatchObject({ retryAfterSeconds: 330 });
  });
});

describe('an answer that is none', () => {
  const cut: Answer = (response) => {
    response.writeHead(200);
    response.end('{"elements":[{"pivotValues":["urn:li');
  };
  const hungUp: Answer = (response) => {
    response.writeHead(200);
    response.write('{"elements":[', () => response.destroy());
  };
  const stalled: Answer = (response) => {
    response.writeHead(200);
    response.write('{"elements":[');
  };
  const html =
    (status: number): Answer =>
    (response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<html>Request denied</html>');
    };
  const spoilt: readonly [string, Answer, string?][] = [
    ['a server error', refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal Server Error')],
    ['an outage', html(502), 'HTTP_502'],
    ['a page in place of JSON', html(200), 'UNREADABLE_ANSWER'],
    ['JSON of another shape', json({ elements: 'none' }), 'UNREADABLE_ANSWER'],
    ['elements that are no objects', json({ elements: [7] }), 'UNREADABLE_ANSWER'],
    ['an answer cut off', cut, 'UNREADABLE_ANSWER'],
    ['a connection cut off', hungUp],
    ['silence', () => undefined, 'TIMEOUT'],
    ['silence in the middle', stalled, 'TIMEOUT'],
  ];

  it('is not one that comes slowly, as long as it comes', async () => {
    const pieces = JSON.stringify({ elements: [element(1, [group])] }).match(/.{1,6}/g) ?? [];
    linkedIn.answers = [
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => {
          const piece = pieces.shift();
          if (piece === undefined) {
            clearInterval(timer);
            response.end();
          } else response.write(piece);
        }, 15);
      },
    ];
    expect(await read(november, { policy: { ...quick, answerTimeoutMs: 200, idleTimeoutMs: 200 } })).toHaveLength(1);
    expect(linkedIn.arrivals).toHaveLength(1);
  });

  it.each(spoilt)('%s is got over', async (_, answer) => {
    linkedIn.answers = [answer, oneRow];
    expect(await read()).toEqual([[element(1, [group])]]);
  });

  it.each(spoilt)('%s that lasts is given up', async (_, answer, code) => {
    linkedIn.answers = [answer];
    const error = await failureOf(read(november, { policy: { ...quick, attempts: 2 } }));
    expect(error).toMatchObject({ kind: 'unavailable', ...(code && { platformCode: code }) });
    expect(linkedIn.arrivals).toHaveLength(2);
  });
});

describe('a list in pages', () => {
  const page = (from: number, token?: string) =>
    elements(
      [from, from + 1].map((id) => ({ id, name: `G${id}`, status: 'ACTIVE' })),
      token,
    );

  it('is followed by its tokens to its end', async () => {
    linkedIn.answers = [page(1, 'a'), page(3, 'b'), page(5)];
    expect((await read(groups)).flat().map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(linkedIn.arrivals.map(({ query }) => query.pageToken)).toEqual([undefined, 'a', 'b']);
    expect(linkedIn.arrivals[0]?.path).toBe('/rest/adAccounts/51/adCampaignGroups');
  });

  it.each<[string, readonly Answer[]]>([
    ['a token that comes again', [page(1, 'a'), page(3, 'b'), page(5, 'a'), page(7)]],
    ['the same page under another token', [page(1, 'a'), page(1, 'b'), page(3)]],
  ])('does not go round with %s', async (_, answers) => {
    linkedIn.answers = [...answers];
    expect(await failureOf(read(groups))).toMatchObject({ kind: 'unavailable', platformCode: 'ENDLESS_PAGES' });
  });

  it('goes on after an empty page, and ends with one', async () => {
    linkedIn.answers = [page(1, 'a'), elements([], 'b'), page(3, 'c'), elements([])];
    expect((await read(groups)).flat()).toHaveLength(4);
  });
});
