import { createLiveReader } from '../adapters/live/live-reader.ts';
import { createLaneStore } from '../adapters/stores/lane-store.ts';
import { countEvents } from '../adapters/streams/count-events.ts';
import { LaneCache } from '../adapters/streams/lane-cache.ts';
import { minuteMillis } from '../contracts/streams/windows.ts';
import { newWorkspace, seedAccount, seedStructure } from '../test/adapters/http/api-world.ts';
import { startStateTable } from '../test/adapters/state-table.ts';
import { sampleEvent } from '../test/adapters/streams/sample-events.ts';
import { percentile } from './median.ts';

export interface StreamView {
  readonly campaigns: number;
  readonly minutes: number;
  readonly events: number;
  readonly looks: number;
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const campaigns = 1_000;
const minutes = 60;
const looks = 60;
const limit = 100;

/**
 * The live view's reader over the emulated table: an hour in which every campaign has an event every minute. Before each look more
 * comes in, so that none finds what the one before it read.
 */
export async function measureStreamView(): Promise<StreamView> {
  const state = await startStateTable();
  try {
    const stores = newWorkspace(state.stores);
    await stores.workspace.put({ name: 'Bench', currency: 'EUR' });
    const account = await seedAccount(stores, '1', { currency: 'EUR' });
    const ids = Array.from({ length: campaigns }, (_, index) => `c${index}`);
    await seedStructure(account, {
      campaigns: ids.map((platformId) => ({ platformId, dailyBudgetMicros: 50_000_000 })),
    });
    const { workspaceId, accountId } = account;
    const lanes = new LaneCache((workspace, lane) => createLaneStore(state.table, { workspaceId: workspace, lane }));
    let serial = 0;
    const count = async (at: number, some: readonly string[]): Promise<void> => {
      const events = some.map((platformId) => {
        serial += 1;
        const event = sampleEvent({
          id: `view-${serial}`,
          workspaceId,
          accountId,
          campaignId: account.idOf('campaign', platformId),
          currency: 'EUR',
          occurredAt: at,
          measures: { clicks: 1, impressions: 40, spendMicros: 120_000 + (serial % 1_000) },
        });
        return { event, timeZone: 'UTC' };
      });
      const { counted } = await countEvents(events, lanes, { now: Date.now });
      if (counted.length !== events.length) throw new Error('Not all events of the bench were counted.');
    };
    const now = Date.now();
    for (let back = minutes - 1; back >= 0; back -= 1) await count(now - back * minuteMillis, ids);
    const reader = createLiveReader({ stores: state.stores, mostADay: (_, budget) => budget, now: Date.now });
    const took: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      await count(Date.now(), ids.slice(look, look + 50));
      const began = performance.now();
      const { rows } = await reader.answer(workspaceId, { level: 'campaign', minutes, limit });
      took.push(performance.now() - began);
      if (rows.length !== limit) throw new Error(`The live view has ${rows.length} rows.`);
    }
    const [firstMs = 0, ...later] = took;
    return {
      campaigns,
      minutes,
      events: serial,
      looks,
      firstMs,
      p50Ms: percentile(later, 0.5),
      p95Ms: percentile(later, 0.95),
    };
  } finally {
    await state.close();
  }
}
