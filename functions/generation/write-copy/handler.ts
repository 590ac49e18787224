import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { textModelFor } from '../../../adapters/models/text-model-for.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { campaignInput } from '../../../contracts/generation.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { campaignShapes, copyFormats, textLimits } from '../../../platforms/registry.ts';
import { writeCampaign } from './write-campaign.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'aws', 'credentials']);
const lake = createLake(config);
const policy = compilePolicy(policyRules, textLimits);
const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  settings: createSettingsStore,
});
const settings = createSettings(config);

export const handler = stepHandler(campaignInput, async (input, { signal }) => {
  const own = stores.forWorkspace(input.workspaceId);
  return writeCampaign(
    {
      stores: own,
      lake,
      now: Date.now,
      model: await textModelFor(await settings.forWorkspace(own)),
      policy,
      formatOf: (platform, format) => copyFormats[platform].find((one) => one.format === format),
      shapeOf: (platform) => campaignShapes[platform],
      signal,
    },
    input,
  );
});
