import { brandFonts } from '../../contracts/schemas/brand-kits.ts';

type BrandFont = (typeof brandFonts)[number];

/** Files that pictures are made with: read when needed, packed beside the bundle of a function that makes pictures. */

/** How a font’s package and its files are called: `Inter` is `inter/700Bold/Inter_700Bold.ttf`. */
const fontFiles: Readonly<Record<BrandFont, string>> = {
  inter: 'Inter',
  'open-sans': 'OpenSans',
  roboto: 'Roboto',
  'source-sans-3': 'SourceSans3',
  montserrat: 'Montserrat',
  lora: 'Lora',
  merriweather: 'Merriweather',
  'playfair-display': 'PlayfairDisplay',
  'source-serif-4': 'SourceSerif4',
  'noto-sans': 'NotoSans',
};
const weightNames = { 500: '500Medium', 700: '700Bold' } as const;

export type FontName = `${BrandFont}-${keyof typeof weightNames}`;
export type PackedName = FontName | 'renderer' | 'jpeg-reader' | 'jpeg-writer' | 'webp-reader' | 'webp-writer';

const fonts = brandFonts.flatMap((font) =>
  ([500, 700] as const).map((weight): readonly [FontName, string] => {
    const name = weightNames[weight];
    return [`${font}-${weight}`, `@expo-google-fonts/${font}/${name}/${fontFiles[font]}_${name}.ttf`];
  }),
);

/** As a module specifier, by the name that readers use. */
export const packedFiles: ReadonlyMap<PackedName, string> = new Map<PackedName, string>([
  ...fonts,
  ['renderer', '@resvg/resvg-wasm/index_bg.wasm'],
  ['jpeg-reader', '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'],
  ['jpeg-writer', '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'],
  ['webp-reader', '@jsquash/webp/codec/dec/webp_dec.wasm'],
  // Node 24 has SIMD on every machine, and the encoder asks for this version where there is.
  ['webp-writer', '@jsquash/webp/codec/enc/webp_enc_simd.wasm'],
]);
