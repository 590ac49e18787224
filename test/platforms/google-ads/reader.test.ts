import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PlatformError, type RawRow, type ReportRequest } from '../../../domain/integrations/platform.ts';
import { openGoogleAdsReader } from '../../../platforms/google-ads/reader.ts';
import type { ReadPolicy } from '../../../platforms/read-policy.ts';
import { type Answer, campaignRow, FakeGoogle, failure, failureBody, json, rows } from './fake-google.ts';

const account = { platformId: '1', currency: 'EUR', timeZone: 'Europe/Berlin', managerPlatformId: '9' };
const november: ReportRequest = {
  kind: 'metrics',
  grain: 'campaign',
  account,
  window: { from: '2026-11-01', to: '2026-11-03' },
};
const quick: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 50,
  answerTimeoutMs: 400,
  idleTimeoutMs: 400,
  totalTimeoutMs: 5_000,
};

let google: FakeGoogle;
beforeEach(async () => {
  google = new FakeGoogle();
  await google.start();
});
afterEach(() => google.stop());

async function read(request: ReportRequest = november, policy: Partial<ReadPolicy> = {}): Promise<readonly RawRow[][]> {
  const reader = await openGoogleAdsReader(google.access(), { policy: { ...quick, ...policy } });
  const pages: RawRow[][] = [];
  for await (const page of reader.report(request)) pages.push([...page]);
  return pages;
}

async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlatformError))
    throw new Error(`expected a PlatformError, got ${String(error)}`, { cause: error });
  return error;
}

/** Chunks of 100 rows for as long as somebody reads. */
function endless(response: ServerResponse, sent: (bytes: number) => void = () => undefined): void {
  const chunk = `{"results":[${Array(100)
    .fill(JSON.stringify(campaignRow('2026-11-01')))
    .join(',')}]},`;
  response.writeHead(200);
  response.write('[');
  const more = () => {
    while (!response.destroyed) {
      sent(chunk.length);
      if (!response.write(chunk)) break;
    }
  };
  response.on('drain', more);
  more();
}

const truncated: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`[{"results":[${JSON.stringify(campaignRow('2026-11-01'))},{"campaign":{"id":"1`);
};
const cutConnection: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(`[{"results":[${JSON.stringify(campaignRow('2026-11-01'))},`, () => response.destroy());
};
const html =
  (httpStatus: number): Answer =>
  (response) => {
    response.writeHead(httpStatus, { 'content-type': 'text/html' });
    response.end('<html><body>Error 502 (Server Error)!!1</body></html>');
  };
const silent: Answer = () => undefined;
const stalled: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('[{"results":[');
};

describe('permits shared with other workers', () => {
  const limiter = () => {
    const seen: string[] = [];
    return {
      seen,
      acquire: async (bucket: string) => void seen.push(`acquire ${bucket}`),
      refused: async (bucket: string, seconds: number) => void seen.push(`refused ${bucket} ${seconds}`),
    };
  };
  const readWith = async (shared: ReturnType<typeof limiter>, developerToken: string) => {
    const { credentials, ...rest } = google.access();
    const access = { ...rest, credentials: { ...credentials, developerToken }, limiter: shared };
    const reader = await openGoogleAdsReader(access, { policy: quick });
    for await (const page of reader.report(november)) expect(page).toBeDefined();
  };

  it('are drawn on before every operation, and hear of a refusal', async () => {
    google.answers = [failure(429, { quotaError: 'RESOURCE_TEMPORARILY_EXHAUSTED' }, 'slow down'), rows([])];
    const shared = limiter();
    await readWith(shared, 'a-token-of-its-own');
    const [bucket = ''] = shared.seen.map((line) => line.split(' ')[1]);
    expect(shared.seen).toEqual([`acquire ${bucket}`, `refused ${bucket} 1`, `acquire ${bucket}`]);
    expect(bucket).toMatch(/^google-ads\/developer-token\/[\w-]{22}$/);
    expect(bucket).not.toContain('a-token-of-its-own');
  });

  it('are of one developer token', async () => {
    const shared = limiter();
    await readWith(shared, 'first-token');
    await readWith(shared, 'second-token');
    expect(new Set(shared.seen).size).toBe(2);
  });
});

describe('the version of the API', () => {
  it('is the package’s own, and another one in the configuration is refused', async () => {
    await expect(openGoogleAdsReader({ ...google.access(), apiVersion: 'v26' })).rejects.toMatchObject({
      kind: 'rejected',
      platformCode: 'BAD_VERSION',
      message: expect.stringContaining('this release reads v25'),
    });
    await expect(openGoogleAdsReader({ ...google.access(), apiVersion: 'v25' })).resolves.toBeDefined();
  });
});

