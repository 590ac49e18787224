import { describe, expect, it } from 'vitest';
import { createAwsCall } from '../../adapters/aws-json.ts';
import { createWarehouse, type WarehouseTiming } from '../../adapters/warehouse.ts';
import { type AwsAnswer, serveAwsAnswers } from './aws-answers.ts';

const warehouse = { workgroup: 'work', database: 'facts' };
const ended = (State: string, StateChangeReason?: string): AwsAnswer => ({
  body: { QueryExecution: { Status: { State, StateChangeReason } } },
});
const instantly = { deadlineMs: 60_000, now: () => 0, wait: async () => undefined };

/** An Athena whose executions end one after the other as told. */
async function athena(ends: readonly AwsAnswer[], more: (operation: string) => AwsAnswer = () => ({ body: {} })) {
  let started = 0;
  const served = await serveAwsAnswers((operation) => {
    if (operation === 'StartQueryExecution') {
      started += 1;
      return { body: { QueryExecutionId: String(started) } };
    }
    if (operation === 'GetQueryExecution') return ends[started - 1] ?? ended('RUNNING');
    return more(operation);
  });
  const count = (operation: string) => served.calls.filter((call) => call.operation === operation).length;
  const config = { ...served.config, warehouse };
  const open = (timing: WarehouseTiming = instantly) =>
    createWarehouse(config, createAwsCall(config, { name: 'athena', target: 'AmazonAthena' }), timing);
  return { ...served, count, open };
}

describe('the warehouse', () => {
  it('starts a statement again that lost the race for the table’s commit', async () => {
    await using served = await athena([ended('FAILED', 'ICEBERG_COMMIT_ERROR: Failed to commit'), ended('SUCCEEDED')]);
    await served.open().execute('MERGE');
    expect(served.count('StartQueryExecution')).toBe(2);
    expect(served.calls[0]?.input).toMatchObject({ WorkGroup: 'work', QueryExecutionContext: { Database: 'facts' } });
  });

  it('gives up a race that is lost again and again, as something that may pass', async () => {
    await using served = await athena(Array(20).fill(ended('FAILED', 'ICEBERG_COMMIT_ERROR: no')));
    await expect(served.open().execute('MERGE')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(served.count('StartQueryExecution')).toBe(6);
  });

  it.each([
    ['SYNTAX_ERROR: line 1:1: Table does not exist', 'internal'],
    ['EXCEEDED_MEMORY_LIMIT: Query exceeded per-node memory', 'unavailable'],
  ])('tells %s as %s and keeps the statement out of the message', async (reason, code) => {
    await using served = await athena([ended('FAILED', reason)]);
    const failure = served.open().execute('MERGE INTO secret');
    await expect(failure).rejects.toMatchObject({ code, cause: reason });
    await expect(failure).rejects.not.toThrow('secret');
    expect(served.count('StartQueryExecution')).toBe(1);
  });

  it('stops a statement that does not end in its time', async () => {
    await using served = await athena([]);
    let clock = 0;
    const timing = { deadlineMs: 5_000, now: () => clock, wait: async (ms: number) => (clock += ms) };
    await expect(served.open(timing).execute('MERGE')).rejects.toMatchObject({
      code: 'timeout',
    });
    expect(served.count('StopQueryExecution')).toBe(1);
    expect(served.count('GetQueryExecution')).toBeLessThan(30);
  });

  it('reads every page of an answer once, without the row of names', async () => {
    const row = (value?: string) => ({ Data: [value === undefined ? {} : { VarCharValue: value }] });
    const pages = [
      {
        ResultSet: {
          Rows: [row('n'), row('1'), row()],
          ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'varchar' }] },
        },
        NextToken: 'more',
      },
      { ResultSet: { Rows: [row('3')] } },
    ];
    await using served = await athena([ended('SUCCEEDED')], () => ({ body: pages.shift() }));
    const rows: unknown[] = [];
    for await (const one of served.open().query('SELECT n')) rows.push(one);
    expect(rows).toEqual([{ n: '1' }, { n: null }, { n: '3' }]);
  });
});
