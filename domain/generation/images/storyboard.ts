import type { Scene, VideoScript } from '../copy/video-script.ts';
import type { ImageTexts } from './composition.ts';

/** A scene as it is drawn and cut. */
export interface StoryboardScene {
  readonly shows: Scene['shows'];
  /** Seconds from the beginning, and how long it stands. */
  readonly start: number;
  readonly seconds: number;
  readonly texts: ImageTexts;
  readonly voiceOver: string;
  readonly factIds: readonly string[];
  /** The product shot is in it, where there is one. */
  readonly product: boolean;
  /** How it follows the one before; the first follows nothing. */
  readonly transition: { readonly kind: 'none' | 'fade' | 'cut'; readonly seconds: number };
}

const fade = 0.4;

/**
 * A script as pictures: the hook in words alone, the product from then on, button and legal line on the last, where they can be read
 * to the end.
 */
export function storyboard(
  { scenes }: VideoScript,
  { businessName, callToAction, legal }: Pick<ImageTexts, 'businessName' | 'callToAction' | 'legal'>,
): readonly StoryboardScene[] {
  let start = 0;
  return scenes.map(({ shows, seconds, screen, voiceOver, factIds }, at) => {
    const last = at === scenes.length - 1;
    const scene: StoryboardScene = {
      shows,
      start,
      seconds,
      voiceOver,
      factIds,
      product: shows !== 'hook' && shows !== 'reason',
      texts: {
        headline: screen,
        offer: null,
        // A last scene that says the call itself needs no button that says it again.
        callToAction: last && callToAction !== screen ? callToAction : null,
        legal: last || shows === 'offer' ? legal : null,
        businessName,
      },
      transition:
        at === 0
          ? { kind: 'none', seconds: 0 }
          : shows === 'offer'
            ? { kind: 'cut', seconds: 0 }
            : { kind: 'fade', seconds: fade },
    };
    start += seconds;
    return scene;
  });
}
