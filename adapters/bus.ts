import { setTimeout as wait } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type * as z from 'zod/mini';
import { type EventDetail, type EventName, eventSource, events } from '../contracts/events.ts';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

/** Entries of one PutEvents call. */
const batch = 10;
const attempts = 4;

export interface Bus {
  /** Puts all events or throws: what the bus refuses is tried again, alone. Delivery is at least once. */
  put<N extends EventName>(name: N, details: readonly EventDetail<N>[]): Promise<void>;
}

export function createBus(
  config: Config<'bus'>,
  client = new EventBridgeClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  }),
): Bus {
  return {
    async put(name, details) {
      const schema: z.ZodMiniType = events[name];
      const entries = details.map(
        (detail): PutEventsRequestEntry => ({
          EventBusName: config.bus.name,
          Source: eventSource,
          DetailType: name,
          Detail: JSON.stringify(schema.parse(detail)),
        }),
      );
      for (let start = 0; start < entries.length; start += batch) {
        let pending = entries.slice(start, start + batch);
        let codes: string[] = [];
        for (let attempt = 0; pending.length > 0; attempt += 1) {
          if (attempt === attempts) {
            throw new AppError(
              'unavailable',
              `The event bus did not take ${pending.length} events: ${codes.join(', ')}.`,
            );
          }
          if (attempt > 0) await wait(100 * 2 ** attempt * (0.5 + Math.random() / 2));
          const answer = await client.send(new PutEventsCommand({ Entries: pending }));
          const results = answer.Entries ?? [];
          codes = [...new Set(results.flatMap((result) => result.ErrorCode ?? []))];
          pending = answer.FailedEntryCount ? pending.filter((_, index) => results[index]?.ErrorCode) : [];
        }
      }
    },
  };
}
