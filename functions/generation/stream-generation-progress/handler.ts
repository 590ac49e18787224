import { readConfig } from '../../../adapters/config.ts';
import { streamHandler } from '../../../adapters/http/stream-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { streamGenerationProgressRoutes } from '../../../contracts/routes/stream-generation-progress.ts';
import { watchGeneration } from './watch-generation.ts';

const config = readConfig(['state', 'http']);

export const handler = streamHandler(
  streamGenerationProgressRoutes,
  watchGeneration(createStores(config.state.table, { generationRuns: createGenerationRunStore })),
  config.http,
);
