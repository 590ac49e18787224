import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

const firstPollMs = 20;
const lastPollMs = 500;
/** Rows GetQueryResults gives at once, at most. */
const pageRows = 1_000;

const executionAnswer = z.object({
  QueryExecution: z.object({
    Status: z.object({
      State: z.string(),
      StateChangeReason: z.optional(z.nullable(z.string())),
      AthenaError: z.optional(z.nullable(z.object({ ErrorMessage: z.optional(z.nullable(z.string())) }))),
    }),
    Statistics: z.optional(z.nullable(z.object({ DataScannedInBytes: z.optional(z.nullable(z.number())) }))),
  }),
});
const resultsAnswer = z.object({
  ResultSet: z.object({
    Rows: z.array(z.object({ Data: z.array(z.object({ VarCharValue: z.optional(z.nullable(z.string())) })) })),
    ResultSetMetadata: z.object({ ColumnInfo: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
  }),
  NextToken: z.optional(z.nullable(z.string())),
});

export interface AnalystResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as text, in the order of the columns, page by page; whoever stops reading reads no further page. */
  readonly rows: AsyncIterable<readonly (string | null)[]>;
  readonly scannedBytes: number;
}
export type AnalystOutcome =
  | { readonly kind: 'answered'; readonly result: AnalystResult }
  /** The engine's own words: not for callers. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface AnalystQueries {
  /** Runs a query to its end, once: one that fails is not repeated. Throws `timeout` after stopping a query that takes too long. */
  run(sql: string): Promise<AnalystOutcome>;
}

export interface AnalystTiming {
  readonly deadlineMs: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** Queries of people, in a work group of their own whose limit on bytes read is theirs. */
export function createAnalystQueries(
  config: Config<'warehouse' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'athena', target: 'AmazonAthena' }),
  timing: AnalystTiming = { deadlineMs: 20_000, now: Date.now, wait },
): AnalystQueries {
  const read = async (id: string, token: string | undefined) =>
    resultsAnswer.parse(
      await call('GetQueryResults', {
        QueryExecutionId: id,
        MaxResults: pageRows,
        ...(token !== undefined && { NextToken: token }),
      }),
    );

  async function* rowsOf(id: string, first: z.infer<typeof resultsAnswer>) {
    let page = first;
    for (let number = 0; ; number += 1) {
      // The first row of the first page repeats the column names.
      for (const row of number === 0 ? page.ResultSet.Rows.slice(1) : page.ResultSet.Rows) {
        yield first.ResultSet.ResultSetMetadata.ColumnInfo.map((_, index) => row.Data[index]?.VarCharValue ?? null);
      }
      if (typeof page.NextToken !== 'string') return;
      page = await read(id, page.NextToken);
    }
  }

  return {
    async run(sql) {
      const deadline = timing.now() + timing.deadlineMs;
      const { QueryExecutionId: id } = z.object({ QueryExecutionId: z.string() }).parse(
        await call('StartQueryExecution', {
          QueryString: sql,
          WorkGroup: config.warehouse.workgroup,
          QueryExecutionContext: { Database: config.warehouse.database },
          ClientRequestToken: randomUUID(),
        }),
      );
      for (let pollMs = firstPollMs; ; pollMs = Math.min(lastPollMs, pollMs * 1.5)) {
        const answer = executionAnswer.parse(await call('GetQueryExecution', { QueryExecutionId: id }));
        const { Status: status, Statistics: statistics } = answer.QueryExecution;
        if (status.State === 'SUCCEEDED') {
          const first = await read(id, undefined);
          return {
            kind: 'answered',
            result: {
              columns: first.ResultSet.ResultSetMetadata.ColumnInfo.map(({ Name: name, Type: type }) => ({
                name,
                type,
              })),
              rows: rowsOf(id, first),
              scannedBytes: statistics?.DataScannedInBytes ?? 0,
            },
          };
        }
        if (status.State === 'FAILED' || status.State === 'CANCELLED') {
          return {
            kind: 'refused',
            reason: status.AthenaError?.ErrorMessage ?? status.StateChangeReason ?? status.State,
          };
        }
        if (timing.now() >= deadline) {
          await call('StopQueryExecution', { QueryExecutionId: id });
          throw new AppError('timeout', `The query took more than ${timing.deadlineMs / 1_000} s and was stopped.`);
        }
        await timing.wait(pollMs);
      }
    },
  };
}
