import { assetsOf } from '../../market/assets.ts';
import type { Day } from '../../market/calendar.ts';
import type { MarketGrain, MarketRow, Measures } from '../../market/market.ts';
import { type AdGroup, billableMicros, type Campaign } from '../../market/world.ts';
import { ageCriteria, criterion, genderCriteria } from './criteria.ts';
import { crossTable } from './cross-table.ts';
import { type Source, type Subject, subjectOf } from './subject.ts';

/** A row of a view before rows of one key are added up: what it speaks of, on which day, and how much. */
export interface Piece {
  /** Names the subject within its campaign. */
  readonly key: string;
  readonly subject: Subject;
  readonly day: Day;
  readonly measures: Measures;
}

/** What the views speak of is not configured but happens: their rows come from the market's. */
export type View = (
  source: Source,
  campaign: Campaign,
  days: { readonly first: Day; readonly last: Day },
) => Iterable<Piece>;

type Days = Parameters<View>[2];

function* rowsOf(source: Source, campaign: Campaign, grain: MarketGrain, { first, last }: Days): Generator<MarketRow> {
  const { market, account, asOfMs } = source;
  yield* market.rows({ ...account, campaigns: [campaign] }, grain, first, last, asOfMs);
}

const groupsOf = (campaign: Campaign): ReadonlyMap<string, AdGroup> =>
  new Map(campaign.adGroups.map((adGroup) => [adGroup.id, adGroup]));

/** One row a term and ad group, whichever keywords it met. */
export function* searchTerms(source: Source, campaign: Campaign, days: Days): Generator<Piece> {
  const groups = groupsOf(campaign);
  const subjects = new Map<string, Subject>();
  for (const row of rowsOf(source, campaign, 'search-term', days)) {
    const adGroup = groups.get(row.groupId ?? '');
    const { segment: searchTerm } = row;
    if (adGroup === undefined || searchTerm === undefined) continue;
    const key = `${adGroup.id}|${searchTerm}`;
    const subject = subjects.get(key) ?? subjectOf(source, { campaign, adGroup, searchTerm });
    subjects.set(key, subject);
    yield { key, subject, day: row.day, measures: row };
  }
}

/** One row an ad and asset. */
export function* adAssets(source: Source, campaign: Campaign, days: Days): Generator<Piece> {
  const subjects = new Map<string, Subject>();
  for (const adGroup of campaign.adGroups) {
    for (const ad of adGroup.ads) {
      for (const asset of assetsOf(source.account.id, ad))
        subjects.set(`${ad.id}|${asset.id}`, subjectOf(source, { campaign, adGroup, ad, asset }));
    }
  }
  for (const row of rowsOf(source, campaign, 'asset', days)) {
    const key = `${row.adId}|${row.segment}`;
    const subject = subjects.get(key);
    if (subject !== undefined) yield { key, subject, day: row.day, measures: row };
  }
}

export const ages: View = (source, campaign, days) =>
  byAdGroup(source, campaign, days, 'age', (value) => ({
    ageRange: value,
    criterionId: criterion(ageCriteria, value).id,
  }));
export const genders: View = (source, campaign, days) =>
  byAdGroup(source, campaign, days, 'gender', (value) => ({
    gender: value,
    criterionId: criterion(genderCriteria, value).id,
  }));

/**
 * One row an ad group and criterion: the campaign's people of a day, divided among the ad groups that day. The rows of an ad
 * group add up to it, those of a criterion to the campaign's; Performance Max has no ad groups and so no rows.
 */
function* byAdGroup(
  source: Source,
  campaign: Campaign,
  days: Days,
  grain: 'age' | 'gender',
  criterionOf: (value: string) => Partial<Subject>,
): Generator<Piece> {
  if (campaign.adGroups.length === 0) return;
  const groups = groupsOf(campaign);
  const subjects = new Map<string, Subject>();
  const cent = billableMicros(source.account.currency);
  const totals = byDay(rowsOf(source, campaign, 'ad-group', days));
  for (const [day, parts] of byDay(rowsOf(source, campaign, grain, days))) {
    const columns = totals.get(day) ?? [];
    const cells = dividedBy(parts, columns, cent);
    for (const [row, { segment = 'unknown' }] of parts.entries()) {
      for (const [column, { groupId }] of columns.entries()) {
        const adGroup = groups.get(groupId ?? '');
        const measures = cells[row]?.[column];
        if (adGroup === undefined || measures === undefined || !isActive(measures)) continue;
        const key = `${adGroup.id}|${segment}`;
        const subject = subjects.get(key) ?? subjectOf(source, { campaign, adGroup, ...criterionOf(segment) });
        subjects.set(key, subject);
        yield { key, subject, day, measures };
      }
    }
  }
}

/** One row a campaign and country, and whether the campaign targets it. */
export function* userLocations(source: Source, campaign: Campaign, days: Days): Generator<Piece> {
  const subjects = new Map<string, Subject>();
  for (const row of rowsOf(source, campaign, 'country', days)) {
    const { segment: country = 'ZZ' } = row;
    const subject = subjects.get(country) ?? subjectOf(source, { campaign, country });
    subjects.set(country, subject);
    yield { key: country, subject, day: row.day, measures: row };
  }
}

function byDay(rows: Iterable<MarketRow>): ReadonlyMap<Day, readonly MarketRow[]> {
  const days = new Map<Day, MarketRow[]>();
  for (const row of rows) {
    const held = days.get(row.day);
    if (held === undefined) days.set(row.day, [row]);
    else held.push(row);
  }
  return days;
}

/** Every measure of a day as a table of its own: rows by criterion, columns by ad group. */
function dividedBy(
  rows: readonly Measures[],
  columns: readonly Measures[],
  cent: number,
): readonly (readonly Measures[])[] {
  const table = (read: (measures: Measures) => number, unit = 1) =>
    crossTable(
      rows.map((row) => read(row) / unit),
      columns.map((column) => read(column) / unit),
    ).map((line) => line.map((value) => value * unit));
  const tables = {
    impressions: table(({ impressions }) => impressions),
    clicks: table(({ clicks }) => clicks),
    costMicros: table(({ costMicros }) => costMicros, cent),
    conversionsMicros: table(({ conversionsMicros }) => conversionsMicros),
    valueMicros: table(({ valueMicros }) => valueMicros),
    videoViews: table(({ videoViews }) => videoViews),
  };
  const at = (one: readonly (readonly number[])[], row: number, column: number) => one[row]?.[column] ?? 0;
  return rows.map((_row, row) =>
    columns.map((_column, column) => ({
      impressions: at(tables.impressions, row, column),
      clicks: at(tables.clicks, row, column),
      costMicros: at(tables.costMicros, row, column),
      conversionsMicros: at(tables.conversionsMicros, row, column),
      valueMicros: at(tables.valueMicros, row, column),
      videoViews: at(tables.videoViews, row, column),
    })),
  );
}

const isActive = (measures: Measures): boolean => Object.values(measures).some((value) => value !== 0);
