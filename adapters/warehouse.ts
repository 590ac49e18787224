import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

/** Polling starts fast for small statements and slows down. */
const firstPollMs = 10;
const lastPollMs = 2_000;
/** Two loads into one Iceberg table race for its commit; the loser starts again from the new state. */
const commitAttempts = 6;
/** Rows GetQueryResults gives at once, at most. */
const pageRows = 1_000;
const maximumPages = 5_000;

/** Reasons Athena gives that a later attempt can do away with. */
const commitConflict = /ICEBERG_COMMIT_ERROR|CommitFailedException|ConcurrentModification/i;
const transient = /EXCEEDED_MEMORY|INTERNAL_ERROR|GENERIC_INTERNAL|SlowDown|Throttl|resources exhausted/i;

const startAnswer = z.object({ QueryExecutionId: z.string() });
const executionAnswer = z.object({
  QueryExecution: z.object({
    Status: z.object({
      State: z.string(),
      StateChangeReason: z.optional(z.nullable(z.string())),
      AthenaError: z.optional(z.nullable(z.object({ ErrorMessage: z.optional(z.nullable(z.string())) }))),
    }),
  }),
});
const resultsAnswer = z.object({
  ResultSet: z.object({
    Rows: z.array(z.object({ Data: z.array(z.object({ VarCharValue: z.optional(z.nullable(z.string())) })) })),
    ResultSetMetadata: z.optional(z.object({ ColumnInfo: z.array(z.object({ Name: z.string() })) })),
  }),
  NextToken: z.optional(z.nullable(z.string())),
});

type WarehouseRow = Readonly<Record<string, string | null>>;

export interface Warehouse {
  /** Runs a statement to its end; a lost commit race is repeated. */
  execute(sql: string): Promise<void>;
  /** The columns that a table has now, in its order. */
  columns(table: string): Promise<string[]>;
  /** Rows of a query, values as text, page by page. */
  query(sql: string): AsyncGenerator<WarehouseRow>;
}

export interface WarehouseTiming {
  /** After this a statement is stopped and answered with `timeout`. */
  readonly deadlineMs: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The fact tables through Athena. */
export function createWarehouse(
  config: Config<'warehouse' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'athena', target: 'AmazonAthena' }),
  timing: WarehouseTiming = { deadlineMs: 4 * 60_000, now: Date.now, wait },
): Warehouse {
  async function start(sql: string): Promise<string> {
    const answer = await call('StartQueryExecution', {
      QueryString: sql,
      WorkGroup: config.warehouse.workgroup,
      QueryExecutionContext: { Database: config.warehouse.database },
      // The same for every try of one request: Athena then starts the statement once.
      ClientRequestToken: randomUUID(),
    });
    return startAnswer.parse(answer).QueryExecutionId;
  }

  /** Waits for the end. Answers the reason when it failed. */
  async function failureOf(id: string): Promise<string | undefined> {
    const deadline = timing.now() + timing.deadlineMs;
    for (let pollMs = firstPollMs; ; pollMs = Math.min(lastPollMs, pollMs * 1.25)) {
      const answer = executionAnswer.parse(await call('GetQueryExecution', { QueryExecutionId: id }));
      const { State: state, AthenaError: error, StateChangeReason: reason } = answer.QueryExecution.Status;
      if (state === 'SUCCEEDED') return undefined;
      if (state === 'FAILED' || state === 'CANCELLED') return error?.ErrorMessage ?? reason ?? state;
      if (timing.now() >= deadline) {
        await call('StopQueryExecution', { QueryExecutionId: id });
        throw new AppError(
          'timeout',
          `The warehouse did not finish a statement within ${timing.deadlineMs / 1_000} s.`,
        );
      }
      await timing.wait(pollMs);
    }
  }

  /** Runs the statement until it succeeds, is refused for good, or lost the commit race too often. Answers its id. */
  async function run(sql: string): Promise<string> {
    let reason = '';
    for (let attempt = 0; attempt < commitAttempts; attempt += 1) {
      if (attempt > 0) await timing.wait(Math.min(8_000, 250 * 2 ** attempt) * (0.5 + Math.random() / 2));
      const id = await start(sql);
      const failure = await failureOf(id);
      if (failure === undefined) return id;
      reason = failure;
      if (commitConflict.test(reason)) continue;
      if (transient.test(reason)) throw new AppError('unavailable', 'The warehouse is overloaded.', { cause: reason });
      throw new AppError('internal', 'The warehouse refused a statement.', { cause: reason });
    }
    throw new AppError('unavailable', 'Other loads into the same table came first too often.', { cause: reason });
  }

  return {
    async execute(sql) {
      await run(sql);
    },
    async columns(table) {
      const id = await run(`SELECT * FROM ${table} WHERE FALSE`);
      const { ResultSet: set } = resultsAnswer.parse(
        await call('GetQueryResults', { QueryExecutionId: id, MaxResults: 1 }),
      );
      return (set.ResultSetMetadata?.ColumnInfo ?? []).map((column) => column.Name);
    },
    async *query(sql) {
      const id = await run(sql);
      let token: string | undefined;
      let columns: string[] | undefined;
      for (let page = 0; page < maximumPages; page += 1) {
        const { ResultSet: set, NextToken: next } = resultsAnswer.parse(
          await call('GetQueryResults', {
            QueryExecutionId: id,
            MaxResults: pageRows,
            ...(token !== undefined && { NextToken: token }),
          }),
        );
        columns ??= (set.ResultSetMetadata?.ColumnInfo ?? []).map((column) => column.Name);
        // The first row of the first page repeats the column names.
        for (const row of page === 0 ? set.Rows.slice(1) : set.Rows) {
          yield Object.fromEntries(columns.map((name, index) => [name, row.Data[index]?.VarCharValue ?? null]));
        }
        if (typeof next !== 'string') return;
        token = next;
      }
      throw new AppError('internal', `A query answered more than ${maximumPages * pageRows} rows.`);
    },
  };
}
