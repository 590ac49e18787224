import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableAccess } from '../../../adapters/stores/table.ts';
import { type StateTable, startStateTable } from '../state-table.ts';
import { MemoryTable } from './memory-table.ts';

let state: StateTable;
const tables: Readonly<Record<string, () => TableAccess>> = {
  'DynamoDB as emulated': () => state.table,
  'the table in memory': () => memory,
};
const memory = new MemoryTable();

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

describe.each(Object.keys(tables))('%s', (name) => {
  const table = (): TableAccess => {
    const open = tables[name];
    if (open === undefined) throw new Error(`There is no table ${name}.`);
    return open();
  };
  const put = (sk: string, more: Record<string, unknown> = {}) => ({ pk: 'P', sk, ...more });

  it('writes all of a transaction or nothing of it, and says which conditions did not hold', async () => {
    await table().putMany([put('a', { revision: 1 }), put('b', { revision: 5, until: '2026-01-02' })]);
    const refused = await table().attempt([
      { put: put('a', { revision: 2 }), condition: 'revision = :revision', values: { ':revision': 1 } },
      { put: put('b', { revision: 6 }), condition: 'revision = :revision', values: { ':revision': 4 } },
      { remove: put('a2') },
      { put: put('c'), condition: 'attribute_exists(pk)' },
    ]);
    expect(refused).toEqual({ done: false, failed: [1, 3] });
    expect(await table().get(put('a'))).toMatchObject({ revision: 1 });

    const done = await table().attempt([
      { put: put('a', { revision: 2 }), condition: 'revision = :revision', values: { ':revision': 1 } },
      {
        put: put('b', { revision: 6 }),
        condition: 'attribute_not_exists(pk) OR #until <= :now OR operationId = :operation',
        names: { '#until': 'until' },
        values: { ':now': '2026-01-02', ':operation': 'x' },
      },
      { put: put('d'), condition: 'attribute_not_exists(pk)' },
    ]);
    expect(done).toEqual({ done: true });
    expect(await table().get(put('b'))).toEqual(put('b', { revision: 6 }));
    expect(await table().get(put('d'))).toEqual(put('d'));
  });

  it('removes an item in a transaction; one that is not there is no failure, unless a condition asks for it', async () => {
    await table().put(put('gone', { owner: 'me' }));
    const mine = { remove: put('gone'), condition: 'operationId = :me', values: { ':me': 'me' } };
    expect(await table().attempt([mine])).toEqual({ done: false, failed: [0] });
    expect(await table().attempt([{ ...mine, condition: '#owner = :me', names: { '#owner': 'owner' } }])).toEqual({
      done: true,
    });
    expect(await table().get(put('gone'))).toBeUndefined();
    expect(await table().attempt([{ remove: put('gone') }])).toEqual({ done: true });
  });

  it('finds nothing in order with an absent attribute or one of another type', async () => {
    await table().putMany([put('plain'), put('number', { until: 5 })]);
    for (const sk of ['plain', 'number']) {
      const outcome = await table().attempt([
        { put: put(sk), condition: '#until <= :now', names: { '#until': 'until' }, values: { ':now': '9' } },
      ]);
      expect(outcome).toEqual({ done: false, failed: [0] });
    }
  });

  it('writes an item once where it is asked to be absent', async () => {
    expect(await table().put(put('once', { first: true }), { ifAbsent: true })).toBe(true);
    expect(await table().put(put('once', { first: false }), { ifAbsent: true })).toBe(false);
    expect(await table().get(put('once'))).toEqual(put('once', { first: true }));
  });

  it('leaves undefined attributes out', async () => {
    await table().put(put('sparse', { here: null, not: undefined }));
    expect(await table().get(put('sparse'))).toEqual(put('sparse', { here: null }));
  });

  it('lists a partition by prefix and the index by bounds, in order, page by page', async () => {
    const items = [3, 1, 2].map((n) => ({ pk: 'Q', sk: `X#${n}`, gsi1pk: 'I', gsi1sk: `2026-0${n}`, n }));
    await table().putMany([...items, { pk: 'Q', sk: 'Y#1', n: 9 }]);
    const first = await table().query({ pk: 'Q', prefix: 'X#', limit: 2 });
    expect(first.items.map(({ n }) => n)).toEqual([1, 2]);
    const rest = await table().all({ pk: 'Q', prefix: 'X#', ...(first.after && { after: first.after }) });
    expect(rest.map(({ n }) => n)).toEqual([3]);
    const newest = await table().query({ pk: 'I', index: 'gsi1', newestFirst: true, limit: 1 });
    expect(newest.items.map(({ n }) => n)).toEqual([3]);
    const between = await table().all({ pk: 'I', index: 'gsi1', between: ['', '2026-02~'] });
    expect(between.map(({ n }) => n)).toEqual([1, 2]);
  });
});
