/** The built-in writer over the briefs of the tests: how fast, how different and how readable its ads are. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brief as briefSchema } from '../contracts/schemas/briefs.ts';
import { readingEase } from '../domain/generation/copy/readability.ts';
import { distinctness } from '../domain/generation/copy/similarity.ts';
import { type AdCopy, writeAds } from '../domain/generation/copy/write-ads.ts';
import { isWritten } from '../domain/generation/fact.ts';
import { factSheet } from '../domain/generation/facts.ts';
import { copyFormats } from '../platforms/registry.ts';
import { root } from '../scripts/build.ts';

export interface CopyFigures {
  readonly briefs: number;
  readonly ads: number;
  readonly adsPerSecond: number;
  /** Mean distance of the ads of one brief, language and format by trigrams: 0 the same, 1 nothing in common. */
  readonly distinctness: number;
  /** Flesch's Reading Ease in the language's own version. */
  readonly readingEase: number;
}

const variants = 5;

export async function measureCopy(): Promise<CopyFigures> {
  const folder = join(root, 'test', 'domain', 'generation', 'briefs');
  const files = (await readdir(folder)).toSorted();
  const distances: number[] = [];
  const eases: number[] = [];
  let ads = 0;
  let milliseconds = 0;
  for (const file of files) {
    const { brief: given, businessName } = JSON.parse(await readFile(join(folder, file), 'utf8')) as {
      brief: unknown;
      businessName: string;
    };
    const brief = briefSchema.parse(given);
    for (const language of brief.languages) {
      const sheet = factSheet(brief, language, '2026-11-20');
      for (const format of Object.values(copyFormats).flat()) {
        const started = performance.now();
        const outcome = writeAds({
          brief,
          sheet,
          voice: brief.voice,
          businessName,
          bannedWords: brief.bannedWords,
          format,
          variants,
        });
        milliseconds += performance.now() - started;
        if (outcome.kind !== 'written') continue;
        ads += outcome.ads.length;
        const texts = outcome.ads.map(textOf);
        const distance = distinctness(texts);
        if (distance !== null) distances.push(distance);
        if (isWritten(language)) eases.push(...texts.flatMap((text) => readingEase(text, language) ?? []));
      }
    }
  }
  return {
    briefs: files.length,
    ads,
    adsPerSecond: (ads / milliseconds) * 1000,
    distinctness: mean(distances),
    readingEase: mean(eases),
  };
}

const textOf = ({ texts }: AdCopy): string => texts.map(({ text }) => text).join('. ');
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
