import { type Day, localDay } from '../../market/calendar.ts';
import { type MarketRow, type Measures, sum } from '../../market/market.ts';
import type { Campaign } from '../../market/world.ts';
import { queryError } from '../failure.ts';
import { attributes, metrics, resourceNames, segments, type Value } from './columns.ts';
import { compile, type Test } from './conditions.ts';
import type { Query } from './parser.ts';
import { type Resource, resources, type Source, type Subject } from './subjects.ts';

/** One answered row, its fields computed when it is written. */
export interface Row {
  readonly subject: Subject;
  readonly day: Day | undefined;
  readonly measures: Measures | undefined;
}

interface Filter {
  readonly field: string;
  readonly test: Test;
}

/** Rows of a validated query, in its order and within its limit. */
export function evaluate(query: Query, source: Source): readonly Row[] {
  const resource = resources[query.from];
  if (resource === undefined)
    throw queryError('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `Unrecognized resource '${query.from}'.`);
  const today = localDay(source.asOfMs, source.account.timeZone);
  const filters = query.where.map((condition) => ({ field: condition.field, test: compile(condition, today) }));
  const about = (kind: 'attribute' | 'metric' | 'segment') => filters.filter((filter) => kindOf(filter.field) === kind);
  const campaigns = filteredCampaigns(source, about('attribute'));
  const subjects = [...resource.subjects(source, campaigns)].filter((subject) =>
    holds(about('attribute'), { subject, day: undefined, measures: undefined }),
  );
  const mentioned = [
    ...query.select,
    ...filters.map((filter) => filter.field),
    ...query.orderBy.map((order) => order.field),
  ];
  const measured = mentioned.some((field) => kindOf(field) !== 'attribute');
  const rows = measured
    ? measuredRows(resource, subjects, campaigns, source, query, about('segment')).filter((row) =>
        holds(about('metric'), row),
      )
    : subjects.map((subject) => ({ subject, day: undefined, measures: undefined }));
  const ordered = query.orderBy.length === 0 ? rows : sort(rows, query);
  return query.limit === undefined ? ordered : ordered.slice(0, query.limit);
}

/** A field's value in a row. */
export function fieldValue(field: string, row: Row): Value {
  const { subject, day, measures } = row;
  const metric = metrics[field];
  if (metric !== undefined) return measures === undefined ? undefined : metric(measures);
  const segment = segments[field];
  if (segment !== undefined) return day === undefined ? undefined : segment(day);
  const attribute = attributes[field];
  return attribute === undefined ? resourceNames[field.replace(/\.resource_name$/, '')]?.(subject) : attribute(subject);
}

export function kindOf(field: string): 'attribute' | 'metric' | 'segment' {
  return field.startsWith('metrics.') ? 'metric' : field.startsWith('segments.') ? 'segment' : 'attribute';
}

/** Campaigns a condition on campaign fields already leaves out cost nothing. */
function filteredCampaigns(source: Source, filters: readonly Filter[]): readonly Campaign[] {
  const own = filters.filter((filter) => filter.field.startsWith('campaign.'));
  const settings: Subject['settings'] = (entity) => source.market.settingsAt(source.account, entity, source.asOfMs);
  return source.account.campaigns.filter((campaign) =>
    holds(own, { subject: { account: source.account, campaign, settings }, day: undefined, measures: undefined }),
  );
}

function holds(filters: readonly Filter[], row: Row): boolean {
  return filters.every((filter) => filter.test(fieldValue(filter.field, row)));
}

function measuredRows(
  resource: Resource,
  subjects: readonly Subject[],
  campaigns: readonly Campaign[],
  source: Source,
  query: Query,
  dateFilters: readonly Filter[],
): Row[] {
  const { market, account, asOfMs } = source;
  const known = market.knownDays(account, asOfMs);
  const days: Day[] = [];
  for (let day = known.from; day <= known.to; day += 1) {
    if (dateFilters.every((filter) => filter.test(segments[filter.field]?.(day)))) days.push(day);
  }
  const wanted = new Set(days);
  const [first, last] = [days[0], days.at(-1)];
  const selected = query.select.filter((field) => kindOf(field) === 'segment');
  const groups = new Map<string, { readonly day: Day | undefined; measures: Measures }>();
  const byKey = new Map(subjects.map((subject) => [resource.key(subject), subject]));
  if (first !== undefined && last !== undefined && resource.grain !== undefined) {
    // The account's total counts every campaign, whatever was filtered above.
    const shown = resource.grain === 'account' ? account : { ...account, campaigns };
    for (const row of market.rows(shown, resource.grain, first, last, asOfMs)) {
      const key = keyOf(row);
      if (!wanted.has(row.day) || !byKey.has(key)) continue;
      const group = `${key}|${selected.map((field) => segments[field]?.(row.day)).join('|')}`;
      const held = groups.get(group);
      if (held === undefined) groups.set(group, { day: selected.length === 0 ? undefined : row.day, measures: row });
      else held.measures = sum([held.measures, row]);
    }
  }
  // Without segments every object has a row, also one with nothing to report; with segments only activity has.
  if (selected.length === 0) {
    return subjects.map((subject) => ({
      subject,
      day: undefined,
      measures: groups.get(`${resource.key(subject)}|`)?.measures ?? sum([]),
    }));
  }
  return [...groups].flatMap(([group, { day, measures }]) => {
    const subject = byKey.get(group.slice(0, group.indexOf('|')));
    return subject === undefined ? [] : [{ subject, day, measures }];
  });
}

function keyOf(row: MarketRow): string {
  return row.keywordId ?? row.adId ?? row.groupId ?? row.campaignId ?? '';
}

function sort(rows: readonly Row[], query: Query): readonly Row[] {
  const keyed = rows.map((row) => ({
    row,
    keys: query.orderBy.map(({ field }) => sortable(field, fieldValue(field, row))),
  }));
  keyed.sort((left, right) => {
    for (const [index, { descending }] of query.orderBy.entries()) {
      const order = compare(left.keys[index], right.keys[index]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

function sortable(field: string, value: Value): string | number | boolean | undefined {
  if (typeof value === 'string' && /(?:^|[._])id$/.test(field)) return Number(value);
  return typeof value === 'object' ? value.join() : value;
}

/** Absent values come first. */
function compare(left: string | number | boolean | undefined, right: string | number | boolean | undefined): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}
