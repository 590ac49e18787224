import type { ModerationFinding } from '../../contracts/schemas/moderation.ts';
import { judged, type ModerationThresholds, unchecked } from '../../domain/compliance/moderation/judge.ts';
import { moderateByRules } from '../../domain/compliance/moderation/moderate-text.ts';
import type { ImageModerator } from './image-moderator.ts';
import type { TextModerator } from './text-moderator.ts';

export interface Placed {
  readonly field: string;
}
export interface ModerationOptions {
  /** Personal data that may be shown. */
  readonly allowed: readonly string[];
  readonly thresholds: ModerationThresholds;
  readonly signal?: AbortSignal;
  /** For all pictures together. */
  readonly withinMs?: number;
}

/** Rules first, then models. What a model cannot be asked about is a finding, never a pass. */
export interface Moderator {
  texts(
    texts: readonly (Placed & { readonly text: string })[],
    options: ModerationOptions,
  ): Promise<readonly ModerationFinding[]>;
  /** Pictures by their keys in the lake. */
  pictures(
    pictures: readonly (Placed & { readonly key: string })[],
    options: ModerationOptions,
  ): Promise<readonly ModerationFinding[]>;
  /** What is to be read in a picture. */
  read: ImageModerator['read'];
}

/** Pictures at once. */
const atOnce = 3;
/** For all pictures of a call: a service that hangs costs no run. Those that are left then are for a person. */
const picturesMs = 90_000;

export function createModerator(askText: TextModerator, images: ImageModerator): Moderator {
  return {
    async texts(texts, { allowed, thresholds, signal }) {
      const verdicts = await askText(
        texts.map(({ text }) => text),
        signal,
      );
      return texts.flatMap((one, index) => {
        const byRules = moderateByRules(one, allowed);
        const verdict = verdicts[index];
        const place = { field: one.field, detector: 'guardrail' } as const;
        if (verdict === undefined || verdict.kind === 'unavailable') {
          return [...byRules, unchecked(place, verdict?.reason ?? 'there was no answer')];
        }
        // A list says where; the model says the same of the whole.
        const known = new Set(byRules.map(({ category }) => category));
        const byModel = judged(verdict.seen, thresholds, place).filter(({ category }) => !known.has(category));
        return [...byRules, ...byModel];
      });
    },
    async pictures(pictures, { thresholds, withinMs = picturesMs, signal }) {
      const end = Date.now() + withinMs;
      const found: ModerationFinding[][] = pictures.map(() => []);
      const left = pictures.map((picture, index) => ({ picture, index }));
      const work = async (): Promise<void> => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const { picture, index } = next;
          const place = { field: picture.field, detector: 'rekognition' } as const;
          signal?.throwIfAborted();
          const verdict =
            Date.now() < end
              ? await images.look(picture.key)
              : ({ kind: 'unavailable', reason: 'there was no time left' } as const);
          found[index] =
            verdict.kind === 'seen' ? judged(verdict.seen, thresholds, place) : [unchecked(place, verdict.reason)];
        }
      };
      await Promise.all(Array.from({ length: Math.min(atOnce, pictures.length) }, work));
      return found.flat();
    },
    read: (key) => images.read(key),
  };
}
