import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createChangeStore } from '../../../adapters/stores/change-store.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { launchInput } from '../../../contracts/generation.ts';
import { campaignShapes, descriptors, writeRules } from '../../../platforms/registry.ts';
import { launchStep } from './launch-step.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const stores = createStores(
  config.state.table,
  {
    generationRuns: createGenerationRunStore,
    creatives: createCreativeStore,
    accounts: createAccountStore,
    changes: createChangeStore,
  },
  { rates: createRateStore },
);

export const handler = stepHandler(launchInput, async (input): Promise<unknown> => {
  const ports = {
    stores: stores.forWorkspace(input.workspaceId),
    rates: stores.rates,
    lake,
    now: Date.now,
    knowledge: {
      shapeOf: (platform: keyof typeof campaignShapes) => campaignShapes[platform],
      rulesOf: (platform: keyof typeof campaignShapes) => writeRules[platform],
      nameOf: (platform: keyof typeof campaignShapes) => descriptors[platform].name,
    },
  };
  return launchStep(ports, input);
});
