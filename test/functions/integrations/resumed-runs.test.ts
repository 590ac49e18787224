import { afterEach, describe, expect, it } from 'vitest';
import type { EtlInput } from '../../../contracts/etl.ts';
import { PlatformError, type PlatformReader } from '../../../domain/integrations/platform.ts';
import { cancelRun, resumeRun } from '../../../functions/integrations/manage-runs/run-control.ts';
import { startPipeline } from './pipeline.ts';
import { account, openRecorded, type Recording } from './recorded-platform.ts';

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
let pipeline: Pipeline | undefined;
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});

const spend = 'campaign_platform_id, "date", spend_micros';
const days = (campaign: string, micros: number) =>
  ['2026-10-01', '2026-11-10'].map((date) => ({ campaign, date, micros }));
const request = { from: '2026-10-01', to: '2026-11-15' };

/** Two accounts over two windows each: four items. */
async function begin() {
  const recording: Recording = {
    accounts: [account('111'), account('222')],
    days: { 111: days('7', 1_000_000), 222: days('8', 2_000_000) },
    odd: {},
    failing: {},
    refused: undefined,
  };
  /** Accounts and first days of the reports asked for, once each. */
  const asked = new Set<string>();
  let lists = 0;
  const openReader = async (): Promise<PlatformReader> => {
    const reader = openRecorded(recording);
    return {
      listAccounts: () => {
        lists += 1;
        return reader.listAccounts();
      },
      report: (wanted) => {
        if (wanted.kind === 'metrics') asked.add(`${wanted.account.platformId} ${wanted.window.from}`);
        return reader.report(wanted);
      },
    };
  };
  pipeline = await startPipeline({ openReader, only: ['account', 'campaign'] });
  const { stores, now } = pipeline;
  let resumed: EtlInput | undefined;
  const workflows = {
    startEtl: async (input: EtlInput) => {
      resumed = input;
    },
    isUnderWay: async () => false,
  };
  const control = { workspaceId: stores.workspaceId, runs: stores.runs, workflows, now };
  const resume = async (runId: string): Promise<EtlInput> => {
    await resumeRun(control, runId);
    if (resumed === undefined) throw new Error('Nothing was started.');
    return resumed;
  };
  return { pipeline, recording, asked, resume, control, lists: () => lists };
}

const everything = [
  ['7', '2026-10-01', '1000000'],
  ['7', '2026-11-10', '1000000'],
  ['8', '2026-10-01', '2000000'],
  ['8', '2026-11-10', '2000000'],
];

describe('a run that is resumed', () => {
  it('asks for nothing that was loaded or extracted before its execution died', async () => {
    const world = await begin();
    const { stores, execute, facts, begin: write } = world.pipeline;
    const input = await write(request);
    let items = 0;
    // The third item's answers lie in the lake, nothing of it is loaded, and the fourth is not begun.
    await execute(input, (_, step) => {
      if (step === 'extract') items += 1;
      return items === 3 && step === 'load';
    });
    expect(world.asked.size).toBe(3);
    expect((await stores.runs.get(input.runId))?.status).toBe('running');
    expect(await facts(spend)).toHaveLength(2);

    world.asked.clear();
    await execute(await world.resume(input.runId));
    expect(world.asked.size).toBe(1);
    expect(world.lists()).toBe(1);
    expect(await facts(spend)).toEqual(everything);
    const detail = await stores.runs.detail(input.runId);
    expect(detail).toMatchObject({ status: 'succeeded', attempt: 2, accounts: { total: 2, loaded: 2 } });
    expect(detail?.pace).toMatchObject({ windows: { total: 4, done: 4, failed: 0 }, secondsLeft: null });
  });

  it('takes up what failed, and is whole once that loads', async () => {
    const world = await begin();
    const { stores, run, execute, facts } = world.pipeline;
    world.recording.failing['222'] = new PlatformError('unavailable', 'Away.', { platform: 'google-ads' });
    const runId = await run(request);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'partial', accounts: { loaded: 1, failed: 1 } });
    world.recording.failing = {};
    world.asked.clear();
    await execute(await world.resume(runId));
    expect([...world.asked].every((one) => one.startsWith('222 '))).toBe(true);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'succeeded', error: null, accounts: { loaded: 2 } });
    expect(await facts(spend)).toEqual(everything);
  });

  it('asks again for answers that could not be used', async () => {
    const world = await begin();
    const { stores, run, execute, facts } = world.pipeline;
    const garbage = Array.from({ length: 9 }, (_, n) => ({ campaign: { id: `${n}` }, segments: { date: 'never' } }));
    world.recording.odd['222'] = garbage;
    const runId = await run(request);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'partial', accounts: { loaded: 1, failed: 1 } });
    world.recording.odd = {};
    await execute(await world.resume(runId));
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'succeeded', accounts: { loaded: 2 } });
    expect(await facts(spend)).toEqual(everything);
  });

  it('finds the accounts of a connection that was refused the first time', async () => {
    const world = await begin();
    const { stores, run, execute, facts } = world.pipeline;
    world.recording.refused = new PlatformError('unauthorized', 'Connect again.', { platform: 'google-ads' });
    const runId = await run(request);
    expect((await stores.runs.get(runId))?.status).toBe('failed');
    world.recording.refused = undefined;
    await execute(await world.resume(runId));
    expect(await stores.runs.detail(runId)).toMatchObject({ status: 'succeeded', accounts: { total: 2, loaded: 2 } });
    expect(await facts(spend)).toEqual(everything);
  });

  it('was cancelled: what was loaded by then is published, the rest comes when it is resumed', async () => {
    const world = await begin();
    const { stores, execute, facts, begin: write } = world.pipeline;
    const input = await write(request);
    const alive = { ...world.control, workflows: { ...world.control.workflows, isUnderWay: async () => true } };
    let items = 0;
    await execute(input, async (_, step) => {
      if (step === 'extract') items += 1;
      if (items === 2 && step === 'extract') await cancelRun(alive, input.runId);
      return false;
    });
    expect(await stores.runs.detail(input.runId)).toMatchObject({
      status: 'cancelled',
      finishedAt: expect.any(String),
    });
    expect((await stores.runs.progress(input.runId)).map((one) => one.stage).sort()).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'loaded',
    ]);
    expect(world.asked.size).toBe(1);
    expect(await stores.rollups.keys()).not.toEqual(new Set());
    await execute(await world.resume(input.runId));
    expect(await facts(spend)).toEqual(everything);
    expect((await stores.runs.get(input.runId))?.status).toBe('succeeded');
  });
});
