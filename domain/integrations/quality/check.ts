import type { QualityResult, qualitySteps } from '../../../contracts/schemas/quality.ts';
import type { RollupMeasure } from '../../analysis/rollup.ts';
import type { Grain } from '../platform.ts';

export type FailedSeverity = 'info' | 'warning' | 'error';

/** Why a row was refused before it was loaded. */
export const refusals = ['schema', 'range', 'duplicate'] as const;
export type Refusal = (typeof refusals)[number];

/** A comparison that a row meets; a measure that is not reported meets none. */
export interface RowTest {
  readonly measure: RollupMeasure;
  readonly is: 'above' | 'below' | 'equal';
  readonly than: number | RollupMeasure;
}

/** Levels of structure that facts refer to. */
export type ReferencedLevel = 'campaign' | 'ad-group' | 'ad';

/** What is checked, with its limits. One evaluator a kind; everything else is a line in `checks.ts`. */
export type Rule =
  /** The account came through the load. */
  | { readonly kind: 'account-loaded' }
  /** Rows refused for a reason; above the share it is an error. */
  | { readonly kind: 'refused-rows'; readonly refusal: Refusal; readonly errorShare: number }
  /** Rows that meet all the tests. */
  | { readonly kind: 'odd-rows'; readonly where: readonly RowTest[] }
  /** Objects of facts that the structure does not know. */
  | { readonly kind: 'references'; readonly level: ReferencedLevel; readonly grain: Grain }
  /** Rows of one object and day beside each other. */
  | { readonly kind: 'duplicates' }
  /** Days without any fact of an account that otherwise has facts on at least this share of its days. */
  | { readonly kind: 'days-present'; readonly regularShare: number }
  /** The last complete day against the same weekdays before it. */
  | {
      readonly kind: 'volume';
      readonly measure: 'spendMicros' | 'impressions';
      readonly weeks: number;
      readonly leastWeeks: number;
      /** In standard deviations, estimated by the median absolute deviation. */
      readonly deviations: number;
      /** And at least this share away from the median. */
      readonly share: number;
    }
  /** Spend of a finer grain against a coarser one, day by day and campaign by campaign. */
  | {
      readonly kind: 'reconcile';
      readonly grain: Grain;
      readonly against: Grain;
      /** `part`: the finer grain has no row for all of the money, and that alone is no fault. */
      readonly relation: 'whole' | 'part';
      /** Of rounding: platforms report cents. */
      readonly microsPerRow: number;
      /** Of the expected amount: reports of a load are asked one after another. */
      readonly share: number;
    };

export interface QualityCheck {
  readonly id: string;
  readonly step: (typeof qualitySteps)[number];
  readonly severity: FailedSeverity;
  /** What it holds the data to, for people. */
  readonly expects: string;
  readonly rule: Rule;
}

/** A result without what all results of an account share. */
export type Verdict = Pick<
  QualityResult,
  'severity' | 'message' | 'grain' | 'from' | 'to' | 'unit' | 'expected' | 'found' | 'unexplainedMicros'
> & {
  readonly explained: readonly QualityResult['explained'][number][];
  readonly sample: readonly QualityResult['sample'][number][];
};
