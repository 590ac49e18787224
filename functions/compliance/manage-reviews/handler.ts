import { readConfig } from '../../../adapters/config.ts';
import { createPictureLinks } from '../../../adapters/generation/picture-links.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageReviewsRoutes } from '../../../contracts/routes/manage-reviews.ts';
import { manageReviews } from './manage-reviews.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'aws', 'credentials', 'http']);
const settings = createSettings(config);

export const handler = apiHandler(
  manageReviewsRoutes,
  manageReviews({
    stores: createStores(config.state.table, {
      reviews: createReviewStore,
      creatives: createCreativeStore,
      generationRuns: createGenerationRunStore,
      audit: createAuditStore,
      settings: createSettingsStore,
    }),
    hoursOf: async (own) => (await settings.forWorkspace(own)).get('review.hours'),
    signed: createPictureLinks(config),
    now: Date.now,
  }),
  config.http,
);
