import { describe, expect, it } from 'vitest';
import { auditLine } from '../../../adapters/stores/audit-line.ts';
import type { TransactAction } from '../../../adapters/stores/table.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';

const draft = (reason: string): AuditDraft => ({
  at: '2026-11-20T11:00:00.000Z',
  action: 'operation.applied',
  actor: 'anna',
  requestId: 'r',
  reason,
  changeId: null,
  operationId: null,
  object: null,
  before: null,
  after: null,
  platformRequestId: null,
  problem: null,
});
const removal = (sk: string): TransactAction => ({ remove: { pk: 'w', sk } });

/** Transactions as they arrive; each is answered when the test says so. */
function table() {
  const arrived: { readonly reasons: string[]; readonly keys: number; answer(outcome: boolean | Error): void }[] = [];
  const append = auditLine(
    (drafts, actions = []) =>
      new Promise((resolve, reject) => {
        arrived.push({
          reasons: drafts.map(({ reason }) => reason ?? ''),
          keys: actions.length,
          answer: (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)),
        });
      }),
  );
  const answer = async (outcome: boolean | Error): Promise<void> => {
    arrived.at(-1)?.answer(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { arrived, append, answer };
}

describe('entries of one process', () => {
  it('go together while a transaction is under way, in the order they came', async () => {
    const { arrived, append, answer } = table();
    const all = ['a', 'b', 'c'].map((name) => append([draft(name)], [removal(name)]));
    expect(arrived.map(({ reasons }) => reasons)).toEqual([['a']]);
    await answer(true);
    await answer(true);
    expect(arrived.map(({ reasons, keys }) => [reasons, keys])).toEqual([
      [['a'], 1],
      [['b', 'c'], 2],
    ]);
    expect(await Promise.all(all)).toEqual([true, true, true]);
  });

  it('are written alone where a condition of one of them does not hold, and each hears of its own', async () => {
    const { arrived, append, answer } = table();
    const all = ['a', 'b', 'c'].map((name) => append([draft(name)], [removal(name)]));
    for (const outcome of [true, false, false, true]) await answer(outcome);
    expect(arrived.map(({ reasons }) => reasons.join(''))).toEqual(['a', 'bc', 'b', 'c']);
    expect(await Promise.all(all)).toEqual([true, false, true]);
  });

  it('are not tried again where nobody knows whether they were written', async () => {
    const { arrived, append, answer } = table();
    const [first, ...rest] = ['a', 'b', 'c'].map((name) => append([draft(name)], [removal(name)]));
    const outcomes = Promise.allSettled(rest);
    await answer(true);
    await answer(new Error('no answer'));
    expect(await first).toBe(true);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(arrived).toHaveLength(2);
    const next = append([draft('d')]);
    await answer(true);
    expect(await next).toBe(true);
  });

  it('do not stand in one transaction with what writes the same item, nor with more than it can hold', async () => {
    const { arrived, append, answer } = table();
    const same = ['a', 'b', 'b'].map((name) => append([draft(name)], [removal(name)]));
    for (let time = 0; time < 3; time += 1) await answer(true);
    expect(arrived.map(({ reasons }) => reasons.join(''))).toEqual(['a', 'b', 'b']);
    expect(await Promise.all(same)).toEqual([true, true, true]);
    const many = Array.from({ length: 60 }, (_, index) => append([draft('m')], [removal(`m${index}`)]));
    for (let time = 0; time < 5; time += 1) await answer(true);
    expect(arrived.slice(3).map(({ reasons }) => reasons.length)).toEqual([1, 20, 20, 19]);
    expect(await Promise.all(many)).not.toContain(false);
  });
});
