import type { AnalystQueries, AnalystResult } from '../../../adapters/analyst-query.ts';
import type { RouteAnswer, RouteCase } from '../../../adapters/http/api-handler.ts';
import { explainFailure } from '../../../domain/analysis/sql/explain-failure.ts';
import { rewriteQuery } from '../../../domain/analysis/sql/rewrite-query.ts';
import type { Place } from '../../../domain/analysis/sql/tokens.ts';
import { AppError } from '../../../domain/errors.ts';

type Answer = RouteAnswer<'runQuery'>;
type Value = Answer['rows'][number][number];

const defaultRows = 1_000;
/** Lambda answers at most 6 MB, escaped once more as a text in JSON; quotes in values are what grows. */
const maximumAnswerBytes = 4 * 1024 * 1024;

/** Runs one SELECT over the views of the caller's workspace. */
export const runQuery =
  (queries: AnalystQueries, now: () => number): RouteCase<'runQuery'> =>
  async ({ principal, body: { sql, maxRows = defaultRows } }) => {
    const started = now();
    // One row more than asked for tells that there are more.
    const rewritten = rewriteQuery(sql, principal.workspaceId, maxRows + 1);
    if (rewritten.kind === 'refused') throw refusal(rewritten.message, rewritten);
    const outcome = await queries.run(rewritten.sql);
    if (outcome.kind === 'refused') {
      const failure = explainFailure(outcome.reason, sql);
      if (failure) throw refusal(failure.message, failure.place);
      throw new AppError('unavailable', 'The query could not be run.', { cause: outcome.reason });
    }
    const { rows, truncated } = await takeRows(outcome.result, maxRows);
    return {
      columns: [...outcome.result.columns],
      rows,
      truncated,
      scannedBytes: outcome.result.scannedBytes,
      milliseconds: Math.round(now() - started),
    };
  };

function refusal(message: string, place: Place | undefined): AppError {
  const where = place ? `Line ${place.line}, column ${place.column}: ` : '';
  return new AppError('invalid-request', `${where}${message}`, {
    fields: [{ field: 'sql', message: `${where}${message}` }],
  });
}

async function takeRows({ columns, rows }: AnalystResult, maximum: number) {
  const taken: Value[][] = [];
  let bytes = 0;
  for await (const row of rows) {
    const values = row.map((value, index) => wireValue(value, columns[index]?.type ?? 'varchar'));
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(values)));
    if (taken.length === maximum || bytes > maximumAnswerBytes) return { rows: taken, truncated: true };
    taken.push(values);
  }
  return { rows: taken, truncated: false };
}

const wholeTypes: ReadonlySet<string> = new Set(['tinyint', 'smallint', 'integer', 'bigint']);
const fractionTypes: ReadonlySet<string> = new Set(['float', 'real', 'double']);

/** A number only where it is the same number; everything else stays the engine's text. */
function wireValue(text: string | null, type: string): Value {
  if (text === null) return null;
  if (type === 'boolean') return text === 'true';
  if (!wholeTypes.has(type) && !fractionTypes.has(type)) return text;
  const number = Number(text);
  return (wholeTypes.has(type) ? Number.isSafeInteger(number) : Number.isFinite(number)) ? number : text;
}
