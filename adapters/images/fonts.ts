import type { BrandKit, brandFonts } from '../../contracts/schemas/brand-kits.ts';
import type { Font } from '../../domain/generation/images/font.ts';
import type { Fonts } from '../../domain/generation/images/lay-out.ts';
import { readFont } from './font-file.ts';
import { readPacked } from './packed-files.ts';

type BrandFont = (typeof brandFonts)[number];

/** As the files name themselves, which is how a renderer and a designer’s program find them. */
const families: Readonly<Record<BrandFont, string>> = {
  inter: 'Inter',
  'open-sans': 'Open Sans',
  roboto: 'Roboto',
  'source-sans-3': 'Source Sans 3',
  montserrat: 'Montserrat',
  lora: 'Lora',
  merriweather: 'Merriweather',
  'playfair-display': 'Playfair Display',
  'source-serif-4': 'Source Serif 4',
  'noto-sans': 'Noto Sans',
};
/** Has all Latin, Greek and Cyrillic letters; stands in for fonts that lack some. */
const complete: BrandFont = 'noto-sans';

interface LoadedFont {
  readonly font: Font;
  readonly bytes: Uint8Array;
}
const loaded = new Map<string, Promise<LoadedFont>>();

function load(name: BrandFont, weight: Font['weight']): Promise<LoadedFont> {
  const key = `${families[name]} ${weight}`;
  const known = loaded.get(key);
  if (known !== undefined) return known;
  const fresh = readPacked(`${name}-${weight}`).then((bytes) => ({
    bytes,
    font: readFont(bytes, families[name], weight),
  }));
  loaded.set(key, fresh);
  fresh.catch(() => loaded.delete(key));
  return fresh;
}

/** The brand’s fonts, each followed by the one that has every letter. */
export async function fontsOf({ heading, body }: BrandKit['fonts']): Promise<Fonts> {
  const [head, headInstead, text, textInstead, label] = await Promise.all([
    load(heading, 700),
    load(complete, 700),
    load(body, 500),
    load(complete, 500),
    load(body, 700),
  ]);
  return {
    heading: [head.font, headInstead.font],
    body: [text.font, textInstead.font],
    label: [label.font, headInstead.font],
  };
}

/** The files of fonts that `fontsOf` has given. */
export async function fileOf({ family, weight }: Font): Promise<Uint8Array> {
  const known = await loaded.get(`${family} ${weight}`);
  if (known === undefined) throw new Error(`The font ${family} ${weight} has not been loaded.`);
  return known.bytes;
}
