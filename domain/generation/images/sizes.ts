import type { PlatformId } from '../../integrations/platform.ts';

/** Picture sizes that ads are shown in, as data. Pixels. */

export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** What a layout is drawn for: pictures of one shape are composed alike. */
export type Shape = 'wide' | 'square' | 'portrait' | 'tall' | 'strip' | 'skyscraper';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
  /** Where text and logo may not stand: the platform's own interface lies over it, or it is cropped somewhere. */
  readonly unsafe: Insets;
  /** The smallest text that is read on a phone, in pixels of this picture. */
  readonly legible: { readonly text: number; readonly legal: number };
  readonly maxBytes: number;
  readonly uses: readonly ImageUse[];
}
export interface ImageUse {
  readonly platform: PlatformId;
  readonly placement: string;
}

const even = (inset: number): Insets => ({ top: inset, right: inset, bottom: inset, left: inset });
const MB = 1024 * 1024;
/** Google takes uploaded banners up to 150 KB and pictures of responsive ads up to 5,120 KB. */
const banner = 150 * 1024;
const google = (placement: string): ImageUse => ({ platform: 'google-ads', placement });
const linkedin = (placement: string): ImageUse => ({ platform: 'linkedin-ads', placement });
const tiktok = (placement: string): ImageUse => ({ platform: 'tiktok-ads', placement });

export const imageSizes = {
  '1200x628': {
    width: 1200,
    height: 628,
    shape: 'wide',
    unsafe: even(48),
    legible: { text: 30, legal: 20 },
    maxBytes: 5 * MB,
    uses: [google('Landscape, responsive display and Performance Max'), linkedin('Single image, 1.91:1')],
  },
  '1200x1200': {
    width: 1200,
    height: 1200,
    shape: 'square',
    unsafe: even(64),
    legible: { text: 34, legal: 22 },
    maxBytes: 5 * MB,
    uses: [google('Square, responsive display and Performance Max'), linkedin('Single image, 1:1')],
  },
  '1080x1080': {
    width: 1080,
    height: 1080,
    shape: 'square',
    unsafe: even(58),
    legible: { text: 30, legal: 20 },
    maxBytes: 5 * MB,
    uses: [linkedin('Carousel card'), tiktok('In-feed image, 1:1')],
  },
  '1080x1350': {
    width: 1080,
    height: 1350,
    shape: 'portrait',
    unsafe: even(58),
    legible: { text: 30, legal: 20 },
    maxBytes: 5 * MB,
    uses: [google('Portrait 4:5, Demand Gen and Performance Max'), linkedin('Single image, 4:5')],
  },
  '960x1200': {
    width: 960,
    height: 1200,
    shape: 'portrait',
    unsafe: even(52),
    legible: { text: 27, legal: 18 },
    maxBytes: 5 * MB,
    uses: [google('Portrait 4:5, Performance Max')],
  },
  /** Free of TikTok's caption and rail of buttons, and of what stories lay over top and bottom. */
  '1080x1920': {
    width: 1080,
    height: 1920,
    shape: 'tall',
    unsafe: { top: 250, right: 240, bottom: 480, left: 72 },
    legible: { text: 34, legal: 22 },
    maxBytes: 5 * MB,
    uses: [tiktok('In-feed, 9:16'), google('Vertical 9:16, Demand Gen')],
  },
  '300x250': {
    width: 300,
    height: 250,
    shape: 'square',
    unsafe: even(14),
    legible: { text: 12, legal: 8 },
    maxBytes: banner,
    uses: [google('Banner, medium rectangle')],
  },
  '336x280': {
    width: 336,
    height: 280,
    shape: 'square',
    unsafe: even(15),
    legible: { text: 12, legal: 8 },
    maxBytes: banner,
    uses: [google('Banner, large rectangle')],
  },
  '728x90': {
    width: 728,
    height: 90,
    shape: 'strip',
    unsafe: { top: 8, right: 14, bottom: 8, left: 14 },
    legible: { text: 12, legal: 8 },
    maxBytes: banner,
    uses: [google('Banner, leaderboard')],
  },
  '970x250': {
    width: 970,
    height: 250,
    shape: 'wide',
    unsafe: even(20),
    legible: { text: 14, legal: 9 },
    maxBytes: banner,
    uses: [google('Banner, billboard')],
  },
  '320x50': {
    width: 320,
    height: 50,
    shape: 'strip',
    unsafe: { top: 4, right: 8, bottom: 4, left: 8 },
    legible: { text: 10, legal: 7 },
    maxBytes: banner,
    uses: [google('Banner, mobile')],
  },
  '320x100': {
    width: 320,
    height: 100,
    shape: 'strip',
    unsafe: { top: 7, right: 10, bottom: 7, left: 10 },
    legible: { text: 11, legal: 7.5 },
    maxBytes: banner,
    uses: [google('Banner, large mobile')],
  },
  '160x600': {
    width: 160,
    height: 600,
    shape: 'skyscraper',
    unsafe: even(12),
    legible: { text: 12, legal: 8 },
    maxBytes: banner,
    uses: [google('Banner, wide skyscraper')],
  },
  '300x600': {
    width: 300,
    height: 600,
    shape: 'skyscraper',
    unsafe: even(18),
    legible: { text: 13, legal: 9 },
    maxBytes: banner,
    uses: [google('Banner, half page')],
  },
} as const satisfies Record<string, ImageSize>;

export type ImageSizeId = keyof typeof imageSizes;
export const imageSizeIds = Object.keys(imageSizes) as readonly ImageSizeId[];
export const imageSize = (id: ImageSizeId): ImageSize => imageSizes[id];
