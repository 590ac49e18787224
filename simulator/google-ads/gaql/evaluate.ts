import type { Campaign } from '../../market/world.ts';
import { queryError } from '../failure.ts';
import { divisions, type Value } from './columns.ts';
import { compile } from './conditions.ts';
import { type Filter, measuredRows } from './measure.ts';
import type { Query } from './parser.ts';
import { kindOf, type Row, reader } from './row.ts';
import { type Source, subjectOf } from './subject.ts';
import { resources } from './subjects.ts';
import { viewRows } from './view-rows.ts';

/** Rows of a validated query in its order; LIMIT is left to the caller. Lazy where the order allows. */
export function evaluate(query: Query, source: Source): Iterable<Row> {
  const resource = resources[query.from];
  if (resource === undefined) {
    throw queryError('BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `Unrecognized resource '${query.from}'.`);
  }
  const filters = query.where.map((condition) => ({ field: condition.field, test: compile(condition, source.today) }));
  const about = (kind: 'attribute' | 'metric' | 'segment') => filters.filter(({ field }) => kindOf(field) === kind);
  const isDivision = ({ field }: Filter) => Object.hasOwn(divisions, field);
  const dateFilters = about('segment').filter((filter) => !isDivision(filter));
  const campaigns = filteredCampaigns(source, about('attribute'));
  const described = holds(about('attribute'));
  // Conditions on what is measured, and on what divides it.
  const measured = holds([...about('metric'), ...about('segment').filter(isDivision)]);
  const asked = { campaigns, source, selected: query.select, dateFilters };
  if ('view' in resource) {
    const { view, segmenting } = resource;
    return inOrder(viewRows({ ...asked, view, segmenting, described }).filter(measured), query);
  }
  const subjects = [...resource.subjects(source, campaigns)].filter((subject) =>
    described({ subject, day: undefined, measures: undefined }),
  );
  const mentioned = [...query.select, ...filters.map(({ field }) => field), ...query.orderBy.map(({ field }) => field)];
  if (!mentioned.some((field) => kindOf(field) !== 'attribute')) {
    return inOrder(
      subjects.map((subject) => ({ subject, day: undefined, measures: undefined })),
      query,
    );
  }
  return inOrder(measuredRows({ ...asked, resource, subjects }).filter(measured), query);
}

/** Campaigns that a condition on campaign fields leaves out cost nothing. */
function filteredCampaigns(source: Source, filters: readonly Filter[]): readonly Campaign[] {
  const kept = holds(filters.filter((filter) => filter.field.startsWith('campaign.')));
  const { account } = source;
  return account.campaigns.filter((campaign) =>
    kept({ subject: subjectOf(source, { campaign }), day: undefined, measures: undefined }),
  );
}

function holds(filters: readonly Filter[]): (row: Row) => boolean {
  const tests = filters.map(({ field, test }) => ({ read: reader(field), test }));
  return (row) => tests.every(({ read, test }) => test(read(row)));
}

function inOrder(rows: Iterable<Row>, query: Query): Iterable<Row> {
  if (query.orderBy.length === 0) return rows;
  const keys = query.orderBy.map(({ field, descending }) => ({ read: sortKey(field), sign: descending ? -1 : 1 }));
  const keyed = [...rows].map((row) => ({ row, values: keys.map(({ read }) => read(row)) }));
  keyed.sort((left, right) => {
    for (const [index, { sign }] of keys.entries()) {
      const order = compare(left.values[index], right.values[index]);
      if (order !== 0) return order * sign;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

type Scalar = string | number | boolean | undefined;

/** Ids are kept as text but ordered as the numbers they are. */
function sortKey(field: string): (row: Row) => Scalar {
  const read = reader(field);
  const isId = /(?:\.|_)id$/.test(field);
  const scalar = (value: Value): Scalar => (typeof value === 'object' ? value.join() : value);
  return (row) => (isId ? Number(read(row)) : scalar(read(row)));
}

/** Absent values come first. */
function compare(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  if (left === undefined) return -1;
  if (right === undefined) return 1;
  return left < right ? -1 : 1;
}
