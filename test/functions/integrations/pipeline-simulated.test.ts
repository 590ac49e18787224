import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Grain, grains } from '../../../domain/integrations/platform.ts';
import { openReader } from '../../../platforms/readers.ts';
import { platformsUnderTest, type RunningPlatform } from '../../platforms/platforms-under-test.ts';
import { heldFacts, knownFacts } from './facts-beside-truth.ts';
import { startPipeline } from './pipeline.ts';

const startAt = '2026-11-20T11:00:00.000Z';
/** The restatement tests go over longer periods. */
const from = '2026-11-05';
let clock = Date.parse(startAt);
const [subject] = platformsUnderTest;
let platform: RunningPlatform;
let pipeline: Awaited<ReturnType<typeof startPipeline>>;

beforeAll(async () => {
  if (!subject) throw new Error('There is no platform to test with.');
  platform = await subject.start(startAt);
  pipeline = await startPipeline({
    // Impatient: troubles last until the test ends them.
    openReader: () => openReader(subject.id, platform.access, { policy: { attempts: 2, baseDelayMs: 1 } }),
    now: () => clock,
  });
}, 30_000);
afterAll(async () => {
  await pipeline?.close();
  await platform?.stop();
});

const enabled = (subject?.accounts ?? []).filter((account) => account.status === 'enabled');
const held = (account: string, grain: Grain) => heldFacts(pipeline, account, grain);
const known = (account: string, grain: Grain) =>
  knownFacts(platform, account, grain, {
    from,
    to: new Date(clock + 86_400_000).toISOString().slice(0, 10),
  });

async function expectTruth() {
  for (const { platformId } of enabled) {
    for (const grain of grains) {
      const facts = await held(platformId, grain);
      expect(facts.length).toBeGreaterThan(0);
      expect(facts, `${grain} of ${platformId}`).toEqual(await known(platformId, grain));
    }
  }
}

describe('the load from the simulated platform over its own wire', () => {
  it('holds what the platform knows, to the micro, at every grain, and skips the disabled account', async () => {
    const detail = await pipeline.stores.runs.detail(await pipeline.run({ from }));
    expect(detail).toMatchObject({ status: 'succeeded', rowsQuarantined: 0, accounts: { loaded: 3, skipped: 1 } });
    await expectTruth();
  }, 180_000);

  it.each(['garbage', 'truncate'] as const)(
    'leaves the last good facts of the account that answers %s, and loads the others',
    async (kind) => {
      const [bad, good] = enabled.map((account) => account.platformId);
      const facts = await held(bad ?? '', 'ad');
      const goodBefore = await held(good ?? '', 'ad');
      platform.advanceHours(3);
      clock += 3 * 3_600_000;
      platform.trouble(kind, { account: bad ?? '', times: 40 });
      const detail = await pipeline.stores.runs.detail(await pipeline.run({ from: '2026-11-19' }));
      expect(detail).toMatchObject({ status: 'partial', accounts: { failed: 1, loaded: 2 } });
      const failed = detail?.progress.find((one) => one.stage === 'failed');
      expect(failed?.error).toMatch(/\w+ \w+/);
      expect(failed?.error).not.toContain('our side');
      expect(await held(bad ?? '', 'ad')).toEqual(facts);
      expect(await held(good ?? '', 'ad')).not.toEqual(goodBefore);
    },
    180_000,
  );
});
