import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { roundInput } from '../../../contracts/generation.ts';
import { campaignShapes, descriptors, writeRules } from '../../../platforms/registry.ts';
import { makePlan } from './make-plan.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'aws', 'credentials']);
const lake = createLake(config);
const settings = createSettings(config);
const stores = createStores(
  config.state.table,
  { generationRuns: createGenerationRunStore, accounts: createAccountStore, settings: createSettingsStore },
  { rates: createRateStore },
);
const daySeconds = 86_400;

export const handler = stepHandler(roundInput, async (input) => {
  const own = stores.forWorkspace(input.workspaceId);
  const resolved = await settings.forWorkspace(own);
  return makePlan(
    {
      stores: own,
      rates: stores.rates,
      lake,
      now: Date.now,
      approvalSeconds: resolved.get('generation.approval.days') * daySeconds,
      knowledge: {
        shapeOf: (platform) => campaignShapes[platform],
        rulesOf: (platform) => writeRules[platform],
        nameOf: (platform) => descriptors[platform].name,
      },
    },
    input,
  );
});
