import type { LiveAnswer, LiveEvent } from '../../../../sdks/javascript/src/generated/api.ts';

/**
 * The view after one more event of the stream. A change before any state belongs to nothing and is left out: each stream
 * begins with a state.
 */
export function nextState(before: LiveAnswer | undefined, event: LiveEvent): LiveAnswer | undefined {
  if (event.kind === 'state') return event.state;
  if (before === undefined) return undefined;
  const { kind: _, from, minutes, rows, rowCount, ...changed } = event;
  const byTime = new Map([...before.minutes, ...minutes].map((minute) => [Date.parse(minute.at), minute]));
  const first = Date.parse(from);
  const places = before.rows.slice(0, rowCount);
  // Places come in order, so one behind the last row is the next one.
  for (const { index, row } of rows) if (index < rowCount && index <= places.length) places[index] = row;
  return {
    ...before,
    ...changed,
    minutes: [...byTime]
      .filter(([at]) => at >= first)
      .toSorted(([a], [b]) => a - b)
      .map(([, minute]) => minute),
    rows: places,
  };
}
