import type { Grain } from '../platform.ts';
import type { QualityCheck } from './check.ts';

/** Platforms report cents: half a cent a row either way. */
const rounding = { microsPerRow: 5_000, share: 0.001 } as const;

/** What the grains are held against. Assets are missing: an impression counts for every asset shown with it. */
const reconciled: readonly (readonly [grain: Grain, against: Grain, relation: 'whole' | 'part'])[] = [
  ['campaign', 'account', 'whole'],
  ['ad-group', 'campaign', 'whole'],
  ['ad', 'ad-group', 'whole'],
  ['keyword', 'ad-group', 'part'],
  ['search-term', 'ad-group', 'part'],
  ['age', 'campaign', 'whole'],
  ['gender', 'campaign', 'whole'],
  ['country', 'campaign', 'whole'],
  ['device', 'campaign', 'whole'],
  ['placement', 'campaign', 'whole'],
];

/** The checks after every load, in the order they are shown. A new one of a known kind is a line here. */
export const qualityChecks: readonly QualityCheck[] = [
  {
    id: 'account-loaded',
    step: 'plan',
    severity: 'error',
    expects: 'Every enabled account is loaded by the run that should load it',
    rule: { kind: 'account-loaded' },
  },
  {
    id: 'rows-readable',
    step: 'transform',
    severity: 'warning',
    expects: 'Every row has the fields, types and names that the platform documents',
    rule: { kind: 'refused-rows', refusal: 'schema', errorShare: 0.05 },
  },
  {
    id: 'rows-in-range',
    step: 'transform',
    severity: 'warning',
    expects: 'Days lie in the window asked for, counts and spend are not negative, money is in the account’s currency',
    rule: { kind: 'refused-rows', refusal: 'range', errorShare: 0.05 },
  },
  {
    id: 'rows-once',
    step: 'transform',
    severity: 'warning',
    expects: 'The platform answers an object and day once',
    rule: { kind: 'refused-rows', refusal: 'duplicate', errorShare: 0.05 },
  },
  {
    id: 'facts-once',
    step: 'load',
    severity: 'error',
    expects: 'The warehouse holds one row an object and day',
    rule: { kind: 'duplicates' },
  },
  {
    id: 'spend-with-impressions',
    step: 'load',
    severity: 'warning',
    expects: 'Money is spent on something that was shown; late charges and corrections do without',
    rule: {
      kind: 'odd-rows',
      where: [
        { measure: 'spendMicros', is: 'above', than: 0 },
        { measure: 'impressions', is: 'equal', than: 0 },
      ],
    },
  },
  {
    id: 'clicks-within-impressions',
    step: 'load',
    severity: 'warning',
    expects: 'Nobody clicks more often than an ad was shown; a click may follow its impression past midnight',
    rule: { kind: 'odd-rows', where: [{ measure: 'clicks', is: 'above', than: 'impressions' }] },
  },
  ...(['campaign', 'ad-group', 'ad'] as const).map(
    (level): QualityCheck => ({
      id: `known-${level}s`,
      step: 'load',
      severity: 'warning',
      expects: `Every ${level.replace('-', ' ')} with facts is in the account’s structure`,
      rule: { kind: 'references', level, grain: level },
    }),
  ),
  {
    id: 'days-present',
    step: 'load',
    severity: 'warning',
    expects: 'An account that has facts on most days has them on every day',
    rule: { kind: 'days-present', regularShare: 0.8 },
  },
  ...(['spendMicros', 'impressions'] as const).map(
    (measure): QualityCheck => ({
      id: measure === 'spendMicros' ? 'usual-spend' : 'usual-impressions',
      step: 'load',
      severity: 'warning',
      expects: 'The last complete day is like the same weekday of the weeks before',
      rule: { kind: 'volume', measure, weeks: 8, leastWeeks: 4, deviations: 3.5, share: 0.5 },
    }),
  ),
  ...reconciled.map(
    ([grain, against, relation]): QualityCheck => ({
      id: `spend-of-${grain}`,
      step: 'publish',
      severity: 'error',
      expects:
        relation === 'whole'
          ? `Spend by ${grain} adds up to spend by ${against}, but for what the platform leaves out by name`
          : `Spend by ${grain} is never more than spend by ${against}`,
      rule: { kind: 'reconcile', grain, against, relation, ...rounding },
    }),
  ),
];
