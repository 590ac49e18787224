import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQuotaStore, type QuotaOutcome } from '../../../adapters/stores/quota-store.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type StateTable, startStateTable } from '../state-table.ts';

const noon = Date.UTC(2026, 10, 20, 12);
let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const spent = (outcomes: readonly QuotaOutcome[]) => outcomes.filter(({ kind }) => kind === 'spent').length;
const quota = { perSecond: 100, perDay: 1_000_000 };

describe('the quota of a client', () => {
  it('is not overspent by requests that come at once through several workers', async () => {
    const workspace = newId('wsp', noon);
    const workers = Array.from({ length: 4 }, () => createQuotaStore(state.table, workspace));
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => workers[index % 4]?.spend('client', 50, quota, noon)),
    );
    // 1,000 events may come at once: 20 requests of 50.
    expect(spent(outcomes.filter((one) => one !== undefined))).toBe(20);
  });

  it('fills with time, never above what may come at once', async () => {
    const store = createQuotaStore(state.table, newId('wsp', noon));
    expect(await store.spend('client', 1_000, quota, noon)).toMatchObject({ kind: 'spent', left: { events: 0 } });
    expect(await store.spend('client', 200, quota, noon)).toMatchObject({ kind: 'exhausted', retryAfterSeconds: 2 });
    expect(await store.spend('client', 200, quota, noon + 2_000)).toMatchObject({ kind: 'spent', left: { events: 0 } });
    const hourLater = await store.spend('client', 1, quota, noon + 3_600_000);
    expect(hourLater.left.events).toBe(999);
    expect(await store.spend('another', 1_000, quota, noon)).toMatchObject({ kind: 'spent' });
  });

  it('is of a day, and begins again at midnight UTC', async () => {
    const store = createQuotaStore(state.table, newId('wsp', noon));
    const small = { perSecond: 1_000, perDay: 700 };
    expect(await store.spend('client', 500, small, noon)).toMatchObject({ kind: 'spent', left: { today: 200 } });
    expect(await store.spend('client', 500, small, noon + 60_000)).toMatchObject({
      kind: 'exhausted',
      retryAfterSeconds: 12 * 3_600 - 60,
    });
    expect(await store.spend('client', 500, small, noon + 12 * 3_600_000)).toMatchObject({ kind: 'spent' });
  });

  it('costs one write a request while nobody else sends with it', async () => {
    const calls: string[] = [];
    state.client.middlewareStack.add(
      (next, context) => (given) => {
        calls.push(String(context.commandName));
        return next(given);
      },
      { step: 'initialize', name: 'counted' },
    );
    const store = createQuotaStore(new Table('state', state.client), newId('wsp', noon));
    await store.spend('client', 1, quota, noon);
    calls.length = 0;
    for (let request = 1; request <= 5; request += 1) await store.spend('client', 10, quota, noon + request);
    state.client.middlewareStack.remove('counted');
    expect(calls).toEqual(Array.from({ length: 5 }, () => 'UpdateItemCommand'));
  });
});
