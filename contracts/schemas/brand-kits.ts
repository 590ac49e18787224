import * as z from 'zod/mini';
import { uploadId } from './assets.ts';
import { bannedWords, substantiatedClaim, voice } from './briefs.ts';

/** Fonts whose licence lets them be drawn into ads (SIL OFL 1.1). */
export const brandFonts = [
  'inter',
  'open-sans',
  'roboto',
  'source-sans-3',
  'montserrat',
  'lora',
  'merriweather',
  'playfair-display',
  'source-serif-4',
  'noto-sans',
] as const;

const colour = z
  .string()
  .check(z.regex(/^#[0-9a-f]{6}$/))
  .register(z.globalRegistry, { description: 'sRGB, `#0b5fff`' });

/** What every ad of a brand has in common. */
export const brandKit = z
  .strictObject({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    businessName: z
      .string()
      .check(z.trim(), z.minLength(1), z.maxLength(80))
      .register(z.globalRegistry, { description: 'As ads show it; Google takes 25 characters, TikTok 40' }),
    voice,
    bannedWords,
    colours: z.strictObject({
      primary: colour,
      secondary: z.optional(colour),
      accent: z.optional(colour),
      background: z.optional(colour),
      text: z.optional(colour),
    }),
    logoAssetId: z.optional(uploadId),
    fonts: z.strictObject({ heading: z.enum(brandFonts), body: z.enum(brandFonts) }),
    claims: z.array(substantiatedClaim).check(z.maxLength(20)),
    legalLine: z.optional(
      z
        .string()
        .check(z.trim(), z.minLength(2), z.maxLength(300))
        .register(z.globalRegistry, { description: 'What the law asks of every ad, as images show it' }),
    ),
  })
  .register(z.globalRegistry, { id: 'BrandKit', description: 'What every ad of a brand has in common' });
export type BrandKit = z.infer<typeof brandKit>;
