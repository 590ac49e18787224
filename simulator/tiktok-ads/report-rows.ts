import { isoOf } from '../market/calendar.ts';
import type { Market, MarketGrain, MarketRow } from '../market/market.ts';
import { measuresOf, sum } from '../market/measures.ts';
import { compareIds } from './entities.ts';
import { audienceDimensions, type DataLevel } from './report-dimensions.ts';
import { metrics, type Reported } from './report-metrics.ts';
import type { ReportQuery } from './report-query.ts';
import { hasPrimaryStatus, idOf, type Level, Standings, type Subject, subjectsOf } from './status.ts';

/** A synchronous report looks at no more ids of its level than this, the newest. */
const mostIds = 20_000;

const grains: Readonly<Record<DataLevel, { readonly grain: MarketGrain; readonly level: Level | undefined }>> = {
  AUCTION_ADVERTISER: { grain: 'account', level: undefined },
  AUCTION_CAMPAIGN: { grain: 'campaign', level: 'campaign' },
  AUCTION_ADGROUP: { grain: 'ad-group', level: 'adgroup' },
  AUCTION_AD: { grain: 'ad', level: 'ad' },
};

const levels: readonly Level[] = ['campaign', 'adgroup', 'ad'];

/** One row before it is written: what it is about, and the market's day and segment. */
export interface ReportRow extends Reported {
  readonly day: number;
  readonly segment: string | undefined;
}

export interface Report {
  readonly rows: Iterable<ReportRow>;
  /** What `X-Tt-Ads-Throttle` says when ids were left out. */
  readonly leftOut: string | undefined;
}

export function runReport(market: Market, query: ReportQuery, nowMs: number, truncates: boolean): Report {
  const { account } = query;
  const { level } = grains[query.dataLevel];
  if (level === undefined) return { rows: rowsOf(market, query, new Map(), nowMs), leftOut: undefined };
  const standings = new Standings(market, account, nowMs);
  // Ids narrow what is looked at; what was deleted is sifted out of it afterwards.
  let subjects = [...subjectsOf(account, level)].filter((subject) =>
    levels.every((one) => query.ids[one]?.has(idOf(subject, one)) ?? true),
  );
  const total = subjects.length;
  const cut = truncates && subjects.length > mostIds;
  if (cut) {
    subjects.sort((left, right) => compareIds(idOf(right, level), idOf(left, level)));
    subjects = subjects.slice(0, mostIds);
  }
  const kept = subjects.filter((subject) =>
    levels.every((one) => {
      const status = query.statuses[one];
      return status === undefined || hasPrimaryStatus(standings.of(subject, one), status);
    }),
  );
  const leftOut = cut
    ? `Number of ${level} ids is equal or more than 20k (${total}), only return the top 20k id's results, sorting by create time desc order.`
    : undefined;
  return { rows: rowsOf(market, query, new Map(kept.map((one) => [idOf(one, level), one])), nowMs), leftOut };
}

function* rowsOf(
  market: Market,
  query: ReportQuery,
  subjects: ReadonlyMap<string, Subject>,
  nowMs: number,
): Generator<ReportRow> {
  const { account, audience } = query;
  const { grain, level } = grains[query.dataLevel];
  const breakdown = audience === undefined ? undefined : audienceDimensions[audience]?.breakdown;
  const days = market.rows(account, breakdown ?? grain, query.from, query.to, nowMs);
  const wanted = function* (): Generator<ReportRow> {
    for (const row of days) {
      const subject = level === undefined ? {} : subjects.get(marketId(row, level));
      if (subject !== undefined)
        yield { account, subject, day: row.day, segment: row.segment, measures: measuresOf(row) };
    }
  };
  // The market's rows are of one object and day; an advertiser's audience and a report without days add them up.
  if (query.byDay && (breakdown === undefined || level !== undefined)) yield* wanted();
  else yield* addedUp(wanted(), query.byDay, level);
}

function marketId(row: MarketRow, level: Level): string {
  return (level === 'campaign' ? row.campaignId : level === 'adgroup' ? row.groupId : row.adId) ?? '';
}

function addedUp(rows: Iterable<ReportRow>, byDay: boolean, level: Level | undefined): Iterable<ReportRow> {
  const groups = new Map<string, ReportRow>();
  for (const row of rows) {
    const id =
      level === undefined || row.subject.campaign === undefined
        ? ''
        : idOf({ ...row.subject, account: row.account, campaign: row.subject.campaign }, level);
    const key = `${byDay ? row.day : ''}|${id}|${row.segment ?? ''}`;
    const held = groups.get(key);
    groups.set(key, held === undefined ? row : { ...held, measures: sum([held.measures, row.measures]) });
  }
  return groups.values();
}

/** A dimension's value: an enum in synchronous reports, words for people in asynchronous ones. */
export function dimensionOf(row: ReportRow, name: string, asWords: boolean): string {
  if (name === 'stat_time_day') return `${isoOf(row.day)} 00:00:00`;
  const audience = audienceDimensions[name];
  if (audience !== undefined) return asWords ? audience.wordOf(row.segment ?? '') : audience.enumOf(row.segment ?? '');
  return metrics[name]?.(row) ?? '';
}

export function writeRow(row: ReportRow, query: ReportQuery) {
  return {
    dimensions: Object.fromEntries(query.dimensions.map((name) => [name, dimensionOf(row, name, false)])),
    metrics: Object.fromEntries(query.metrics.map((name) => [name, metrics[name]?.(row)])),
  };
}
