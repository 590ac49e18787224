import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { googleAdsBundle } from '../platforms/google-ads/bundle.ts';

const root = join(import.meta.dirname, '..');

export interface FunctionBundle {
  /** `<module>/<capability>` */
  readonly capability: string;
  readonly folder: string;
  /** Bytes of the entry and of the chunks it may load later. */
  readonly entryBytes: number;
  readonly chunkBytes: number;
}

/** Every folder under functions/<module>/ that has a handler. */
export const capabilities = (): readonly string[] =>
  globSync('functions/*/*/handler.ts', { cwd: root })
    .map((file) => file.split(/[\\/]/).slice(1, 3).join('/'))
    .sort();

/**
 * Bundles one function for Lambda's Node 24: minified ESM with its SDK clients inside. What a handler imports lazily becomes a
 * chunk of its own, so that a client as large as Google's costs nothing until a call needs it.
 */
export async function bundleFunction(
  capability: string,
  plugins: readonly Plugin[],
  outRoot: string,
): Promise<FunctionBundle> {
  const folder = join(outRoot, capability.replace('/', '-'));
  await rm(folder, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: [{ in: join('functions', capability, 'handler.ts'), out: 'index' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    legalComments: 'none',
    // CommonJS packages inside an ES module still call require() for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [...plugins],
  });
  const sizes = Object.entries(result.metafile.outputs)
    .filter(([file]) => file.endsWith('.mjs'))
    .map(([file, output]) => ({ entry: file.endsWith('index.mjs'), bytes: output.bytes }));
  const total = (entry: boolean): number =>
    sizes.filter((size) => size.entry === entry).reduce((sum, size) => sum + size.bytes, 0);
  return { capability, folder: relative(root, folder), entryBytes: total(true), chunkBytes: total(false) };
}

export async function buildFunctions(): Promise<readonly FunctionBundle[]> {
  const out = join(root, 'dist', 'functions');
  await rm(out, { recursive: true, force: true });
  const plugins = [googleAdsBundle()];
  return await Promise.all(capabilities().map((capability) => bundleFunction(capability, plugins, out)));
}
