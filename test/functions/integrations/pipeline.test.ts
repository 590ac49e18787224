import { afterEach, describe, expect, it } from 'vitest';
import { decodeRollup } from '../../../domain/analysis/rollup.ts';
import { quarantinePrefix } from '../../../domain/integrations/lake-layout.ts';
import { objectGrains, PlatformError } from '../../../domain/integrations/platform.ts';
import { startPipeline } from './pipeline.ts';
import { account, openRecorded, type Recording } from './recorded-platform.ts';

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
let pipeline: Pipeline | undefined;
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});

const recorded = (over: Partial<Recording> = {}): Recording => ({
  accounts: [account('111'), account('222', { currency: 'USD', timeZone: 'America/New_York' })],
  days: {
    111: [
      { campaign: '7', date: '2026-10-31', micros: 1_234_567 },
      { campaign: '7', date: '2026-11-19', micros: 2_000_001 },
      { campaign: '8', date: '2026-11-19', micros: 3_000_000 },
    ],
    222: [{ campaign: '9', date: '2026-11-18', micros: 4_000_000 }],
  },
  odd: {},
  failing: {},
  refused: undefined,
  ...over,
});
const begin = async (recording: Recording): Promise<Pipeline> => {
  pipeline = await startPipeline({
    openReader: async () => openRecorded(recording),
    // One of segments beside the objects: every grain goes the same way.
    only: [...objectGrains, 'age'],
  });
  return pipeline;
};
const spend = 'campaign_platform_id, "date", spend_micros';

