import { globSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { googleAdsBundle } from '../platforms/google-ads/bundle.ts';
import { environmentCredentials } from './environment-credentials.ts';
import { pureContracts } from './pure-contracts.ts';

const root = join(import.meta.dirname, '..');
/** Runs of esbuild at the same time; each uses the cores there are, and memory by what it reads. */
const runsAtOnce = 2;

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
  leftOut: readonly Plugin[] = [googleAdsBundle(), pureContracts(), environmentCredentials()],
): Promise<readonly FunctionBundle[]> {
  // Written beside and put in place at once: whoever runs from the folder never sees half of it.
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  const left = [...sources];
  const bundles: FunctionBundle[] = [];
  const work = async (): Promise<void> => {
    for (let source = left.shift(); source !== undefined; source = left.shift()) {
      bundles.push(await bundleFunction(source, out, fresh, leftOut));
    }
  };
  await Promise.all(Array.from({ length: runsAtOnce }, work));
  await rm(out, { recursive: true, force: true });
  await mkdir(dirname(out), { recursive: true });
  await rename(fresh, out);
  return bundles.sort((a, b) => a.name.localeCompare(b.name));
}

/** A run of esbuild each: run together, a function would load what any of the others uses of a package or a file. */
async function bundleFunction(
  { name, entry }: FunctionSource,
  out: string,
  fresh: string,
  leftOut: readonly Plugin[],
): Promise<FunctionBundle> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: join(fresh, name),
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
    plugins: [...leftOut],
  });
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
    importedBytes: bytes((kind) => kind !== 'dynamic-import'),
    totalBytes: bytes(() => true),
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
