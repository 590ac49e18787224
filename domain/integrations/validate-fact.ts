import { objectColumns } from '../../contracts/warehouse.ts';
import { keyField } from './fact-fields.ts';
import { type DateWindow, type FactRow, type Grain, grains, type Mapped, type Rejection } from './platform.ts';

export interface FactExpectation {
  readonly grain: Grain;
  readonly window: DateWindow;
  /** The account's, as the plan found it. */
  readonly currency: string;
}

type FactRule = (row: FactRow, expected: FactExpectation) => Rejection | undefined;

const never = ['impressions', 'clicks', 'spendMicros', 'conversionsMicros', 'videoViews'] as const;
const measures = [...never, 'conversionValueMicros'] as const;
/** Measures that a platform may leave out; the others are in every row. */
const optional: ReadonlySet<keyof FactRow> = new Set(['conversionsMicros', 'conversionValueMicros', 'videoViews']);
/** Characters of a segment: search terms are the longest, and no platform takes a longer one. */
const longestSegment = 512;

/** Ids, and the segment, that a row of each grain must have. */
const keysOf = Object.fromEntries(
  grains.map((grain) => [grain, objectColumns(grain).map((column) => keyField(column.name))]),
) as unknown as Readonly<Record<Grain, readonly ReturnType<typeof keyField>[]>>;

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/**
 * In order: the first that objects names the reason. Conversion value may be negative: returns are reported as such. Clicks may
 * exceed impressions: each counts on its own day, and a click may follow its impression past midnight.
 */
const rules: readonly FactRule[] = [
  (row) => (isoDate.test(row.date) ? undefined : { field: 'date', reason: `is not a calendar day: ${row.date}` }),
  (row, { window }) =>
    row.date >= window.from && row.date <= window.to
      ? undefined
      : { field: 'date', reason: `${row.date} lies outside the window ${window.from} to ${window.to}` },
  (row, { grain }) => {
    const missing = keysOf[grain].find((key) => row[key] === null || row[key] === '');
    return missing && { field: missing, reason: `is missing, and a row of grain ${grain} needs it` };
  },
  (row) => {
    const broken = measures.find(
      (measure) => !Number.isSafeInteger(row[measure]) && !(row[measure] === null && optional.has(measure)),
    );
    return broken && { field: broken, reason: `is not a whole number that can be kept exactly: ${row[broken]}` };
  },
  (row) => {
    const negative = never.find((measure) => (row[measure] ?? 0) < 0);
    return negative && { field: negative, reason: `is negative: ${row[negative]}` };
  },
  (row) =>
    row.segment !== null && row.segment.length > longestSegment
      ? { field: 'segment', reason: `has ${row.segment.length} characters, more than ${longestSegment}` }
      : undefined,
  (row, { currency }) =>
    row.reportedCurrency !== undefined && row.reportedCurrency !== currency
      ? { field: 'currency', reason: `money is in ${row.reportedCurrency}, the account's currency is ${currency}` }
      : undefined,
];

/** A row as it came, or the first reason not to load it. */
export function validateFact(row: FactRow, expected: FactExpectation): Mapped<FactRow> {
  for (const rule of rules) {
    const rejection = rule(row, expected);
    if (rejection) return { ok: false, rejection };
  }
  return { ok: true, row };
}

/** What tells one object or segment of a grain from another within an account, from above to below. */
export const objectFields = (grain: Grain) => keysOf[grain];

/** What tells one row of a grain from another within an account. */
export function factKey(grain: Grain, row: FactRow): string {
  let key = row.date;
  for (const name of keysOf[grain]) key += `\u0000${row[name]}`;
  return key;
}

/** Above this share of refused rows an answer is taken for garbage rather than for data with bad rows in it. */
const tolerableShare = 0.5;

/** Why a report as a whole cannot be believed; `undefined` when it can. */
export function implausibleReport(counts: { readonly read: number; readonly refused: number }): string | undefined {
  return counts.refused > 0 && counts.refused > counts.read * tolerableShare
    ? `${counts.refused} of ${counts.read} rows were refused`
    : undefined;
}
