import { readConfig } from '../../../adapters/config.ts';
import { streamHandler } from '../../../adapters/http/stream-handler.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { streamRunProgressRoutes } from '../../../contracts/routes/stream-run-progress.ts';
import { watchRun } from './stream-run-progress.ts';

const config = readConfig(['state', 'http']);

export const handler = streamHandler(
  streamRunProgressRoutes,
  watchRun(createStores(config.state.table, { runs: createRunStore })),
  config.http,
);
