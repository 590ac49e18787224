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
import { callsOfReport, pollCallsLeft } from '../../../domain/integrations/call-budget.ts';
import type {
  FactRow,
  PlatformDescriptor,
  PlatformId,
  PlatformMapping,
  PlatformReader,
} from '../../../domain/integrations/platform.ts';
import { endOfLocalDay } from '../../../domain/integrations/streaming/local-day.ts';
import {
  type DayTotals,
  type PolledTotals,
  pollDifference,
} from '../../../domain/integrations/streaming/poll-difference.ts';

type PollStores = WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'polls' | 'calls'>;

export interface PollPorts {
  readonly stores: Stores<'workspace' | 'settings' | 'accounts' | 'polls' | 'calls', 'identity'>;
  readonly settings: Settings;
  readonly openConnection: (stores: PollStores, connection: ConnectionRecord) => Promise<PlatformReader>;
  readonly mappingOf: (platform: PlatformId) => Pick<PlatformMapping, 'toFact'>;
  readonly descriptorOf: (platform: PlatformId) => Pick<PlatformDescriptor, 'callBudget'>;
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
  /** Not asked, because the polls' share of the day's calls is used up for now. */
  readonly postponed: number;
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
/** What two answers of so many take of an item of the state table, packed: 300 of the 400 KB it may have. */
const mostCampaigns = 5_000;
/** The schedule comes each minute and not to the second: half a minute early is in time, or it would be a whole one late. */
const earlyMs = minuteMillis / 2;

/**
 * Asks every platform what the running day of each account has come to, and puts what it came to since on the stream. One account that
 * cannot be asked keeps no other from it.
 */
export async function pollPlatforms(ports: PollPorts): Promise<PollOutcome> {
  const { days, failed: unread } = await dueDays(ports);
  const outcome = { polled: 0, events: 0, failed: unread, postponed: 0, left: 0 };
  const worker = async (): Promise<void> => {
    for (let next = days.shift(); next !== undefined; next = days.shift()) {
      if (ports.remainingMs() < reserveMs) {
        outcome.left += 1;
        continue;
      }
      try {
        const poll = await pollDay(ports, next);
        if (poll.kind === 'polled') {
          outcome.polled += 1;
          outcome.events += poll.events;
        } else if (poll.kind === 'postponed') outcome.postponed += 1;
      } catch (error) {
        outcome.failed += 1;
        ports.telemetry.error('an account could not be polled', error, {
          workspaceId: next.own.workspaceId,
          accountId: next.account.id,
          date: next.date,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  if (outcome.failed > 0) ports.telemetry.metric('pollsFailed', outcome.failed);
  if (outcome.postponed > 0) ports.telemetry.metric('pollsPostponed', outcome.postponed);
  return outcome;
}

interface DueDay {
  readonly own: PollStores;
  readonly connection: ConnectionRecord;
  readonly account: AccountRecord;
  readonly date: string;
  readonly everyMs: number;
  /** Epoch milliseconds; 0 for a day that nobody asked for yet. */
  readonly askedAt: number;
}

/** Whose turn it is, who waits longest first: when time is short, it is never the same who are left. */
async function dueDays(ports: PollPorts): Promise<{ days: DueDay[]; failed: number }> {
  const days: DueDay[] = [];
  let failed = 0;
  for (const workspaceId of await ports.stores.identity.workspaceIds()) {
    try {
      days.push(...(await dueDaysOf(ports, ports.stores.forWorkspace(workspaceId))));
    } catch (error) {
      failed += 1;
      ports.telemetry.error('the accounts of a workspace could not be read', error, { workspaceId });
    }
  }
  return { days: days.sort((a, b) => a.askedAt - b.askedAt), failed };
}

async function dueDaysOf({ settings, now }: PollPorts, own: PollStores): Promise<DueDay[]> {
  const due: DueDay[] = [];
  const everyMs = (await settings.forWorkspace(own)).get('live.pollMinutes') * minuteMillis;
  if (everyMs === 0) return due;
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
      const { askedAt, leasedUntil } = state ?? { askedAt: 0, leasedUntil: 0 };
      if (now() - askedAt < everyMs - earlyMs || leasedUntil > now()) continue;
      due.push({ own, connection, account, date, everyMs, askedAt });
    }
  }
  return due;
}

type Poll =
  | { readonly kind: 'polled'; readonly events: number }
  /** Somebody else has the day. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'postponed' };

async function pollDay(ports: PollPorts, due: DueDay): Promise<Poll> {
  const { own, account, date, everyMs } = due;
  const { now } = ports;
  const begunAt = now();
  const leased = await own.polls.lease(account.id, date, begunAt, begunAt + leaseMs);
  if (leased === undefined) return { kind: 'taken' };
  let state = leased;
  let events = 0;
  // Whoever could not be asked is asked again when it is its turn, and not each minute.
  const nextTurn = begunAt + everyMs - earlyMs;
  try {
    // What an earlier poll found and did not get onto the stream goes first, unchanged.
    if (state.sent < state.sequence) {
      events += await send(ports, own.workspaceId, account, state);
      state = { ...state, sent: state.sequence };
    }
    if (!(await mayCall(ports, due))) {
      await own.polls.release(state, nextTurn);
      return { kind: 'postponed' };
    }
    const askedAt = now();
    const totals = await dayTotals(ports, due);
    const changed = JSON.stringify(totals) !== JSON.stringify(state.totals);
    const found = {
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
    if (!(await own.polls.keep(found))) throw new AppError('conflict', 'The poll took longer than its lease.');
    state = found;
    if (changed) events += await send(ports, own.workspaceId, account, state);
    await own.polls.release({ ...state, sent: state.sequence }, now());
    return { kind: 'polled', events };
  } catch (error) {
    // What cannot be given back ends by itself.
    await own.polls.release(state, nextTurn).catch(() => undefined);
    throw error;
  }
}

async function mayCall({ descriptorOf, now }: PollPorts, { own, connection }: DueDay): Promise<boolean> {
  const perDay = descriptorOf(connection.platform).callBudget?.perDay ?? null;
  if (perDay === null) return true;
  const used = await own.calls.used(connection.id, utcDay(now()));
  return pollCallsLeft(perDay, used, now()) !== 0;
}

const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

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
async function dayTotals(ports: PollPorts, { own, connection, account, date }: DueDay): Promise<DayTotals> {
  const { mappingOf, descriptorOf, signal, now } = ports;
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
  const reader = await ports.openConnection(own, connection);
  const day = utcDay(now());
  let rows = 0;
  try {
    for await (const page of reader.report(request, { signal: patience })) {
      rows += page.length;
      for (const raw of page) {
        const mapped = toFact('campaign', raw);
        // The batch refuses and tells such a row; here it is merely not counted.
        if (!mapped.ok || mapped.row.date !== date || mapped.row.campaignPlatformId === null) continue;
        const before = sums.get(mapped.row.campaignPlatformId);
        sums.set(mapped.row.campaignPlatformId, before ? addFacts(before, mapped.row) : mapped.row);
      }
      if (sums.size > mostCampaigns) {
        throw new AppError(
          'internal',
          `More than ${mostCampaigns} campaigns of the account had traffic: its running day is not polled, its loads are whole.`,
        );
      }
    }
  } finally {
    // The platform counts an answer that broke off as well.
    await own.calls.count(connection.id, day, 'polls', callsOfReport(descriptorOf(account.platform), rows));
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
