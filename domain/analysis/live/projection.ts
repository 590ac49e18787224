import type { LiveProjection } from '../../../contracts/schemas/live.ts';
import type { PastDay } from './day-history.ts';

/** How often the interval holds what the day comes to. */
export const intervalLevel = 0.8;
/** Past days with spend that a projection needs: with fewer, the spread of shares is anybody's guess. */
export const neededDays = 5;
/** Before this share of usual days is over, their spread says more than today does. */
const earliestShare = 0.02;
/** Shares are kept off 0 and 1, where their logit has no end. */
const edge = 1e-4;

/** Quantiles at 0.9 of Student’s t by degrees of freedom, from 4 (Abramowitz & Stegun, table 26.10; two-sided 0.8). */
export const studentT90: readonly number[] = [
  1.533206, 1.475884, 1.439756, 1.414924, 1.396815, 1.383029, 1.372184, 1.36343, 1.356217, 1.350171,
];

/**
 * What the day comes to, by the share of the day that past days had spent at this time: today’s spend ÷ share. The interval is the
 * prediction interval of one more normal value with unknown mean and variance (mean ± t·s·√(1 + 1/n); Hahn & Meeker, Statistical
 * Intervals, 4.7) of the logit of the share; on that scale the day never comes to less than is spent already. `capMicros`: the platform
 * spends no more on one day.
 */
export function projectDay(spentMicros: number, past: readonly PastDay[], capMicros: number | null): LiveProjection {
  const days = past.length;
  const insufficient = (reason: 'too-few-days' | 'too-early' | 'no-spend-today') =>
    ({ kind: 'insufficient-data', reason, days, needed: neededDays }) as const;
  if (days < neededDays) return insufficient('too-few-days');
  const shares = past.map(({ soFarMicros, totalMicros }) => soFarMicros / totalMicros);
  if (shares.reduce((sum, share) => sum + share, 0) / days < earliestShare) return insufficient('too-early');
  if (spentMicros <= 0) return insufficient('no-spend-today');
  const logits = shares.map(logit);
  const mean = logits.reduce((sum, one) => sum + one, 0) / days;
  const variance = logits.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (days - 1);
  const t = studentT90[Math.min(days - neededDays, studentT90.length - 1)] ?? 0;
  const reach = t * Math.sqrt(variance * (1 + 1 / days));
  const most = Math.max(capMicros ?? Number.MAX_SAFE_INTEGER, spentMicros);
  const at = (logitOfShare: number) => Math.min(most, Math.round(spentMicros * (1 + Math.exp(-logitOfShare))));
  return {
    kind: 'projected',
    spendMicros: at(mean),
    lowMicros: at(mean + reach),
    highMicros: at(mean - reach),
    level: intervalLevel,
    method: 'share-of-day',
    days,
    capMicros,
  };
}

function logit(share: number): number {
  const kept = Math.min(1 - edge, Math.max(edge, share));
  return Math.log(kept / (1 - kept));
}
