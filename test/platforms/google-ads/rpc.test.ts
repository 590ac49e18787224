import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessToken } from '../../../platforms/google-ads/access-token.ts';
import { type Connection, GoogleAdsCustomer } from '../../../platforms/google-ads/client.ts';
import { credentialsFrom } from '../../../platforms/google-ads/credentials.ts';
import { endpointsFrom } from '../../../platforms/google-ads/endpoints.ts';
import { openGoogleAdsReader } from '../../../platforms/google-ads/reader.ts';
import { defaultReadPolicy } from '../../../platforms/read-policy.ts';
import { FakeGoogle, rows, rpcError, rpcStatus } from './fake-google.ts';

let google: FakeGoogle;
beforeEach(async () => {
  google = new FakeGoogle();
  await google.start();
});
afterEach(() => google.stop());

const policy = { ...defaultReadPolicy, answerTimeoutMs: 1_500, baseDelayMs: 1 };

function customer(): GoogleAdsCustomer {
  const access = google.access();
  const credentials = credentialsFrom(access.credentials);
  const endpoints = endpointsFrom(access.endpoints);
  const connection: Connection = {
    credentials,
    endpoints,
    policy,
    token: new AccessToken(credentials, endpoints.oauth, { timeoutMs: 1_000 }),
  };
  return new GoogleAdsCustomer(connection, { customerId: '1' });
}

const budget = [{ entity: 'campaign_budget', operation: 'create', resource: { name: 'B', amount_micros: 1 } }] as const;

/** `ListAccessibleCustomersResponse`: field 1, repeated string. */
function accessible(...names: readonly string[]): Buffer {
  return Buffer.concat(names.map((name) => Buffer.concat([Buffer.from([0x0a, name.length]), Buffer.from(name)])));
}

describe('a change sent over gRPC', { timeout: 20_000 }, () => {
  it('arrives exactly once when the platform answers UNAVAILABLE', async () => {
    google.rpc = (callback) => callback(rpcError(rpcStatus.UNAVAILABLE, 'try later'));
    await expect(customer().mutateResources([...budget])).rejects.toMatchObject({ code: rpcStatus.UNAVAILABLE });
    expect(google.rpcArrivals).toEqual(['/google.ads.googleads.v25.services.GoogleAdsService/Mutate']);
  });

  it('arrives exactly once and ends when the platform says nothing', async () => {
    google.rpc = () => undefined;
    const started = performance.now();
    await expect(customer().mutateResources([...budget])).rejects.toMatchObject({ code: rpcStatus.DEADLINE_EXCEEDED });
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(google.rpcArrivals).toHaveLength(1);
  });

  it('carries our token', async () => {
    await customer().mutateResources([...budget]);
    expect(google.rpcAuthorizations).toEqual(['Bearer token-1']);
  });

  it('is refused for a service whose writes are not under control', () => {
    expect(() => customer().campaigns).toThrow(/CampaignServiceClient is not in use/);
  });
});

describe('listing accounts without a manager', { timeout: 20_000 }, () => {
  it('starts from the customers that the user reaches directly', async () => {
    google.rpc = (callback) => callback(null, accessible('customers/11', 'customers/12'));
    google.answers = [
      rows([
        {
          customerClient: {
            id: '11',
            descriptiveName: 'Eleven',
            currencyCode: 'EUR',
            timeZone: 'Europe/Berlin',
            status: 'ENABLED',
          },
        },
      ]),
      rows([{ customerClient: { id: '12', currencyCode: 'USD', timeZone: 'America/New_York', status: 'CANCELED' } }]),
      rows([
        {
          conversionAction: {
            id: '7',
            name: 'Purchase',
            clickThroughLookbackWindowDays: '30',
            viewThroughLookbackWindowDays: '1',
          },
        },
      ]),
    ];
    const reader = await openGoogleAdsReader(google.access(), { policy });
    expect(await reader.listAccounts()).toEqual([
      {
        platformId: '11',
        name: 'Eleven',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
        status: 'enabled',
        conversionTypes: [{ platformId: '7', name: 'Purchase', clickWindowDays: 30, viewWindowDays: 1 }],
      },
      { platformId: '12', name: 'Account 12', currency: 'USD', timeZone: 'America/New_York', status: 'disabled' },
    ]);
    expect(google.searches.map(({ path, headers }) => [path, headers['login-customer-id']])).toEqual([
      ['/v25/customers/11/googleAds:searchStream', '11'],
      ['/v25/customers/12/googleAds:searchStream', '12'],
      // Its conversion actions, reached directly; the closed account is not asked.
      ['/v25/customers/11/googleAds:searchStream', undefined],
    ]);
  });

  it('is repeated after a passing failure', async () => {
    let calls = 0;
    google.rpc = (callback) => {
      calls += 1;
      if (calls === 1) callback(rpcError(rpcStatus.UNAVAILABLE, 'try later'));
      else callback(null, accessible());
    };
    const reader = await openGoogleAdsReader(google.access(), { policy });
    expect(await reader.listAccounts()).toEqual([]);
    expect(calls).toBe(2);
  });

  it.each([
    ['the code of its failure', [0x0a, 0x04, 0x0a, 0x02, 0x48, 0x18], 'rejected', 'CUSTOMER_NOT_ENABLED'],
    ['its status where the failure cannot be read', [0x0a, 0x7f, 0x01], 'unauthorized', 'PERMISSION_DENIED'],
  ])('fails with %s', async (_name, trailer, kind, platformCode) => {
    google.rpc = (callback) => {
      const error = rpcError(rpcStatus.PERMISSION_DENIED, 'The caller does not have permission');
      error.metadata.set('google.ads.googleads.v25.errors.googleadsfailure-bin', Buffer.from(trailer));
      callback(error);
    };
    const reader = await openGoogleAdsReader(google.access(), { policy });
    await expect(reader.listAccounts()).rejects.toMatchObject({ kind, platformCode });
  });

  it('fails by kind when the sign-in is refused', async () => {
    google.rpc = (callback) => callback(rpcError(rpcStatus.PERMISSION_DENIED, 'The caller does not have permission'));
    const reader = await openGoogleAdsReader(google.access(), { policy });
    await expect(reader.listAccounts()).rejects.toMatchObject({
      kind: 'unauthorized',
      platformCode: 'PERMISSION_DENIED',
    });
  });
});
