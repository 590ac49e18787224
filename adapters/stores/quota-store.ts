import * as z from 'zod/mini';
import { AppError } from '../../domain/errors.ts';
import {
  costOf,
  depthOf,
  type EventQuota,
  type QuotaLeft,
  type QuotaState,
  quotaLeft,
  utcDay,
  waitFor,
} from '../../domain/integrations/streaming/quota.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

const quotaRecord = z.object({ fullAt: z.number(), day: z.string(), used: z.int() });
/** Others may write between a look and a write only so often; then somebody sends with very many workers. */
const attempts = 8;
/** An idle client is forgotten: its bucket is long full. */
const keptSeconds = 2 * 86_400;

export type QuotaOutcome =
  | { readonly kind: 'spent'; readonly left: QuotaLeft }
  | { readonly kind: 'exhausted'; readonly left: QuotaLeft; readonly retryAfterSeconds: number };

export interface QuotaStore {
  /** Takes so many events from what a client may send. One write, as long as the client sends; what is refused costs nothing of it. */
  spend(client: string, events: number, quota: EventQuota, now: number): Promise<QuotaOutcome>;
}

/** What this process last saw of a client, by table key: it only tells which write to try first. */
const seen = new Map<string, QuotaState>();
const mostSeen = 10_000;

export function createQuotaStore(table: Table, workspaceId: string): QuotaStore {
  return {
    async spend(client, events, quota, now) {
      const key = { pk: workspacePk(workspaceId), sk: `QUOTA#${client}` };
      const name = `${key.pk}/${key.sk}`;
      const read = async (): Promise<QuotaState | undefined> => {
        const item = await table.get(key);
        return item && quotaRecord.parse(item);
      };
      const cost = costOf(events, quota);
      const day = utcDay(now);
      const expiresAt = Math.floor(now / 1_000) + keptSeconds;

      /** Answers what the item became, `undefined` when it was not as thought. */
      const write = async (state: QuotaState | undefined): Promise<QuotaState | undefined> => {
        const fresh = { fullAt: Math.max(state?.fullAt ?? 0, now) + cost, day, used: events };
        if (state === undefined) {
          return (await table.put({ ...key, ...fresh, expiresAt }, { ifAbsent: true })) ? fresh : undefined;
        }
        const names = { '#day': 'day', '#used': 'used' };
        if (state.day !== day) {
          const begun = await table.change(key, {
            update: 'SET fullAt = :full, #day = :day, #used = :events, expiresAt = :expires',
            condition: '#day = :before AND fullAt = :seen',
            names,
            values: {
              ':day': day,
              ':events': events,
              ':expires': expiresAt,
              ':full': fresh.fullAt,
              ':before': state.day,
              ':seen': state.fullAt,
            },
          });
          return begun && quotaRecord.parse(begun);
        }
        // Additions of several workers hold beside one another: each says what it must not overdraw.
        const filling = state.fullAt > now;
        const spent = await table.change(key, {
          update: `SET fullAt = ${filling ? 'fullAt' : ':now'} + :cost, #used = #used + :events, expiresAt = :expires`,
          condition: `#day = :day AND #used <= :most AND ${filling ? 'fullAt >= :now AND fullAt <= :highest' : 'fullAt <= :now'}`,
          names,
          values: {
            ':day': day,
            ':now': now,
            ':cost': cost,
            ':events': events,
            ':expires': expiresAt,
            ':most': quota.perDay - events,
            ...(filling && { ':highest': now + depthOf(quota) - cost }),
          },
        });
        return spent && quotaRecord.parse(spent);
      };

      let state = seen.get(name) ?? (await read());
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const retryAfterSeconds = waitFor(events, state, quota, now);
        if (retryAfterSeconds > 0) {
          // True of what is remembered too: others may have spent since, and nobody gives back.
          remember(name, state);
          return { kind: 'exhausted', left: quotaLeft(state, quota, now), retryAfterSeconds };
        }
        const written = await write(state);
        if (written !== undefined) {
          remember(name, written);
          return { kind: 'spent', left: quotaLeft(written, quota, now) };
        }
        seen.delete(name);
        state = await read();
      }
      throw new AppError('unavailable', `The quota of ${client} is written by too many at once.`);
    },
  };
}

function remember(name: string, state: QuotaState | undefined): void {
  if (state === undefined) return;
  if (seen.size >= mostSeen) seen.clear();
  seen.set(name, state);
}
