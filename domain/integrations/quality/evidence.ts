import type { DateWindow, Grain, SpendGap } from '../platform.ts';
import type { ReferencedLevel, Refusal } from './check.ts';
import type { GrainDigest } from './digest.ts';

/** A refused row, as quarantine keeps it. */
export interface RefusedRow {
  readonly refusal: Refusal;
  readonly report: string;
  readonly field: string;
  readonly reason: string;
}

/** What is known of one account after a load: everything the checks judge by. */
export interface AccountEvidence {
  /** Complete days, up to yesterday in the account's zone: today is counted while its reports are read. */
  readonly window: DateWindow;
  readonly currency: string;
  /** Days that imported reports brought: of each perhaps a single grain. */
  readonly imported: readonly DateWindow[];
  /** Why it was not loaded; `undefined` when it was. */
  readonly failure: string | undefined;
  readonly rowsExtracted: number;
  readonly refused: readonly RefusedRow[];
  /** Refused rows that are counted only. */
  readonly refusedBeyond: number;
  /** Grains that have been published; one the platform has not is absent. */
  readonly grains: ReadonlyMap<Grain, GrainDigest>;
  /** The account grain's days further back: what is usual. */
  readonly history: GrainDigest | undefined;
  /** Of the objects asked about, those the structure knows; `undefined` where it was not asked. */
  readonly known: Readonly<Partial<Record<ReferencedLevel, ReadonlySet<string>>>>;
  readonly campaignTypes: ReadonlyMap<string, string>;
  readonly gaps: readonly SpendGap[];
}
