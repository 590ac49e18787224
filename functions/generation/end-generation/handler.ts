import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { endInput } from '../../../contracts/generation.ts';
import { endRun } from './end-run.ts';
import { endOf, executionEnded } from './execution-ended.ts';

const stores = createStores(readConfig(['state']).state.table, {
  generationRuns: createGenerationRunStore,
  creatives: createCreativeStore,
  reviews: createReviewStore,
});

export const handler = stepHandler(z.union([endInput, executionEnded]), async (told, { telemetry }) => {
  const end = 'detail' in told ? endOf(told) : told;
  telemetry.warn('ended', { runId: end.runId, end: end.end, error: end.error ?? null });
  await endRun({ stores: stores.forWorkspace(end.workspaceId), now: Date.now }, end);
});
