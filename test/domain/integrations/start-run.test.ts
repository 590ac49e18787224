import { describe, expect, it } from 'vitest';
import type { EtlInput } from '../../../contracts/etl.ts';
import type { Run } from '../../../contracts/schemas/pipelines.ts';
import { type StartRun, startRun } from '../../../domain/integrations/start-run.ts';

const request: StartRun = {
  workspaceId: 'wsp_1',
  runId: 'run_1',
  trigger: 'on-demand',
  from: '2026-11-01',
  to: null,
  accountIds: null,
  requestHash: 'hash',
  at: '2026-11-20T12:00:00.000Z',
};

/** Runs in memory and the executions that were started; the first `refusals` starts fail. */
function world(refusals = 0) {
  const runs = new Map<string, Run & { requestHash: string | null }>();
  const started: EtlInput[] = [];
  let left = refusals;
  return {
    runs,
    started,
    ports: {
      runs: {
        create: async (record: Run & { requestHash: string | null }) => {
          if (runs.has(record.id)) return false;
          runs.set(record.id, record);
          return true;
        },
        get: async (id: string) => runs.get(id),
      },
      workflows: {
        startEtl: async (input: EtlInput) => {
          left -= 1;
          if (left >= 0) throw new Error('no capacity');
          started.push(input);
        },
      },
    },
  };
}

describe('starting a run', () => {
  it('writes the record, then starts the execution with what was asked', async () => {
    const { ports, runs, started } = world();
    expect(await startRun(ports, request)).toMatchObject({ id: 'run_1', status: 'queued', from: '2026-11-01' });
    expect(runs.get('run_1')?.requestHash).toBe('hash');
    const { requestHash: _, at: __, ...input } = request;
    expect(started).toEqual([input]);
  });

  it('finds the run again when it is repeated, and starts nothing that is under way', async () => {
    const { ports, runs, started } = world();
    const first = await startRun(ports, request);
    runs.set('run_1', { ...first, requestHash: 'hash', status: 'running' });
    expect(await startRun(ports, { ...request, at: '2026-11-20T13:00:00.000Z' })).toEqual({
      ...first,
      status: 'running',
    });
    expect(started).toHaveLength(1);
  });

  it('completes on the repeat what failed between record and execution', async () => {
    const { ports, started } = world(1);
    await expect(startRun(ports, request)).rejects.toThrow('no capacity');
    await startRun(ports, request);
    expect(started).toHaveLength(1);
  });

  it('refuses the same key with another request', async () => {
    const { ports } = world();
    await startRun(ports, request);
    await expect(startRun(ports, { ...request, requestHash: 'other' })).rejects.toMatchObject({
      code: 'idempotency-mismatch',
    });
  });
});
