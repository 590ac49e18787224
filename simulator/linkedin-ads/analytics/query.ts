import { type Day, dayOf, isoOf } from '../../market/calendar.ts';
import { badInput, notModelled, refusal, wrongType } from '../error.ts';
import type { RestliValue } from '../restli/decode.ts';
import type { Parameters } from '../restli/parameters.ts';
import { idOfUrn } from '../restli/parameters.ts';
import { metrics } from './metrics.ts';
import { otherPivots, type Pivot, pivots } from './pivots.ts';

export interface Facets {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly campaignGroups: ReadonlySet<string> | undefined;
  readonly campaigns: ReadonlySet<string> | undefined;
  readonly creatives: ReadonlySet<string> | undefined;
}

export interface AnalyticsQuery {
  readonly pivots: readonly Pivot[];
  readonly daily: boolean;
  /** Inclusive UTC days. */
  readonly from: Day;
  readonly to: Day;
  readonly facets: Facets;
  /** In the order asked for; `dateRange` and `pivotValues` among them. */
  readonly fields: readonly string[];
}

const finders = ['analytics', 'statistics', 'attributedRevenueMetrics'] as const;
const granularities = ['ALL', 'DAILY', 'MONTHLY', 'YEARLY'] as const;
const mostPivots = 3;
const mostFields = 20;
const annotations = ['dateRange', 'pivotValues'];
/** Without `fields` these alone come back. */
const defaultFields = ['impressions', 'clicks'];

/** Reads a query of `adAnalytics`; `today` closes a range without an end. */
export function readQuery(parameters: Parameters, today: Day): AnalyticsQuery {
  parameters.only('q', 'pivot', 'pivots', 'dateRange', 'timeGranularity', ...facetNames, 'fields');
  const finder = parameters.word('q', finders);
  if (finder === undefined) throw badInput('q', "Parameter 'q' is required", 'MISSING_FIELD');
  if (finder === 'attributedRevenueMetrics') throw notModelled('q', finder, 'analytics and statistics');
  const asked = finder === 'analytics' ? onePivot(parameters) : severalPivots(parameters);
  const granularity = parameters.word('timeGranularity', granularities);
  if (granularity === undefined)
    throw badInput('timeGranularity', "Parameter 'timeGranularity' is required", 'MISSING_FIELD');
  if (granularity !== 'ALL' && granularity !== 'DAILY')
    throw notModelled('timeGranularity', granularity, 'ALL and DAILY');
  const facets = readFacets(parameters);
  const belowGroups = (['campaigns', 'creatives'] as const).find((name) => facets[name] !== undefined);
  if (belowGroups !== undefined && asked.some(({ breakdown }) => breakdown !== undefined))
    throw notModelled(belowGroups, 'a breakdown of it', 'breakdowns of accounts and campaignGroups');
  return {
    pivots: asked,
    daily: granularity === 'DAILY',
    ...dateRange(parameters, today),
    facets,
    fields: readFields(parameters),
  };
}

function onePivot(parameters: Parameters): readonly Pivot[] {
  if (parameters.has('pivots'))
    throw badInput('pivots', 'The analytics finder takes one pivot.', 'QUERY_PARAM_NOT_ALLOWED');
  const name = parameters.word('pivot', [...Object.keys(pivots), ...otherPivots]);
  if (name === undefined) throw badInput('pivot', "Parameter 'pivot' is required", 'MISSING_FIELD');
  return [pivotOf('pivot', name)];
}

function severalPivots(parameters: Parameters): readonly Pivot[] {
  if (parameters.has('pivot'))
    throw badInput('pivot', 'The statistics finder takes pivots.', 'QUERY_PARAM_NOT_ALLOWED');
  const list = parameters.list('pivots');
  if (list === undefined) throw badInput('pivots', "Parameter 'pivots' is required", 'MISSING_FIELD');
  if (list.length === 0 || list.length > mostPivots) throw wrongType('pivots', `expected 1 to ${mostPivots} pivots`);
  const asked = list.map((item) =>
    pivotOf('pivots', parameters.word('pivots', [...Object.keys(pivots), ...otherPivots], item) ?? ''),
  );
  if (new Set(asked).size < asked.length) throw wrongType('pivots', 'a pivot stands twice');
  if (asked.some(({ demographic }) => demographic))
    throw wrongType('pivots', 'MEMBER_ pivots stand alone, in the analytics finder');
  const breakdowns = asked.filter(({ breakdown }) => breakdown !== undefined);
  if (breakdowns.length > 1 || (breakdowns.length === 1 && asked.some(({ level }) => level > 1)))
    throw notModelled('pivots', 'this combination', 'one breakdown, with ACCOUNT or CAMPAIGN_GROUP beside it');
  return asked;
}

