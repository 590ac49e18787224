import type { Brief } from '../../../../contracts/schemas/briefs.ts';
import { writeAds } from '../../../../domain/generation/copy/write-ads.ts';
import { factSheet } from '../../../../domain/generation/facts.ts';
import { type PersonaliseRequest, personalise } from '../../../../domain/generation/personalise/personalise.ts';
import { copyFormats } from '../../../../platforms/registry.ts';
import { policy } from '../../compliance/policy/policy-world.ts';
import { briefNamed, today } from '../brief-files.ts';

export const formats = Object.values(copyFormats).flat();

export function formatNamed(name: string) {
  const found = formats.find(({ format }) => format === name);
  if (found === undefined) throw new Error(`There is no format ${name}.`);
  return found;
}

export type Segments = Brief['audience']['segments'];

/** A brief of the twenty with segments of one's own, personalised for one format. */
export function personalised(
  name: string,
  segments: Segments,
  format: string,
  language?: string,
  variants = 3,
  targetedBy = ['city'],
) {
  const { brief: plain, businessName } = briefNamed(name);
  const brief = { ...plain, audience: { ...plain.audience, segments } };
  const request: PersonaliseRequest = {
    brief,
    sheet: factSheet(brief, language ?? brief.languages[0] ?? 'en', today),
    voice: brief.voice,
    businessName,
    bannedWords: brief.bannedWords,
    format: formatNamed(format),
    variants,
    gate: { policy, today, trademarksAllowed: [brief.product.name, businessName] },
    targetedBy,
  };
  const written = writeAds(request);
  return { request, result: personalise(request, written.kind === 'written' ? written.ads : []) };
}
