import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { openModerator, thresholdsIn } from '../../../adapters/moderation/open-moderator.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { finishInput } from '../../../contracts/generation.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { copyFormats, textLimits } from '../../../platforms/registry.ts';
import { finishCreatives } from './finish-creatives.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'guardrail', 'aws', 'credentials']);
const lake = createLake(config);
const settings = createSettings(config);
const moderator = openModerator(config);
const policy = compilePolicy(policyRules, textLimits);
const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  creatives: createCreativeStore,
  reviews: createReviewStore,
  settings: createSettingsStore,
});

export const handler = stepHandler(finishInput, async (input, { signal }) => {
  const own = stores.forWorkspace(input.workspaceId);
  return finishCreatives(
    {
      stores: own,
      moderator,
      thresholds: thresholdsIn(await settings.forWorkspace(own)),
      signal,
      lake,
      policy,
      formatOf: (platform, format) => copyFormats[platform].find((one) => one.format === format),
      now: Date.now,
    },
    input,
  );
});
