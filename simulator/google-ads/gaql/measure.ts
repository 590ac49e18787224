import type { Day } from '../../market/calendar.ts';
import { type MarketGrain, type MarketRow, type Measures, sum } from '../../market/market.ts';
import type { Campaign } from '../../market/world.ts';
import { divisions, segments } from './columns.ts';
import type { Test } from './conditions.ts';
import { kindOf, type Row } from './row.ts';
import type { Source, Subject } from './subject.ts';
import type { ObjectResource } from './subjects.ts';

export interface Filter {
  readonly field: string;
  readonly test: Test;
}

interface Measured {
  readonly resource: ObjectResource;
  readonly subjects: readonly Subject[];
  readonly campaigns: readonly Campaign[];
  readonly source: Source;
  readonly selected: readonly string[];
  readonly dateFilters: readonly Filter[];
}

/** Rows with metrics: one for each object and each value of the selected segments, in no promised order. */
export function* measuredRows(asked: Measured): Generator<Row> {
  const { resource, subjects, selected } = asked;
  const named = selected.filter((field) => kindOf(field) === 'segment');
  // A day and an object name one row of the market: nothing to add up, so it can stream.
  if (named.includes('segments.date')) {
    for (const { subject, row } of marketRows(asked)) yield { subject, day: row.day, part: row.segment, measures: row };
    return;
  }
  const groups = new Map<
    string,
    { readonly subject: Subject; readonly day: Day; readonly part: string | undefined; measures: Measures }
  >();
  for (const { subject, row } of marketRows(asked)) {
    const key = keyOf(resource.key(subject), row, named);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, { subject, day: row.day, part: row.segment, measures: row });
    else held.measures = sum([held.measures, row]);
  }
  // Without segments every object has a row, also one with nothing to report; with segments only activity has.
  if (named.length === 0) {
    for (const subject of subjects) {
      yield { subject, day: undefined, measures: groups.get(resource.key(subject))?.measures ?? sum([]) };
    }
  } else yield* groups.values();
}

/** An object's key, and the values of the selected segments: a part of its traffic, days. */
function keyOf(object: string, row: MarketRow, named: readonly string[]): string {
  return named.length === 0
    ? object
    : [object, row.segment, ...named.map((field) => segments[field]?.(row.day))].join('|');
}

function* marketRows(asked: Measured): Generator<{ readonly subject: Subject; readonly row: MarketRow }> {
  const { resource, subjects, campaigns, source } = asked;
  const { market, account, asOfMs } = source;
  const days = wantedDays(source, asked.dateFilters);
  const [first, last] = [days[0], days.at(-1)];
  const grain = grainOf(asked);
  if (first === undefined || last === undefined || grain === undefined) return;
  const everyDay = days.length === last - first + 1;
  const wanted = new Set(days);
  const byKey = new Map(subjects.map((subject) => [resource.key(subject), subject]));
  // The account's total counts every campaign, whatever else was filtered.
  const shown = grain === 'account' ? account : { ...account, campaigns };
  for (const row of market.rows(shown, grain, first, last, asOfMs)) {
    const subject = byKey.get(row.keywordId ?? row.adId ?? row.groupId ?? row.campaignId ?? '');
    if (subject !== undefined && (everyDay || wanted.has(row.day))) yield { subject, row };
  }
}

/** The resource's own grain, or the breakdown that a selected segment divides it by. */
function grainOf({ resource, selected }: Measured): MarketGrain | undefined {
  const division = selected.map((field) => divisions[field]).find((one) => one !== undefined);
  return division?.grain ?? resource.grain;
}

/** The days that the conditions on date segments let through. */
export function wantedDays(source: Source, dateFilters: readonly Filter[]): readonly Day[] {
  const known = source.market.knownDays(source.account, source.asOfMs);
  const days: Day[] = [];
  for (let day = known.from; day <= known.to; day += 1) {
    if (dateFilters.every((filter) => filter.test(segments[filter.field]?.(day)))) days.push(day);
  }
  return days;
}
