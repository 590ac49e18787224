import type { Market } from '../market/market.ts';
import type { ReportQuery } from './report-query.ts';
import { type ReportRow, runReport } from './report-rows.ts';

interface Held {
  readonly rows: readonly ReportRow[];
  readonly leftOut: string | undefined;
}

/** Reports are worked out a minute of the simulated clock at a time: the pages of one report fit together. */
const minuteMs = 60_000;

/** The last few synchronous reports, kept while their pages are read. */
export class RecentReports {
  readonly #held = new Map<string, Held>();

  run(market: Market, query: ReportQuery, nowMs: number, fingerprint: string): Held {
    const key = `${fingerprint}|${Math.floor(nowMs / minuteMs)}`;
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const { rows, leftOut } = runReport(market, query, Math.floor(nowMs / minuteMs) * minuteMs, true);
    const whole = { rows: [...rows], leftOut };
    for (const old of [...this.#held.keys()].slice(0, Math.max(0, this.#held.size - 3))) this.#held.delete(old);
    this.#held.set(key, whole);
    return whole;
  }

  /** After the world changed: nothing is remembered of the old one. */
  clear(): void {
    this.#held.clear();
  }
}
