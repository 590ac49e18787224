import { globSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { context, type Metafile, type Plugin } from 'esbuild';
import { packedFilesBundle } from '../adapters/images/bundle.ts';
import { googleAdsBundle } from '../platforms/google-ads/bundle.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { pureContracts } from './pure-contracts.ts';

const root = join(import.meta.dirname, '..');
/** Each uses the cores there are, and memory by what it has read. */
const bundlersAtOnce = 2;

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
 * of its own, so that a client as large as Google's costs nothing until a call needs it. `leftOut` are the plugins that leave out what
 * a function never runs.
 */
export async function bundleFunctions(
  sources: readonly FunctionSource[],
  out: string,
  leftOut: readonly Plugin[] = [googleAdsBundle(), packedFilesBundle(), pureContracts(), environmentCredentials()],
): Promise<readonly FunctionBundle[]> {
  // Written beside and put in place at once: whoever runs from the folder never sees half of it.
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  const left = [...sources];
  const bundles: FunctionBundle[] = [];
  const work = async (): Promise<void> => {
    const bundler = await openBundler(out, fresh, leftOut);
    try {
      for (let source = left.shift(); source !== undefined; source = left.shift())
        bundles.push(await bundler.run(source));
    } finally {
      await bundler.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(bundlersAtOnce, sources.length) }, work));
  await rm(out, { recursive: true, force: true });
  await mkdir(dirname(out), { recursive: true });
  await rename(fresh, out);
  return bundles.sort((a, b) => a.name.localeCompare(b.name));
}

const functionEntry = 'function-entry';

/** Stands for the function that is bundled now. */
const entryOf = (entry: () => string): Plugin => ({
  name: functionEntry,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^${functionEntry}$`) }, ({ path }) => ({ path, namespace: functionEntry }));
    onLoad({ filter: /./, namespace: functionEntry }, () => ({
      contents: `export * from ${JSON.stringify(`./${entry()}`)};`,
      resolveDir: root,
    }));
  },
});

/**
 * Bundles one function after the other. A run of esbuild each: run together, a function would load what any of the others uses of a
 * package or a file. All of them in one context, which keeps what it has parsed: most of what a function holds others hold too.
 */
async function openBundler(out: string, fresh: string, leftOut: readonly Plugin[]) {
  const current = { entry: '' };
  const bundling = await context({
    absWorkingDir: root,
    entryPoints: [{ in: functionEntry, out: 'index' }],
    // As deep as the folders that the outputs are put into: source maps name files from there.
    outdir: join(fresh, functionEntry),
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
    plugins: [entryOf(() => current.entry), ...leftOut],
  });
  return {
    close: () => bundling.dispose(),
    async run({ name, entry }: FunctionSource): Promise<FunctionBundle> {
      current.entry = entry;
      const { metafile, outputFiles } = await bundling.rebuild();
      const folder = join(fresh, name);
      await mkdir(folder, { recursive: true });
      await Promise.all(outputFiles.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)));
      const { outputs } = metafile;
      const index = Object.keys(outputs).find((file) => basename(file) === 'index.mjs');
      if (index === undefined) {
        throw new Error(`The bundle of ${name} has no entry`);
      }
      const bytes = (follow: (kind: string) => boolean): number =>
        [...reachable(outputs, index, follow)].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
      return {
        name,
        folder: join(out, name),
        // Files packed beside the code are read when they are needed.
        importedBytes: bytes((kind) => kind !== 'dynamic-import' && kind !== 'file-loader'),
        totalBytes: bytes(() => true),
      };
    },
  };
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
