import type { BrandKit } from '../../../../sdks/javascript/src/generated/api.ts';

export const fontNames: Readonly<Record<BrandKit['fonts']['heading'], string>> = {
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

export const colourNames = {
  primary: 'Main colour',
  secondary: 'Second colour',
  accent: 'Accent, as on buttons',
  background: 'Ground',
  text: 'Letters',
} as const;
export type ColourName = keyof typeof colourNames;

/** A brand kit that has just been begun. */
export const emptyKit: BrandKit = {
  ...{ name: '', businessName: '', voice: { tone: 'plain', formality: 'formal' }, bannedWords: [], claims: [] },
  ...{ colours: { primary: '#1f4e79' }, fonts: { heading: 'inter', body: 'inter' } },
};

/** What still has to be mended, by field, in words. */
export function kitFaults(kit: BrandKit): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  if (kit.name.trim() === '') faults.name = 'Give the kit a name.';
  if (kit.businessName.trim() === '') faults.businessName = 'Write the name that ads show.';
  for (const [index, { text, substantiation }] of kit.claims.entries()) {
    if (text.trim() !== '' && substantiation.trim().length < 3)
      faults[`claims.${index}`] = 'Say what proves it: a study, a register entry, an address.';
  }
  if (kit.legalLine !== undefined && kit.legalLine.trim().length === 1)
    faults.legalLine = 'Write at least two characters.';
  return faults;
}

/** As the API takes it: without what was left empty. */
export function sentKit({ legalLine, claims, ...kit }: BrandKit): BrandKit {
  const line = legalLine?.trim() ?? '';
  return {
    ...kit,
    claims: claims.filter(({ text }) => text.trim() !== ''),
    ...(line !== '' && { legalLine: line }),
  };
}

const channel = (part: string): number => {
  const value = Number.parseInt(part, 16) / 255;
  return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (colour: string): number =>
  0.2126 * channel(colour.slice(1, 3)) + 0.7152 * channel(colour.slice(3, 5)) + 0.0722 * channel(colour.slice(5, 7));

/** Contrast of two sRGB colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Letters that can be read on a ground: those of the brand where they reach 4.5:1, else black or white. */
export function lettersOn(ground: string, wanted: string | undefined): string {
  if (wanted !== undefined && contrast(wanted, ground) >= 4.5) return wanted;
  return contrast('#ffffff', ground) >= contrast('#111111', ground) ? '#ffffff' : '#111111';
}
