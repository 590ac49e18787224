import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkFile, checkImports } from '../../scripts/check-imports.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe('import directions', () => {
  it.each([
    ['domain/analysis/x.ts', "import { a } from '../../adapters/stores/a.ts';"],
    ['domain/analysis/x.ts', "export { a } from '../../functions/analysis/query-metrics/a.ts';"],
    ['contracts/x.ts', "import { readFile } from 'node:fs/promises';"],
    ['functions/analysis/a/handler.ts', "import { b } from '../b/use-case.ts';"],
    ['functions/integrations/a/handler.ts', "const m = await import('../../../platforms/google-ads/client.ts');"],
    ['lib/api-stack.ts', "import { handler } from '../functions/analysis/a/handler.ts';"],
    ['local/main.ts', "import type { Route } from '../contracts/routes.ts';"],
    ['simulator/main.ts', "import { mapping } from '../platforms/google-ads/mapping.ts';"],
    ['dashboard/src/app.tsx', "import { routes } from '../../contracts/routes.ts';"],
    ['sdks/javascript/src/client.ts', "import axios from 'axios';"],
  ])('finds %s importing where it must not: %s', (file, source) => {
    const findings = checkFile(file, `\n${source}`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ file, line: 2 });
    expect(findings[0]?.remedy).not.toBe('');
  });

  it.each([
    ['domain/analysis/x.ts', "import { a } from '../integrations/a.ts';"],
    [
      'functions/analysis/a/handler.ts',
      "import { b } from './use-case.ts'; import { r } from '../../../platforms/registry.ts'; import { o } from '../../../platforms/readers.ts';",
    ],
    ['lib/api-stack.ts', "import { routes } from '../contracts/routes.ts'; import { Stack } from 'aws-cdk-lib';"],
    ['dashboard/src/app.tsx', "import { createClient } from '../../sdks/javascript/src/client.ts';"],
  ])('lets %s import what its folder may: %s', (file, source) => {
    expect(checkFile(file, source)).toEqual([]);
  });

  it('catches a violation planted in a tree', async () => {
    const root = await mkdtemp(join(tmpdir(), 'conext-imports-'));
    folders.push(root);
    const planted = join(root, 'domain', 'analysis', 'planted.ts');
    await mkdir(dirname(planted), { recursive: true });
    await writeFile(planted, "import { config } from '../../adapters/config.ts';\nexport const x = config;\n");
    expect(checkImports(root)).toMatchObject([
      { file: 'domain/analysis/planted.ts', imported: '../../adapters/config.ts' },
    ]);
  });

  it('finds no violation in this repository', () => {
    expect(checkImports(join(import.meta.dirname, '..', '..'))).toEqual([]);
  });
});
