import type { Day } from '../../market/calendar.ts';
import type { Market, MarketRow } from '../../market/market.ts';
import { hashText } from '../../market/random.ts';
import { reportingLagMs } from '../../market/reported.ts';
import type { Account, Campaign } from '../../market/world.ts';
import { objectiveOf } from '../objectives.ts';
import { add, approximated, type Metric, metrics, type Sums, sumsOf } from './metrics.ts';
import { grainOf, type Level } from './pivots.ts';
import { type AnalyticsQuery, dayRecord, type Facets } from './query.ts';
import type { UsdRates } from './usd-rates.ts';

interface Source {
  readonly market: Market;
  /** Accounts the member may read; of all others there is simply nothing. */
  readonly accounts: readonly Account[];
  readonly nowMs: number;
  readonly usd: UsdRates;
}

type Element = Record<string, unknown>;

const hourMs = 3_600_000;

/** Elements of a query in the order of accounts, campaign groups and days, as many as one answer holds; the rest is lost without a word. */
export function elementsOf(query: AnalyticsQuery, source: Source, most: number): Element[] {
  const isDemographic = query.pivots.some(({ demographic }) => demographic);
  const lacks = query.pivots.find((pivot) => pivot.lacks !== undefined)?.lacks;
  const buckets = new Map<
    string,
    { readonly values: readonly string[]; readonly day: Day | undefined; readonly hasUsd: boolean; sums: Sums }
  >();
  for (const account of source.accounts) {
    const hasUsd = source.usd.knows(account.currency);
    for (const { row, group } of rowsOf(query, source, account, isDemographic)) {
      const values = query.pivots.map((pivot) => pivot.valueOf(account, row));
      const day = query.daily ? row.day : undefined;
      const key = `${values.join('|')}|${day ?? ''}`;
      const sums = sumsOf(row, objectiveOf(group), source.usd.perUnit(account.currency, row.day));
      const held = buckets.get(key);
      if (held === undefined) buckets.set(key, { values, day, hasUsd, sums });
      else held.sums = add(held.sums, sums);
    }
  }
  const elements: Element[] = [];
  for (const [key, { values, day, hasUsd, sums }] of buckets) {
    if (elements.length === most) break;
    const shown = isDemographic ? approximated(sums, `${key}|${noiseOf(query)}`) : sums;
    if (shown === undefined) continue;
    const range = { start: dayRecord(day ?? query.from), end: dayRecord(day ?? query.to) };
    elements.push(write(query.fields, values, range, shown, { lacks, hasUsd, hash: hashText(key) }));
  }
  return elements;
}

/** What an approximation hangs on beside the element itself: whom it is about, and for a total its range. */
function noiseOf({ facets, daily, from, to }: AnalyticsQuery): string {
  const whom = [...(facets.accounts ?? []), ...(facets.campaignGroups ?? [])].join(',');
  return daily ? whom : `${whom}|${from}|${to}`;
}

function write(
  fields: readonly string[],
  values: readonly string[],
  range: unknown,
  sums: Sums,
  kind: Parameters<Metric['read']>[1],
): Element {
  const element: Element = {};
  for (const field of fields) {
    if (field === 'pivotValues') element[field] = values;
    else if (field === 'dateRange') element[field] = range;
    else {
      const value = metrics[field]?.read(sums, kind);
      if (value !== undefined) element[field] = value;
    }
  }
  return element;
}

function* rowsOf(
  query: AnalyticsQuery,
  { market, nowMs }: Source,
  account: Account,
  isDemographic: boolean,
): Generator<{ readonly row: MarketRow; readonly group: Campaign }> {
  const { facets } = query;
  if (facets.accounts !== undefined && !facets.accounts.has(account.id)) return;
  const groups = account.campaigns.filter((group) => takesPart(group, facets));
  if (groups.length === 0) return;
  const divided = query.pivots.find((pivot) => pivot.breakdown !== undefined);
  const breakdown = divided?.breakdown;
  const level = Math.max(...query.pivots.map((pivot) => pivot.level), finestFacet(facets)) as Level;
  // Clicks credited back and late conversions restate demographics as everything else, only later.
  const asOfMs = isDemographic ? nowMs - demographicDelayMs(account) : nowMs;
  const byId = new Map(groups.map((group) => [group.id, group]));
  const shown = { ...account, campaigns: groups };
  for (const row of market.rows(shown, breakdown ?? grainOf[level], query.from, query.to, asOfMs)) {
    if (facets.campaigns !== undefined && breakdown === undefined && !facets.campaigns.has(row.groupId ?? '')) continue;
    if (facets.creatives !== undefined && !facets.creatives.has(row.adId ?? '')) continue;
    const group = byId.get(row.campaignId ?? '');
    if (group === undefined) continue;
    for (const part of divided?.divide?.(account, row) ?? [row]) yield { row: part, group };
  }
}

/**
 * Performance is near real time, which the market's own lag stands for; professional demographics are half a day to a day late,
 * the same for all of an account. How much later than the rest they are.
 */
function demographicDelayMs(account: Account): number {
  const hours = 12 + (hashText(`demographic-delay|${account.id}`) % 13);
  return hours * hourMs - reportingLagMs['linkedin-ads'];
}

function finestFacet(facets: Facets): Level {
  if (facets.creatives !== undefined) return 3;
  return facets.campaigns === undefined ? 0 : 2;
}

function takesPart(group: Campaign, facets: Facets): boolean {
  if (facets.campaignGroups !== undefined && !facets.campaignGroups.has(group.id)) return false;
  const { campaigns, creatives } = facets;
  if (campaigns !== undefined && !group.adGroups.some(({ id }) => campaigns.has(id))) return false;
  return creatives === undefined || group.adGroups.some(({ ads }) => ads.some(({ id }) => creatives.has(id)));
}
