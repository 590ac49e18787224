import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../contracts/schemas/audit.ts';
import {
  type AuditDraft,
  canonicalJson,
  chained,
  chainStart,
  chainVerifier,
  hashOf,
} from '../../../domain/audit/chain.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';

const workspaceId = derivedId('wsp', ['mine']);
const draft = (number: number): AuditDraft => ({
  at: '2026-11-20T08:00:00.000Z',
  action: 'operation.applied',
  actor: 'user-1',
  requestId: `request-${number}`,
  reason: 'Spend moves to what earns',
  changeId: null,
  operationId: null,
  object: null,
  before: { dailyBudget: { micros: 10_000_000, currency: 'EUR' } },
  after: { dailyBudget: { currency: 'EUR', micros: 12_000_000 + number } },
  platformRequestId: null,
  problem: null,
});
const trail = (length: number): AuditEntry[] =>
  chained(
    workspaceId,
    chainStart,
    Array.from({ length }, (_, number) => draft(number)),
  );
const headOf = (entries: readonly AuditEntry[]) => {
  const last = entries.at(-1);
  return last === undefined ? chainStart : { sequence: last.sequence, hash: last.hash };
};

/** Entries in their places; undefined: nothing lies there. */
function verify(
  places: readonly (AuditEntry | undefined)[],
  { head = headOf(trail(10)), noted }: { head?: typeof chainStart; noted?: typeof chainStart } = {},
) {
  const verifier = chainVerifier(workspaceId);
  places.forEach((entry, index) => {
    if (entry !== undefined) verifier.next({ place: index + 1, entry }, noted?.sequence);
  });
  const { valid, faults } = verifier.end(head, noted);
  return { valid, faults: faults.map(({ kind, sequence }) => [kind, sequence]) };
}

describe('the canonical form', () => {
  it('is the one of RFC 8785 for what JavaScript writes', () => {
    // The example of RFC 8785, 3.2.3, with its members in another order.
    const example = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson({ b: [1e21, 0.1, -0], a: { z: null, y: true } })))).toEqual([
      { y: true, z: null },
      [1e21, 0.1, 0],
    ]);
    expect(canonicalJson(example)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });
});

describe('the chain', () => {
  it('hashes every field of an entry but the hash itself, and the workspace', () => {
    const [entry] = trail(1);
    const { hash, ...rest } = entry ?? { hash: '' };
    const text = canonicalJson({ ...rest, workspaceId });
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(rest).toMatchObject({ sequence: 1, previousHash: '0'.repeat(64) });
  });

  it('is whole as it was written, empty or not, and in parts', () => {
    expect(verify(trail(10))).toEqual({ valid: true, faults: [] });
    expect(verify([], { head: chainStart })).toEqual({ valid: true, faults: [] });
    const first = chained(workspaceId, chainStart, [draft(0), draft(1)]);
    const rest = chained(workspaceId, headOf(first), [draft(2)]);
    expect([...first, ...rest]).toEqual(trail(3));
  });

  const changed = (at: number, change: Partial<AuditEntry>): AuditEntry[] =>
    trail(10).map((entry) => (entry.sequence === at ? { ...entry, ...change } : entry));
  const rehashed = (entries: AuditEntry[], at: number): AuditEntry[] =>
    entries.map((entry) => (entry.sequence === at ? { ...entry, hash: hashOf(workspaceId, entry) } : entry));

  it.each(Object.keys(draft(0)))('finds that %s of an entry was altered', (field) => {
    expect(verify(changed(4, { [field]: 'something else' }))).toEqual({ valid: false, faults: [['altered', 4]] });
  });

  it('finds a field that was added', () => {
    const added = trail(10).map((entry) => (entry.sequence === 4 ? { ...entry, note: 'added' } : entry));
    expect(verify(added)).toEqual({ valid: false, faults: [['altered', 4]] });
  });

  it('finds an altered entry whose hash was made anew, by the one after it', () => {
    expect(verify(rehashed(changed(4, { actor: 'somebody' }), 4))).toEqual({
      valid: false,
      faults: [['altered', 5]],
    });
    expect(verify(rehashed(changed(10, { actor: 'somebody' }), 10))).toEqual({ valid: false, faults: [['head', 10]] });
  });

  it('finds what is missing at the beginning, in the middle and at the end', () => {
    const all = trail(10);
    const without = (...gone: number[]) => all.map((entry) => (gone.includes(entry.sequence) ? undefined : entry));
    expect(verify(without(1)).faults).toEqual([['missing', 1]]);
    expect(verify(without(5, 6)).faults).toEqual([['missing', 5]]);
    expect(verify(without(10)).faults).toEqual([['missing', 10]]);
    expect(verify([]).faults).toEqual([['missing', 1]]);
  });

  it('finds entries that changed places', () => {
    const all = trail(10);
    const [third, seventh] = [all[2], all[6]];
    expect(verify(all.with(2, seventh as AuditEntry).with(6, third as AuditEntry)).faults).toEqual([
      ['reordered', 3],
      ['reordered', 7],
    ]);
  });

  it('finds an entry of another workspace', () => {
    const [other] = chained(derivedId('wsp', ['other']), chainStart, [draft(0)]);
    expect(verify([other, ...trail(10).slice(1)]).faults).toEqual([
      ['altered', 1],
      ['altered', 2],
    ]);
  });

  it('finds a head that was set back, and entries behind it', () => {
    const all = trail(10);
    expect(verify(all, { head: headOf(all.slice(0, 8)) }).faults).toEqual([['head', 10]]);
  });

  it('finds by a head that was noted a trail that was written anew as a whole', () => {
    const forged = chained(
      workspaceId,
      chainStart,
      Array.from({ length: 10 }, (_, number) => ({ ...draft(number), actor: 'somebody' })),
    );
    const noted = headOf(trail(6));
    expect(verify(forged, { head: headOf(forged) }).valid).toBe(true);
    expect(verify(forged, { head: headOf(forged), noted }).faults).toEqual([['altered', 6]]);
    expect(verify(forged.slice(0, 5), { head: headOf(forged.slice(0, 5)), noted }).faults).toEqual([['missing', 6]]);
    expect(verify(trail(10), { noted }).valid).toBe(true);
  });
});
