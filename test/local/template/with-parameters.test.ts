import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { loadAssembly, withParameters } from '../../../local/template/load-assembly.ts';

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
});

it('replaces the default of a named parameter and leaves the others', async () => {
  folder = await mkdtemp(join(tmpdir(), 'conext-parameters-'));
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({
      artifacts: {
        One: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://000000000000/eu-central-1',
          properties: { templateFile: 'One.template.json' },
        },
      },
    }),
  );
  const parameters = { DashboardOrigin: { Type: 'String', Default: 'a' }, Other: { Type: 'String', Default: 'b' } };
  await writeFile(join(folder, 'One.template.json'), JSON.stringify({ Parameters: parameters, Resources: {} }));

  const settled = withParameters(loadAssembly(folder), { DashboardOrigin: 'http://127.0.0.1:4711', Absent: 'c' });

  expect(settled.stacks[0]?.template.parameters).toEqual({
    DashboardOrigin: { Type: 'String', Default: 'http://127.0.0.1:4711' },
    Other: { Type: 'String', Default: 'b' },
  });
});
