import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FaultPlan } from '../../../simulator/control/faults.ts';
import { RequestLog } from '../../../simulator/control/request-log.ts';
import { WriteLog } from '../../../simulator/control/write-log.ts';
import { type LinkedInOptions, linkedInListener } from '../../../simulator/linkedin-ads/listener.ts';
import { Market } from '../../../simulator/market/market.ts';
import type { Account, AdGroup, Campaign, World } from '../../../simulator/market/world.ts';

/** Eleven in the morning, UTC, on a Friday. */
export const morning = Date.parse('2026-11-20T11:00:00Z');

export const europe = '508111001';
export const america = '508222002';
export const canceled = '508333003';

const settings = { status: 'enabled', dailyBudgetMicros: 0, bidMicros: 0, quality: 1 } as const;
const url = 'https://strider.example/corporate';

function campaign(id: string, ads: number): AdGroup {
  return {
    id,
    name: `Campaign ${id}`,
    settings: { ...settings, dailyBudgetMicros: 180_000_000, bidMicros: 6_500_000 },
    weight: 1,
    keywords: [],
    ads: Array.from({ length: ads }, (_, index) => ({
      id: `${id}${index + 1}`,
      name: `Ad ${index + 1}`,
      settings,
      weight: 1 + index,
      format: index % 2 === 0 ? ('image' as const) : ('video' as const),
      headlines: ['Move together'],
      descriptions: ['Shoes for the whole team.'],
      finalUrl: url,
      callToAction: 'learn-more',
      mediaId: `C4D22AQ${id}${index}`,
    })),
  };
}

function group(id: string, more: Partial<Campaign> = {}): Campaign {
  return {
    id,
    name: `Group ${id}`,
    settings: { ...settings, dailyBudgetMicros: 360_000_000, bidMicros: 6_500_000 },
    weight: 1,
    channel: 'sponsored-content',
    budgetId: `${id}9`,
    bidding: 'manual-cpc',
    adGroups: [campaign(`${id}1`, 2), campaign(`${id}2`, 2)],
    assetGroups: [],
    demand: {
      dailyImpressions: 40_000,
      competitionMicros: 6_000_000,
      clickRate: 0.006,
      conversionRate: 0.09,
      valueMicros: 240_000_000,
      drift: 'steady',
    },
    ...more,
  };
}

function account(id: string, name: string, currency: string, market: string, more: Partial<Account>): Account {
  return {
    platform: 'linkedin-ads',
    id,
    name,
    currency,
    timeZone: 'UTC',
    market,
    managerId: undefined,
    kind: 'client',
    status: 'enabled',
    campaigns: [],
    ...more,
  };
}

/** Ids of groups for leads and groups for orders, as the simulator draws them from the id. */
export const groups = ['601000001', '601000002', '601000003', '601000004'] as const;

export const smallWorld: World = {
  seed: 1,
  historyStart: '2026-08-20',
  maxConversionDelayDays: 21,
  accounts: [
    account(europe, 'Strider Corporate Wellness', 'EUR', 'DE', { campaigns: groups.map((id) => group(id)) }),
    account(america, 'Strider US B2B', 'USD', 'US', { campaigns: [group('602000001')] }),
    account(canceled, 'Strider Old', 'USD', 'US', { status: 'disabled', campaigns: [group('603000001')] }),
  ],
  changes: [{ from: '2026-11-02', objectId: groups[3], set: { status: 'paused' } }],
};

export interface Answered {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the wire's JSON is read freely in tests
  readonly body: any;
  readonly headers: Headers;
}

export type Opened = Awaited<ReturnType<typeof open>>;

/** LinkedIn's listener alone on a port, its clock driven by `at`, and a caller signed in to it. */
export async function open(options: Partial<LinkedInOptions> & { readonly world?: World } = {}) {
  const { world = smallWorld, ...given } = options;
  const clock = { at: morning };
  const market = new Market(world);
  const faults = new FaultPlan();
  const log = new RequestLog();
  const writes = new WriteLog();
  const now = () => clock.at;
  const listener = linkedInListener({ seed: 1, now, market: () => market, faults, log, writes, ...given });
  const server = createServer((request, response) => {
    if (!listener(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = async (form: Record<string, string> = {}) => {
    const { clientId, clientSecret, refreshToken } = listener.credentials;
    const fields = {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    };
    return answered(
      fetch(`${base}/oauth/v2/accessToken`, { method: 'POST', body: new URLSearchParams({ ...fields, ...form }) }),
    );
  };
  const caller = (accessToken: string) => {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      'linkedin-version': '202609',
      'x-restli-protocol-version': '2.0.0',
    };
    return (path: string, more: Record<string, string> = {}) =>
      answered(fetch(`${base}${path}`, { headers: { ...headers, ...more } }));
  };
  const signedIn = (await token()).body.access_token;
  return {
    base,
    clock,
    market,
    faults,
    log,
    writes,
    credentials: listener.credentials,
    forget: listener.forget,
    token,
    caller,
    accessToken: signedIn,
    get: caller(signedIn),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function answered(response: Promise<Response>): Promise<Answered> {
  const { status, headers, text } = await response.then(async (r) => ({
    status: r.status,
    headers: r.headers,
    text: await r.text(),
  }));
  return { status, headers, text, body: /^[[{]/.test(text) ? JSON.parse(text) : undefined };
}

/** The field an input error names. */
export function fieldOf({ body }: Answered): string | undefined {
  return body?.errorDetails?.inputErrors?.[0]?.input?.inputPath?.fieldPath;
}
