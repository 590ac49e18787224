import type { ProductCategory } from '../../contracts/schemas/product-categories.ts';
import type { Box } from '../../domain/generation/images/box.ts';
import type { Palette } from '../../domain/generation/images/palette.ts';

/** The ground of a picture: never with words, faces or brands in it. */
export interface BackgroundRequest {
  /** What is sold, in words of the brief: data, which a model is shown and not told. */
  readonly description: string;
  readonly category: ProductCategory;
  readonly palette: Palette;
  /** Where words will stand; null where nothing has to be calm. */
  readonly quiet: Box | null;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}

/** How a model ended. Only `painted` has a picture; it may be of other sides and is then cropped from its middle. */
export type BackgroundAnswer =
  | {
      readonly kind: 'painted';
      readonly png: Uint8Array;
      /** What painted it, with its version. */
      readonly model: string;
      /** IPTC’s digital source type, as Content Credentials name it. */
      readonly source: 'trainedAlgorithmicMedia' | 'algorithmicMedia';
      /** USD, as the provider charges. */
      readonly costMicros: number;
    }
  | {
      readonly kind: 'refused' | 'unreadable' | 'throttled' | 'timed-out' | 'unavailable';
      readonly reason: string;
      readonly model: string;
      readonly costMicros: number;
    };

export interface ImageModel {
  background(request: BackgroundRequest, options?: { readonly signal?: AbortSignal }): Promise<BackgroundAnswer>;
}
