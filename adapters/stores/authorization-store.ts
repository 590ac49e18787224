import * as z from 'zod/mini';
import { instant, platformId } from '../../contracts/schemas/primitives.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** A sign-in at a platform under way. It holds no token, no code and no state: those are made again or come from the caller. */
const authorizationRecord = z.object({
  id: z.string(),
  platform: platformId,
  /** The user or client who began it, who alone may finish it. */
  subject: z.string(),
  redirectUri: z.string(),
  /** The connection to authorize again; null for a new one. */
  connectionId: z.nullable(z.string()),
  name: z.nullable(z.string()),
  managerPlatformId: z.nullable(z.string()),
  status: z.enum(['open', 'exchanging', 'done']),
  /** SHA-256 of the code it was finished with: the same code again is a repeat, another one is not. */
  codeHash: z.nullable(z.string()),
  /** Of the request that began it: the same idempotency key with another body is refused. */
  requestHash: z.string(),
  validUntil: instant,
});
export type AuthorizationRecord = z.infer<typeof authorizationRecord>;

/** Kept for a day after it began, for repeats; DynamoDB then deletes it. */
const keptSeconds = 86_400;

export interface AuthorizationStore {
  /** `false` when there is one of this id. */
  create(record: AuthorizationRecord): Promise<boolean>;
  get(id: string): Promise<AuthorizationRecord | undefined>;
  /** Takes an open one for exchanging its code; `false` when it is not open any more or too late. */
  claim(id: string, claim: { readonly codeHash: string; readonly now: string }): Promise<boolean>;
  /** The platform did not answer: the code may be tried again. */
  release(id: string): Promise<void>;
  finish(id: string, connectionId: string): Promise<void>;
  /** Remembers what an idempotency key was used for: `false` when it was used for something else. */
  reserve(key: string, requestHash: string, now: number): Promise<boolean>;
}

export function createAuthorizationStore(table: Table, workspaceId: string): AuthorizationStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `AUTHORIZATION#${id}` });
  const names = { '#status': 'status' };
  return {
    create: (record) =>
      table.put(
        {
          ...keyOf(record.id),
          ...authorizationRecord.parse(record),
          expiresAt: Math.floor(Date.parse(record.validUntil) / 1000) + keptSeconds,
        },
        { ifAbsent: true },
      ),
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && authorizationRecord.parse(item);
    },
    claim: (id, { codeHash, now }) =>
      table.update(
        keyOf(id),
        { status: 'exchanging', codeHash },
        { expression: '#status = :open AND validUntil > :now', names, values: { ':open': 'open', ':now': now } },
      ),
    async release(id) {
      await table.update(
        keyOf(id),
        { status: 'open', codeHash: null },
        { expression: '#status = :exchanging', names, values: { ':exchanging': 'exchanging' } },
      );
    },
    async finish(id, connectionId) {
      await table.update(keyOf(id), { status: 'done', connectionId });
    },
    async reserve(key, requestHash, now) {
      const place = { pk, sk: `IDEMPOTENCY#connections#${key}` };
      const expiresAt = Math.floor(now / 1000) + keptSeconds;
      if (await table.put({ ...place, requestHash, expiresAt }, { ifAbsent: true })) return true;
      return (await table.get(place))?.['requestHash'] === requestHash;
    },
  };
}
