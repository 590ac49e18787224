import type { QualityResult } from '../../../../sdks/javascript/src/generated/api.ts';
import { money, whole } from '../../format/numbers.ts';
import type { Tone } from '../../parts/status.tsx';

export type Severity = QualityResult['severity'];

/** Worst first. */
export const severities: Readonly<
  Record<Severity, { readonly label: string; readonly tone: Tone; readonly meaning: string }>
> = {
  error: { label: 'Error', tone: 'bad', meaning: 'The numbers are wrong or missing' },
  warning: { label: 'Warning', tone: 'warn', meaning: 'The numbers may be wrong' },
  info: { label: 'Note', tone: 'aside', meaning: 'Could not be judged, or is worth knowing' },
  ok: { label: 'Passed', tone: 'good', meaning: 'As it should be' },
};
export const severityNames = Object.keys(severities) as readonly Severity[];

const rank = (severity: Severity): number => severityNames.indexOf(severity);

export const worstOf = (results: readonly Pick<QualityResult, 'severity'>[]): Severity =>
  results.reduce<Severity>((worst, { severity }) => (rank(severity) < rank(worst) ? severity : worst), 'ok');

/** Worst first; among equals what leaves most money unexplained, then by name. */
export const byGravity = (a: QualityResult, b: QualityResult): number =>
  rank(a.severity) - rank(b.severity) ||
  Math.abs(b.unexplainedMicros ?? 0) - Math.abs(a.unexplainedMicros ?? 0) ||
  a.accountName.localeCompare(b.accountName) ||
  a.check.localeCompare(b.check);

/** `spend-of-campaign` → `Spend of campaign` */
export const checkName = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

/** A number of a result in its own unit; null stays null. */
export function amountText(value: number | null, { unit, currency }: QualityResult, locale?: string): string | null {
  if (value === null) return null;
  if (unit === 'micros') return currency === null ? `${whole(value, locale)} micros` : money(value, currency, locale);
  return `${whole(value, locale)} ${value === 1 && unit !== 'impressions' ? unit.slice(0, -1) : unit}`;
}

/** The API's sentence, with amounts as people write them. */
export const messageText = ({ message, currency }: QualityResult, locale?: string): string =>
  currency === null
    ? message
    : message.replace(/(-?\d+) micros/g, (_, micros: string) => money(Number(micros), currency, locale));
