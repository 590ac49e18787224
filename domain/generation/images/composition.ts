import type { Box } from './box.ts';
import type { FittedText } from './fit-text.ts';
import type { Font } from './font.ts';
import type { Palette } from './palette.ts';
import type { ImageSize } from './sizes.ts';

/** What a picture says. Every text comes from an ad that was admitted: nothing is added here. */
export interface ImageTexts {
  readonly headline: string;
  readonly offer: string | null;
  readonly callToAction: string | null;
  readonly legal: string | null;
  /** Stands where there is no logo. */
  readonly businessName: string;
}
export type TextRole = 'headline' | 'offer' | 'call-to-action' | 'legal' | 'business-name';

/** A decoded picture to be placed: pixels, and whether something is to be seen through it. */
export interface Placeable {
  readonly width: number;
  readonly height: number;
  /** Its background was taken away: it stands on the ground instead of in a frame. */
  readonly cutOut: boolean;
}

/** A field of colour behind a text: a button, a badge. */
export interface Plate {
  readonly box: Box;
  readonly radius: number;
  readonly fill: string;
}

export type Layer =
  | { readonly kind: 'background'; readonly box: Box }
  /** Calms what lies behind text; opacity 0–1 and towards which side it fades. */
  | {
      readonly kind: 'scrim';
      readonly box: Box;
      readonly fill: string;
      readonly opacity: number;
      readonly fades: 'right' | 'left' | 'down' | 'up' | 'nowhere';
    }
  | { readonly kind: 'product'; readonly box: Box; readonly cutOut: boolean; readonly radius: number }
  | { readonly kind: 'logo'; readonly box: Box; readonly plate: Plate }
  | {
      readonly kind: 'text';
      readonly role: TextRole;
      readonly box: Box;
      readonly text: string;
      readonly fitted: FittedText;
      readonly font: Font;
      readonly lineHeight: number;
      readonly align: 'start' | 'middle';
      readonly fill: string;
      readonly plate: Plate | null;
    };
export type TextLayer = Extract<Layer, { readonly kind: 'text' }>;

/** A whole picture, layer over layer. */
export interface Composition {
  readonly size: ImageSize;
  readonly template: string;
  readonly palette: Palette;
  /** Where the words stand; what has to be calm. */
  readonly column: Box;
  readonly layers: readonly Layer[];
}
