import type { Account, World } from '../market/world.ts';
import { advertiser } from './advertisers.ts';
import { badParameter, Refusal } from './codes.ts';
import type { Parameters } from './parameters.ts';
import { audienceDimensions, type DataLevel, dataLevels, idDimensions } from './report-dimensions.ts';
import { metrics as knownMetrics } from './report-metrics.ts';
import { type Level, type PrimaryStatus, primaryStatuses } from './status.ts';

/** What a report asks for, checked. */
export interface ReportQuery {
  readonly account: Account;
  readonly dataLevel: DataLevel;
  readonly dimensions: readonly string[];
  readonly metrics: readonly string[];
  readonly byDay: boolean;
  /** The audience dimension of an AUDIENCE report. */
  readonly audience: string | undefined;
  /** Account-local days, both included. */
  readonly from: number;
  readonly to: number;
  readonly statuses: Readonly<Partial<Record<Level, PrimaryStatus>>>;
  readonly ids: Readonly<Partial<Record<Level, ReadonlySet<string>>>>;
}

const mode = {
  /** Days a report may span with `stat_time_day` and without. */
  synchronous: { mostDays: 30, mostDaysWhole: 365, filtersStatus: true, mostIds: 100 },
  asynchronous: { mostDays: 100_000, mostDaysWhole: 100_000, filtersStatus: false, mostIds: 20_000 },
} as const;

export function readReport(parameters: Parameters, world: World, kind: keyof typeof mode): ReportQuery {
  const limits = mode[kind];
  const account = advertiser(world, parameters.required('advertiser_id'));
  parameters.oneOf('service_type', ['AUCTION'], 'AUCTION');
  const type = parameters.oneOf('report_type', ['BASIC', 'AUDIENCE']);
  const dataLevel = parameters.oneOf('data_level', dataLevels);
  const dimensions = parameters.texts('dimensions') ?? [];
  const audience = readDimensions(dimensions, type, dataLevel);
  const byDay = dimensions.includes('stat_time_day');
  const metrics = parameters.texts('metrics') ?? ['spend', 'impressions'];
  for (const name of metrics)
    if (!Object.hasOwn(knownMetrics, name))
      throw badParameter('metrics', `Unknown metric ${name}, or one that the simulator does not model.`);
  if (parameters.flag('query_lifetime', false))
    throw badParameter('query_lifetime', 'The simulator does not model lifetime reports.');
  const [from, to] = [parameters.date('start_date'), parameters.date('end_date')];
  if (to < from) throw badParameter('end_date', 'The end date is before the start date.');
  const most = byDay ? limits.mostDays : limits.mostDaysWhole;
  if (to - from + 1 > most) throw badParameter('end_date', `The date range exceeds ${most} days.`);
  const filters = readFiltering(parameters.objects('filtering'), dataLevel, limits);
  return { account, dataLevel, dimensions, metrics, byDay, audience, from, to, ...filters };
}

/** Checks the dimensions and answers the audience dimension among them. */
function readDimensions(dimensions: readonly string[], type: string, dataLevel: DataLevel): string | undefined {
  if (new Set(dimensions).size !== dimensions.length)
    throw badParameter('dimensions', 'A dimension stands there twice.');
  const id = idDimensions[dataLevel];
  const rest = dimensions.filter((name) => name !== id && name !== 'stat_time_day');
  if (!dimensions.includes(id))
    throw badParameter('dimensions', `The data level ${dataLevel} needs the dimension ${id}.`);
  const strange = rest.find((name) => !Object.hasOwn(audienceDimensions, name));
  if (strange !== undefined)
    throw badParameter(
      'dimensions',
      `${strange} is not supported at ${dataLevel}, or the simulator does not model it.`,
    );
  if (type === 'BASIC') {
    if (rest.length > 0) throw badParameter('dimensions', `${rest.join(', ')} needs the report type AUDIENCE.`);
    return undefined;
  }
  if (rest.length !== 1)
    throw badParameter(
      'dimensions',
      'An AUDIENCE report needs one audience dimension; the simulator does not model several.',
    );
  if (dataLevel === 'AUCTION_ADGROUP' || dataLevel === 'AUCTION_AD')
    throw badParameter('data_level', `The simulator models no AUDIENCE reports at ${dataLevel}.`);
  return rest[0];
}

const levels: readonly Level[] = ['campaign', 'adgroup', 'ad'];

function readFiltering(
  filters: readonly Readonly<Record<string, unknown>>[],
  dataLevel: DataLevel,
  limits: (typeof mode)[keyof typeof mode],
): Pick<ReportQuery, 'statuses' | 'ids'> {
  const own = levels.find((level) => `AUCTION_${level.toUpperCase()}` === dataLevel);
  // Left unset, what was deleted is left out; the advertiser's own totals hold everything.
  const statuses: Partial<Record<Level, PrimaryStatus>> =
    own === undefined || !limits.filtersStatus ? {} : { [own]: 'STATUS_NOT_DELETE' };
  const ids: Partial<Record<Level, ReadonlySet<string>>> = {};
  for (const { field_name: name, filter_type: type, filter_value: value } of filters) {
    if (type !== 'IN') throw badParameter('filtering', `The simulator models the filter type IN, not ${String(type)}.`);
    const values = readList(value);
    const level = levels.find((one) => name === `${one}_ids` || name === `${one}_status`);
    if (level === undefined || dataLevel === 'AUCTION_ADVERTISER')
      throw badParameter(
        'filtering',
        `${String(name)} is not supported at ${dataLevel}, or the simulator does not model it.`,
      );
    if (name === `${level}_ids`) {
      if (values.length > limits.mostIds)
        throw new Refusal('tooLarge', `filtering: At most ${limits.mostIds} ids are allowed.`);
      ids[level] = new Set(values);
      continue;
    }
    if (!limits.filtersStatus) throw badParameter('filtering', `${name} is not supported in asynchronous reports.`);
    const status = primaryStatuses.find((known) => known === values[0]);
    if (values.length !== 1 || status === undefined)
      throw badParameter('filtering', `${name} must be one of ${primaryStatuses.join(', ')}.`);
    statuses[level] = status;
  }
  return { statuses, ids };
}

/** A filter's value is a JSON array within a text. */
function readList(value: unknown): readonly string[] {
  const problem = badParameter('filtering', 'filter_value must be a text with a JSON array of strings.');
  if (typeof value !== 'string') throw problem;
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed) && parsed.every((one) => typeof one === 'string')) return parsed;
  } catch {
    // Refused below.
  }
  throw problem;
}
