import { defaultLiveMinutes, type LiveAnswer, type LiveLevel, type LiveQuery } from '../../contracts/schemas/live.ts';
import { minuteMillis } from '../../contracts/streams/windows.ts';
import { answerLive, type LiveSummary, type UnnamedRow, windowStart } from '../../domain/analysis/live/answer-live.ts';
import { dayClock } from '../../domain/analysis/live/day-clock.ts';
import { describeRow, type LiveNames } from '../../domain/analysis/live/describe-row.ts';
import type { LiveAccount, LiveObject, LiveState } from '../../domain/analysis/live/live-state.ts';
import { AppError } from '../../domain/errors.ts';
import { createNameCache } from '../metrics/name-cache.ts';
import { readFrom } from '../metrics/row-names.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import { decodeCursor, encodeCursor } from '../stores/cursor.ts';
import type { Stores, WorkspaceStores } from '../stores/stores.ts';
import { createLiveMemory } from './live-memory.ts';
import { liveObject, recordsOf } from './live-structure.ts';

type LiveKind = 'workspace' | 'accounts' | 'campaigns' | 'adGroups' | 'ads' | 'live' | 'polls';
type Own = WorkspaceStores<LiveKind>;

export interface LivePorts {
  readonly stores: Stores<LiveKind, 'rates'>;
  readonly mostADay: LiveState['mostADay'];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface LiveReader {
  answer(workspaceId: string, query: LiveQuery): Promise<LiveAnswer>;
  /** Changes whenever something of these minutes changed, and when a minute is over. */
  stamp(workspaceId: string, minutes: number): Promise<string>;
}

const defaultLimit = 100;

/** Reads what a live view shows: counters anew each time, what changes slower through a memory. */
export function createLiveReader({ stores, mostADay, now }: LivePorts): LiveReader {
  const memory = createLiveMemory(now);
  const cached = createNameCache(now);

  async function stateOf(own: Own, query: LiveQuery, at: number): Promise<LiveState> {
    const [workspace, records, campaigns] = await Promise.all([
      own.workspace.get(),
      own.accounts.all(),
      memory.campaigns(own.workspaceId, own),
    ]);
    if (workspace === undefined) throw new AppError('not-found', 'This workspace no longer exists.');
    refuseUnknownAccount(records, query);
    const today = [...new Set(['UTC', ...records.map(({ timeZone }) => timeZone)])].map(
      (zone) => dayClock(at, zone).date,
    );
    const dates = [...new Set(today)].toSorted();
    const from = windowStart(at, query.minutes ?? defaultLiveMinutes);
    const [{ minutes, hours }, history, rates] = await Promise.all([
      memory.windows(own.live, own.workspaceId, { from, to: at + minuteMillis, dates }),
      memory.history(own.live, own.workspaceId, dates[0] ?? '', dates.at(-1) ?? ''),
      memory.rates(stores.rates, dayClock(at, 'UTC').date),
    ]);
    const counted = [...minutes, ...hours].flatMap(({ campaignId }) => campaignId ?? []);
    const named = query.campaignId === undefined ? counted : [...counted, query.campaignId];
    const missing = [...new Set(named)].filter((id) => !campaigns.has(id));
    const others = [...(await recordsOf(own.campaigns, missing))].map(
      ([id, record]) => [id, liveObject(record)] as const,
    );
    const all = new Map<string, LiveObject>([...campaigns, ...others]);
    if (query.campaignId !== undefined && !all.has(query.campaignId)) {
      throw new AppError('not-found', `There is no campaign ${query.campaignId} in this workspace.`);
    }
    return {
      now: at,
      currency: workspace.currency,
      accounts: records.map(liveAccount),
      campaigns: all,
      minutes,
      hours,
      history,
      rateOf: (currency) => rates(currency, workspace.currency),
      mostADay,
    };
  }

  async function namesOf(own: Own, rows: readonly UnnamedRow[]): Promise<LiveNames> {
    const ids = (part: 'campaignId' | 'adGroupId' | 'adId') => [...new Set(rows.flatMap(({ key }) => key[part] ?? []))];
    const [campaigns, adGroups, ads] = await Promise.all([
      cached(readFrom(own.campaigns), ids('campaignId')),
      cached(readFrom(own.adGroups), ids('adGroupId')),
      cached(readFrom(own.ads), ids('adId')),
    ]);
    return { campaigns, adGroups, ads };
  }

  return {
    async answer(workspaceId, query) {
      const own = stores.forWorkspace(workspaceId);
      const at = now();
      const level = query.level ?? 'campaign';
      const minutes = query.minutes ?? defaultLiveMinutes;
      const after = positionFrom(workspaceId, query);
      const state = await stateOf(own, query, at);
      const summary = answerLive(state, { ...query, level, minutes });
      const rows = after === undefined ? summary.rows : summary.rows.filter((row) => isAfter(row, after));
      const page = rows.slice(0, query.limit ?? defaultLimit);
      const last = page.at(-1);
      const [names, adGroups, polledAt] = await Promise.all([
        namesOf(own, page),
        adGroupsOf(own, page, level),
        memory.polledAt(
          workspaceId,
          own.polls,
          [...summary.accounts.values()].filter(({ enabled }) => enabled),
        ),
      ]);
      const { accounts, rows: _, newest, utc: __, ...told } = summary;
      return {
        at: new Date(at).toISOString(),
        level,
        currency: state.currency,
        ...told,
        rows: page.map((row) => describeRow(row, { state, summary, level, names, adGroups })),
        freshness: freshnessOf(at, accounts, newest, polledAt),
        nextCursor:
          last !== undefined && rows.length > page.length
            ? encodeCursor(questionOf(workspaceId, query), [String(last.weight), last.name])
            : null,
      };
    },
    async stamp(workspaceId, minutes) {
      const at = now();
      const from = windowStart(at, minutes);
      return `${from} ${await stores.forWorkspace(workspaceId).live.stamp(from, at + minuteMillis)}`;
    },
  };
}

function refuseUnknownAccount(records: readonly AccountRecord[], { accountId }: LiveQuery): void {
  if (accountId !== undefined && !records.some(({ id }) => id === accountId)) {
    throw new AppError('not-found', `There is no account ${accountId} in this workspace.`);
  }
}

const liveAccount = ({ id, name, platform, currency, timeZone, status }: AccountRecord): LiveAccount => ({
  id,
  name,
  platform,
  currency,
  timeZone,
  enabled: status === 'enabled',
});

async function adGroupsOf(own: Own, rows: readonly UnnamedRow[], level: LiveLevel): Promise<Map<string, LiveObject>> {
  if (level !== 'ad-group') return new Map();
  const ids = [...new Set(rows.flatMap(({ key }) => key.adGroupId ?? []))];
  return new Map([...(await recordsOf(own.adGroups, ids))].map(([id, record]) => [id, liveObject(record)]));
}

function freshnessOf(
  at: number,
  accounts: LiveSummary['accounts'],
  newest: LiveSummary['newest'],
  polledAt: ReadonlyMap<string, number>,
): LiveAnswer['freshness'] {
  const last = Math.max(0, ...newest.values());
  const instant = (millis: number | undefined) => (millis === undefined ? null : new Date(millis).toISOString());
  return {
    newestMinute: last === 0 ? null : instant(last),
    lagSeconds: last === 0 ? null : Math.floor((at - last) / 1_000),
    accounts: [...accounts.values()]
      .filter(({ enabled }) => enabled)
      .map(({ id, name }) => ({
        accountId: id,
        accountName: name,
        newestMinute: instant(newest.get(id)),
        polledAt: instant(polledAt.get(id)),
      })),
  };
}

interface Position {
  readonly weight: number;
  readonly name: string;
}

/** Spend goes on between two pages: a row may then stand on both or on neither. */
const isAfter = (row: UnnamedRow, { weight, name }: Position): boolean =>
  row.weight < weight || (row.weight === weight && row.name > name);

const questionOf = (workspaceId: string, { limit: _, cursor: __, ...question }: LiveQuery): string[] => [
  workspaceId,
  'live',
  ...Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted(),
];

function positionFrom(workspaceId: string, query: LiveQuery): Position | undefined {
  if (query.cursor === undefined) return undefined;
  const [weight = '', name = ''] = decodeCursor(questionOf(workspaceId, query), query.cursor, 2);
  return { weight: Number(weight), name };
}
