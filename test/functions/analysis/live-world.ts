import { createLaneStore } from '../../../adapters/stores/lane-store.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { countEvents } from '../../../adapters/streams/count-events.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { sampleEvent } from '../../adapters/streams/sample-events.ts';

type Given = Parameters<typeof sampleEvent>[0];

/** Counts events as the processor does, into the table of the environment; they came as they happened. */
export function createCounting(timeZone: string) {
  const table = new Table('state');
  let serial = 0;
  const lanes = new LaneCache((workspaceId, lane) => createLaneStore(table, { workspaceId, lane }, Date.now));
  return async (events: readonly Given[]): Promise<void> => {
    const placed: readonly StreamEvent[] = events.map((event) => {
      serial += 1;
      return sampleEvent({ id: `live-${serial}`, ...event });
    });
    for (let start = 0; start < placed.length; start += 2_000) {
      const some = placed.slice(start, start + 2_000).map((event) => ({ event, timeZone }));
      const { counted, late, failed } = await countEvents(some, lanes, { now: Date.now });
      if (counted.length + late.length !== some.length) throw new Error(`Not counted: ${String(failed[0]?.error)}`);
    }
  };
}
