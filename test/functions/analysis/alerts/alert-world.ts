import { createRollupCache } from '../../../../adapters/metrics/rollup-cache.ts';
import { createLaneStore } from '../../../../adapters/stores/lane-store.ts';
import { countEvents } from '../../../../adapters/streams/count-events.ts';
import { LaneCache } from '../../../../adapters/streams/lane-cache.ts';
import type { AlertRule } from '../../../../contracts/schemas/alert-rules.ts';
import type { StreamMeasures } from '../../../../contracts/streams/stream-event.ts';
import { newId } from '../../../../domain/integrations/ids.ts';
import type { EvaluatePorts } from '../../../../functions/analysis/evaluate-alerts/ports.ts';
import { newWorkspace, type SeededAccount, seedAccount } from '../../../adapters/http/api-world.ts';
import type { StateTable } from '../../../adapters/state-table.ts';
import { sampleEvent } from '../../../adapters/streams/sample-events.ts';

/** 14:30:20 in Berlin. */
export const noon = Date.parse('2026-11-23T13:30:20Z');
export const minute = 60_000;
export const units = (amount: number): number => amount * 1_000_000;

/** A workspace with one account, events counted as the processor counts them, and a clock that the test moves. */
export async function alertWorld(state: StateTable) {
  const own = newWorkspace(state.stores);
  const { workspaceId } = own;
  const account: SeededAccount = await seedAccount(own, '1234567890');
  const clock = { now: noon };
  const told: { readonly name: string; readonly detail: unknown }[] = [];
  const bus = { broken: false };
  const warnings: string[] = [];
  let serial = 0;

  /** Counts one event of the account's campaign `42`, so long ago. */
  async function count(measures: Partial<StreamMeasures>, minutesAgo = 5): Promise<void> {
    serial += 1;
    const occurredAt = clock.now - minutesAgo * minute;
    const event = sampleEvent({
      workspaceId,
      id: `event-${serial}`,
      occurredAt,
      platform: 'google-ads',
      accountId: account.accountId,
      campaignId: account.idOf('campaign', '42'),
      currency: 'EUR',
      measures,
    });
    const lanes = new LaneCache((id, lane) => createLaneStore(state.table, { workspaceId: id, lane }, () => clock.now));
    const done = await countEvents([{ event, timeZone: 'Europe/Berlin' }], lanes, { now: () => clock.now });
    if (done.counted.length !== 1) throw new Error('The event was not counted.');
  }

  async function rule(given: Partial<AlertRule> & Pick<AlertRule, 'condition'>, webhookUrl?: string) {
    const at = new Date(clock.now).toISOString();
    const id = newId('alr', clock.now);
    const webhooks = webhookUrl === undefined ? [] : [{ id: newId('alw', clock.now), url: webhookUrl, createdAt: at }];
    await own.alertRules.create({
      id,
      name: 'CPA above 30',
      severity: 'critical',
      enabled: true,
      scope: { each: 'account', currency: 'EUR' },
      cooldownMinutes: 60,
      recoveryMinutes: 10,
      emails: [],
      webhooks,
      mutedUntil: null,
      createdAt: at,
      createdBy: 'somebody',
      changedAt: at,
      revision: 1,
      requestHash: null,
      ...given,
    });
    const [kept] = (await own.alertRules.all()).filter((one) => one.id === id);
    if (kept === undefined) throw new Error('The rule was not kept.');
    return kept;
  }

  const ports: EvaluatePorts = {
    own,
    rollups: createRollupCache(async () => undefined, 1),
    tell: async (name, detail) => {
      if (bus.broken) throw new Error('the bus is away');
      told.push({ name, detail });
    },
    now: () => clock.now,
    remainingMs: () => 60_000,
    warn: (message) => void warnings.push(message),
  };
  return { own, workspaceId, account, clock, told, bus, warnings, count, rule, ports };
}
