import type {
  AccountReconciliation,
  DifferenceReason,
  MeasureReconciliation,
} from '../../../contracts/schemas/reconciliation.ts';
import { type PlatformMeasure, platformMeasures } from '../../../contracts/streams/stream-event.ts';
import { pollKeptDays } from '../../../contracts/streams/windows.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import { endOfLocalDay, startOfLocalDay } from '../../integrations/streaming/local-day.ts';
import type { PolledTotals } from '../../integrations/streaming/poll-difference.ts';
import { type DayCounts, newTotals } from './day-counts.ts';
import type { DayFacts } from './day-facts.ts';
import { toldReasons } from './reconciliation-reasons.ts';

/** What is kept of the polls of an account's day. */
export interface KeptPolls {
  /** By campaign, in ids of ours: what the platform said when it was last asked. */
  readonly totals: ReadonlyMap<string, PolledTotals>;
  /** What it had said in the poll before that. */
  readonly before: ReadonlyMap<string, PolledTotals>;
  /** Epoch milliseconds of the last time it was asked, and of the last that brought something new. */
  readonly askedAt: number;
  readonly polledAt: number;
  /** Not all that the last poll brought is on the stream. */
  readonly unsent: boolean;
}

/** Everything that is known of an account's day. */
export interface DayEvidence {
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly platform: PlatformId;
    readonly currency: string;
    readonly timeZone: string;
  };
  /** Account-local day. */
  readonly date: string;
  readonly counts: DayCounts;
  /** Undefined where nothing is kept. */
  readonly polls: KeptPolls | undefined;
  /** Facts of the account's own report, and of its campaigns together; undefined where none are loaded. */
  readonly facts: DayFacts | undefined;
  readonly campaignFacts: DayFacts | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Poll =
  | { readonly kind: 'polled'; readonly polls: KeptPolls; readonly afterDay: boolean }
  | { readonly kind: 'never' }
  | { readonly kind: 'forgotten' };

const dayMillis = 86_400_000;
/** What came with a poll less than this ago may be on the stream and not counted yet. */
const onTheWayMillis = 300_000;

/**
 * A day's stream beside its facts. The way from one to the other leads over what the platform said in the last poll and over the facts
 * of the campaigns; each step is a part, so that the stream and its parts are the batch exactly.
 */
export function reconcileDay(evidence: DayEvidence): AccountReconciliation {
  const { account, counts, facts } = evidence;
  const poll = pollOf(evidence);
  const changed = lastChange(evidence);
  return {
    accountId: account.id,
    accountName: account.name,
    platform: account.platform,
    currency: account.currency,
    timeZone: account.timeZone,
    poll: poll.kind === 'polled' ? { kind: 'polled', at: instant(poll.polls.askedAt), afterDay: poll.afterDay } : poll,
    load:
      facts === undefined
        ? { kind: 'none' }
        : { kind: 'loaded', changedAt: changed?.exact ? instant(changed.at) : null },
    measures: platformMeasures.map((measure) => reconcileMeasure(measure, evidence, poll)),
    late: counts.late,
    site: counts.site,
  };
}

const instant = (millis: number): string => new Date(millis).toISOString();

function pollOf({ account, date, polls, now }: DayEvidence): Poll {
  if (polls !== undefined && polls.askedAt > 0) {
    return { kind: 'polled', polls, afterDay: polls.askedAt >= endOfLocalDay(date, account.timeZone) };
  }
  // A record goes so long after the last poll, which was on the day or shortly after it.
  return now < startOfLocalDay(date, account.timeZone) + pollKeptDays * dayMillis
    ? { kind: 'never' }
    : { kind: 'forgotten' };
}

/** Loads write what changed and leave the rest: a change is as late as the newest of either report. */
function lastChange({ facts, campaignFacts }: DayEvidence): { at: number; exact: boolean } | undefined {
  const known = [facts, campaignFacts].flatMap((one) =>
    one === undefined || one.changedAt === null ? [] : { at: one.changedAt, exact: one.exact },
  );
  return known.toSorted((a, b) => b.at - a.at)[0];
}

function reconcileMeasure(measure: PlatformMeasure, evidence: DayEvidence, poll: Poll): MeasureReconciliation {
  const stream = evidence.counts.totals[measure];
  const batch = evidence.facts?.totals[measure] ?? null;
  const polled = poll.kind === 'polled' ? sumOf(poll.polls.totals, measure) : null;
  if (batch === null) return { measure, stream, polled, batch, difference: null, parts: [] };
  // Where campaigns report nothing of it there is nothing to hold the account's report against.
  const campaigns = evidence.campaignFacts?.totals[measure] ?? batch;
  const steps: (readonly [DifferenceReason, number])[] =
    poll.kind === 'polled' && polled !== null
      ? [
          ...countingSteps(measure, evidence, poll.polls),
          [reasonAfterPoll(evidence, poll), campaigns - polled],
          ['account-report', batch - campaigns],
        ]
      : [
          [poll.kind === 'never' ? 'never-polled' : 'poll-forgotten', campaigns - stream],
          ['account-report', batch - campaigns],
        ];
  return {
    measure,
    stream,
    polled,
    batch,
    difference: batch - stream,
    parts: steps
      .filter(([, amount]) => amount !== 0)
      .map(([reason, amount]) => ({ ...toldReasons[reason], reason, amount })),
  };
}

/**
 * From what was counted to what was polled. Where the poller does not count it is others who sent it, and so is what a campaign has beyond
 * its platform's word. What the last poll brought may not be counted yet; what earlier ones brought is lost.
 */
function countingSteps(
  measure: PlatformMeasure,
  { counts, now }: DayEvidence,
  { totals, before, polledAt, unsent }: KeptPolls,
): readonly (readonly [DifferenceReason, number])[] {
  const waiting = unsent || now - polledAt < onTheWayMillis;
  let others = sumOf(counts.polledPlaces, measure) - counts.totals[measure];
  let onTheWay = 0;
  let lost = 0;
  for (const campaign of new Set([...totals.keys(), ...counts.polledPlaces.keys()])) {
    const polled = (totals.get(campaign) ?? none)[measure];
    const short = polled - (counts.polledPlaces.get(campaign) ?? none)[measure];
    const soon = waiting ? towards(polled - (before.get(campaign) ?? none)[measure], short) : 0;
    onTheWay += soon;
    if (short > soon) lost += short - soon;
    else others += short - soon;
  }
  return [
    ['own-events', others],
    ['on-the-way', onTheWay],
    ['lost', lost],
  ];
}

/** As much of an amount as goes the way of another and not beyond it. */
const towards = (amount: number, other: number): number =>
  other > 0 ? Math.min(other, Math.max(0, amount)) : Math.max(other, Math.min(0, amount));

const none: PolledTotals = newTotals();

/** Why the facts say other than the last poll did. */
function reasonAfterPoll(
  evidence: DayEvidence,
  { polls, afterDay }: Extract<Poll, { kind: 'polled' }>,
): DifferenceReason {
  const changed = lastChange(evidence);
  if (changed === undefined) return 'load-time-unknown';
  if (changed.at <= polls.askedAt) return 'load-older';
  if (!changed.exact) return 'load-time-unknown';
  if (afterDay) return 'changed-after';
  return evidence.now < endOfLocalDay(evidence.date, evidence.account.timeZone) ? 'still-running' : 'polling-ended';
}

function sumOf(totals: ReadonlyMap<string, PolledTotals>, measure: PlatformMeasure): number {
  let sum = 0;
  for (const one of totals.values()) sum += one[measure];
  return sum;
}
