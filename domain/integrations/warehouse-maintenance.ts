import { type Column, factColumns, factTable } from '../../contracts/warehouse.ts';
import { AppError } from '../errors.ts';
import type { Grain } from './platform.ts';

/**
 * Columns that the contract names and the table has not yet, in the contract's order. Only what may be null can be added: the
 * rows that are there have no value for it. Throws when a key is missing: the table is then of another kind.
 */
export function missingColumns(grain: Grain, present: readonly string[]): readonly Column[] {
  const known = new Set(present.map((name) => name.toLowerCase()));
  const missing = factColumns(grain).filter(({ name }) => !known.has(name));
  const needed = missing.find((column) => column.nullable !== true);
  if (needed !== undefined) {
    throw new AppError(
      'internal',
      `${factTable(grain)} lacks ${needed.name}, which every row needs: it cannot be added to rows that are there.`,
    );
  }
  return missing;
}

/** Athena's words; names and types come from the contract alone. */
export const addColumnsStatement = (grain: Grain, columns: readonly Column[]): string =>
  `ALTER TABLE ${factTable(grain)} ADD COLUMNS (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`;

/** Rewrites small files and applied deletes into files of a good size. */
export const compactStatement = (grain: Grain): string => `OPTIMIZE ${factTable(grain)} REWRITE DATA USING BIN_PACK`;

/** Drops snapshots that are older than the table keeps (Athena's default: five days) and the files nobody names any more. */
export const expireStatement = (grain: Grain): string => `VACUUM ${factTable(grain)}`;

/** Athena works through a part of a large table at a time and says so by failing. */
export const wantsAnotherRound = (error: unknown): boolean =>
  error instanceof AppError && typeof error.cause === 'string' && /MORE_RUNS_NEEDED/.test(error.cause);
