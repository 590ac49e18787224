import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { finishInput } from '../../../contracts/generation.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { copyFormats, textLimits } from '../../../platforms/registry.ts';
import { finishCreatives } from './finish-creatives.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const lake = createLake(config);
const policy = compilePolicy(policyRules, textLimits);
const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  creatives: createCreativeStore,
  reviews: createReviewStore,
});

export const handler = stepHandler(finishInput, (input) =>
  finishCreatives(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      policy,
      formatOf: (platform, format) => copyFormats[platform].find((one) => one.format === format),
      now: Date.now,
    },
    input,
  ),
);
