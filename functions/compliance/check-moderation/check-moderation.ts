import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Moderator } from '../../../adapters/moderation/moderator.ts';
import type { ModerationFinding } from '../../../contracts/schemas/moderation.ts';
import { type ModerationThresholds, unchecked, verdictOf } from '../../../domain/compliance/moderation/judge.ts';
import { AppError } from '../../../domain/errors.ts';
import { generatedAssetKey } from '../../../domain/generation/pipeline/generation-layout.ts';

export interface CheckPorts {
  readonly moderator: Moderator;
  readonly thresholdsOf: (workspaceId: string) => Promise<ModerationThresholds>;
  /** Whether the workspace has the object. */
  readonly exists: (key: string) => Promise<boolean>;
}

/** For reading pictures, and half of it for looking at them: the gateway waits 29 s. */
const patienceMs = 8_000;

/** Texts and pictures by themselves, without a run: the same that every ad goes through. */
export const checkModeration = ({ moderator, thresholdsOf, exists }: CheckPorts) =>
  ({
    async checkModeration({ principal: { workspaceId }, body: { texts, assetIds, allowed } }) {
      if (texts.length + assetIds.length === 0) {
        throw new AppError('invalid-request', 'There is nothing to check: send texts or assetIds.', {
          fields: [{ field: 'texts', message: 'is empty, and there are no assetIds' }],
        });
      }
      const pictures = assetIds.map((assetId, index) => ({
        field: `assets.${index}`,
        key: generatedAssetKey(workspaceId, assetId),
      }));
      for (const [index, { key }] of pictures.entries()) {
        if (!(await exists(key))) {
          throw new AppError('not-found', `The workspace has no asset ${assetIds[index]}.`);
        }
      }
      const began = Date.now();
      const options = { allowed, thresholds: await thresholdsOf(workspaceId), withinMs: patienceMs / 2 };
      const read: { field: string; text: string }[] = [];
      const unread: ModerationFinding[] = [];
      for (const { field, key } of pictures) {
        const outcome =
          Date.now() - began < patienceMs
            ? await moderator.read(key)
            : ({ kind: 'unavailable', reason: 'there was no time left' } as const);
        if (outcome.kind === 'read') read.push(...outcome.lines.map((text) => ({ field, text })));
        else unread.push(unchecked({ field, detector: 'rekognition' }, outcome.reason));
      }
      const inTexts = await moderator.texts([...texts, ...read], options);
      const inPictures = await moderator.pictures(pictures, options);
      const findings = [...inTexts, ...inPictures, ...unread];
      return { verdict: verdictOf(findings), findings, read };
    },
  }) satisfies RouteCases;
