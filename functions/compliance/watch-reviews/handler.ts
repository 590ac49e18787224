import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { watchReviews } from './watch-reviews.ts';

const config = readConfig(['state', 'parameters', 'settings', 'aws', 'credentials']);
const settings = createSettings(config);
const stores = createStores(
  config.state.table,
  { reviews: createReviewStore, settings: createSettingsStore },
  { identity: createIdentityStore },
);

/** On a schedule, for all workspaces: the alarm on reviews that wait too long stands on what this measures. */
export const handler = stepHandler(z.unknown(), async (_event, { telemetry }) => {
  const { overdue, oldestHours } = await watchReviews({
    workspaceIds: () => stores.identity.workspaceIds(),
    storesOf: (workspaceId) => stores.forWorkspace(workspaceId),
    hoursOf: async (own) => (await settings.forWorkspace(own)).get('review.hours'),
    failed: (workspaceId, error) => telemetry.error('reviews not looked at', error, { workspaceId }),
    now: Date.now,
  });
  telemetry.metric('reviewsOverdueWorkspaces', overdue);
  telemetry.metric('oldestReviewHours', oldestHours);
});
