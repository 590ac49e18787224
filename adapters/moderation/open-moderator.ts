import type { ModerationThresholds } from '../../domain/compliance/moderation/judge.ts';
import type { ResolvedSettings } from '../../domain/integrations/resolved-settings.ts';
import type { Config } from '../config.ts';
import { createImageModerator } from './image-moderator.ts';
import { createModerator, type Moderator } from './moderator.ts';
import type { TextModerator } from './text-moderator.ts';

/** A model that has just been started takes some seconds for its first answer. */
const timeoutMs = 20_000;

/** The moderator of the stage: its guardrail of Bedrock, and Rekognition. */
export const openModerator = (config: Config<'guardrail' | 'lake' | 'aws' | 'credentials'>): Moderator =>
  createModerator(textModeratorOf(config), createImageModerator(config));

/** Bedrock's client is loaded with the first text: whoever reads alone starts without it. */
function textModeratorOf({ guardrail: { id, version } }: Config<'guardrail'>): TextModerator {
  let opened: Promise<TextModerator> | undefined;
  return async (texts, signal) => {
    opened ??= import('./text-moderator.ts').then(({ createTextModerator }) =>
      createTextModerator({ guardrail: id, version, timeoutMs }),
    );
    return (await opened)(texts, signal);
  };
}

/** What the workspace takes for too much. */
export const thresholdsIn = (settings: ResolvedSettings): ModerationThresholds => ({
  review: settings.get('moderation.review'),
  block: settings.get('moderation.block'),
});
