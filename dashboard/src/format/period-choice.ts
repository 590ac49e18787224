import { addDays, daysBetween, isDay, type Period } from './calendar.ts';

/** Whole days end yesterday, so that a day in progress never looks like a fall. */
export const presets = {
  today: { label: 'Today so far', days: 1, endsDaysAgo: 0 },
  '7d': { label: 'Last 7 days', days: 7, endsDaysAgo: 1 },
  '14d': { label: 'Last 14 days', days: 14, endsDaysAgo: 1 },
  '30d': { label: 'Last 30 days', days: 30, endsDaysAgo: 1 },
  '90d': { label: 'Last 90 days', days: 90, endsDaysAgo: 1 },
} as const;
export type PresetId = keyof typeof presets;
export const presetIds = Object.keys(presets) as readonly PresetId[];

/** The longest question the API answers. */
export const longestPeriodDays = 400;

const standard: PresetId = '30d';

export interface PeriodChoice {
  readonly id: PresetId | 'custom';
  readonly period: Period;
}

export function presetPeriod(id: PresetId, today: string): Period {
  const { days, endsDaysAgo } = presets[id];
  const to = addDays(today, -endsDaysAgo);
  return { from: addDays(to, 1 - days), to };
}

/** What is wrong with a custom period, or undefined. */
export function periodFault({ from, to }: { readonly from: string; readonly to: string }): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Choose both days.';
  const days = daysBetween(from, to);
  if (days < 1) return 'The first day is after the last one.';
  if (days > longestPeriodDays) return `At most ${longestPeriodDays} days; this is ${days}.`;
  return undefined;
}

/** Reads the page's address; anything that makes no sense there is the standard period. */
export function readPeriod(search: string, today: string): PeriodChoice {
  const parameters = new URLSearchParams(search);
  const [from, to] = [parameters.get('from') ?? '', parameters.get('to') ?? ''];
  if (periodFault({ from, to }) === undefined) return { id: 'custom', period: { from, to } };
  const id = presetIds.find((preset) => preset === parameters.get('range')) ?? standard;
  return { id, period: presetPeriod(id, today) };
}

/** Parameters for the address; the standard period needs none. */
export const periodParameters = (choice: PresetId | Period): Record<'range' | 'from' | 'to', string | undefined> =>
  typeof choice === 'string'
    ? { range: choice === standard ? undefined : choice, from: undefined, to: undefined }
    : { range: undefined, from: choice.from, to: choice.to };
