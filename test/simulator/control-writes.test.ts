import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FaultPlan, losesAnswer, readFault } from '../../simulator/control/faults.ts';
import { WriteLog } from '../../simulator/control/write-log.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { answered, berlin, type Caller, noon, open } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open({ days: 10 }));
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.clock.setTo(noon);
  simulator.writes.clear();
});

const control = (method: string, path: string, body?: unknown) =>
  answered(
    fetch(`${simulator.control}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );

const arrival = {
  platform: 'google-ads',
  account: berlin,
  operation: 'mutate',
  kind: 'campaign.create',
  at: noon,
} as const;

describe('writes on the control port', () => {
  it('are listed in the order they arrived, with what became of them', async () => {
    const [first, second, third, fourth] = ['a', 'b', 'c', 'd'].map((requestId) =>
      simulator.writes.arrive({ ...arrival, requestId }),
    );
    second?.refused('DUPLICATE_CAMPAIGN_NAME');
    first?.done(['24000000001']);
    first?.unanswered();
    third?.validated();
    fourth?.failed('INTERNAL_ERROR');
    const { body } = await control('GET', '/control/writes');
    expect(body).toMatchObject([
      { ...arrival, number: 1, requestId: 'a', outcome: 'done', objectIds: ['24000000001'], answered: false },
      { number: 2, requestId: 'b', outcome: 'refused', code: 'DUPLICATE_CAMPAIGN_NAME', objectIds: [], answered: true },
      { number: 3, requestId: 'c', outcome: 'validated' },
      { number: 4, requestId: 'd', outcome: 'failed', code: 'INTERNAL_ERROR' },
    ]);
  });

  it('can be asked for by platform, account, operation, kind and outcome', async () => {
    simulator.writes.arrive({ ...arrival, requestId: 'a' }).done(['1']);
    simulator.writes.arrive({ ...arrival, platform: 'tiktok-ads', account: '7', requestId: 'b' }).repeated(['2']);
    const asked = async (query: string) =>
      (await control('GET', `/control/writes?${query}`)).body.map(({ requestId }: { requestId: string }) => requestId);
    expect(await asked('platform=tiktok-ads')).toEqual(['b']);
    expect(await asked(`account=${berlin}&kind=campaign.create`)).toEqual(['a']);
    expect(await asked('operation=mutate&outcome=repeated')).toEqual(['b']);
    expect(await asked('kind=campaign.remove')).toEqual([]);
    expect((await control('GET', '/control/writes?colour=red')).status).toBe(400);
  });

  it('are forgotten when asked, and with the world', async () => {
    simulator.writes.arrive({ ...arrival, requestId: 'a' });
    expect((await control('DELETE', '/control/writes')).body).toEqual([]);
    simulator.writes.arrive({ ...arrival, requestId: 'b' });
    await control('POST', '/control/world', { days: 10 });
    expect((await control('GET', '/control/writes')).body).toEqual([]);
    expect((await control('GET', '/control/edits')).body).toEqual([]);
  });

  it('keep their numbers apart when one ends after the list was cleared', () => {
    const log = new WriteLog();
    const late = log.arrive({ ...arrival, requestId: 'a' });
    log.clear();
    log.arrive({ ...arrival, requestId: 'b' });
    late.done(['1']);
    expect(log.list()).toMatchObject([{ requestId: 'b', outcome: 'arrived', objectIds: [] }]);
  });
});

describe('an edit', () => {
  it('is seen on the wire at once, in the truth from then on, and on the control port', async () => {
    const market = simulator.market();
    const id = market.newId('google-ads', 'campaign');
    const campaign = { id, name: 'Added', channel: 'search', bidding: 'manual-cpc' } as const;
    const paused = market.world.accounts.find((account) => account.id === berlin)?.campaigns[0]?.id ?? '';
    market.edit(
      [
        { do: 'add-campaign', accountId: berlin, campaign },
        { do: 'set', objectId: paused, set: { status: 'paused' } },
      ],
      simulator.clock.now(),
    );
    const { body } = await call.search(berlin, 'SELECT campaign.id, campaign.name, campaign.status FROM campaign');
    const shown = new Map(body.results.map((row: { campaign: { id: string } }) => [row.campaign.id, row.campaign]));
    expect(shown.get(id)).toMatchObject({ name: 'Added', status: 'PAUSED' });
    expect(shown.get(paused)).toMatchObject({ status: 'PAUSED' });
    expect((await control('GET', '/control/edits')).body).toMatchObject([
      { at: noon, edit: { do: 'add-campaign' } },
      { at: noon, edit: { do: 'set', objectId: paused } },
    ]);
    await control('POST', '/control/clock', { advanceDays: 2 });
    const truth = await control('GET', `/control/truth?account=${berlin}&from=2026-11-21`);
    expect(truth.body.rows.some(({ campaignId }: { campaignId: string }) => campaignId === paused)).toBe(false);
    expect(truth.body.rows.length).toBeGreaterThan(5);
  });
});

describe('faults of writes', () => {
  const read = { platform: 'google-ads', operation: 'mutate', account: berlin };

  it.each(['act-then-timeout', 'act-then-reset'])('%s waits for a write, and is spent on it', (kind) => {
    const plan = new FaultPlan();
    plan.add(readFault({ kind, times: 1 }));
    expect(plan.take(read)).toBeUndefined();
    const fault = plan.take({ ...read, write: true });
    expect(fault?.kind).toBe(kind);
    expect(losesAnswer(fault)).toBe(true);
    expect(plan.take({ ...read, write: true })).toBeUndefined();
  });

  it('maintenance meets every call until it is taken away', () => {
    const plan = new FaultPlan();
    plan.add(readFault({ kind: 'maintenance' }));
    for (const write of [true, false, true]) expect(plan.take({ ...read, write })?.kind).toBe('maintenance');
    plan.clear();
    expect(plan.take(read)).toBeUndefined();
  });
});
