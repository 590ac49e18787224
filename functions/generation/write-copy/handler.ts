import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { campaignInput } from '../../../contracts/generation.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { campaignShapes, copyFormats, textLimits } from '../../../platforms/registry.ts';
import { writeCampaign } from './write-campaign.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const policy = compilePolicy(policyRules, textLimits);
const stores = createStores(config.state.table, { generationRuns: createGenerationRunStore });

export const handler = stepHandler(campaignInput, (input, { signal }) =>
  writeCampaign(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      now: Date.now,
      model: builtInTextModel,
      policy,
      formatOf: (platform, format) => copyFormats[platform].find((one) => one.format === format),
      shapeOf: (platform) => campaignShapes[platform],
      signal,
    },
    input,
  ),
);
