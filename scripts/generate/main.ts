import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changesPage } from './changes-page.ts';
import { dataDictionary } from './data-dictionary.ts';
import { openApiDocument } from './openapi.ts';
import { policiesPage } from './policies-page.ts';
import { qualityPage } from './quality-page.ts';
import { sdkSource } from './sdk-types.ts';
import { streamCostPage } from './stream-cost-page.ts';

const root = join(import.meta.dirname, '..', '..');

/** Everything that is written from the contracts and the mappings, by path. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const document = openApiDocument();
  return {
    'docs/changes.md': changesPage(),
    'docs/data-dictionary.md': dataDictionary(),
    'docs/policies.md': policiesPage(),
    'docs/quality.md': qualityPage(),
    'docs/streaming-cost.md': streamCostPage(),
    'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'sdks/javascript/src/generated/api.ts': sdkSource(document),
  };
}

/** Paths whose content on disk is not what the contracts say now. */
export async function staleFiles(): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, content] of Object.entries(generatedFiles())) {
    const present = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (present !== content) {
      stale.push(path);
    }
  }
  return stale;
}

/** Brings every generated file up to date; returns their paths. */
export async function writeGenerated(): Promise<readonly string[]> {
  const files = Object.entries(generatedFiles());
  await Promise.all(files.map(([path, content]) => writeFile(join(root, path), content)));
  return files.map(([path]) => path);
}
