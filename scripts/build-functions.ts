import { globSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { googleAdsBundle } from '../platforms/google-ads/bundle.ts';

const root = join(import.meta.dirname, '..');

export interface FunctionSource {
  /** `<module>-<capability>` */
  readonly name: string;
  /** Relative to the repository. */
  readonly entry: string;
}

export interface FunctionBundle {
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
 * Bundles functions for Lambda's Node 24: minified ESM with their SDK clients inside. What a handler imports lazily is a chunk
 * of its own, so that a client as large as Google's costs nothing until a call needs it.
 */
export async function bundleFunctions(
  sources: readonly FunctionSource[],
  out: string,
): Promise<readonly FunctionBundle[]> {
  // Written beside and put in place at once: whoever runs from the folder never sees half of it.
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  const modules = Map.groupBy(sources, ({ name }) => name.split('-')[0] ?? '');
  const bundles = (await Promise.all([...modules.values()].map((some) => bundleTogether(some, out, fresh)))).flat();
  await rm(out, { recursive: true, force: true });
  await mkdir(dirname(out), { recursive: true });
  await rename(fresh, out);
  return bundles;
}

/**
 * One run of esbuild reads every source once; a function's folder then gets its entry and the chunks it can reach. A run is
 * made for each module: within one, a package's export that any function uses is in the chunk that all of them load.
 */
async function bundleTogether(
  sources: readonly FunctionSource[],
  out: string,
  fresh: string,
): Promise<readonly FunctionBundle[]> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: sources.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir: out,
    write: false,
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
    // The error that it throws says it all.
    logLevel: 'silent',
    legalComments: 'none',
    // CommonJS packages inside an ES module still call require() for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [googleAdsBundle()],
  });
  const { outputs } = metafile;
  const content = new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
  const outputOf = new Map(Object.keys(outputs).map((file) => [basename(file), file]));

  return Promise.all(
    sources.map(async ({ name }) => {
      const entry = outputOf.get(`${name}.mjs`);
      if (entry === undefined) {
        throw new Error(`The bundle of ${name} has no entry`);
      }
      const reached = reachable(outputs, entry, () => true);
      await mkdir(join(fresh, name), { recursive: true });
      await Promise.all(
        [...reached]
          .map((file) => basename(file))
          .flatMap((file) => [file, `${file}.map`])
          .map((file) =>
            writeFile(join(fresh, name, file === `${name}.mjs` ? 'index.mjs' : file), content.get(file) ?? ''),
          ),
      );
      const bytes = (files: Iterable<string>): number =>
        [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
      const atOnce = reachable(outputs, entry, (kind) => kind !== 'dynamic-import');
      return { name, folder: join(out, name), importedBytes: bytes(atOnce), totalBytes: bytes(reached) };
    }),
  );
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

export const buildFunctions = (): Promise<readonly FunctionBundle[]> =>
  bundleFunctions(capabilities(), join(root, 'dist', 'functions'));
