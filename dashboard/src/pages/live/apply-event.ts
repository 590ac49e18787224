import type { LiveAnswer, LiveEvent } from '../../../../sdks/javascript/src/generated/api.ts';

/** What the page shows after an event. A change without a state before it is of a view that nobody has. */
export function applyEvent(before: LiveAnswer | undefined, event: LiveEvent): LiveAnswer | undefined {
  if (event.kind === 'state') return event.state;
  if (before === undefined) return undefined;
  const { kind: _, from, minutes, rows, rowCount, ...rest } = event;
  const byTime = new Map([...before.minutes, ...minutes].map((minute) => [minute.at, minute]));
  const places = new Map(rows.map(({ index, row }) => [index, row]));
  return {
    ...before,
    ...rest,
    minutes: [...byTime.values()].filter(({ at }) => at >= from).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    rows: Array.from({ length: rowCount }, (_unused, index) => places.get(index) ?? before.rows[index]).filter(
      (row) => row !== undefined,
    ),
  };
}