describe('the load from platform to rollup', () => {
  it('brings every fact to the warehouse and the rollups to the micro, and says so', async () => {
    const { run, facts, stores, lake, events } = await begin(recorded());
    const runId = await run();
    expect(await facts(spend)).toEqual([
      ['7', '2026-10-31', '1234567'],
      ['7', '2026-11-19', '2000001'],
      ['8', '2026-11-19', '3000000'],
      ['9', '2026-11-18', '4000000'],
    ]);
    expect(await facts('"date", spend_micros, conversion_value_micros, currency, time_zone', 'account')).toContainEqual(
      ['2026-11-19', '5000001', '12345678', 'EUR', 'Europe/Berlin'],
    );
    // Google answers ages by ad group: their rows are added up to the campaign.
    expect(await facts('campaign_platform_id, age_range, "date", spend_micros, clicks, video_views', 'age')).toEqual([
      ['7', '25-34', '2026-10-31', '1234567', '2', null],
      ['7', '25-34', '2026-11-19', '2000001', '2', null],
      ['8', '25-34', '2026-11-19', '3000000', '2', null],
      ['9', '25-34', '2026-11-18', '4000000', '2', null],
    ]);
    expect(await stores.runs.get(runId)).toMatchObject({
      status: 'succeeded',
      accounts: { total: 2, loaded: 2, failed: 0, skipped: 0 },
      rowsQuarantined: 0,
    });
    const pointers = await stores.rollups.list({ grain: 'campaign', fromMonth: '2026-10', toMonth: '2026-11' });
    const spent: number[] = [];
    for (const pointer of pointers) {
      const rollup = decodeRollup((await lake.getPacked(pointer.key)) ?? new Uint8Array());
      expect(rollup.rows).toBe(pointer.rows);
      spent.push(...rollup.measures.spendMicros);
    }
    expect(spent.sort()).toEqual([1_234_567, 2_000_001, 3_000_000, 4_000_000]);
    const accounts = await stores.accounts.all();
    expect(accounts.map(({ throughDate, lastError }) => [throughDate, lastError]).sort()).toEqual([
      ['2026-11-18', null],
      ['2026-11-19', null],
    ]);
    expect(events).toMatchObject([{ type: 'metrics.loaded', detail: { runId, accounts: [{}, {}] } }]);
    const campaigns = await stores.campaigns.list({ limit: 10 });
    expect(campaigns.items.map((one) => one.platformId).sort()).toEqual(['7', '8', '9']);
  });

  it('gives the same facts when a run is repeated, without touching their provenance', {
    timeout: 60_000,
  }, async () => {
    const { run, facts } = await begin(recorded());
    const first = await run();
    const before = await facts('campaign_platform_id, "date", spend_micros, loaded_at, run_id');
    await run();
    await run({ from: '2026-11-15', to: '2026-11-19' });
    expect(await facts('campaign_platform_id, "date", spend_micros, loaded_at, run_id')).toEqual(before);
    expect(new Set(before.map((row) => row[4]))).toEqual(new Set([first]));
  });

  it('takes a restated day and forgets a row that vanished, and leaves days outside the window alone', async () => {
    const recording = recorded();
    const { run, facts, stores, lake } = await begin(recording);
    await run();
    recording.days['111'] = [{ campaign: '7', date: '2026-11-19', micros: 2_500_000 }];
    await run({ from: '2026-11-10', to: '2026-11-20' });
    expect(await facts(spend)).toEqual([
      ['7', '2026-10-31', '1234567'],
      ['7', '2026-11-19', '2500000'],
      ['9', '2026-11-18', '4000000'],
    ]);
    const [account111] = (await stores.accounts.all()).filter((one) => one.platformId === '111');
    const pointer = await stores.rollups.get(account111?.id ?? '', 'campaign', '2026-11');
    const rollup = decodeRollup((await lake.getPacked(pointer?.key ?? '')) ?? new Uint8Array());
    expect([...rollup.measures.spendMicros]).toEqual([2_500_000]);
    const removed = await stores.campaigns.list({ status: 'removed', limit: 5 });
    expect(removed.items.map((one) => one.platformId)).toEqual(['8']);
  });

  it('loads the others when one account fails, and says which and why', async () => {
    const failing = { 111: new PlatformError('unavailable', 'Google Ads did not answer.', { platform: 'google-ads' }) };
    const { run, facts, stores } = await begin(
      recorded({
        failing,
        accounts: [
          account('111'),
          account('222'),
          account('333', { status: 'disabled' }),
          account('444', { timeZone: 'Mars/Base' }),
        ],
      }),
    );
    const runId = await run();
    expect((await facts('account_platform_id')).flat()).toEqual(['222']);
    const detail = await stores.runs.detail(runId);
    expect(detail).toMatchObject({ status: 'partial', accounts: { total: 4, loaded: 1, failed: 2, skipped: 1 } });
    expect(Object.fromEntries((detail?.progress ?? []).map((one) => [one.accountName, one.error]))).toEqual({
      'Shop 111': 'Google Ads did not answer.',
      'Shop 222': null,
      'Shop 333': 'The account is disabled on Google Ads.',
      'Shop 444': expect.stringContaining('Mars/Base'),
    });
    const accounts = await stores.accounts.all();
    expect(accounts.find((one) => one.platformId === '111')).toMatchObject({
      lastError: 'Google Ads did not answer.',
      lastLoadedAt: null,
    });
  });

  it('records a connection that is refused and closes the run as failed', async () => {
    const recording = recorded();
    const { run, facts, stores } = await begin(recording);
    await run();
    recording.refused = new PlatformError('unauthorized', 'Access was withdrawn. Connect again.', {
      platform: 'google-ads',
    });
    const detail = await stores.runs.detail(await run());
    expect(detail).toMatchObject({
      status: 'failed',
      progress: [{ accountId: null, stage: 'failed', error: 'Access was withdrawn. Connect again.' }],
    });
    expect((await stores.accounts.all()).map((one) => one.lastError)).toEqual(
      Array(2).fill('Access was withdrawn. Connect again.'),
    );
    expect(await facts(spend)).toHaveLength(4);
  });

  it('loads an account that two connections reach once', async () => {
    const { run, stores, facts } = await begin(recorded());
    await stores.workspace.putConnection({
      id: 'con_2',
      platform: 'google-ads',
      name: 'Second manager',
      managerPlatformId: '999',
      createdAt: '2026-11-02T00:00:00.000Z',
    });
    const runId = await run();
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'succeeded', accounts: { total: 2, loaded: 2 } });
    expect(await facts(spend)).toHaveLength(4);
    expect((await stores.accounts.all()).map((one) => one.connectionId)).toEqual(['con_1', 'con_1']);
  });

  it('skips an account that the connection no longer reaches, says so, and takes it up again', async () => {
    const recording = recorded();
    const { run, stores } = await begin(recording);
    await run();
    const gone = (await stores.accounts.all()).find((one) => one.platformId === '222');
    const everything = recording.accounts;
    recording.accounts = everything.filter((one) => one.platformId !== '222');
    const runId = await run({ accountIds: [gone?.id ?? ''] });
    expect(await stores.runs.detail(runId)).toMatchObject({
      accounts: { total: 1, loaded: 0, failed: 0, skipped: 1 },
      progress: [{ accountId: gone?.id, stage: 'skipped', error: expect.stringContaining('no longer reaches') }],
    });
    expect(await stores.accounts.get(gone?.id ?? '')).toMatchObject({ status: 'disabled', throughDate: '2026-11-18' });
    recording.accounts = everything;
    await run();
    expect(await stores.accounts.get(gone?.id ?? '')).toMatchObject({ status: 'enabled' });
  });

  it('puts bad rows into quarantine with the reason and keeps the fact they may speak of', async () => {
    const recording = recorded();
    const { run, facts, stores, lake } = await begin(recording);
    await run();
    const customer = { currencyCode: 'EUR' };
    const base = { customer, campaign: { id: '8' }, metrics: { impressions: '5', clicks: '1', costMicros: '1' } };
    recording.days['111'] = (recording.days['111'] ?? []).filter((day) => day.campaign !== '8');
    recording.odd['111'] = [
      { ...base, segments: { date: '2026-11-19' }, metrics: { ...base.metrics, costMicros: 'many' } },
      {
        ...base,
        campaign: { id: '7' },
        segments: { date: '2026-11-19' },
        metrics: { ...base.metrics, conversions: 0, conversionsValue: 0 },
      },
    ];
    const runId = await run();
    expect(await facts(spend)).toContainEqual(['8', '2026-11-19', '3000000']);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'succeeded', rowsQuarantined: 2 });
    const rows: unknown[] = [];
    for await (const { key } of lake.list(quarantinePrefix(stores.workspaceId, runId))) {
      for await (const row of lake.readLines(key)) rows.push(row);
    }
    expect(rows).toMatchObject([
      { report: 'metrics/campaign', field: 'metrics.costMicros', raw: { campaign: { id: '8' } } },
      { report: 'metrics/campaign', reason: expect.stringContaining('more than once') },
    ]);
  });

  it('leaves the last good facts untouched when the platform answers garbage', async () => {
    const recording = recorded();
    const { run, facts, stores } = await begin(recording);
    await run();
    const before = await facts(spend);
    recording.odd['111'] = Array.from({ length: 20 }, () => ({ html: '<h1>Bad gateway</h1>' }));
    const detail = await stores.runs.detail(await run());
    expect(await facts(spend)).toEqual(before);
    expect(detail?.status).toBe('partial');
    expect(detail?.progress.find((one) => one.accountName === 'Shop 111')).toMatchObject({
      stage: 'failed',
      error: expect.stringContaining('20 of 23 rows were refused'),
      rowsQuarantined: 20,
    });
  });

  it('loads a back-fill longer than the platform answers at once, window by window', async () => {
    const recording = recorded();
    const { run, facts, stores } = await begin(recording);
    recording.days['222'] = [{ campaign: '9', date: '2026-08-02', micros: 5 }];
    const [known] = [await run()];
    const target = (await stores.accounts.all()).find((one) => one.platformId === '222');
    const runId = await run({ from: '2026-08-01', to: '2026-12-24', accountIds: [target?.id ?? ''] });
    expect(known).not.toBe(runId);
    const detail = await stores.runs.detail(runId);
    expect(detail?.progress.map((one) => [one.from, one.to])).toEqual([
      ['2026-08-01', '2026-08-31'],
      ['2026-09-01', '2026-10-01'],
      ['2026-10-02', '2026-11-01'],
      ['2026-11-02', '2026-11-20'],
    ]);
    expect(detail).toMatchObject({ status: 'succeeded', accounts: { total: 1, loaded: 1 } });
    expect(await facts(spend)).toContainEqual(['9', '2026-08-02', '5']);
  });
});
