import type { QuarantinedRow } from '../../../contracts/schemas/pipelines.ts';
import type { RawRow, Rejection } from '../../../domain/integrations/platform.ts';
import type { Refusal } from '../../../domain/integrations/quality/check.ts';

/** Rows kept of one item; further ones are counted only. */
const maximumRows = 10_000;
/** Characters of one raw row that are kept. */
const maximumRaw = 8_000;

/** Rows that were not loaded, with the reason, and how many of each report. */
export class Quarantine {
  readonly rows: QuarantinedRow[] = [];
  readonly #accountId: string;
  readonly #counts = new Map<string, number>();
  readonly #first = new Map<string, Rejection>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  add(report: string, raw: RawRow, rejection: Rejection, refusal: Refusal): void {
    this.#counts.set(report, this.countOf(report) + 1);
    if (!this.#first.has(report)) this.#first.set(report, rejection);
    if (this.rows.length < maximumRows) {
      this.rows.push({ accountId: this.#accountId, report, refusal, ...rejection, raw: bounded(raw) });
    }
  }

  countOf(report: string): number {
    return this.#counts.get(report) ?? 0;
  }

  firstOf(report: string): Rejection | undefined {
    return this.#first.get(report);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }
}

function bounded(raw: RawRow): Record<string, unknown> {
  const text = JSON.stringify(raw);
  return text.length > maximumRaw ? { truncated: text.slice(0, maximumRaw) } : { ...raw };
}
