import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EtlInput } from '../../../contracts/etl.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { createPermits } from '../../../functions/integrations/extract-report/extraction-permits.ts';
import { cancelRun, resumeRun } from '../../../functions/integrations/manage-runs/run-control.ts';
import { failureOf } from '../../../functions/integrations/record-failure/execution-ended.ts';
import { recordFailure } from '../../../functions/integrations/record-failure/record-failure.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

const someAccount = newId('acc', 7);
const at = Date.parse('2026-11-20T12:00:00.000Z');
let state: StateTable;
let stores: WorkspaceStores;
/** Executions by name, as Step Functions would know them. */
let executions: Map<string, { input: EtlInput; underWay: boolean }>;

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());
beforeEach(() => {
  stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  executions = new Map();
});

const nameOf = (runId: string, attempt = 1) => `${runId}/${attempt}`;
const workflows = {
  startEtl: async (input: EtlInput) =>
    void executions.set(nameOf(input.runId, input.attempt), { input, underWay: true }),
  isUnderWay: async (runId: string, attempt: number) => executions.get(nameOf(runId, attempt))?.underWay === true,
};
const end = (runId: string, attempt = 1) => {
  const execution = executions.get(nameOf(runId, attempt));
  if (execution) execution.underWay = false;
};
const ports = () => ({ workspaceId: stores.workspaceId, runs: stores.runs, workflows, now: () => at });

async function begin(trigger: EtlInput['trigger'] = 'on-demand'): Promise<string> {
  const runId = newId('run', at);
  const input = {
    workspaceId: stores.workspaceId,
    runId,
    trigger,
    from: '2026-11-01',
    to: null,
    accountIds: [someAccount],
  };
  await startRun(
    { runs: stores.runs, workflows },
    { ...input, requestHash: null, at: new Date(at - 60_000).toISOString() },
  );
  await stores.runs.transition(runId, ['queued'], { status: 'running' });
  return runId;
}
const item = (itemId: string, stage: ItemProgress['stage']): ItemProgress => ({
  itemId,
  accountId: newId('acc', 1),
  accountName: 'Shop',
  platform: 'google-ads',
  stage,
  from: '2026-11-01',
  to: '2026-11-02',
  rowsExtracted: 0,
  rowsLoaded: 0,
  rowsQuarantined: 0,
  error: null,
  updatedAt: new Date(at - 1_000).toISOString(),
});

describe('resuming a run', () => {
  it('goes on with one whose execution died without a word, as the next attempt of the same request', async () => {
    const runId = await begin();
    await expect(resumeRun(ports(), runId)).rejects.toThrow('under way');
    end(runId);
    await resumeRun(ports(), runId);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'queued', attempt: 2, finishedAt: null });
    expect(executions.get(nameOf(runId, 2))?.input).toEqual({
      workspaceId: stores.workspaceId,
      runId,
      trigger: 'on-demand',
      from: '2026-11-01',
      to: null,
      accountIds: [someAccount],
      attempt: 2,
    });
  });

  it('is done once when two ask at the same time', async () => {
    const runId = await begin();
    end(runId);
    const ends = await Promise.allSettled([resumeRun(ports(), runId), resumeRun(ports(), runId)]);
    expect(ends.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await stores.runs.get(runId))?.attempt).toBe(2);
  });

  it('is refused for a run that has loaded everything, and for one that is not there', async () => {
    const runId = await begin();
    await stores.runs.transition(runId, ['running'], { status: 'succeeded' });
    await expect(resumeRun(ports(), runId)).rejects.toThrow('nothing is left');
    await expect(resumeRun(ports(), newId('run', 2))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not undone by the late word of the execution that died', async () => {
    const runId = await begin();
    await stores.runs.planItems(runId, [item('a', 'waiting')]);
    end(runId);
    await resumeRun(ports(), runId);
    const died = executions.get(nameOf(runId))?.input;
    const late = failureOf({ source: 'aws.states', detail: { status: 'ABORTED', input: JSON.stringify(died) } });
    await recordFailure({ stores, now: () => at }, late);
    expect((await stores.runs.get(runId))?.status).toBe('queued');
    expect((await stores.runs.progress(runId))[0]?.stage).toBe('waiting');
    const own = executions.get(nameOf(runId, 2))?.input;
    const ended = failureOf({ source: 'aws.states', detail: { status: 'TIMED_OUT', input: JSON.stringify(own) } });
    await recordFailure({ stores, now: () => at }, ended);
    expect((await stores.runs.get(runId))?.status).toBe('failed');
  });
});

