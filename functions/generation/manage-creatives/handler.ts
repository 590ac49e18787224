import { readConfig } from '../../../adapters/config.ts';
import { createPictureLinks } from '../../../adapters/generation/picture-links.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { openModerator, thresholdsIn } from '../../../adapters/moderation/open-moderator.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageCreativesRoutes } from '../../../contracts/routes/manage-creatives.ts';
import { compilePolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../domain/compliance/policy/policy-rules.ts';
import { copyFormats, textLimits } from '../../../platforms/registry.ts';
import { manageCreatives } from './manage-creatives.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'guardrail', 'aws', 'credentials', 'http']);
const settings = createSettings(config);

export const handler = apiHandler(
  manageCreativesRoutes,
  manageCreatives({
    stores: createStores(config.state.table, {
      generationRuns: createGenerationRunStore,
      creatives: createCreativeStore,
      reviews: createReviewStore,
      audit: createAuditStore,
      settings: createSettingsStore,
    }),
    lake: createLake(config),
    moderator: openModerator(config),
    thresholdsOf: async (own) => thresholdsIn(await settings.forWorkspace(own)),
    policy: compilePolicy(policyRules, textLimits),
    formatOf: (platform, format) => copyFormats[platform].find((one) => one.format === format),
    signed: createPictureLinks(config),
    now: Date.now,
  }),
  config.http,
);
