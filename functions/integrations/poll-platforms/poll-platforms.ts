import type { Settings } from '../../../adapters/settings.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { PollState } from '../../../adapters/stores/poll-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import { AppError } from '../../../domain/errors.ts';
import { addFacts } from '../../../domain/integrations/add-facts.ts';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import type { FactRow, PlatformId, PlatformMapping, PlatformReader } from '../../../domain/integrations/platform.ts';
import { endOfLocalDay } from '../../../domain/integrations/streaming/local-day.ts';
import {
  type DayTotals,
  type PolledTotals,
  pollDifference,
} from '../../../domain/integrations/streaming/poll-difference.ts';

export interface PollPorts {
  readonly stores: Stores<'workspace' | 'settings' | 'accounts' | 'polls', 'identity'>;
  readonly settings: Settings;
  readonly openConnection: (
    stores: WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'polls'>,
    connection: ConnectionRecord,
  ) => Promise<PlatformReader>;
  readonly mappingOf: (platform: PlatformId) => PlatformMapping;
  readonly events: EventStream;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly signal?: AbortSignal;
}

export interface PollOutcome {
  readonly polled: number;
  readonly events: number;
  readonly failed: number;
  /** Due and not asked for lack of time; the next minute asks them. */
  readonly left: number;
}

/** Accounts asked at the same time. */
const concurrency = 4;
/** One account holds up the others no longer. */
const patienceMs = 45_000;
const leaseMs = 120_000;
/** An account is asked only while there is still this much time. */
const reserveMs = 50_000;
/** A day that is over is asked for so long after its end: platforms count clicks with a delay. */
const afterDayMillis = 3 * 3_600_000;
const minuteMillis = 60_000;
/** Rows of one report that are added up in memory. */
const mostRows = 50_000;

/**
 * Asks every platform what the running day of each account has come to, and puts what it came to since on the stream. One account that
 * cannot be asked keeps no other from it.
 */
export async function pollPlatforms(ports: PollPorts): Promise<PollOutcome> {
  const due = await dueAccounts(ports);
  let polled = 0;
  let events = 0;
  let failed = 0;
  let left = 0;
  const worker = async (): Promise<void> => {
    for (let next = due.shift(); next !== undefined; next = due.shift()) {
      if (ports.remainingMs() < reserveMs) {
        left += 1;
        continue;
      }
      try {
        events += await pollDay(ports, next);
        polled += 1;
      } catch (error) {
        failed += 1;
        ports.telemetry.error('an account could not be polled', error, {
          workspaceId: next.own.workspaceId,
          accountId: next.account.id,
          date: next.date,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (failed > 0) ports.telemetry.metric('pollsFailed', failed);
  return { polled, events, failed, left };
}

interface DueDay {
  readonly own: WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'polls'>;
  readonly connection: ConnectionRecord;
  readonly account: AccountRecord;
  readonly date: string;
}

async function dueAccounts({ stores, settings, now }: PollPorts): Promise<DueDay[]> {
  const due: DueDay[] = [];
  for (const workspaceId of await stores.identity.workspaceIds()) {
    const own = stores.forWorkspace(workspaceId);
    const everyMs = (await settings.forWorkspace(own)).get('live.pollMinutes') * minuteMillis;
    if (everyMs === 0) continue;
    const connections = new Map((await own.workspace.connections()).map((one) => [one.id, one]));
    for (const account of await own.accounts.all()) {
      const connection = connections.get(account.connectionId);
      if (connection === undefined || connection.paused || account.status !== 'enabled') continue;
      const today = dayInZone(now(), account.timeZone);
      const yesterday = addDays(today, -1);
      const dates = [today];
      if (now() - endOfLocalDay(yesterday, account.timeZone) < afterDayMillis) dates.push(yesterday);
      for (const date of dates) {
        const state = await own.polls.get(account.id, date);
        // A day that nobody polled while it ran is the batch's alone.
        if (date !== today && state === undefined) continue;
        // Half a minute early rather than a whole one late: the schedule comes each minute.
        if (now() - (state?.askedAt ?? 0) >= everyMs - minuteMillis / 2) due.push({ own, connection, account, date });
      }
    }
  }
  return due;
}

/** Answers how many events it put. */
async function pollDay(ports: PollPorts, { own, connection, account, date }: DueDay): Promise<number> {
  const { now } = ports;
  const leased = await own.polls.lease(account.id, date, now(), now() + leaseMs);
  if (leased === undefined) return 0;
  // What an earlier poll found and did not get onto the stream goes first, unchanged.
  let state = leased;
  let put = 0;
  if (state.sent < state.sequence) {
    put += await send(ports, own.workspaceId, account, state);
    state = { ...state, sent: state.sequence };
  }
  const askedAt = now();
  const totals = await dayTotals(ports, await ports.openConnection(own, connection), account, date);
  const changed = JSON.stringify(totals) !== JSON.stringify(state.totals);
  state = {
    ...state,
    askedAt,
    ...(changed && {
      sequence: state.sequence + 1,
      before: state.totals,
      totals,
      polledBefore: state.askedAt === 0 ? null : state.askedAt,
      polledAt: askedAt,
    }),
  };
  // Kept before it is put: a poller that dies in between leaves what the next one puts.
  if (!(await own.polls.keep(state))) throw new AppError('conflict', 'The poll took longer than its lease.');
  if (changed) put += await send(ports, own.workspaceId, account, state);
  await own.polls.keep({ ...state, sent: state.sequence });
  return put;
}

async function send(
  { events }: PollPorts,
  workspaceId: string,
  account: AccountRecord,
  state: PollState,
): Promise<number> {
  const difference = pollDifference(state.before, state.totals, { ...state, workspaceId, account });
  const { refused } = await events.put(difference);
  if (refused.length > 0) {
    throw new AppError('unavailable', `The stream took ${refused.length} of ${difference.length} events not.`);
  }
  return difference.length;
}

/** The day so far by campaign, in the order of their ids. */
async function dayTotals(
  { mappingOf, signal }: PollPorts,
  reader: PlatformReader,
  account: AccountRecord,
  date: string,
): Promise<DayTotals> {
  const { toFact } = mappingOf(account.platform);
  const sums = new Map<string, FactRow>();
  const request = {
    kind: 'metrics',
    grain: 'campaign',
    account: {
      platformId: account.platformId,
      currency: account.currency,
      timeZone: account.timeZone,
      ...(account.managerPlatformId !== null && { managerPlatformId: account.managerPlatformId }),
    },
    window: { from: date, to: date },
  } as const;
  const patience = AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]);
  for await (const page of reader.report(request, { signal: patience })) {
    for (const raw of page) {
      const mapped = toFact('campaign', raw);
      // The batch refuses and tells such a row; here it is merely not counted.
      if (!mapped.ok || mapped.row.date !== date || mapped.row.campaignPlatformId === null) continue;
      const before = sums.get(mapped.row.campaignPlatformId);
      sums.set(mapped.row.campaignPlatformId, before ? addFacts(before, mapped.row) : mapped.row);
      if (sums.size > mostRows) throw new AppError('internal', `The account has more than ${mostRows} campaigns.`);
    }
  }
  return Object.fromEntries(
    [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([campaign, fact]) => [campaign, totalsOf(fact)]),
  );
}

const totalsOf = (fact: FactRow): PolledTotals => ({
  impressions: fact.impressions,
  clicks: fact.clicks,
  spendMicros: fact.spendMicros,
  conversionsMicros: fact.conversionsMicros ?? 0,
  conversionValueMicros: fact.conversionValueMicros ?? 0,
});
