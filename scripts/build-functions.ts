import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { googleAdsBundle } from '../platforms/google-ads/bundle.ts';

const root = join(import.meta.dirname, '..');

export interface FunctionSource {
  readonly name: string;
  /** Relative to the repository. */
  readonly entry: string;
}

export interface FunctionBundle {
  /** `<module>-<capability>` */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Bytes that a cold start reads: the entry and what it imports at once. */
  readonly importedBytes: number;
  /** The same with the chunks that are loaded only when needed. */
  readonly totalBytes: number;
}

/** Every folder under functions/<module>/ that has a handler. */
export const capabilities = (): readonly FunctionSource[] =>
  globSync('functions/*/*/handler.ts', { cwd: root })
    .sort()
    .map((entry) => ({ name: entry.split(/[\\/]/).slice(1, 3).join('-'), entry }));

/**
 * Bundles one function for Lambda's Node 24: minified ESM with its SDK clients inside. What a handler imports lazily becomes a
 * chunk of its own, so that a client as large as Google's costs nothing until a call needs it.
 */
export async function bundleFunction(
  source: FunctionSource,
  plugins: readonly Plugin[],
  outRoot: string,
): Promise<FunctionBundle> {
  const folder = join(outRoot, source.name);
  await rm(folder, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: [{ in: source.entry, out: 'index' }],
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
  const { outputs } = result.metafile;
  const entry = Object.keys(outputs).find((file) => file.endsWith('index.mjs'));
  if (entry === undefined) {
    throw new Error(`The bundle of ${source.name} has no entry`);
  }
  const reached = reachable(outputs, entry, () => true);
  // With splitting, esbuild writes a chunk for every import() it has read, also for those that tree-shaking took out.
  await Promise.all(
    Object.keys(outputs)
      .filter((file) => !reached.has(file.replace(/\.map$/, '')))
      .map((file) => rm(join(root, file))),
  );
  const atOnce = reachable(outputs, entry, (kind) => kind !== 'dynamic-import');
  const bytes = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return { name: source.name, folder, importedBytes: bytes(atOnce), totalBytes: bytes(reached) };
}

/** Outputs that can be loaded from the entry through imports of the kinds asked for, the entry included. */
function reachable(
  outputs: Metafile['outputs'],
  entry: string,
  follow: (kind: string) => boolean,
): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (external !== true && follow(kind)) {
        found.add(path);
      }
    }
  }
  return found;
}

export async function buildFunctions(): Promise<readonly FunctionBundle[]> {
  const out = join(root, 'dist', 'functions');
  await rm(out, { recursive: true, force: true });
  const plugins = [googleAdsBundle()];
  return await Promise.all(capabilities().map((source) => bundleFunction(source, plugins, out)));
}
