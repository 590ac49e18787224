import { createHash } from 'node:crypto';
import type { AuditEntry, AuditFault, AuditVerification } from '../../contracts/schemas/audit.ts';

/** What happened, before it has its place in the chain. */
export type AuditDraft = Omit<AuditEntry, 'sequence' | 'previousHash' | 'hash'>;

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first entry. */
export const chainStart: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/**
 * RFC 8785, as far as JSON goes that JavaScript itself has written: members sorted by UTF-16 code units, no white space, numbers and
 * texts as ECMAScript prints them. Absent and undefined members are the same.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** The hash of an entry in its place. The workspace's id goes into it: an entry of another workspace fits nowhere. */
export const hashOf = (workspaceId: string, entry: Omit<AuditEntry, 'hash'> | AuditEntry): string =>
  createHash('sha256')
    .update(canonicalJson({ ...entry, hash: undefined, workspaceId }))
    .digest('hex');

/** Entries in their places after the head, each leading to the next. */
export function chained(workspaceId: string, head: ChainHead, drafts: readonly AuditDraft[]): AuditEntry[] {
  let { sequence, hash } = head;
  return drafts.map((draft) => {
    sequence += 1;
    // By way of JSON: what is hashed is what can be read back.
    const placed: Omit<AuditEntry, 'hash'> = JSON.parse(canonicalJson({ ...draft, sequence, previousHash: hash }));
    hash = hashOf(workspaceId, placed);
    return { ...placed, hash };
  });
}

/** An entry as it was found: where it lay, and what lay there; undefined where that is no entry at all. */
export interface FoundEntry {
  readonly place: number;
  readonly entry: AuditEntry | undefined;
}

/** Told at most; all are counted. */
const toldFaults = 100;

/**
 * Goes through the entries of a workspace in the order of their places and says where the chain does not hold. `head`: the place and
 * hash of the last entry, as they were written down with it. `noted`: an earlier head, which the chain still has to lead through.
 */
export function chainVerifier(workspaceId: string) {
  const faults: AuditFault[] = [];
  let faultCount = 0;
  let entries = 0;
  let expected = 1;
  let previous: string | undefined = chainStart.hash;
  const notedHashes = new Map<number, string>();
  const wrong = (kind: AuditFault['kind'], sequence: number, message: string): void => {
    faultCount += 1;
    if (faults.length < toldFaults) faults.push({ kind, sequence, message });
  };
  return {
    next({ place, entry }: FoundEntry, notedSequence?: number): void {
      entries += 1;
      if (place > expected) {
        const last = place - 1;
        wrong(
          'missing',
          expected,
          expected === last ? `Entry ${expected} is missing.` : `Entries ${expected} to ${last} are missing.`,
        );
        // What was missing cannot be checked against what follows.
        previous = undefined;
      }
      expected = place + 1;
      if (entry === undefined) {
        wrong('altered', place, `Entry ${place} cannot be read as an entry any more.`);
        previous = undefined;
        return;
      }
      if (entry.sequence !== place) {
        wrong('reordered', place, `In place ${place} lies entry ${entry.sequence}.`);
      } else if (hashOf(workspaceId, entry) !== entry.hash) {
        wrong('altered', place, `Entry ${place} was altered: its content does not give its hash.`);
      } else if (previous !== undefined && entry.previousHash !== previous) {
        wrong('altered', place, `Entry ${place} does not follow from entry ${place - 1}: one of them was rewritten.`);
      }
      // What lies in a place of another's says nothing of the one that follows.
      previous = entry.sequence === place ? entry.hash : undefined;
      if (place === notedSequence) notedHashes.set(place, entry.hash);
    },
    end(head: ChainHead, noted?: ChainHead): AuditVerification {
      const last = expected - 1;
      if (head.sequence > last) {
        const gap = head.sequence === expected ? `Entry ${expected} is` : `Entries ${expected} to ${head.sequence} are`;
        wrong('missing', expected, `${gap} missing from the end.`);
      } else if (head.sequence < last) {
        wrong('head', last, `There is an entry ${last}, and the trail says that it ends with ${head.sequence}.`);
      } else if (previous !== undefined && head.hash !== previous) {
        wrong('head', Math.max(1, last), `The last entry is not the one that was written last.`);
      }
      if (noted !== undefined) {
        const found = notedHashes.get(noted.sequence);
        if (found === undefined) {
          wrong('missing', noted.sequence, `Entry ${noted.sequence}, which was noted earlier, is missing.`);
        } else if (found !== noted.hash) {
          wrong('altered', noted.sequence, `Entry ${noted.sequence} is not the one that was noted earlier.`);
        }
      }
      return {
        valid: faultCount === 0,
        entries,
        head: head.sequence === 0 ? null : { sequence: head.sequence, hash: head.hash },
        faults,
        faultCount,
      };
    },
  };
}
