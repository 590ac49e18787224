import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Brief, brief as briefSchema } from '../../../contracts/schemas/briefs.ts';

export interface BriefFile {
  readonly file: string;
  readonly brief: Brief;
  readonly businessName: string;
}

const folder = join(import.meta.dirname, 'briefs');

/** Twenty businesses as people would describe them, five in each language. */
export const briefFiles: readonly BriefFile[] = readdirSync(folder)
  .toSorted()
  .map((file) => {
    const { brief, businessName } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      brief: unknown;
      businessName: string;
    };
    return { file, brief: briefSchema.parse(brief), businessName };
  });

export function briefNamed(name: string): BriefFile {
  const found = briefFiles.find(({ file }) => file === `${name}.json`);
  if (found === undefined) throw new Error(`There is no brief ${name}.`);
  return found;
}

export const today = '2026-11-20';
