import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../../contracts/schemas/alert-rules.ts';
import { evaluateAlerts } from '../../../../functions/analysis/evaluate-alerts/evaluate-alerts.ts';
import { evaluateWorkspace } from '../../../../functions/analysis/evaluate-alerts/evaluate-workspace.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { alertWorld, minute, units } from './alert-world.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const cpaAbove30: AlertCondition = {
  kind: 'threshold',
  metric: 'cpaMicros',
  window: { unit: 'minutes', length: 30 },
  is: 'above',
  value: units(30),
};
/** 80 EUR and two conversions: 40 EUR each, in half an hour. */
const expensive = { spendMicros: units(80), conversionsMicros: units(2), clicks: 10 };

describe('a rule that begins to hold', () => {
  it('opens one alert with its money at risk, however many evaluators look at once', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    await world.rule({ condition: cpaAbove30, emails: ['team@example.com'] }, 'https://hooks.example/a');
    const answers = await Promise.all(Array.from({ length: 4 }, () => evaluateWorkspace(world.ports, 'minute')));
    await evaluateWorkspace(world.ports, 'minute');
    expect(answers.map(({ opened }) => opened).reduce((a, b) => a + b)).toBe(1);
    expect(world.told.map(({ name }) => name)).toEqual(['alert.opened']);
    const { items } = await world.own.alerts.list({ status: 'open', limit: 10 });
    // 160 EUR an hour, a quarter of which lies above 30 EUR.
    expect(items).toMatchObject([
      {
        object: { kind: 'account', id: world.account.accountId, name: 'Account 1234567890' },
        value: units(40),
        limit: units(30),
        currency: 'EUR',
        moneyAtRisk: { microsPerHour: units(40), currency: 'EUR' },
        message: 'CPA 40.00 EUR in the last 30 minutes: above 30.00 EUR.',
      },
    ]);
    const sent = await world.own.alerts.deliveries(items[0]?.id ?? '');
    expect(sent.map(({ channel, state: at }) => [channel, at]).sort()).toEqual([
      ['bus', 'delivered'],
      ['email', 'pending'],
      ['webhook', 'pending'],
    ]);
  });

  it('is in the outbox when the bus does not take it', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    await world.rule({ condition: cpaAbove30 });
    world.bus.broken = true;
    await evaluateWorkspace(world.ports, 'minute');
    const { items } = await world.own.alerts.list({ limit: 10 });
    expect(await world.own.alerts.deliveries(items[0]?.id ?? '')).toMatchObject([{ channel: 'bus', state: 'pending' }]);
    expect(world.warnings).toHaveLength(1);
  });

  it('is sent nowhere while the object is muted, and shown all the same', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    await world.rule({
      condition: cpaAbove30,
      emails: ['team@example.com'],
    });
    const [rule] = await world.own.alertRules.all();
    if (rule === undefined) throw new Error('There is no rule.');
    await world.own.alertRules.change(rule, { mutedUntil: new Date(world.clock.now + minute).toISOString() });
    await evaluateWorkspace(world.ports, 'minute');
    const { items } = await world.own.alerts.list({ status: 'open', limit: 10 });
    expect(items).toHaveLength(1);
    const sent = await world.own.alerts.deliveries(items[0]?.id ?? '');
    expect(sent.map(({ channel }) => channel)).toEqual(['bus']);
  });
});

describe('an open alert', () => {
  it('is resolved after its recovery, stays quiet for its cooldown, and opens again after it', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    await world.rule({ condition: { ...cpaAbove30, minimum: { metric: 'spendMicros', value: units(10) } } });
    await evaluateWorkspace(world.ports, 'minute');
    // The half hour moves on, cheap conversions come.
    const look = async (minutes: number) => {
      world.clock.now += minutes * minute;
      return evaluateWorkspace(world.ports, 'minute');
    };
    world.clock.now += 31 * minute;
    await world.count({ spendMicros: units(20), conversionsMicros: units(2) }, 1);
    expect(await look(0)).toMatchObject({ opened: 0, resolved: 0 });
    expect(await look(9)).toMatchObject({ resolved: 0 });
    expect(await look(1)).toMatchObject({ resolved: 1 });
    const { items } = await world.own.alerts.list({ status: 'resolved', limit: 10 });
    expect(items).toMatchObject([{ resolvedBecause: 'recovered', message: expect.stringContaining('40.00 EUR') }]);
    await world.count({ ...expensive, spendMicros: units(400) });
    expect(await look(10)).toMatchObject({ opened: 0 });
    world.clock.now += 49 * minute;
    await world.count(expensive);
    expect(await look(2)).toMatchObject({ opened: 1 });
    expect(world.told.map(({ name }) => name)).toEqual(['alert.opened', 'alert.resolved', 'alert.opened']);
  });

  it('is resolved with its rule, and nothing of it is sent', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    const rule = await world.rule({ condition: cpaAbove30, emails: ['team@example.com'] });
    await evaluateWorkspace(world.ports, 'minute');
    await world.own.alertRules.remove(rule);
    expect(await evaluateWorkspace(world.ports, 'minute')).toMatchObject({ resolved: 1 });
    const { items } = await world.own.alerts.list({ limit: 10 });
    expect(items).toMatchObject([{ status: 'resolved', resolvedBecause: 'rule-changed' }]);
    const sent = await world.own.alerts.deliveries(items[0]?.id ?? '');
    expect(sent.filter(({ of, channel }) => of === 'resolved' && channel !== 'bus')).toEqual([]);
  });
});

describe('looking at all workspaces', () => {
  it('goes on when one fails, and says so in the end', async () => {
    const world = await alertWorld(state);
    await world.count(expensive);
    await world.rule({ condition: cpaAbove30 });
    const failed: string[] = [];
    const looked = evaluateAlerts(
      {
        workspaceIds: async () => [world.workspaceId, 'wsp_broken'],
        portsOf: (id) => {
          if (id === 'wsp_broken') throw new Error('no such workspace');
          return world.ports;
        },
        now: () => world.clock.now,
        remainingMs: () => 1_000,
        failed: (id) => void failed.push(id),
      },
      {},
    );
    await expect(looked).rejects.toMatchObject({ code: 'unavailable' });
    expect(failed).toEqual(['wsp_broken']);
    expect(world.told).toHaveLength(1);
  });
});
