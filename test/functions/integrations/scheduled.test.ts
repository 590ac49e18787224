import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { EtlInput } from '../../../contracts/etl.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { loadRates } from '../../../functions/integrations/load-rates/load-rates.ts';
import { recordFailure } from '../../../functions/integrations/record-failure/record-failure.ts';
import { startScheduledRuns } from '../../../functions/integrations/start-scheduled-runs/start-scheduled-runs.ts';
import { serveAwsAnswers } from '../../adapters/aws-answers.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const at = (text: string) => () => Date.parse(text);
async function workspace(connected: boolean) {
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  await stores.workspace.put({ name: 'Test', currency: 'EUR' });
  if (connected) {
    const connection = { id: 'con_1', platform: 'google-ads' as const, name: 'Google', managerPlatformId: null };
    await stores.workspace.putConnection({ ...connection, createdAt: '2026-11-01T00:00:00.000Z' });
  }
  return stores;
}

describe('scheduled runs', () => {
  it('start once an hour and once a day in every connected workspace, however often the schedule fires', async () => {
    const [one, two, empty] = [await workspace(true), await workspace(true), await workspace(false)];
    const mine = new Set([one.workspaceId, two.workspaceId, empty.workspaceId]);
    const started: EtlInput[] = [];
    const startEtl = async (input: EtlInput) => {
      if (mine.has(input.workspaceId) && !started.some((other) => other.runId === input.runId)) started.push(input);
    };
    const fire = (trigger: 'daily' | 'hourly', now: string) =>
      startScheduledRuns(
        {
          stores: state.stores,
          workflows: { startEtl },
          now: at(now),
          telemetry: createTelemetry({}, () => undefined),
        },
        { trigger },
      );
    await fire('hourly', '2026-11-20T08:05:00Z');
    await fire('hourly', '2026-11-20T08:59:00Z');
    expect(started).toHaveLength(2);
    await fire('hourly', '2026-11-20T09:05:00Z');
    await fire('daily', '2026-11-20T09:20:00Z');
    await fire('daily', '2026-11-20T23:20:00Z');
    expect(started.map((input) => input.trigger)).toEqual(['hourly', 'hourly', 'hourly', 'hourly', 'daily', 'daily']);
    expect((await one.runs.list({ limit: 10 })).items).toHaveLength(3);
    expect((await empty.runs.list({ limit: 10 })).items).toEqual([]);
  });

  it('start in the other workspaces when one cannot be started, and tell the schedule', async () => {
    const [broken, sound] = [await workspace(true), await workspace(true)];
    const started: string[] = [];
    const startEtl = async ({ workspaceId }: EtlInput) => {
      if (workspaceId === broken.workspaceId) throw new Error('no capacity');
      started.push(workspaceId);
    };
    const ports = { stores: state.stores, workflows: { startEtl }, telemetry: createTelemetry({}, () => undefined) };
    await expect(
      startScheduledRuns({ ...ports, now: at('2026-11-21T08:05:00Z') }, { trigger: 'daily' }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    expect(started).toContain(sound.workspaceId);
  });
});

describe('a run that fails as a whole', () => {
  it('is closed, and every account that was not loaded says so', async () => {
    const stores = await workspace(true);
    const runId = newId('run', Date.now());
    const now = '2026-11-20T12:00:00.000Z';
    await startRun(
      { runs: stores.runs, workflows: { startEtl: async () => undefined } },
      {
        workspaceId: stores.workspaceId,
        runId,
        trigger: 'daily',
        from: null,
        to: null,
        accountIds: null,
        requestHash: null,
        at: now,
      },
    );
    await stores.runs.transition(runId, ['queued'], { status: 'running' });
    const item = (itemId: string) => ({
      itemId,
      accountId: newId('acc', Date.now()),
      accountName: itemId,
      platform: 'google-ads' as const,
      stage: 'waiting' as const,
      from: null,
      to: null,
      rowsExtracted: 0,
      rowsLoaded: 0,
      rowsQuarantined: 0,
      error: null,
      updatedAt: now,
    });
    await stores.runs.planItems(runId, [item('done'), item('under way')]);
    await stores.runs.advance(runId, 'done', { stage: 'loaded', rowsLoaded: 7, updatedAt: now });
    const failed = { workspaceId: stores.workspaceId, runId, itemId: null, accountId: null };
    const error = { Error: 'States.Timeout', Cause: '' };
    await recordFailure({ stores, now: at(now) }, { ...failed, error });
    await recordFailure({ stores, now: at('2026-11-21T00:00:00Z') }, { ...failed, error: {} });
    expect(await stores.runs.detail(runId)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('took too long'),
      finishedAt: now,
      rowsLoaded: 7,
      accounts: { total: 2, loaded: 1, failed: 1 },
      progress: [{ stage: 'loaded' }, { stage: 'failed', error: expect.stringContaining('ended before') }],
    });
  });
});

describe('exchange rates', () => {
  const xml = (rate: string) => `<Cube><Cube time="2026-11-20"><Cube currency="USD" rate="${rate}"/></Cube></Cube>`;

  it('are fetched from the configured bank, past a failure on the way, and kept', async () => {
    await using bank = await serveAwsAnswers((_, __, call) =>
      call === 1 ? { status: 503, body: '' } : { body: xml('1.0510') },
    );
    expect(await loadRates({ rates: state.stores.rates, endpoint: `${bank.endpoint}/ecb/` })).toEqual({ days: 1 });
    expect(bank.calls[1]?.operation).toBe('GET /ecb/eurofxref-hist-90d.xml');
    expect(await state.stores.rates.between('2026-11-20', '2026-11-20')).toEqual([
      { date: '2026-11-20', base: 'EUR', rates: { USD: '1.0510' }, source: 'ecb' },
    ]);
  });

  it.each([
    ['garbage', { body: '<html>' }],
    ['an answer without end', { body: xml('1').padEnd(1_100_000) }],
    ['nothing', { status: 500, body: '' }],
  ])('stay as they are when the bank answers %s', async (_, answer) => {
    const before = await state.stores.rates.between('2026-01-01', '2026-12-31');
    await using bank = await serveAwsAnswers(() => answer);
    await expect(loadRates({ rates: state.stores.rates, endpoint: bank.endpoint })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await state.stores.rates.between('2026-01-01', '2026-12-31')).toEqual(before);
  });
});
