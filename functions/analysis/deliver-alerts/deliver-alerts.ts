import * as z from 'zod/mini';
import type { DeliveryRecord } from '../../../adapters/stores/alert-items.ts';
import type { AlertStore, DueAlertStore } from '../../../adapters/stores/alert-store.ts';
import { retryAt } from '../../../domain/analysis/alerts/delivery-retry.ts';
import { type Attempt, type ChannelPorts, channels } from './channels.ts';

/** From the bus or the schedule: what is due says the outbox. */
export const deliverEvent = z.object({});

export interface DeliverPorts extends ChannelPorts {
  readonly due: DueAlertStore;
  readonly alertsOf: (workspaceId: string) => Pick<AlertStore, 'changeDelivery'>;
  readonly remainingMs: () => number;
  readonly failed: (delivery: DeliveryRecord, error: unknown) => void;
  /** It is not tried again. */
  readonly gaveUp: (delivery: DeliveryRecord, reason: string) => void;
}

/** For so long a worker has what it took: longer than any attempt takes. */
const leaseMs = 60_000;
/** The longest attempt, and what is written of it. */
const attemptMs = 15_000;
const lookedUp = 100;
const atOnce = 8;
const rounds = 50;

/** Sends what is due until nothing is or the time is up. At least once: who gets one twice knows it by its id. */
export async function deliverAlerts(ports: DeliverPorts): Promise<{ delivered: number; failed: number }> {
  const sum = { delivered: 0, failed: 0 };
  for (let round = 0; round < rounds && ports.remainingMs() > attemptMs; round += 1) {
    const due = await ports.due.due(new Date(ports.now()).toISOString(), lookedUp);
    let next = 0;
    let taken = 0;
    const work = async (): Promise<void> => {
      while (next < due.length && ports.remainingMs() > attemptMs) {
        const delivery = due[next];
        next += 1;
        if (delivery !== undefined && (await deliver(delivery))) taken += 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, due.length) }, work));
    // The index may still show what others, or we, have done.
    if (taken === 0) break;
  }
  return sum;

  /** `false` when another worker has it. */
  async function deliver(delivery: DeliveryRecord): Promise<boolean> {
    const alerts = ports.alertsOf(delivery.workspaceId);
    const attempts = delivery.attempts + 1;
    const dueAt = new Date(ports.now() + leaseMs).toISOString();
    const leased = await alerts.changeDelivery(delivery, { attempts, dueAt });
    if (leased === undefined) return false;
    const attempt = await attempted(leased);
    const now = ports.now();
    if (attempt.kind === 'done') {
      sum.delivered += 1;
      const deliveredAt = new Date(now).toISOString();
      await alerts.changeDelivery(leased, { state: 'delivered', dueAt: null, deliveredAt, lastError: null });
      return true;
    }
    const again = attempt.final ? undefined : retryAt(attempts, now);
    const written = await alerts.changeDelivery(leased, {
      state: again === undefined ? 'failed' : 'pending',
      dueAt: again === undefined ? null : new Date(again).toISOString(),
      lastError: attempt.reason,
    });
    // Where another worker has it by now, that one goes on or gives up.
    if (again === undefined && written !== undefined) {
      sum.failed += 1;
      ports.gaveUp(leased, attempt.reason);
    }
    return true;
  }

  async function attempted(delivery: DeliveryRecord): Promise<Attempt> {
    try {
      return await channels[delivery.channel](delivery, ports);
    } catch (error) {
      ports.failed(delivery, error);
      return { kind: 'not', reason: 'a service of ours did not answer', final: false };
    }
  }
}
