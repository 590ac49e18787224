import type { LiveAnswer, LiveEvent } from '../../../contracts/schemas/live.ts';

/** Texts of what was told last: what changed is what reads differently. */
export interface ToldLive {
  readonly minutes: ReadonlyMap<string, string>;
  readonly rows: readonly string[];
}

export const toldOf = (answer: LiveAnswer): ToldLive => ({
  minutes: new Map(answer.minutes.map((minute) => [minute.at, JSON.stringify(minute)])),
  rows: answer.rows.map((row) => JSON.stringify(row)),
});

/** What of an answer is not known to whoever was told the one before. */
export function changesSince(told: ToldLive, answer: LiveAnswer): LiveEvent {
  const { at, minutes, rows, totals, currencies, unconverted, today, freshness } = answer;
  return {
    kind: 'change',
    at,
    from: minutes[0]?.at ?? at,
    minutes: minutes.filter((minute) => told.minutes.get(minute.at) !== JSON.stringify(minute)),
    rows: rows.flatMap((row, index) => (told.rows[index] === JSON.stringify(row) ? [] : [{ index, row }])),
    rowCount: rows.length,
    totals,
    currencies,
    unconverted,
    today,
    freshness,
  };
}
