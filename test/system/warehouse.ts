/** The fact tables through the real Athena client, as an analyst's tool would read them. */
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { vi } from 'vitest';
import { factColumns, factTable } from '../../contracts/warehouse.ts';
import type { RunningSystem } from '../../local/boot/start-local.ts';
import { clientOptions } from './aws.ts';
import type { TruthGrain } from './simulator.ts';

/** When and by which run a row was loaded may differ; what it says may not. */
const provenance = new Set(['loaded_at', 'run_id']);

/** Every fact of a grain as text, in one order. */
export async function factRows(system: RunningSystem, grain: TruthGrain): Promise<readonly string[]> {
  const columns = factColumns(grain)
    .map(({ name }) => name)
    .filter((name) => !provenance.has(name));
  const rows = await query(
    system,
    `SELECT ${columns.join(', ')} FROM ${factTable(grain)} ORDER BY ${columns.join(', ')}`,
  );
  return rows.map((row) => row.join('|'));
}

export async function query(system: RunningSystem, sql: string): Promise<readonly (readonly string[])[]> {
  const client = new AthenaClient(clientOptions(system));
  try {
    const { QueryExecutionId } = await client.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: 'conext-local-warehouse',
        QueryExecutionContext: { Database: 'conext_local' },
      }),
    );
    const ended = async () => {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      const { State, StateChangeReason } = QueryExecution?.Status ?? {};
      if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`${sql}: ${StateChangeReason}`);
      return State === 'SUCCEEDED';
    };
    await vi.waitUntil(ended, { timeout: 20_000 });
    const rows: string[][] = [];
    let next: string | undefined;
    do {
      const page = await client.send(
        new GetQueryResultsCommand({ QueryExecutionId, ...(next !== undefined && { NextToken: next }) }),
      );
      rows.push(...(page.ResultSet?.Rows ?? []).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue ?? '')));
      next = page.NextToken;
    } while (next !== undefined);
    // The first row of a SELECT holds the names.
    return rows.slice(1);
  } finally {
    client.destroy();
  }
}
