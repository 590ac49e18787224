import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import {
  type AuditEntry,
  type AuditFilters,
  type AuditVerification,
  auditEntry,
} from '../../contracts/schemas/audit.ts';
import { type AuditDraft, type ChainHead, chained, chainStart, chainVerifier } from '../../domain/audit/chain.ts';
import { AppError } from '../../domain/errors.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Item, TableAccess, TransactAction } from './table.ts';

/** Digits of a place, so that places sort as texts do. */
const placeDigits = 15;
/** Everybody who writes in a workspace appends to one chain: somebody else may have been first so many times. */
const attempts = 40;
/** Entries that one page looks through at most: a filter that fits nothing answers an empty page and a cursor. */
const lookedThrough = 5_000;
const readAtOnce = 250;

const headRecord = z.object({ sequence: z.int(), hash: z.string() });

export interface AuditStore {
  /**
   * Appends entries in one transaction with whatever they are about. `false` when a condition of that did not hold; nothing is
   * written then. Throws `RangeError` without an entry.
   */
  append(drafts: readonly AuditDraft[], actions?: readonly TransactAction[]): Promise<boolean>;
  /** Newest first. */
  list(
    query: AuditFilters & { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<AuditEntry>>;
  /** Oldest first, all that fit. */
  each(filters: AuditFilters): AsyncGenerator<AuditEntry>;
  /** Reads the whole chain and says where it does not hold. */
  verify(noted?: ChainHead): Promise<AuditVerification>;
}

export function createAuditStore(
  table: TableAccess,
  workspaceId: string,
  pause: (milliseconds: number) => Promise<unknown> = wait,
): AuditStore {
  const pk = workspacePk(workspaceId);
  const headKey = { pk, sk: 'AUDIT-HEAD' };
  const place = (sequence: number) => String(sequence).padStart(placeDigits, '0');
  const keyOf = (sequence: number) => ({ pk, sk: `AUDIT#${place(sequence)}` });
  const indexPk = (changeId: string) => `${pk}#AUDIT#${changeId}`;
  /** The content is kept as the text that was hashed. */
  const itemOf = (entry: AuditEntry) => ({
    ...keyOf(entry.sequence),
    ...(entry.changeId !== null && { gsi1pk: indexPk(entry.changeId), gsi1sk: place(entry.sequence) }),
    entry: JSON.stringify(entry),
  });
  const head = async (): Promise<ChainHead> => {
    const item = await table.get(headKey);
    return item === undefined ? chainStart : headRecord.parse(item);
  };

  return {
    async append(drafts, actions = []) {
      if (drafts.length === 0) throw new RangeError('Nothing is written without an audit entry that tells of it.');
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        if (attempt > 0) await pause(Math.random() * Math.min(400, 10 * 2 ** attempt));
        const before = await head();
        const entries = chained(workspaceId, before, drafts);
        const last = entries.at(-1) ?? before;
        const outcome = await table.attempt([
          ...actions,
          ...entries.map((entry) => ({ put: itemOf(entry), condition: 'attribute_not_exists(pk)' })),
          {
            put: { ...headKey, sequence: last.sequence, hash: last.hash },
            ...(before.sequence === 0
              ? { condition: 'attribute_not_exists(pk)' }
              : { condition: '#hash = :hash', names: { '#hash': 'hash' }, values: { ':hash': before.hash } }),
          },
        ]);
        if (outcome.done) return true;
        if (outcome.failed.some((index) => index < actions.length)) return false;
      }
      throw new AppError('unavailable', 'Too many changes are written at the same time; try again.');
    },

    async list({ limit, cursor, ...filters }) {
      const question = [workspaceId, 'audit', ...Object.entries(filters).flat().map(String)];
      const [from] = cursor === undefined ? [] : decodeCursor(question, cursor, 1);
      const index = filters.changeId === undefined ? undefined : ('gsi1' as const);
      const items: AuditEntry[] = [];
      let after = from === undefined ? undefined : afterKey(Number(from), filters.changeId);
      for (let looked = 0; looked < lookedThrough; looked += readAtOnce) {
        const page = await table.query({
          ...(index === undefined ? { pk, prefix: 'AUDIT#' } : { index, pk: indexPk(filters.changeId ?? '') }),
          newestFirst: true,
          limit: readAtOnce,
          ...(after && { after }),
        });
        for (const item of page.items) {
          const entry = parsed(item);
          if (entry === undefined || !fits(entry, filters)) continue;
          items.push(entry);
          if (items.length > limit) {
            const shown = items.slice(0, limit);
            return { items: shown, nextCursor: encodeCursor(question, [String(shown.at(-1)?.sequence)]) };
          }
        }
        if (page.after === undefined) return { items, nextCursor: null };
        after = page.after;
      }
      return { items, nextCursor: encodeCursor(question, [String(sequenceOf(after ?? {}))]) };
    },

    async *each(filters) {
      const query =
        filters.changeId === undefined
          ? { pk, prefix: 'AUDIT#' }
          : { pk: indexPk(filters.changeId), index: 'gsi1' as const };
      for await (const item of table.each(query)) {
        const entry = parsed(item);
        if (entry !== undefined && fits(entry, filters)) yield entry;
      }
    },

    async verify(noted) {
      // The head first: what is appended while the chain is read does not belong to this verification.
      const last = await head();
      const verifier = chainVerifier(workspaceId);
      for await (const item of table.each({ pk, prefix: 'AUDIT#', consistent: true })) {
        const at = sequenceOf(item);
        // A head that was set back must not hide what lies behind it: the next entry tells whether that is new.
        if (at > last.sequence) {
          const now = await head();
          if (now.sequence >= at) break;
        }
        verifier.next({ place: at, entry: parsed(item) }, noted?.sequence);
      }
      return verifier.end(last, noted);
    },
  };

  function afterKey(sequence: number, changeId: string | undefined): Item {
    const key = keyOf(sequence);
    return changeId === undefined ? key : { gsi1pk: indexPk(changeId), gsi1sk: place(sequence), ...key };
  }
}

const sequenceOf = (item: Item): number => Number(String(item.sk).replace('AUDIT#', ''));

/** As it lies there, with anything that was added to it; undefined where it is no entry any more. */
function parsed(item: Item): AuditEntry | undefined {
  try {
    const found: unknown = JSON.parse(String(item.entry));
    return auditEntry.safeParse(found).success ? (found as AuditEntry) : undefined;
  } catch {
    return undefined;
  }
}

const fits = (entry: AuditEntry, { changeId, action, actor, from, to }: AuditFilters): boolean =>
  (changeId === undefined || entry.changeId === changeId) &&
  (action === undefined || entry.action === action) &&
  (actor === undefined || entry.actor === actor) &&
  (from === undefined || entry.at >= from) &&
  (to === undefined || entry.at <= to);