describe('cancelling a run', () => {
  it('asks the items of one that is under way, and changes nothing else', async () => {
    const runId = await begin();
    await stores.runs.planItems(runId, [item('a', 'waiting')]);
    await cancelRun(ports(), runId);
    expect(await stores.runs.get(runId)).toMatchObject({
      status: 'running',
      cancelRequestedAt: '2026-11-20T12:00:00.000Z',
    });
    expect((await stores.runs.progress(runId))[0]?.stage).toBe('waiting');
  });

  it('closes one whose execution died; what is loaded stays, and it can be resumed', async () => {
    const runId = await begin();
    await stores.runs.planItems(runId, [item('a', 'loaded'), item('b', 'extracting')]);
    end(runId);
    await cancelRun(ports(), runId);
    await cancelRun(ports(), runId);
    expect((await stores.runs.get(runId))?.status).toBe('cancelled');
    expect((await stores.runs.progress(runId)).map((one) => one.stage)).toEqual(['loaded', 'cancelled']);
    await resumeRun(ports(), runId);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'queued', cancelRequestedAt: null });
  });

  it('is refused once the run is over', async () => {
    const runId = await begin();
    await stores.runs.transition(runId, ['running'], { status: 'partial' });
    await expect(cancelRun(ports(), runId)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a back-fill', () => {
  const callItem = async (runId: string) =>
    ({
      ...{ workspaceId: stores.workspaceId, runId, itemId: 'i', connectionId: 'con_1', platform: 'google-ads' },
    }) as Parameters<ReturnType<typeof createPermits>['before']>[0];
  const permits = (over: { remaining?: () => number; wait?: () => Promise<void> } = {}) =>
    createPermits({
      runs: stores.runs,
      calls: stores.calls,
      descriptorOf: () => ({ name: 'Google Ads', callBudget: { perDay: 100, rowsPerCall: null } }),
      now: () => at,
      wait: over.wait ?? (async () => undefined),
      remainingMs: over.remaining ?? (() => 60_000),
    });

  it('waits while a scheduled load is under way, and goes on when that is over', async () => {
    const daily = await begin('daily');
    const mine = await begin();
    let waits = 0;
    const wait = async () => {
      waits += 1;
      if (waits === 2) await stores.runs.transition(daily, ['running'], { status: 'succeeded' });
    };
    await permits({ wait }).before(await callItem(mine), 0);
    expect(waits).toBe(2);
  });

  it('leaves the wait to the state machine when half of its time is gone', async () => {
    await begin('hourly');
    let left = 60_000;
    const wait = async () => {
      left -= 5_000;
    };
    const waiting = permits({ wait, remaining: () => left }).before(await callItem(await begin()), 0);
    await expect(waiting).rejects.toMatchObject({ name: 'AppError.rate-limited' });
    expect(left).toBe(30_000);
  });

  it('stops at half of the calls permitted a day, counted over all runs, and scheduled loads do not', async () => {
    const mine = await callItem(await begin());
    await permits().used(mine, 30);
    await permits().used(mine, 15);
    await permits().before(mine, 4);
    await expect(permits().before(mine, 5)).rejects.toThrow('Resume the run tomorrow');
    const daily = await callItem(await begin('daily'));
    await permits().used(daily, 70);
    await permits().before(daily, 90);
    expect(await stores.calls.used('con_1', '2026-11-20')).toEqual({ scheduled: 70, onDemand: 45, polls: 0 });
  });
});
