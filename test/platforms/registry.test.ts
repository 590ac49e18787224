import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { platformIds } from '../../domain/integrations/platform.ts';
import { openReader } from '../../platforms/readers.ts';
import { descriptors, mappings } from '../../platforms/registry.ts';

const root = new URL('../..', import.meta.url).pathname;

async function bundle(contents: string) {
  const result = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    outfile: 'bundle.mjs',
    metafile: true,
  });
  const [output] = Object.values(result.metafile.outputs);
  return { bytes: output?.bytes ?? 0, inputs: Object.keys(output?.inputs ?? {}) };
}

describe('the platform registry', () => {
  it.each([...platformIds])('holds %s to the contract of all readers', (id) => {
    for (const suite of ['contract', 'large-account']) {
      expect(readFileSync(join(import.meta.dirname, id, `${suite}.test.ts`), 'utf8')).toContain(`underTest('${id}')`);
    }
  });

  it.each([...platformIds])('describes and maps %s', (id) => {
    expect(descriptors[id].id).toBe(id);
    expect(descriptors[id].limits.lookBackDays).toBeGreaterThan(0);
    for (const grain of descriptors[id].supports.grains) {
      expect(mappings[id].toFact(grain, {})).toMatchObject({ ok: false });
    }
  });

  it.each([...platformIds])(
    'refuses to open %s without credentials',
    async (id) => {
      await expect(openReader(id, { credentials: {}, endpoints: {} })).rejects.toMatchObject({
        kind: 'unauthorized',
        platform: id,
      });
    },
    20_000,
  );

  it('does not compile with a platform left out', () => {
    // @ts-expect-error every platform id needs its line
    const noDescriptor: typeof descriptors = {};
    // @ts-expect-error every platform id needs its line
    const noMapping: typeof mappings = {};
    expect([noDescriptor, noMapping]).toEqual([{}, {}]);
  });

  it('keeps the clients out of bundles that only describe and map', async () => {
    const light = await bundle(
      "import { descriptors, mappings } from './platforms/registry.ts'; console.log(descriptors, mappings);",
    );
    expect(light.inputs.filter((input) => input.includes('node_modules'))).toEqual([]);
    expect(light.bytes).toBeLessThan(60_000);
  }, 20_000);
});
