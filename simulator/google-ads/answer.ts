import { localDay } from '../market/calendar.ts';
import { type Market, type Measures, sum } from '../market/market.ts';
import type { Account } from '../market/world.ts';
import type { Directory } from './directory.ts';
import { evaluate } from './gaql/evaluate.ts';
import type { Query } from './gaql/parser.ts';
import type { Row } from './gaql/row.ts';

interface AnswerSource {
  readonly market: Market;
  readonly directory: Directory;
  readonly account: Account;
  readonly asOfMs: number;
}

/** Rows of a query before its LIMIT. */
export function rowsOf(query: Query, source: AnswerSource): Iterable<Row> {
  const { market, account, asOfMs } = source;
  const today = localDay(asOfMs, account.timeZone);
  return evaluate(query, {
    ...source,
    today,
    settings: (entity) => market.plan.settingsOn(entity, today),
    standing: ({ id }) => market.presentOf(id, asOfMs)?.standing,
  });
}

/** Rows in chunks of a size, up to LIMIT; an answer without rows is one empty chunk. */
export function* chunksOf(rows: Iterable<Row>, limit: number | undefined, size: number): Generator<readonly Row[]> {
  let chunk: Row[] = [];
  let count = 0;
  for (const row of rows) {
    if (count === limit) break;
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
    chunk.push(row);
    count += 1;
  }
  yield chunk;
}

/** The summary row over rows as they pass: their metrics added up. */
export class Summary {
  #row: Row | undefined;
  #measures: Measures = sum([]);

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#row ??= row;
      if (row.measures !== undefined) this.#measures = sum([this.#measures, row.measures]);
    }
  }

  /** `undefined` over no rows. */
  get row(): Row | undefined {
    return this.#row === undefined
      ? undefined
      : { subject: this.#row.subject, day: undefined, measures: this.#measures };
  }
}