describe('a Google Ads report', () => {
  it('hands out the rows exactly as they were answered', async () => {
    const row = campaignRow('2026-11-01', { campaign: { id: '9007199254740993', status: 'A_STATUS_OF_TOMORROW' } });
    google.answers = [rows([row])];
    expect(await read()).toEqual([[row]]);
  });

  it('asks through the manager with developer token and bearer', async () => {
    await read();
    expect(google.searches[0]).toMatchObject({
      path: '/v25/customers/1/googleAds:searchStream',
      headers: { 'login-customer-id': '9', 'developer-token': 'dev-token', authorization: 'Bearer token-1' },
    });
  });

  it('asks for a long window in months without gap or overlap', async () => {
    await read({ ...november, window: { from: '2026-09-01', to: '2026-11-03' } });
    const asked = google.searches.map(({ query }) => /BETWEEN '(\S+)' AND '(\S+)'/.exec(query)?.slice(1, 3));
    expect(asked).toEqual([
      ['2026-09-01', '2026-10-01'],
      ['2026-10-02', '2026-11-01'],
      ['2026-11-02', '2026-11-03'],
    ]);
  });

  it('pages rows over chunk borders', async () => {
    const day = (n: number) => campaignRow(`2026-11-0${n}`);
    google.answers = [json([{ results: [day(1), day(2)] }, { results: [day(3), day(4)] }, { results: [day(5)] }])];
    expect((await read(november, { pageRows: 3 })).map((page) => page.length)).toEqual([3, 2]);
  });

  it('hangs up when its caller has seen enough', async () => {
    let hungUp: () => void;
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    google.answers = [
      (response) => {
        response.on('close', () => hungUp());
        endless(response);
      },
    ];
    const reader = await openGoogleAdsReader(google.access(), { policy: { ...quick, pageRows: 10 } });
    for await (const page of reader.report(november)) {
      expect(page).toHaveLength(10);
      break;
    }
    await closed;
  });

  it('holds the platform back while its caller is busy, for longer than it would wait for the platform', async () => {
    let written = 0;
    google.answers = [
      (response) => {
        endless(response, (bytes) => {
          written += bytes;
        });
      },
    ];
    const reader = await openGoogleAdsReader(google.access(), {
      policy: { ...quick, pageRows: 10, idleTimeoutMs: 100 },
    });
    const pages = reader.report(november)[Symbol.asyncIterator]();
    await pages.next();
    let before = -1;
    // Until the writer stands still, then for as long again as three idle times.
    while (written !== before) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(written).toBeLessThan(20_000_000);
    expect(await pages.next()).toMatchObject({ done: false });
    await pages.return?.();
  });

  it('answers no page for an account without rows', async () => {
    expect(await read()).toEqual([]);
  });

  it('refuses rows in another currency than the account is on record with', async () => {
    google.answers = [rows([campaignRow('2026-11-01', { customer: { id: '1', currencyCode: 'USD' } })])];
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: 'rejected', platformCode: 'CURRENCY_MISMATCH' });
    expect(error.message).toContain('EUR');
  });
});

