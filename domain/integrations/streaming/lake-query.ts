import { landedTable } from '../../../contracts/streams/landed-event.ts';
import { measureNames } from '../../../contracts/streams/stream-event.ts';
import { blockMillis, futureMillis, latenessMillis, minuteMillis } from '../../../contracts/streams/windows.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Epoch milliseconds; the end is left out. */
export interface LakeWindow {
  readonly workspaceId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Days on which events of a window may have been received: its own, and the one after, while events were in time. Late ones stand where
 * they were received.
 */
function receivedDays({ from, to }: LakeWindow): string[] {
  const days: string[] = [];
  for (let at = from; at < to + latenessMillis + 86_400_000; at += 86_400_000) {
    days.push(new Date(Math.min(at, to + latenessMillis)).toISOString().slice(0, 10));
  }
  return [...new Set(days)];
}

const late = `(received_at - occurred_at > ${latenessMillis})`;
const floorTo = (at: string, millis: number): string => `(${at} - ${at} % ${millis})`;

/** Each event once, with where it counts and where its id is remembered: `countsAt` and `placeEvent` in SQL that Athena and DuckDB share. */
const eachOnce = ({ workspaceId, ...window }: LakeWindow): string => `
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY id, seen_in ORDER BY received_at, source) AS copy
    FROM (
      SELECT *,
        CASE WHEN ${late} THEN received_at
             WHEN applies_to IS NOT NULL AND applies_to <= occurred_at AND received_at - applies_to <= ${latenessMillis} THEN applies_to
             ELSE occurred_at END AS counts_at,
        CASE WHEN ${late} THEN 1 ELSE 0 END AS is_late,
        CASE WHEN ${late} THEN ${floorTo('received_at', blockMillis)} ELSE ${floorTo('occurred_at', blockMillis)} END AS seen_in
      FROM ${landedTable}
      WHERE workspace = '${workspaceId}' AND day IN (${receivedDays({ workspaceId, ...window })
        .map((day) => `'${day}'`)
        .join(', ')})
        AND occurred_at <= received_at + ${futureMillis}
        AND NOT (currency IS NULL AND (spend_micros <> 0 OR conversion_value_micros <> 0 OR revenue_micros <> 0 OR refunds_micros <> 0))
    ) AS placed
  ) AS numbered
  WHERE copy = 1`;

/** Sums by minute and object. `spends` tells rows whose currency has to be the account's. */
export const lakeSums = (window: LakeWindow): string => {
  const key = ['account_id', 'campaign_id', 'ad_group_id', 'ad_id', 'currency'];
  const minute = floorTo('counts_at', minuteMillis);
  const spends = 'CASE WHEN spend_micros <> 0 THEN 1 ELSE 0 END';
  const sums = measureNames.map((name) => `sum(${snake(name)}) AS ${snake(name)}`);
  return `SELECT ${key.join(', ')}, ${minute} AS at_minute, is_late, ${spends} AS spends, count(*) AS events, ${sums.join(', ')}
    FROM (${eachOnce(window)}) AS events
    WHERE counts_at >= ${window.from} AND counts_at < ${window.to}
    GROUP BY ${key.join(', ')}, ${minute}, is_late, ${spends}`;
};

/** Ids by the block they are remembered in. */
export const lakeIds = (window: LakeWindow): string => `SELECT id, account_id, campaign_id, seen_in
  FROM (${eachOnce(window)}) AS events
  WHERE seen_in >= ${window.from} AND seen_in < ${window.to}`;

export const measureColumn = snake;
