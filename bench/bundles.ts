import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { root } from '../scripts/build.ts';
import { bundleFunctions, capabilities, type FunctionBundle } from '../scripts/build-functions.ts';
import { median } from './median.ts';

export interface BundleFigure {
  readonly name: string;
  /** Carries the Google client in a chunk that is loaded only when it calls Google. */
  readonly withGoogle: boolean;
  readonly importedKb: number;
  readonly totalKb: number;
  readonly sizeRatio: number;
  readonly importMs: number;
  /** Beside the baseline bundled the usual way, into one file. */
  readonly importRatio: number;
  /** Beside the baseline bundled with the same options as the functions, lazy parts of the SDK in chunks of their own. */
  readonly importRatioSplit: number;
}

/** Odd, and enough that what else the machine does falls out of the medians. */
const rounds = 21;
const run = promisify(execFile);

/** What a function's environment holds on AWS, so that reading its configuration is part of the measured cold start. */
const environment = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  CONEXT_STAGE: 'local',
  STATE_TABLE: 'state',
  LAKE_BUCKET: 'lake',
  EVENT_BUS_NAME: 'events',
  ATHENA_WORKGROUP: 'warehouse',
  WAREHOUSE_DATABASE: 'conext_local',
  ETL_STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:conext-local-etl',
  PARAMETER_PREFIX: '/conext/local',
  SECRET_PREFIX: 'conext/local',
  IMPORT_STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:conext-local-import',
  EVENT_STREAM: 'conext-local-events',
  SCHEMA_REGISTRY: 'conext-local-schemas',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/000000000000/dead-letters',
  STAGE_SETTINGS: '{}',
  ALLOWED_ORIGIN: 'http://127.0.0.1:4600',
};

/** Milliseconds that a fresh process takes to import the bundle. */
async function importMs(folder: string): Promise<number> {
  const script = `globalThis.awslambda={streamifyResponse:(f)=>f};const t=performance.now();await import(${JSON.stringify(join(folder, 'index.mjs'))});console.log(performance.now()-t);process.exit(0)`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  return Number(stdout.trim().split('\n').at(-1));
}

/** One minified file with everything in it: what a Lambda function usually is. */
async function bundleUsually(entry: string, folder: string): Promise<number> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'error',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

export interface BundleFigures {
  /** One file, the usual way. */
  readonly baseline: BundleFigure;
  /** Bundled with the functions' options and none of their plugins. Sizes are compared with this one, the smaller. */
  readonly baselineSplit: BundleFigure;
  readonly functions: readonly BundleFigure[];
}

/** Every function beside both baselines, in fresh processes. */
export async function measureBundles(): Promise<BundleFigures> {
  const out = await mkdtemp(join(tmpdir(), 'conext-bench-'));
  try {
    const source = { name: 'baseline', entry: 'bench/baseline/handler.ts' };
    const usual = join(out, 'usual');
    const usualBytes = await bundleUsually(source.entry, usual);
    // With all that esbuild finds in it, as any other project would have it.
    const [split] = await bundleFunctions([source], join(out, 'baseline'), []);
    if (split === undefined) {
      throw new Error('The baseline was not bundled');
    }
    const bundles = await bundleFunctions(capabilities(), join(out, 'functions'));
    await importMs(usual);

    // Each round imports them all, one after the other, so that a slow minute of the machine meets all alike.
    const folders = [usual, split.folder, ...bundles.map(({ folder }) => folder)];
    const times = new Map(folders.map((folder): [string, number[]] => [folder, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [folder, own] of times) own.push(await importMs(folder));
    }
    const msOf = (folder: string): number => median(times.get(folder) ?? []);
    const [one, other] = [msOf(usual), msOf(split.folder)];
    const functions = bundles.map((bundle) => ({
      ...sizes(bundle, split),
      importMs: msOf(bundle.folder),
      importRatio: msOf(bundle.folder) / one,
      importRatioSplit: msOf(bundle.folder) / other,
    }));
    return {
      baseline: {
        ...sizes({ ...split, name: 'baseline, one file', importedBytes: usualBytes, totalBytes: usualBytes }, split),
        importMs: one,
        importRatio: 1,
        importRatioSplit: one / other,
      },
      baselineSplit: {
        ...sizes({ ...split, name: 'baseline, in chunks' }, split),
        importMs: other,
        importRatio: other / one,
        importRatioSplit: 1,
      },
      functions,
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const sizes = (bundle: FunctionBundle, split: FunctionBundle) => ({
  name: bundle.name,
  withGoogle: bundle.totalBytes > 1_000_000,
  importedKb: Math.round(bundle.importedBytes / 1024),
  totalKb: Math.round(bundle.totalBytes / 1024),
  sizeRatio: bundle.totalBytes / split.totalBytes,
});
