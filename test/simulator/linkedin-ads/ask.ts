import { dayOf } from '../../../simulator/market/calendar.ts';
import { europe, type Opened } from './open.ts';

export const urn = (kind: string, ...ids: string[]) =>
  `List(${ids.map((id) => `urn%3Ali%3A${kind}%3A${id}`).join(',')})`;
export const november = 'dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:20))';
export const inEurope = `accounts=${urn('sponsoredAccount', europe)}`;
export const all =
  'fields=dateRange,pivotValues,impressions,clicks,costInLocalCurrency,costInUsd,externalWebsiteConversions,oneClickLeads,conversionValueInLocalCurrency,videoViews';
export const one = (pivot: string, granularity = 'DAILY') =>
  `q=analytics&pivot=${pivot}&timeGranularity=${granularity}`;
export const several = (pivots: string) => `q=statistics&pivots=List(${pivots})&timeGranularity=DAILY`;

export interface Element {
  readonly [field: string]: unknown;
  readonly pivotValues: readonly string[];
  readonly impressions: number;
}

export async function ask({ get }: Opened, ...parts: readonly string[]): Promise<readonly Element[]> {
  const { status, text, body } = await get(`/rest/adAnalytics?${parts.join('&')}`);
  if (status !== 200) throw new Error(text);
  return body.elements;
}

/** Millionths, so that sums are exact. */
const micros = (text: unknown) => Math.round(Number(text) * 1_000_000);

export function totals(elements: readonly Element[]) {
  const total = (read: (element: Element) => number) => elements.reduce((sum, element) => sum + read(element), 0);
  return {
    impressions: total(({ impressions }) => impressions),
    clicks: total(({ clicks }) => Number(clicks)),
    costMicros: total(({ costInLocalCurrency }) => micros(costInLocalCurrency)),
    conversionsMicros: total((e) => 1_000_000 * (Number(e['externalWebsiteConversions']) + Number(e['oneClickLeads']))),
    valueMicros: total((e) => micros(e['conversionValueInLocalCurrency'])),
    videoViews: total(({ videoViews }) => Number(videoViews)),
  };
}

/** What the market has to say about an account in November. */
export function truth({ market, clock }: Opened, grain: Parameters<Opened['market']['rows']>[1]) {
  const account = market.world.accounts.find(({ id }) => id === europe);
  if (account === undefined) throw new Error('There is the European account.');
  const rows = [...market.rows(account, grain, dayOf('2026-11-01'), dayOf('2026-11-20'), clock.at)];
  const total = (read: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + read(row), 0);
  return {
    impressions: total((row) => row.impressions),
    clicks: total((row) => row.clicks),
    costMicros: total((row) => row.costMicros),
    conversionsMicros: total((row) => row.conversionsMicros),
    valueMicros: total((row) => row.valueMicros),
    videoViews: total((row) => row.videoViews),
  };
}
