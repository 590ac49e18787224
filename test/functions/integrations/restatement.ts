import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { lookBackDaysOf } from '../../../domain/integrations/plan-windows.ts';
import type { Grain } from '../../../domain/integrations/platform.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors } from '../../../platforms/registry.ts';
import type { PlatformUnderTest, RunningPlatform } from '../../platforms/platforms-under-test.ts';
import { heldByGrain, knownFacts } from './facts-beside-truth.ts';
import { startPipeline } from './pipeline.ts';

const simulatedDays = 60;
/** Clocks go back in Europe and in America within the sixty days. */
const startAt = '2026-09-10T05:00:00.000Z';
const compared: readonly Grain[] = ['account', 'campaign', 'ad'];

/** Sixty days in which one load a day is all that reads the platform, while it restates what is past. */
export function describeRestatement(underTest: PlatformUnderTest): void {
  describe(`sixty days of daily loads from ${underTest.id}`, () => restatementSuite(underTest));
}

function restatementSuite({ id, accounts, start }: PlatformUnderTest): void {
  let clock = Date.parse(startAt);
  let platform: RunningPlatform;
  let pipeline: Awaited<ReturnType<typeof startPipeline>>;
  // Where there is a manager it is named: Google's client that asks for managers takes seconds to load.
  const managerPlatformId = accounts[0]?.managerPlatformId;
  const access = () => ({ ...platform.access, ...(managerPlatformId !== undefined && { managerPlatformId }) });
  beforeAll(async () => {
    platform = await start(startAt);
    pipeline = await startPipeline({
      platform: id,
      openReader: () => openReader(id, access()),
      now: () => clock,
      only: compared,
    });
  }, 60_000);
  afterAll(async () => {
    await pipeline?.close();
    await platform?.stop();
  });

  it('hold after every day what the platform says at present of all days it may restate', {
    timeout: 400_000,
  }, async () => {
    const reader = await openReader(id, access());
    // Where the platform has accounts in several zones, the second is west of UTC.
    const timeZone = accounts[1]?.timeZone ?? 'UTC';
    const platformId = await platform.becomes({ campaigns: 2, ads: 4, timeZone });
    const account = (await reader.listAccounts()).find((one) => one.platformId === platformId);
    if (!account) throw new Error(`${id} does not list account ${platformId}.`);
    const lookBack = lookBackDaysOf(descriptors[id].limits, account.conversionTypes);
    let restated = 0;
    let yesterday: ReadonlySet<string> = new Set();
    for (let day = 1; day <= simulatedDays; day += 1) {
      const today = dayInZone(clock, timeZone);
      const window = { from: addDays(today, -lookBack), to: today };
      const runId = await pipeline.run({ trigger: 'daily' });
      expect(await pipeline.stores.runs.get(runId), today).toMatchObject({ status: 'succeeded', rowsQuarantined: 0 });
      const held = await heldByGrain(pipeline, platformId, compared, window);
      for (const grain of compared) {
        const rows = held.get(grain) ?? [];
        expect(rows, `${grain} on ${today}`).toEqual(await knownFacts(platform, platformId, grain, window));
        expect(rows.length).toBeGreaterThan(0);
      }
      const present = new Set(held.get('account'));
      // A row of the grain account begins with its day. That the two newest days grow is no restatement.
      const past = [...yesterday].filter((row) => row >= window.from && row < addDays(today, -1));
      if (past.some((row) => !present.has(row))) restated += 1;
      yesterday = present;
      platform.advanceHours(24);
      clock += 24 * 3_600_000;
    }
    // The test would prove little if nothing had been restated.
    expect(restated).toBeGreaterThan(10);
  });
}
