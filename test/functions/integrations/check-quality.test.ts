import { afterEach, describe, expect, it } from 'vitest';
import { accountIdOf } from '../../../domain/integrations/ids.ts';
import { qualityKey } from '../../../domain/integrations/lake-layout.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import { startPipeline } from './pipeline.ts';
import { account, openRecorded, type Recording } from './recorded-platform.ts';

type Pipeline = Awaited<ReturnType<typeof startPipeline>>;
let pipeline: Pipeline | undefined;
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});

const recorded = (over: Partial<Recording> = {}): Recording => ({
  accounts: [account('111')],
  days: {
    111: Array.from({ length: 5 }, (_, index) => ({ campaign: '7', date: `2026-11-${15 + index}`, micros: 2_000_001 })),
  },
  odd: {},
  failing: {},
  refused: undefined,
  ...over,
});
const begin = async (recording: Recording): Promise<Pipeline> => {
  pipeline = await startPipeline({ openReader: async () => openRecorded(recording) });
  return pipeline;
};
const customer = { currencyCode: 'EUR' };

describe('the checks after a load', () => {
  it('find nothing to object to when the grains agree, and say so of the run', async () => {
    const { run, check, stores } = await begin(recorded());
    const runId = await run();
    expect((await stores.runs.detail(runId))?.quality).toBeNull();
    const summary = await check(runId);
    expect(summary).toMatchObject({ accounts: 1, warning: 0, error: 0 });
    expect((await stores.runs.detail(runId))?.quality).toEqual(summary);
    const { items } = await stores.quality.list({ limit: 200 });
    expect(items.filter((one) => one.check === 'spend-of-age')).toMatchObject([
      { severity: 'ok', expected: 10_000_005, found: 10_000_005, unexplainedMicros: 0, currency: 'EUR', grain: 'age' },
    ]);
    expect(items.find((one) => one.check === 'usual-spend')).toMatchObject({ severity: 'info', expected: null });
    expect(items.filter((one) => one.severity === 'ok')).toHaveLength(summary.ok);
  });

  it('show money that one report has and another has not, rows that contradict themselves and rows that were refused', async () => {
    const recording = recorded();
    const { run, check, stores, lake } = await begin(recording);
    const row = { customer, campaign: { id: '9' }, segments: { date: '2026-11-18' } };
    const metrics = { impressions: '0', clicks: '0', costMicros: '5000000', conversions: 0, conversionsValue: 0 };
    recording.odd['111'] = [
      { ...row, metrics },
      { ...row, segments: { date: '2026-11-17' }, metrics: { ...metrics, clicks: '-4' } },
      { ...row, segments: { date: '2026-08-01' }, metrics },
      { ...row, metrics },
    ];
    const runId = await run();
    const summary = await check(runId);
    const { items } = await stores.quality.list({ runId, limit: 200 });
    const found = items.filter(({ severity }) => severity === 'warning' || severity === 'error');
    expect(found).toMatchObject([
      { check: 'rows-readable', severity: 'warning', found: 1, sample: [{ field: 'metrics.clicks' }] },
      { check: 'rows-in-range', found: 1, sample: [{ reason: expect.stringContaining('outside the window') }] },
      { check: 'rows-once', found: 1 },
      { check: 'spend-with-impressions', grain: 'campaign', found: 1 },
      { check: 'known-campaigns', expected: 2, found: 1, sample: [{ spendMicros: 5_000_000 }] },
      {
        check: 'spend-of-campaign',
        severity: 'error',
        unexplainedMicros: -5_000_000,
        sample: [{ date: '2026-11-18' }],
      },
      { check: 'spend-of-ad-group', severity: 'error', unexplainedMicros: 5_000_000 },
      ...['age', 'gender', 'country', 'device', 'placement'].map((grain) => ({ check: `spend-of-${grain}`, grain })),
    ]);
    expect(summary.warning + summary.error).toBe(found.length);
    expect((await stores.quality.list({ runId, severity: 'error', limit: 200 })).items).toHaveLength(summary.error);

    const [{ accountId = '' } = {}] = items.map((one) => ({ accountId: one.accountId ?? '' }));
    const kept: unknown[] = [];
    const { workspaceId } = stores;
    for await (const line of lake.readLines(qualityKey({ workspaceId, runId, subject: accountId }))) kept.push(line);
    expect(kept).toHaveLength(items.length);
  });

  it('name accounts that were expected and did not come, and pages never repeat or lose a result', async () => {
    const failing = { 222: new PlatformError('rejected', 'Google Ads refused.', { platform: 'google-ads' }) };
    const days = { ...recorded().days, 222: [{ campaign: '8', date: '2026-11-19', micros: 1_000_000 }] };
    const { run, check, stores } = await begin(
      recorded({ accounts: [account('111'), account('222'), account('333', { status: 'disabled' })], failing, days }),
    );
    const runId = await run();
    expect(await check(runId)).toMatchObject({ accounts: 2, error: 1 });
    const errors = await stores.quality.list({ severity: 'error', limit: 5 });
    expect(errors.items).toMatchObject([
      { check: 'account-loaded', accountName: 'Shop 222', message: expect.stringContaining('refused'), found: 0 },
    ]);
    const whole = (await stores.quality.list({ runId, limit: 500 })).items;
    const paged: typeof whole = [];
    for (let cursor: string | undefined, page = 0; page < 100; page += 1) {
      const answer = await stores.quality.list({ runId, limit: 7, ...(cursor !== undefined && { cursor }) });
      paged.push(...answer.items);
      if (answer.nextCursor === null) break;
      cursor = answer.nextCursor;
    }
    expect(paged).toEqual(whole);
    const one = whole.find(({ accountName }) => accountName === 'Shop 111')?.accountId ?? '';
    const own = (await stores.quality.list({ accountId: one, limit: 500 })).items;
    expect(own.length).toBeGreaterThan(10);
    expect(new Set(own.map(({ accountName }) => accountName))).toEqual(new Set(['Shop 111']));
  });

  it('expect no account of a paused connection, nor one that is known from downloaded reports alone', async () => {
    const { run, check, stores } = await begin(recorded());
    await run();
    const [known] = await stores.accounts.all();
    if (!known) throw new Error('The account was not loaded.');
    const { lastLoadedAt: _, lastError: __, throughDate: ___, ...imported } = known;
    const id = accountIdOf(stores.workspaceId, 'google-ads', '999');
    await stores.accounts.upsert({ ...imported, id, platformId: '999', connectionId: 'imported' });
    expect(await check(await run({ trigger: 'daily' }))).toMatchObject({ accounts: 1, error: 0 });
    await stores.workspace.changeConnection('con_1', 0, { paused: true });
    expect(await check(await run({ trigger: 'daily' }))).toMatchObject({ accounts: 0, error: 0 });
  });

  it('say the same when they are asked again, and an older run never speaks over a newer one', async () => {
    const recording = recorded();
    const { run, check, stores } = await begin(recording);
    const first = await run();
    await check(first);
    const said = await stores.quality.list({ runId: first, limit: 500 });
    await check(first);
    expect(await stores.quality.list({ runId: first, limit: 500 })).toEqual(said);
    const second = await run();
    await check(second);
    await stores.quality.put(first, said.items[0]?.accountId ?? '', said.items);
    const latest = await stores.quality.list({ limit: 500 });
    expect(new Set(latest.items.map(({ runId }) => runId))).toEqual(new Set([second]));
  });
});
