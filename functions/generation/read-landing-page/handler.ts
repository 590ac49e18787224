import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createPageReader } from '../../../adapters/pages/page-reader.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createBriefStore } from '../../../adapters/stores/brief-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { events } from '../../../contracts/events.ts';
import { writeReading } from './write-reading.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const ports = {
  stores: createStores(config.state.table, { briefs: createBriefStore }),
  lake: createLake(config),
  readPage: createPageReader(),
  now: Date.now,
};

/** By an event of the bus. */
export const handler = stepHandler(z.object({ detail: events['brief.reading.asked'] }), async ({ detail }) => {
  await writeReading(ports, detail);
});
