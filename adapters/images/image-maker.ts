/**
 * Makes the pictures of ads. What others use: `makeImage` with an `ImageRequest` (sizes with their uses on platforms in
 * domain/generation/images/sizes.ts), photos from `readPhoto`, a model from `image-model.ts`, a signer from `open-manifest-signer.ts`.
 */
import type { BrandKit } from '../../contracts/schemas/brand-kits.ts';
import type { ProductCategory } from '../../contracts/schemas/product-categories.ts';
import type { Finding } from '../../domain/generation/finding.ts';
import { altText } from '../../domain/generation/images/alt-text.ts';
import { calm, calmings } from '../../domain/generation/images/calm.ts';
import type { Composition, ImageTexts, Layer, TextLayer } from '../../domain/generation/images/composition.ts';
import { drawSvg, type Embedded } from '../../domain/generation/images/draw-svg.ts';
import { imageFinding } from '../../domain/generation/images/image-findings.ts';
import { layOut } from '../../domain/generation/images/lay-out.ts';
import { measureContrast, type Pixels } from '../../domain/generation/images/measure-contrast.ts';
import { type Mood, readable } from '../../domain/generation/images/palette.ts';
import { shrink } from '../../domain/generation/images/shrink.ts';
import { type ImageSizeId, imageSize } from '../../domain/generation/images/sizes.ts';
import { builtInImageModel } from './built-in-image-model.ts';
import { type Credentials, type Origin, signPicture } from './content-credentials.ts';
import { fileOf, fontsOf } from './fonts.ts';
import { readImageHeader } from './image-header.ts';
import type { BackgroundAnswer, ImageModel } from './image-model.ts';
import { writeJpegWithin } from './jpeg-file.ts';
import type { ManifestSigner } from './manifest-signer.ts';
import { writePng } from './png-file.ts';
import type { Photo } from './read-photo.ts';
import { type Rendered, renderPixels, renderSvg } from './render-svg.ts';

export interface ImageRequest {
  readonly size: ImageSizeId;
  /** Of an ad that was admitted. The brand kit’s legal line belongs to `legal`. */
  readonly texts: ImageTexts;
  readonly brand: Pick<BrandKit, 'colours' | 'fonts'>;
  /** Its name stands in the alt text, its category decides what is painted. */
  readonly product: { readonly name: string; readonly description: string; readonly category: ProductCategory };
  readonly photo: Photo | null;
  readonly logo: Photo | null;
  /** The same request with the same seed gives the same picture. */
  readonly seed: number;
  /** How bright it is; the seed’s choice when absent. Pictures of one video are alike. */
  readonly mood?: Mood;
}

export interface ImageMaker {
  readonly model: ImageModel;
  readonly signer: ManifestSigner;
  /** When it is made, epoch milliseconds; stands in the signed manifest. */
  readonly now: number;
}

export interface MadeImage {
  readonly kind: 'made';
  readonly width: number;
  readonly height: number;
  /** Signed. */
  readonly png: Uint8Array;
  /** What to upload: the PNG, or a signed JPEG where the platform takes fewer bytes than the PNG has. */
  readonly upload: { readonly bytes: Uint8Array; readonly mediaType: 'image/png' | 'image/jpeg' };
  readonly svg: string;
  readonly altText: string;
  readonly template: string;
  readonly layers: readonly Layer[];
  /** The least of any text, measured on the pixels; WCAG 2.2. */
  readonly contrast: number;
  readonly background: {
    readonly model: string;
    /** Why the built-in one stood in; null where it did not. */
    readonly fallback: string | null;
    /** USD, of every attempt. */
    readonly costMicros: number;
  };
  readonly findings: readonly Finding[];
  readonly credentials: Credentials;
}
export type ImageOutcome =
  | MadeImage
  | { readonly kind: 'refused'; readonly findings: readonly Finding[]; readonly costMicros: number };

