import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../../simulator/simulator.ts';
import { answered, berlin, noon } from './open.ts';

let folder: string;
let editsFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conext-edits-'));
  editsFile = join(folder, 'edits.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () => createSimulator({ startAt: noon, speed: 0, days: 5, editsFile });
type Market = ReturnType<Awaited<ReturnType<typeof start>>['market']>;

function addCampaign(market: Market, name: string): string {
  const id = market.newId('google-ads', 'campaign');
  const campaign = { id, name, channel: 'search', bidding: 'manual-cpc' } as const;
  market.edit([{ do: 'add-campaign', accountId: berlin, campaign }], noon);
  return id;
}

describe('a simulator that keeps its edits', () => {
  it('has after a start what was written before', async () => {
    const first = await start();
    const id = addCampaign(first.market(), 'Kept');
    first.market().edit([{ do: 'set', objectId: id, set: { dailyBudgetMicros: 7_000_000 } }], noon);
    const { world } = first.market();
    await first.close();
    const second = await start();
    try {
      expect(second.market().world).toEqual(world);
      expect(second.market().presentOf(id, noon)?.settings.dailyBudgetMicros).toBe(7_000_000);
      expect(addCampaign(second.market(), 'Next')).not.toBe(id);
    } finally {
      await second.close();
    }
  });

  it('takes away a line that was cut off, and goes on after it', async () => {
    const first = await start();
    addCampaign(first.market(), 'Whole');
    await first.close();
    const whole = readFileSync(editsFile, 'utf8');
    appendFileSync(editsFile, '[{"at":1,"edit":{"do":"add-cam');
    const second = await start();
    addCampaign(second.market(), 'After');
    await second.close();
    const text = readFileSync(editsFile, 'utf8');
    expect(text.startsWith(whole)).toBe(true);
    expect(text.trimEnd().split('\n')).toHaveLength(2);
  });

  it('does not start on a line that it cannot read', async () => {
    writeFileSync(editsFile, 'nonsense\n');
    await expect(start()).rejects.toThrow(/Line 1 of .*edits\.jsonl is not a list of edits/);
  });

  it('forgets them with the world', async () => {
    const simulator = await start();
    try {
      addCampaign(simulator.market(), 'Gone');
      const body = JSON.stringify({ days: 5 });
      expect((await answered(fetch(`${simulator.control}/control/world`, { method: 'POST', body }))).status).toBe(200);
      expect(readFileSync(editsFile, 'utf8')).toBe('');
      expect(simulator.market().edits).toEqual([]);
    } finally {
      await simulator.close();
    }
  });
});
