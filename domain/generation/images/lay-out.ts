import type { BrandKit } from '../../../contracts/schemas/brand-kits.ts';
import type { Finding } from '../finding.ts';
import type { Box } from './box.ts';
import { safeArea } from './box.ts';
import type { Composition, ImageTexts, Layer, Placeable, TextRole } from './composition.ts';
import { type Font, fontFor } from './font.ts';
import { imageFinding } from './image-findings.ts';
import { layRow } from './lay-row.ts';
import { type Palette, palette } from './palette.ts';
import { productIn } from './product-in.ts';
import { pick, seeded } from './seeded.ts';
import type { ImageSize } from './sizes.ts';
import { stackColumn } from './stack-column.ts';
import { stripMoods, type Template, templates } from './templates.ts';

/** Fonts in order: the brand’s own, then the one that stands in where it lacks a letter. */
export interface Fonts {
  readonly heading: readonly Font[];
  readonly body: readonly Font[];
  /** For buttons and badges. */
  readonly label: readonly Font[];
}

export interface LayoutRequest {
  readonly size: ImageSize;
  readonly texts: ImageTexts;
  readonly colours: BrandKit['colours'];
  readonly fonts: Fonts;
  readonly product: Placeable | null;
  readonly logo: Placeable | null;
  readonly seed: number;
  /** How bright it is; the seed’s choice when null. */
  readonly mood: Palette['mood'] | null;
}

/** What is placed: texts with the font that has all their letters. */
export interface Placing {
  readonly size: ImageSize;
  readonly texts: ReadonlyMap<TextRole, { readonly text: string; readonly font: Font }>;
  readonly palette: Palette;
  readonly product: Placeable | null;
  readonly logo: Placeable | null;
}

export type LayoutOutcome =
  | { readonly kind: 'laid-out'; readonly composition: Composition; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Composes a picture: the same one for the same seed. A text that cannot be set is refused, never cut. */
export function layOut(request: LayoutRequest): LayoutOutcome {
  const { size, fonts, colours, seed } = request;
  const random = seeded(seed);
  const texts = new Map<TextRole, { text: string; font: Font }>();
  const unwritten: Finding[] = [];
  for (const [role, text] of textsOf(request)) {
    const font = fontFor(text.normalize('NFC'), fonts[voices[role]]);
    if (font === undefined) unwritten.push(unwritable(role, text));
    else texts.set(role, { text: text.normalize('NFC'), font });
  }
  if (unwritten.length > 0) return { kind: 'refused', findings: unwritten };

  const attempts = [request.product, null].slice(request.product === null ? 1 : 0);
  for (const product of attempts) {
    for (const { template, mood } of choices(size, product !== null, request.mood, random)) {
      const placing: Placing = { size, texts, palette: palette(colours, mood), product, logo: request.logo };
      const placed = template === null ? layRow(placing) : placeColumn(placing, template);
      if (placed === undefined) continue;
      const whole: Box = { x: 0, y: 0, width: size.width, height: size.height };
      const composition: Composition = {
        size,
        template: template?.id ?? 'strip-row',
        palette: placing.palette,
        column: placed.column,
        layers: [{ kind: 'background', box: whole }, ...placed.layers],
      };
      return { kind: 'laid-out', composition, findings: leftOut(request, composition) };
    }
  }
  return { kind: 'refused', findings: [tooLong(request)] };
}

function* textsOf({ texts, logo }: LayoutRequest): Generator<[TextRole, string]> {
  yield ['headline', texts.headline];
  if (texts.offer) yield ['offer', texts.offer];
  if (texts.callToAction) yield ['call-to-action', texts.callToAction];
  if (texts.legal) yield ['legal', texts.legal];
  if (logo === null) yield ['business-name', texts.businessName];
}

/** Templates in an order of the seed’s, each with a mood; a strip has one only. */
function choices(
  size: ImageSize,
  withProduct: boolean,
  asked: Palette['mood'] | null,
  random: () => number,
): readonly { readonly template: Template | null; readonly mood: Palette['mood'] }[] {
  if (size.shape === 'strip') return [{ template: null, mood: asked ?? pick(stripMoods, random) }];
  const fitting = templates[size.shape].filter(({ product }) => (product !== null) === withProduct);
  const first = Math.floor(random() * fitting.length);
  return fitting.map((_, at) => {
    const template = fitting[(first + at) % fitting.length] ?? null;
    const drawn = pick(template?.moods ?? stripMoods, random);
    return { template, mood: asked ?? drawn };
  });
}

const within = (area: Box, part: Box): Box => ({
  x: area.x + area.width * part.x,
  y: area.y + area.height * part.y,
  width: area.width * part.width,
  height: area.height * part.height,
});

function placeColumn(placing: Placing, template: Template): { layers: readonly Layer[]; column: Box } | undefined {
  const { size, product } = placing;
  const column = within(safeArea(size), template.column);
  const words = stackColumn(placing, column, template);
  if (words === undefined) return undefined;
  if (product === null || template.product === null) return { layers: words, column };
  const room = within({ x: 0, y: 0, width: size.width, height: size.height }, template.product);
  return { layers: [productIn(room, product), ...words], column };
}

const voices: Readonly<Record<TextRole, keyof Fonts>> = {
  headline: 'heading',
  offer: 'label',
  'call-to-action': 'label',
  legal: 'body',
  'business-name': 'heading',
};
const names: Readonly<Record<TextRole, string>> = {
  headline: 'headline',
  offer: 'offer',
  'call-to-action': 'call to action',
  legal: 'legal line',
  'business-name': 'business name',
};

const unwritable = (role: TextRole, text: string): Finding =>
  imageFinding(
    'image-script',
    'block',
    role,
    text,
    `The ${names[role]} has characters that pictures cannot be lettered in: Latin, Greek and Cyrillic letters, digits and common signs are, other scripts and emoji are not. Write it without them.`,
  );

function tooLong({ size, texts }: LayoutRequest): Finding {
  return imageFinding(
    'image-text-fits',
    'block',
    'headline',
    texts.headline,
    `The texts do not fit a picture of ${size.width} × ${size.height} at a size that is read on a phone (${size.legible.text} pixels). Shorten the headline (${[...texts.headline].length} characters)${texts.legal ? ` or the legal line (${[...texts.legal].length})` : ''}, or leave this size out.`,
  );
}

/** A strip may have no room for a name, and long texts none for the product: people are told. */
function leftOut({ product, texts, logo }: LayoutRequest, { layers }: Composition): readonly Finding[] {
  const findings: Finding[] = [];
  if (product !== null && !layers.some(({ kind }) => kind === 'product'))
    findings.push(
      imageFinding(
        'image-product-left-out',
        'info',
        'product',
        '',
        'Beside these texts there was no room for the product shot.',
      ),
    );
  const has = (role: TextRole): boolean => layers.some((layer) => layer.kind === 'text' && layer.role === role);
  if (texts.callToAction !== null && !has('call-to-action'))
    findings.push(
      imageFinding(
        'image-button-left-out',
        'info',
        'call-to-action',
        texts.callToAction,
        'There was no room for the button: the whole picture is what people tap.',
      ),
    );
  const named = has('business-name') || layers.some(({ kind }) => kind === 'logo');
  if (!named)
    findings.push(
      imageFinding(
        'image-name-left-out',
        'info',
        logo === null ? 'business-name' : 'logo',
        logo === null ? texts.businessName : '',
        'There was no room for the name of the advertiser in the picture; the platform shows it beside it.',
      ),
    );
  return findings;
}
