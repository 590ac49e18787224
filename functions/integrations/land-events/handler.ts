import { readConfig } from '../../../adapters/config.ts';
import { createEventCodec } from '../../../adapters/streams/event-codec.ts';
import { createGlueRegistry } from '../../../adapters/streams/glue-registry.ts';
import { type LandingBatch, landEvents } from './land-events.ts';

const codec = createEventCodec(createGlueRegistry(readConfig(['schemas', 'aws', 'credentials'])));

export const handler = (batch: LandingBatch) => landEvents(batch, codec);