/** One picture, or why there is none. Throws only for what nobody planned. */
export async function makeImage(
  maker: ImageMaker,
  request: ImageRequest,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ImageOutcome> {
  const { image } = await drawImage(maker, request, options);
  return image;
}

/** The same, with the pixels beside it for who goes on drawing. */
export async function drawImage(
  maker: ImageMaker,
  request: ImageRequest,
  options: { readonly signal?: AbortSignal } = {},
): Promise<
  | { readonly image: MadeImage; readonly pixels: Pixels }
  | { readonly image: Extract<ImageOutcome, { readonly kind: 'refused' }>; readonly pixels: null }
> {
  const { texts, brand, product, photo, logo, seed, mood = null } = request;
  const size = imageSize(request.size);
  const fonts = await fontsOf(brand.fonts);
  const laid = layOut({ size, texts, colours: brand.colours, fonts, product: photo, logo, seed, mood });
  if (laid.kind === 'refused') return { image: { ...laid, costMicros: 0 }, pixels: null };

  const { composition, findings } = laid;
  const { painted, fallback, costMicros } = await paint(maker.model, composition, request, options);
  const sides = readImageHeader(painted.png);
  const pictures: Embedded = {
    background: dataUrl(painted.png),
    exact: sides?.width === size.width && sides.height === size.height,
    product: placed(photo, 'product', composition),
    logo: placed(logo, 'logo', composition),
  };
  const drawn = await drawReadable(composition, pictures);
  if (drawn.kind === 'unreadable') {
    return { image: { kind: 'refused', findings: [...findings, drawn.finding], costMicros }, pixels: null };
  }
  const { svg, rendered, contrast, layers } = drawn;
  const description = altText(composition, texts, product.name);
  const origin: Origin = {
    madeAt: maker.now,
    title: description,
    source: painted.source,
    model: painted.model,
    composed: pictures.product !== null || pictures.logo !== null,
  };
  const png = await signPicture(rendered.png, 'image/png', origin, maker.signer);
  const image: MadeImage = {
    kind: 'made',
    width: size.width,
    height: size.height,
    png: png.bytes,
    upload:
      png.bytes.length <= size.maxBytes
        ? { bytes: png.bytes, mediaType: 'image/png' }
        : { bytes: await jpegOf(rendered, size.maxBytes, origin, maker.signer), mediaType: 'image/jpeg' },
    svg,
    altText: description,
    template: composition.template,
    layers,
    contrast,
    background: { model: painted.model, fallback, costMicros },
    findings,
    credentials: png.credentials,
  };
  return { image, pixels: rendered };
}

type Painted = Extract<BackgroundAnswer, { readonly kind: 'painted' }>;

/** The built-in model stands in for one that refuses, is late or cannot be read: a run goes on. */
async function paint(
  model: ImageModel,
  { palette, column, size: { width, height } }: Composition,
  { product, seed }: ImageRequest,
  options: { readonly signal?: AbortSignal },
): Promise<{ readonly painted: Painted; readonly fallback: string | null; readonly costMicros: number }> {
  const { description, category } = product;
  const request = { description, category, palette, quiet: column, seed, width, height };
  const answer = await model.background(request, options);
  if (answer.kind === 'painted') return { painted: answer, fallback: null, costMicros: answer.costMicros };
  const instead = await builtInImageModel.background(request, options);
  if (instead.kind !== 'painted') throw new Error(`The built-in image model answered ${instead.kind}.`);
  return { painted: instead, fallback: answer.reason, costMicros: answer.costMicros };
}

type Drawn =
  | {
      readonly kind: 'drawn';
      readonly svg: string;
      readonly rendered: Rendered;
      readonly contrast: number;
      readonly layers: readonly Layer[];
    }
  | { readonly kind: 'unreadable'; readonly finding: Finding };

/** Calms what lies behind the words until every one of them is read on it. */
async function drawReadable(composition: Composition, pictures: Embedded): Promise<Drawn> {
  const texts = composition.layers.filter((layer): layer is TextLayer => layer.kind === 'text');
  const fonts = await Promise.all([...new Set(texts.map(({ font }) => font))].map(fileOf));
  let worst: { readonly layer: TextLayer; readonly contrast: number } | undefined;
  for (const opacity of calmings) {
    const calmed = calm(composition, opacity);
    const svg = drawSvg(calmed, pictures);
    const without = await renderPixels(drawSvg(calmed, pictures, { letters: false }), fonts);
    const rendered = await renderSvg(svg, fonts);
    const measured = texts.map((layer) => ({ layer, contrast: measureContrast(layer, rendered, without) }));
    worst = measured.reduce((a, b) => (b.contrast < a.contrast ? b : a));
    if (worst.contrast >= readable) {
      return { kind: 'drawn', svg, rendered, contrast: worst.contrast, layers: calmed.layers };
    }
  }
  const [role, text] = [worst?.layer.role ?? 'headline', worst?.layer.text ?? ''];
  const finding = imageFinding(
    'image-contrast',
    'block',
    role,
    text,
    `The ${role} has a contrast of ${worst?.contrast.toFixed(1) ?? '1'}:1 with what lies behind it, and needs ${readable}:1. Choose brand colours that are further apart, or another seed.`,
    'text',
  );
  return { kind: 'unreadable', finding };
}

async function jpegOf(
  rendered: Rendered,
  maxBytes: number,
  origin: Origin,
  signer: ManifestSigner,
): Promise<Uint8Array> {
  // A manifest takes some ten kilobytes.
  const jpeg = await writeJpegWithin(rendered, maxBytes - 20 * 1024);
  return (await signPicture(jpeg, 'image/jpeg', origin, signer)).bytes;
}

/** A renderer skips pixels of a picture that is much larger than its place, and edges become stairs: it is shrunk before. */
function placed(photo: Photo | null, kind: 'product' | 'logo', { layers }: Composition): string | null {
  const box = layers.find((layer) => layer.kind === kind)?.box;
  if (photo === null || box === undefined) return null;
  const longest = Math.ceil(1.5 * Math.max(box.width, box.height));
  return dataUrl(writePng(shrink(photo.pixels, longest), { alpha: true, level: 6 }));
}

const dataUrl = (png: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64')}`;
