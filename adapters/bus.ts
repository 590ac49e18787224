import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { type EventDetail, type EventName, eventSource, events } from '../contracts/events.ts';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

/** Entries of one PutEvents call. */
const batch = 10;
const attempts = 4;

const putEventsAnswer = z.object({
  FailedEntryCount: z.int(),
  Entries: z.array(z.object({ ErrorCode: z.optional(z.nullable(z.string())) })),
});

export interface Bus {
  /** Puts all events or throws: what the bus refuses is tried again, alone. Delivery is at least once. */
  put<N extends EventName>(name: N, details: readonly EventDetail<N>[]): Promise<void>;
}

export function createBus(
  config: Config<'bus' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'events', target: 'AWSEvents' }),
): Bus {
  return {
    async put(name, details) {
      const schema: z.ZodMiniType = events[name];
      const entries = details.map((detail) => ({
        EventBusName: config.bus.name,
        Source: eventSource,
        DetailType: name,
        Detail: JSON.stringify(schema.parse(detail)),
      }));
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
          const answer = putEventsAnswer.parse(await call('PutEvents', { Entries: pending }));
          const results = answer.Entries;
          codes = [...new Set(results.flatMap((result) => result.ErrorCode ?? []))];
          pending = answer.FailedEntryCount ? pending.filter((_, index) => results[index]?.ErrorCode) : [];
        }
      }
    },
  };
}
