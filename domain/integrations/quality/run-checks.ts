import type { QualityCheck, RowTest, Rule, Verdict } from './check.ts';
import { qualityChecks } from './checks.ts';
import { missingDays } from './days-present.ts';
import type { AccountEvidence } from './evidence.ts';
import { reconcile } from './reconcile.ts';
import { duplicateRows, oddRows, refusedRows, unknownObjects } from './rows.ts';
import { unusualVolume } from './volume.ts';

export interface CheckedVerdict extends Verdict {
  readonly check: string;
  readonly step: QualityCheck['step'];
}

/** The tests of rows that digests are made with, in the order of the checks that ask for them. */
export const rowTests: readonly (readonly RowTest[])[] = qualityChecks.flatMap(({ rule }) =>
  rule.kind === 'odd-rows' ? [rule.where] : [],
);

/** Levels whose objects the structure is asked for. */
export const referencedLevels = qualityChecks.flatMap(({ rule }) =>
  rule.kind === 'references' ? [{ level: rule.level, grain: rule.grain }] : [],
);

/** Weeks of the account grain that the checks look back on. */
export const historyWeeks = Math.max(0, ...qualityChecks.map(({ rule }) => (rule.kind === 'volume' ? rule.weeks : 0)));

type Evaluator<K extends Rule['kind']> = (
  rule: Extract<Rule, { kind: K }>,
  severity: Verdict['severity'],
  evidence: AccountEvidence,
) => Verdict[];

const evaluators: { readonly [K in Rule['kind']]: Evaluator<K> } = {
  'account-loaded': (_, severity, evidence) => [loaded(severity, evidence)],
  'refused-rows': refusedRows,
  'odd-rows': (rule, severity, evidence) => oddRows(rowTests.indexOf(rule.where), severity, evidence),
  references: unknownObjects,
  duplicates: (_, severity, evidence) => duplicateRows(severity, evidence),
  'days-present': missingDays,
  volume: unusualVolume,
  reconcile,
};

/** Every check of one account. An account that was not loaded is judged by that alone: its older facts were judged when they came. */
export function runChecks(evidence: AccountEvidence, limits: (rule: Rule) => Rule = (rule) => rule): CheckedVerdict[] {
  return qualityChecks.flatMap(({ id, step, severity, rule: written }) => {
    const rule = limits(written);
    if (evidence.failure !== undefined && rule.kind !== 'account-loaded' && rule.kind !== 'refused-rows') return [];
    const evaluate = evaluators[rule.kind] as Evaluator<Rule['kind']>;
    return evaluate(rule, severity, evidence).map((verdict) => ({ check: id, step, ...verdict }));
  });
}

function loaded(severity: Verdict['severity'], { failure, window }: AccountEvidence): Verdict {
  return {
    ...window,
    severity: failure === undefined ? 'ok' : severity,
    message: failure ?? 'The account was loaded.',
    grain: null,
    unit: 'accounts',
    expected: 1,
    found: failure === undefined ? 1 : 0,
    explained: [],
    unexplainedMicros: null,
    sample: [],
  };
}
