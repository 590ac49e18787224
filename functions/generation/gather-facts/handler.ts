import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createPageReader } from '../../../adapters/pages/page-reader.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { generationInput } from '../../../contracts/generation.ts';
import { gatherFacts } from './gather-facts.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  accounts: createAccountStore,
  rollups: createRollupStore,
});
const readPage = createPageReader();

export const handler = stepHandler(generationInput, (input) =>
  gatherFacts({ stores: stores.forWorkspace(input.workspaceId), lake, readPage, now: Date.now }, input),
);
