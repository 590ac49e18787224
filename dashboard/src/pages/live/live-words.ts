import type { LiveAnswer, LivePace, LiveProjection } from '../../../../sdks/javascript/src/generated/api.ts';
import { money, percent } from '../../format/numbers.ts';
import type { Tone } from '../../parts/status.tsx';
import type { Connection } from './use-live.ts';

export const connectionWords: Readonly<Record<Connection, { readonly tone: Tone; readonly word: string }>> = {
  connecting: { tone: 'busy', word: 'Connecting' },
  live: { tone: 'good', word: 'Live' },
  reconnecting: { tone: 'warn', word: 'Reconnecting' },
  paused: { tone: 'quiet', word: 'Paused while hidden' },
};

export const paceWords: Readonly<Record<LivePace['status'], { readonly tone: Tone; readonly word: string }>> = {
  ahead: { tone: 'warn', word: 'Ahead' },
  'on-track': { tone: 'good', word: 'On track' },
  behind: { tone: 'aside', word: 'Behind' },
  exhausted: { tone: 'bad', word: 'Budget spent' },
  'no-budget': { tone: 'quiet', word: 'No budget' },
};

/** `14:20`, on the person's own clock. */
export const clock = (iso: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso));

const reasons = {
  'too-few-days': ({ days, needed }: { readonly days: number; readonly needed: number }) =>
    `No projection yet: ${days} of ${needed} past days with spend`,
  'too-early': () => 'No projection yet: hardly any of a usual day is over',
  'no-spend-today': () => 'No projection: nothing is spent today',
} as const;

export function projectionText(projection: LiveProjection, currency: string, locale?: string): string {
  if (projection.kind === 'insufficient-data') return reasons[projection.reason](projection);
  const [middle, low, high] = [projection.spendMicros, projection.lowMicros, projection.highMicros].map((micros) =>
    money(micros, currency, locale),
  );
  const level = Math.round(projection.level * 100);
  return `About ${middle} by the end of the day; ${level} of 100 such days end between ${low} and ${high}`;
}

export const ratioText = (ratio: number | null, locale?: string): string =>
  ratio === null ? '–' : percent(ratio, locale).replace(/[.,]\d+/, '');

/** What a screen reader hears of the chart. */
export function describeMinutes({ minutes, totals, currency }: LiveAnswer): string {
  return `The last ${minutes.length} minutes: ${money(totals.spendMicros, currency)} spent, ${totals.clicks} clicks, ${totals.conversions} conversions, ${totals.orders} orders.`;
}
