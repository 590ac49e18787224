import * as z from 'zod/mini';
import { type ConversionType, type DiscoveredAccount, PlatformError } from '../../domain/integrations/platform.ts';
import type { TikTokClient } from './client.ts';
import type { Credentials } from './credentials.ts';
import { unreadableAnswer } from './errors.ts';
import { largestPage, pagesOf } from './pages.ts';
import { windowDays } from './vocabulary.ts';

/** Advertisers that `advertiser/info` takes at once. */
const batch = 100;
/** Accounts whose ad groups are read at once: enough to use a Basic app's rate over a slow line. */
const together = 5;

const granted = z.object({ list: z.array(z.object({ advertiser_id: z.string() })) });
const described = z.object({
  list: z.array(
    z.object({
      advertiser_id: z.string(),
      name: z.string(),
      currency: z.string(),
      status: z.string(),
      timezone: z.optional(z.nullable(z.string())),
      display_timezone: z.optional(z.nullable(z.string())),
    }),
  ),
});
const infoFields = ['advertiser_id', 'name', 'currency', 'status', 'timezone', 'display_timezone'];

type Described = z.infer<typeof described>['list'][number];

/** Every advertiser that granted the app access, by id. */
export async function discoverAccounts(
  client: TikTokClient,
  credentials: Credentials,
  signal: AbortSignal | undefined,
): Promise<readonly DiscoveredAccount[]> {
  const { data } = await client.ask(
    {
      operation: 'oauth2/advertiser/get',
      parameters: { app_id: credentials.appId, secret: credentials.appSecret },
      signal,
    },
    granted,
  );
  const ids = [...new Set(data.list.map(({ advertiser_id }) => advertiser_id))].toSorted();
  const accounts: DiscoveredAccount[] = [];
  for (let start = 0; start < ids.length; start += batch) {
    const list = await describedOf(client, ids.slice(start, start + batch), signal);
    for (let first = 0; first < list.length; first += together) {
      const some = list.slice(first, first + together).map((one) => accountOf(client, one, signal));
      accounts.push(...(await Promise.all(some)));
    }
  }
  return accounts;
}

/**
 * In the order of the ids. One advertiser that TikTok refuses fails the answer for all: halves are asked again until it stands
 * alone, and it is left out.
 */
async function describedOf(
  client: TikTokClient,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Described[]> {
  const parameters = { advertiser_ids: ids, fields: infoFields };
  let list: readonly Described[];
  try {
    list = (await client.ask({ operation: 'advertiser/info', parameters, signal }, described)).data.list;
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'rejected') throw error;
    if (ids.length === 1) return [];
    const half = Math.ceil(ids.length / 2);
    const left = await describedOf(client, ids.slice(0, half), signal);
    return [...left, ...(await describedOf(client, ids.slice(half), signal))];
  }
  const byId = new Map(list.map((one) => [one.advertiser_id, one]));
  return ids.map((id) => {
    const one = byId.get(id);
    // An account that is left out would be taken for one that is gone.
    if (!one) throw unreadableAnswer(`advertiser/info does not tell advertiser ${id}`, { secrets: [] });
    return one;
  });
}

async function accountOf(
  client: TikTokClient,
  one: Described,
  signal: AbortSignal | undefined,
): Promise<DiscoveredAccount> {
  const enabled = one.status === 'STATUS_ENABLE';
  const conversionTypes = enabled ? await conversionTypesOf(client, one.advertiser_id, signal) : [];
  return {
    platformId: one.advertiser_id,
    name: one.name,
    currency: one.currency,
    // Reports use the zone that people chose; `timezone` may be its offset alone (Etc/GMT-9).
    timeZone: one.display_timezone || one.timezone || 'unknown',
    status: enabled ? 'enabled' : 'disabled',
    ...(conversionTypes.length > 0 ? { conversionTypes } : {}),
  };
}

/**
 * What the ad groups are optimised for, each with the longest windows of its ad groups: TikTok has them there and nowhere else.
 * An account that does not tell is read back as far as the platform's default goes, rather than failing the list.
 */
async function conversionTypesOf(
  client: TikTokClient,
  advertiserId: string,
  signal: AbortSignal | undefined,
): Promise<readonly ConversionType[]> {
  const question = {
    operation: 'adgroup/get',
    parameters: {
      advertiser_id: advertiserId,
      fields: ['adgroup_id', 'optimization_event', 'click_attribution_window', 'view_attribution_window'],
      filtering: { primary_status: 'STATUS_ALL' },
    },
    advertiserId,
    signal,
  };
  const types = new Map<string, ConversionType>();
  try {
    for await (const { rows } of pagesOf(client, question, largestPage)) {
      for (const row of rows) {
        const name = row.optimization_event;
        const clickWindowDays = daysOf(row.click_attribution_window);
        const viewWindowDays = daysOf(row.view_attribution_window);
        if (typeof name !== 'string' || name === '' || clickWindowDays === undefined) continue;
        const known = types.get(name);
        types.set(name, {
          platformId: name,
          name: name.toLowerCase().replaceAll('_', ' '),
          clickWindowDays: Math.max(known?.clickWindowDays ?? 0, clickWindowDays),
          viewWindowDays: Math.max(known?.viewWindowDays ?? 0, viewWindowDays ?? 0),
        });
      }
    }
  } catch (error) {
    if (error instanceof PlatformError) return [];
    throw error;
  }
  return [...types.values()].toSorted((a, b) => (a.platformId < b.platformId ? -1 : 1));
}

const daysOf = (window: unknown): number | undefined =>
  typeof window === 'string' && Object.hasOwn(windowDays, window) ? windowDays[window] : undefined;
