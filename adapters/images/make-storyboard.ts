import type { VideoScript } from '../../domain/generation/copy/video-script.ts';
import type { Finding } from '../../domain/generation/finding.ts';
import { blend } from '../../domain/generation/images/blend.ts';
import type { ImageTexts } from '../../domain/generation/images/composition.ts';
import type { Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { moods } from '../../domain/generation/images/palette.ts';
import { pick, seeded } from '../../domain/generation/images/seeded.ts';
import { shrink } from '../../domain/generation/images/shrink.ts';
import { type StoryboardScene, storyboard } from '../../domain/generation/images/storyboard.ts';
import { type Frame, writeAnimatedWebp } from './animated-webp.ts';
import { drawImage, type ImageMaker, type ImageRequest, type MadeImage } from './image-maker.ts';

export interface StoryboardRequest extends Omit<ImageRequest, 'texts' | 'mood'> {
  readonly script: VideoScript;
  readonly texts: Pick<ImageTexts, 'businessName' | 'callToAction' | 'legal'>;
}

export type StoryboardOutcome =
  | {
      readonly kind: 'made';
      readonly scenes: readonly (StoryboardScene & { readonly image: MadeImage })[];
      readonly seconds: number;
      /** An animated WebP to look at, not to upload: platforms take videos. It carries no Content Credentials; its frames do. */
      readonly preview: Uint8Array;
      readonly costMicros: number;
    }
  | {
      readonly kind: 'refused';
      readonly scene: number;
      readonly findings: readonly Finding[];
      readonly costMicros: number;
    };

/** The longer side of a preview, pixels. */
const previewSide = 480;
const fadeFrames = 4;

/** Draws a video’s script scene by scene, all of one kind, with how they follow each other. */
export async function makeStoryboard(
  maker: ImageMaker,
  { script, texts, ...request }: StoryboardRequest,
  options: { readonly signal?: AbortSignal } = {},
): Promise<StoryboardOutcome> {
  const mood = pick(moods, seeded(request.seed));
  const scenes: (StoryboardScene & { readonly image: MadeImage })[] = [];
  const stills: Pixels[] = [];
  let costMicros = 0;
  for (const scene of storyboard(script, texts)) {
    const photo = scene.product ? request.photo : null;
    const { image, pixels } = await drawImage(maker, { ...request, photo, texts: scene.texts, mood }, options);
    if (image.kind === 'refused') {
      return {
        kind: 'refused',
        scene: scenes.length,
        findings: image.findings,
        costMicros: costMicros + image.costMicros,
      };
    }
    costMicros += image.background.costMicros;
    scenes.push({ ...scene, image });
    if (pixels !== null) stills.push(shrink(pixels, previewSide));
  }
  const preview = await writeAnimatedWebp(framesOf(scenes, stills), 70);
  return { kind: 'made', scenes, seconds: script.seconds, preview, costMicros };
}

/** A scene fades into the next at its end, so that the whole is as long as its scenes. */
function framesOf(scenes: readonly StoryboardScene[], stills: readonly Pixels[]): readonly Frame[] {
  return stills.flatMap((pixels, at): readonly Frame[] => {
    const next = scenes[at + 1]?.transition;
    const following = stills[at + 1];
    const fading = next?.kind === 'fade' && following !== undefined ? next.seconds * 1_000 : 0;
    const still: Frame = { pixels, milliseconds: (scenes[at]?.seconds ?? 0) * 1_000 - fading };
    if (fading === 0 || following === undefined) return [still];
    const steps = Array.from(
      { length: fadeFrames },
      (_, step): Frame => ({
        pixels: blend(pixels, following, (step + 1) / (fadeFrames + 1)),
        milliseconds: Math.round(fading / fadeFrames),
      }),
    );
    return [still, ...steps];
  });
}