function pivotOf(parameter: string, name: string): Pivot {
  const pivot = Object.hasOwn(pivots, name) ? pivots[name] : undefined;
  if (pivot === undefined) throw notModelled(parameter, `the pivot ${name}`, Object.keys(pivots).join(', '));
  return pivot;
}

function dateRange(parameters: Parameters, today: Day): { readonly from: Day; readonly to: Day } {
  const range = parameters.record('dateRange');
  if (range === undefined) throw badInput('dateRange', "Parameter 'dateRange' is required", 'MISSING_FIELD');
  for (const key of range.keys())
    if (key !== 'start' && key !== 'end') throw wrongType(`dateRange/${key}`, 'expected start and end');
  const from = readDay('dateRange/start', range.get('start'));
  if (from === undefined) throw badInput('dateRange/start', 'A start is required.', 'MISSING_FIELD');
  const to = readDay('dateRange/end', range.get('end')) ?? Math.max(from, today);
  if (to < from) throw wrongType('dateRange', 'the end is before the start');
  return { from, to };
}

function readDay(path: string, value: RestliValue | undefined): Day | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Map)) throw wrongType(path, 'a record (year:2026,month:11,day:1) is expected');
  const part = (name: string, digits: number) => {
    const text: unknown = value.get(name);
    if (typeof text !== 'string' || !/^\d{1,4}$/.test(text))
      throw wrongType(`${path}/${name}`, 'a whole number is expected');
    return String(Number(text)).padStart(digits, '0');
  };
  const iso = `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`;
  if (value.size !== 3) throw wrongType(path, 'expected year, month and day');
  try {
    return dayOf(iso);
  } catch {
    throw wrongType(path, `there is no day ${iso}`);
  }
}

const facetUrns = {
  accounts: 'sponsoredAccount',
  campaignGroups: 'sponsoredCampaignGroup',
  campaigns: 'sponsoredCampaign',
  creatives: 'sponsoredCreative',
} as const;
const facetNames = Object.keys(facetUrns) as (keyof typeof facetUrns)[];

function readFacets(parameters: Parameters): Facets {
  const facet = (name: keyof typeof facetUrns) => {
    const list = parameters.list(name);
    if (list === undefined) return undefined;
    if (list.length === 0) throw wrongType(name, 'the list is empty');
    return new Set(list.map((item) => idOfUrn(name, item, facetUrns[name])));
  };
  const facets = {
    accounts: facet('accounts'),
    campaignGroups: facet('campaignGroups'),
    campaigns: facet('campaigns'),
    creatives: facet('creatives'),
  };
  if (Object.values(facets).every((ids) => ids === undefined))
    throw badInput('accounts', `At least one of ${facetNames.join(', ')} is required.`, 'MISSING_FIELD');
  return facets;
}

function readFields(parameters: Parameters): readonly string[] {
  const text = parameters.plain('fields');
  if (text === undefined) return defaultFields;
  const fields = text.split(',');
  if (fields.length > mostFields)
    throw wrongType('fields', `at most ${mostFields} fields may be asked for, found ${fields.length}`);
  const unknown = fields.filter((field) => !annotations.includes(field) && !Object.hasOwn(metrics, field));
  if (unknown.length > 0) {
    const paths = unknown.map((field) => `/elements/${field}`).join(', ');
    throw refusal(
      403,
      'ACCESS_DENIED',
      `Unpermitted fields present in PARAMETER: Data Processing Exception while processing fields [${paths}]; the simulator has ${[...annotations, ...Object.keys(metrics)].join(', ')}`,
      100,
    );
  }
  return fields;
}

/** `{ year, month, day }` as LinkedIn writes a day. */
export function dayRecord(day: Day) {
  const [year, month, date] = isoOf(day).split('-').map(Number);
  return { month, year, day: date };
}
