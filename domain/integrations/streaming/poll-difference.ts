import {
  measureNames,
  type PlatformMeasure,
  platformMeasures,
  type StreamEvent,
} from '../../../contracts/streams/stream-event.ts';
import { latenessMillis } from '../../../contracts/streams/windows.ts';
import { mirroredId } from '../ids.ts';
import type { PlatformId } from '../platform.ts';
import { endOfLocalDay, startOfLocalDay } from './local-day.ts';

/** What a platform has counted for a campaign since its day began. Units as in the measures of the stream. */
export type PolledTotals = Readonly<Record<PlatformMeasure, number>>;
/** By the campaign's id on its platform. */
export type DayTotals = Readonly<Record<string, PolledTotals>>;

const nothing: PolledTotals = {
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: 0,
  conversionValueMicros: 0,
};

export interface PolledDay {
  readonly workspaceId: string;
  readonly account: {
    readonly id: string;
    readonly platform: PlatformId;
    readonly platformId: string;
    readonly currency: string;
    readonly timeZone: string;
  };
  /** Account-local day. */
  readonly date: string;
  /** Polls of the day that brought something, counted from 1. */
  readonly sequence: number;
  /** Epoch milliseconds of this poll, and of the one before; null for the day's first. */
  readonly polledAt: number;
  readonly polledBefore: number | null;
}

/** After a longer pause nobody can say in which minute the numbers came. */
const pauseMillis = 3_600_000;

/**
 * What happened between two answers of a platform, an event a campaign that changed; below zero where the platform took something back.
 * The same two answers always give the same events, so that putting them on the stream again counts them once.
 *
 * They count in the minute of the poll, and in the last minute of the day when that is over. What a day had before it was first asked
 * for, or in a pause of an hour, is put to the beginning of the time nothing is known of rather than to one busy minute; no further back
 * than an event may come late.
 */
export function pollDifference(before: DayTotals, now: DayTotals, day: PolledDay): StreamEvent[] {
  const { account, date, polledAt, polledBefore } = day;
  const begin = startOfLocalDay(date, account.timeZone);
  const last = endOfLocalDay(date, account.timeZone) - 1;
  const unknownSince = polledBefore === null ? begin : polledBefore;
  // Further back it would be late and count nowhere.
  const earliest = Math.max(unknownSince, polledAt - latenessMillis);
  const occurredAt = Math.min(polledAt - unknownSince > pauseMillis ? earliest : polledAt, last);
  const campaigns = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...campaigns].sort().flatMap((campaign) => {
    const measures = Object.fromEntries(measureNames.map((name) => [name, 0])) as Record<
      (typeof measureNames)[number],
      number
    >;
    for (const name of platformMeasures) {
      measures[name] = (now[campaign] ?? nothing)[name] - (before[campaign] ?? nothing)[name];
    }
    if (platformMeasures.every((name) => measures[name] === 0)) return [];
    return [
      {
        id: `poll/${account.id}/${date}/${campaign}/${day.sequence}`,
        workspaceId: day.workspaceId,
        kind: 'platform-metrics' as const,
        source: 'poller' as const,
        occurredAt,
        receivedAt: polledAt,
        appliesTo: null,
        platform: account.platform,
        accountId: account.id,
        campaignId: mirroredId(
          'campaign',
          { workspaceId: day.workspaceId, platform: account.platform, accountPlatformId: account.platformId },
          { platformId: campaign, adGroupPlatformId: null },
        ),
        adGroupId: null,
        adId: null,
        currency: account.currency,
        measures,
        orderId: null,
        clickIds: null,
        consent: null,
        identifiers: null,
        attributes: {},
      },
    ];
  });
}
