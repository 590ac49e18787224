import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { decodeRollup } from '../../../domain/analysis/rollup.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { rebuildAccount } from '../../../functions/integrations/publish-rollups/rebuild-account.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const at = '2026-11-20T12:00:00.000Z';
const accountId = newId('acc', 1);
const rebuild = {
  account: {
    accountId,
    platform: 'google-ads' as const,
    accountPlatformId: '111',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
  },
  from: '2026-11-01',
  to: '2026-11-20',
  grains: ['account' as const],
  months: ['2026-11'],
};
const row = (spend: number) => ({
  date: '2026-11-19',
  impressions: '1',
  clicks: '0',
  spend_micros: String(spend),
  conversions_micros: '0',
  conversion_value_micros: '0',
  loaded_at: '2026-11-20 08:00:00.000',
});
/** Of the one day that has facts. */
const loads = ['2026-11-20T08:00:00.000Z'];

/** A workspace whose warehouse answers `answers` in turn; before each answer `meanwhile` happens. */
function world(answers: readonly number[], meanwhile: (read: number) => Promise<void> = async () => undefined) {
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  const objects = new Map<string, Uint8Array>();
  let reads = 0;
  const ports = {
    stores,
    lake: {
      getJson: async () => undefined,
      putPacked: async (key: string, body: Uint8Array) => {
        expect(objects.has(key), 'an object is never written twice').toBe(false);
        objects.set(key, body);
      },
    },
    warehouse: {
      async *query() {
        const answer = answers[reads];
        reads += 1;
        await meanwhile(reads);
        if (answer !== undefined) yield row(answer);
      },
    },
    bus: { put: async () => undefined },
    now: () => Date.parse(at),
    telemetry: createTelemetry({}, () => undefined),
  };
  const published = async () => {
    const pointer = await stores.rollups.get(accountId, 'account', '2026-11');
    const { measures, loads } = decodeRollup(objects.get(pointer?.key ?? '') ?? new Uint8Array());
    return { version: pointer?.version, spend: [...measures.spendMicros], loads };
  };
  return { stores, ports, published, reads: () => reads };
}
const otherRun = (stores: ReturnType<typeof world>['stores'], version: number) =>
  stores.rollups.switch(
    [{ accountId, grain: 'account', month: '2026-11', key: 'other', runId: newId('run', 9), rows: 0, publishedAt: at }],
    [version],
  );

describe('rebuilding an account’s rollups', () => {
  it('publishes a new object each time and tells through which day there are facts', async () => {
    const { ports, published } = world([5, 6]);
    const runId = newId('run', 1);
    expect(await rebuildAccount(ports, rebuild, runId)).toEqual({ throughDate: '2026-11-19' });
    expect(await published()).toEqual({ version: 1, spend: [5], loads });
    await rebuildAccount(ports, rebuild, runId);
    expect(await published()).toEqual({ version: 2, spend: [6], loads });
  });

  it('reads the facts again when another run published meanwhile, instead of putting older ones over newer', async () => {
    const subject = world([5, 7], async (read) => {
      if (read === 1) expect(await otherRun(subject.stores, 0)).toBe(true);
    });
    await rebuildAccount(subject.ports, rebuild, newId('run', 1));
    expect(subject.reads()).toBe(2);
    expect(await subject.published()).toEqual({ version: 2, spend: [7], loads });
  });

  it('gives up, as something that may pass, when others are always first', async () => {
    const subject = world([1, 2, 3, 4, 5], async (read) => void (await otherRun(subject.stores, read - 1)));
    await expect(rebuildAccount(subject.ports, rebuild, newId('run', 1))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(subject.reads()).toBe(4);
  });

  it('publishes an account without facts as one without facts', async () => {
    const { ports, published } = world([]);
    expect(await rebuildAccount(ports, rebuild, newId('run', 1))).toEqual({ throughDate: null });
    expect(await published()).toEqual({ version: 1, spend: [], loads: [] });
  });
});