describe('a Google Ads report that fails', () => {
  const cases: readonly (readonly [string, Answer, Partial<PlatformError>])[] = [
    [
      'a disabled account',
      failure(403, { authorizationError: 'CUSTOMER_NOT_ENABLED' }),
      { kind: 'rejected', platformCode: 'CUSTOMER_NOT_ENABLED', platformRequestId: 'failed-request-7' },
    ],
    [
      'a query it does not understand',
      failure(400, { queryError: 'UNRECOGNIZED_FIELD' }),
      { kind: 'rejected', platformCode: 'UNRECOGNIZED_FIELD' },
    ],
    [
      'a developer token it does not know',
      failure(401, { authenticationError: 'DEVELOPER_TOKEN_INVALID' }),
      { kind: 'unauthorized', platformCode: 'DEVELOPER_TOKEN_INVALID' },
    ],
    [
      'a 401 without details',
      json(
        [
          {
            error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' },
          },
        ],
        401,
      ),
      { kind: 'unauthorized', platformCode: 'UNAUTHENTICATED' },
    ],
    [
      'a 401 without any body',
      (response) => response.writeHead(401).end(),
      { kind: 'unauthorized', platformCode: 'HTTP_401' },
    ],
    [
      'a quota used up for the day',
      failure(429, { quotaError: 'RESOURCE_EXHAUSTED' }, 'Too many requests.', {
        quotaErrorDetails: {
          rateScope: 'DEVELOPER',
          rateName: 'Number of operations for basic access',
          retryDelay: '3600s',
        },
      }),
      { kind: 'rate-limited', platformCode: 'RESOURCE_EXHAUSTED', retryAfterSeconds: 3600 },
    ],
    ['an error page of a proxy', html(502), { kind: 'unavailable', platformCode: 'HTTP_502' }],
    ['an error page that claims success', html(200), { kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' }],
    [
      'an object where a list belongs',
      json({ results: [] }),
      { kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' },
    ],
    [
      'nothing at all',
      (response) => response.writeHead(200).end(),
      { kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' },
    ],
    ['an answer cut off in the middle', truncated, { kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' }],
    ['a connection cut in the middle', cutConnection, { kind: 'unavailable' }],
    ['a connection cut before the answer', (response) => response.destroy(), { kind: 'unavailable' }],
    ['silence', silent, { kind: 'unavailable', platformCode: 'TIMEOUT' }],
    ['an answer that stalls', stalled, { kind: 'unavailable', platformCode: 'TIMEOUT' }],
    [
      'an error after the first chunk',
      json([
        { results: [campaignRow('2026-11-01')] },
        { error: failureBody(500, { internalError: 'INTERNAL_ERROR' }) },
      ]),
      { kind: 'unavailable', platformCode: 'INTERNAL_ERROR' },
    ],
  ];

  it.each(cases)('says what kind of failure %s is', async (_name, answer, expected) => {
    google.answers = [answer];
    expect(await failureOf(read(november, { attempts: 1 }))).toMatchObject(expected);
  });

  it('keeps secrets out of the message', async () => {
    google.answers = [
      failure(400, { requestError: 'UNKNOWN' }, 'token-1 secret-of-client refresh-me dev-token Bearer abc.def'),
    ];
    const { message } = await failureOf(read());
    expect(message).not.toMatch(/token-1|secret-of-client|refresh-me|dev-token|abc\.def/);
    expect(message).toContain('[secret]');
  });

  it('tries again after a passing failure and hands every row out once', async () => {
    google.answers = [html(503), truncated, rows([campaignRow('2026-11-01')])];
    expect(await read()).toEqual([[campaignRow('2026-11-01')]]);
    expect(google.searches).toHaveLength(3);
  });

  it('stops after the attempts it has', async () => {
    google.answers = [html(503)];
    await failureOf(read(november, { attempts: 3 }));
    expect(google.searches).toHaveLength(3);
  });

  it('does not repeat what will not get better', async () => {
    google.answers = [failure(403, { authorizationError: 'CUSTOMER_NOT_ENABLED' })];
    await failureOf(read());
    expect(google.searches).toHaveLength(1);
  });

  it('does not start over once a page was handed out', async () => {
    google.answers = [
      (response) => {
        response.writeHead(200);
        response.write(`[{"results":[${JSON.stringify(campaignRow('2026-11-01'))}]},`, () => response.destroy());
      },
    ];
    const reader = await openGoogleAdsReader(google.access(), { policy: { ...quick, pageRows: 1 } });
    const pages: unknown[] = [];
    const reading = (async () => {
      for await (const page of reader.report(november)) pages.push(page);
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: 'unavailable' });
    expect(pages).toHaveLength(1);
    expect(google.searches).toHaveLength(1);
  });

  it('gives way to the signal', async () => {
    google.answers = [silent];
    const reader = await openGoogleAdsReader(google.access(), { policy: { ...quick, answerTimeoutMs: 10_000 } });
    const stop = new AbortController();
    const reading = reader.report(november, { signal: stop.signal })[Symbol.asyncIterator]().next();
    stop.abort(new Error('the run was cancelled'));
    await expect(reading).rejects.toThrow('the run was cancelled');
  });
});

describe('the access token', () => {
  it('is fetched once for concurrent reports', async () => {
    await Promise.all([read(), read(), read()]);
    expect(google.tokensIssued).toEqual(['token-1']);
  });

  it('is replaced once when the platform no longer knows it', async () => {
    const stale: Answer = (response, { headers }) => {
      const known = headers.authorization !== 'Bearer token-1';
      (known
        ? rows([campaignRow('2026-11-01')])
        : json([{ error: { code: 401, status: 'UNAUTHENTICATED', message: 'expired' } }], 401))(response, {
        path: '',
        headers,
        query: '',
      });
    };
    google.answers = [rows([]), stale];
    await read();
    expect(await read()).toEqual([[campaignRow('2026-11-01')]]);
    expect(google.tokensIssued).toEqual(['token-1', 'token-2']);
  });

  it.each([
    [
      'a revoked grant',
      400,
      { error: 'invalid_grant', error_description: 'Token refresh-me has been revoked.' },
      'unauthorized',
      'invalid_grant',
    ],
    ['a wrong client', 401, { error: 'invalid_client' }, 'unauthorized', 'invalid_client'],
    ['an outage', 503, {}, 'unavailable', 'HTTP_503'],
    ['an answer without a token', 200, { token_type: 'Bearer' }, 'unavailable', 'UNREADABLE_ANSWER'],
  ])('fails by kind on %s', async (_name, httpStatus, body, kind, platformCode) => {
    google.token = json(body, httpStatus);
    const error = await failureOf(read(november, { attempts: 1 }));
    expect(error).toMatchObject({ kind, platformCode });
    expect(error.message).not.toContain('refresh-me');
  });
});

describe('opening a reader', () => {
  it('names the credential that is missing', async () => {
    const access = google.access();
    const { developerToken: _left, ...rest } = access.credentials;
    const error = await failureOf(openGoogleAdsReader({ ...access, credentials: rest }));
    expect(error).toMatchObject({ kind: 'unauthorized', platformCode: 'CREDENTIAL_MISSING' });
    expect(error.message).toContain('"developerToken"');
  });

  it.each(['http://ads.example.com', 'ftp://127.0.0.1', 'nowhere'])('refuses to send a token to %s', async (api) => {
    const error = await failureOf(openGoogleAdsReader(google.access({ endpoints: { api } })));
    expect(error).toMatchObject({ kind: 'rejected', platformCode: 'BAD_ENDPOINT' });
  });
});
