import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions } from '../../../simulator/options.ts';
import { type RateLevel, RateLimits } from '../../../simulator/tiktok-ads/rate-limits.ts';
import { answered } from '../open.ts';
import { europe, japan, open } from './open.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((simulator) => simulator.close()));
});

/** Limits on the simulated clock, which stands still unless it is driven. */
async function limited(tiktok: SimulatorOptions['tiktok'] = {}) {
  const { simulator, call } = await open({ rateLevel: 'basic', rateClock: 'simulated', ...tiktok });
  opened.push(simulator);
  const ask = (advertiser_id = europe) =>
    call.get('campaign/get', { advertiser_id, page_size: 1, fields: ['campaign_id'] });
  const codes = async (calls: number, advertiser?: string) => {
    const found: number[] = [];
    for (let index = 0; index < calls; index += 1) found.push((await ask(advertiser)).body.code);
    return found;
  };
  const limits = async () => (await answered(fetch(`${simulator.control}/control/limits`))).body['tiktok-ads'];
  return { simulator, call, ask, codes, limits };
}

const times = (count: number, code: number) => Array.from({ length: count }, () => code);

describe('the Basic level over HTTP', () => {
  it('refuses the eleventh call of a second with 40100 and no header about it', async () => {
    const { simulator, ask, codes } = await limited();
    expect(await codes(11)).toEqual([...times(10, 0), 40100]);
    const refused = await ask();
    expect(refused.status).toBe(200);
    expect([...refused.headers.keys()].filter((name) => /rate|retry|limit/.test(name))).toEqual([]);
    simulator.clock.advance(1000);
    expect(await codes(1)).toEqual([0]);
  });

  it('keeps an app out for five minutes that makes more than 600 calls a minute, and counts it', async () => {
    const { simulator, codes, limits } = await limited();
    const met = await codes(601);
    expect(met.filter((code) => code === 0)).toHaveLength(10);
    expect(await limits()).toMatchObject({ calls: 601, restrictions: 1, restrictedUntil: expect.any(Number) });
    simulator.clock.advance(4 * 60_000);
    expect(await codes(1)).toEqual([40100]);
    simulator.clock.advance(60_000);
    expect(await codes(1)).toEqual([0]);
    expect(await limits()).toMatchObject({ restrictions: 1 });
  });

  it('has a second of its own for report tasks', async () => {
    const { call } = await limited();
    const check = async () => (await call.get('report/task/check', { advertiser_id: europe, task_id: '1' })).body.code;
    expect([await check(), await check(), await check()]).toEqual([40200, 40200, 40100]);
  });

  it('refuses too many calls to one advertiser with 40133, and lets others through', async () => {
    const { codes, limits } = await limited({ advertiserPerSecond: 2 });
    expect(await codes(3)).toEqual([0, 0, 40133]);
    expect(await codes(1, japan)).toEqual([0]);
    expect((await limits()).refused).toEqual({ second: 0, minute: 0, tasks: 0, advertiser: 1 });
  });

  it('begins again with another world', async () => {
    const { simulator, codes, limits } = await limited();
    await codes(11);
    await fetch(`${simulator.control}/control/world`, { method: 'POST' });
    expect(await limits()).toMatchObject({ calls: 0, restrictions: 0 });
    expect(await codes(1)).toEqual([0]);
  });
});

describe('the limits', () => {
  const spend = (limits: RateLimits, operation = 'campaign/get') => {
    try {
      limits.spend(operation, europe);
      return true;
    } catch {
      return false;
    }
  };

  const pace = (level: RateLevel, everyMs: number) => {
    let now = 0;
    const limits = new RateLimits({ level, advertiserPerSecond: Number.POSITIVE_INFINITY, now: () => now });
    let refused = 0;
    for (; now < 600_000; now += everyMs) if (!spend(limits)) refused += 1;
    return { refused, restrictions: limits.state().restrictions };
  };

  it.each([
    ['basic', 100],
    ['advanced', 50],
    ['premium', 34],
  ] as const)('of level %s let every call through that comes each %i ms', (level, everyMs) => {
    expect(pace(level, everyMs)).toEqual({ refused: 0, restrictions: 0 });
  });

  it('keep out who is one in a hundred too fast and never slows down', () => {
    expect(pace('basic', 99).restrictions).toBe(2);
  });

  it('allow 4,500 calls about report tasks a day', () => {
    let now = 0;
    const limits = new RateLimits({ level: 'basic', advertiserPerSecond: Number.POSITIVE_INFINITY, now: () => now });
    let through = 0;
    for (; now < 5_000_000; now += 1000) if (spend(limits, 'report/task/check')) through += 1;
    expect(through).toBe(4500);
    now = 86_400_000 + 1;
    expect(spend(limits, 'report/task/check')).toBe(true);
  });
});
