import type { ModerationThresholds } from '../../domain/compliance/moderation/judge.ts';
import type { ResolvedSettings } from '../../domain/integrations/resolved-settings.ts';
import type { Config } from '../config.ts';
import { createImageModerator } from './image-moderator.ts';
import { createModerator, type Moderator } from './moderator.ts';
import { createTextModerator } from './text-moderator.ts';

/** A model that has just been started takes some seconds for its first answer. */
const timeoutMs = 20_000;

/** The moderator of the stage: its guardrail of Bedrock, and Rekognition. */
export const openModerator = (config: Config<'guardrail' | 'lake' | 'aws' | 'credentials'>): Moderator =>
  createModerator(
    createTextModerator({ guardrail: config.guardrail.id, version: config.guardrail.version, timeoutMs }),
    createImageModerator(config),
  );

/** What the workspace takes for too much. */
export const thresholdsIn = (settings: ResolvedSettings): ModerationThresholds => ({
  review: settings.get('moderation.review'),
  block: settings.get('moderation.block'),
});
