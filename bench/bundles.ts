import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
  readonly importRatio: number;
}

/** Odd, and enough that what else the machine does falls out of the medians. */
const rounds = 11;
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
  ALLOWED_ORIGIN: 'http://127.0.0.1:4600',
};

/** Milliseconds that a fresh process takes to import the bundle. */
async function importMs(folder: string): Promise<number> {
  const script = `globalThis.awslambda={streamifyResponse:(f)=>f};const t=performance.now();await import(${JSON.stringify(join(folder, 'index.mjs'))});console.log(performance.now()-t);process.exit(0)`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  return Number(stdout.trim().split('\n').at(-1));
}

/** Every function beside the baseline: each round imports the baseline and the function one after the other. */
export async function measureBundles(): Promise<{
  readonly baseline: BundleFigure;
  readonly functions: readonly BundleFigure[];
}> {
  const out = await mkdtemp(join(tmpdir(), 'conext-bench-'));
  try {
    const source = { name: 'baseline', entry: 'bench/baseline/handler.ts' };
    // Alone, so that it is not split along what the others import.
    const [empty] = await bundleFunctions([source], join(out, 'baseline'));
    if (empty === undefined) {
      throw new Error('The baseline was not bundled');
    }
    const bundles = await bundleFunctions(capabilities(), join(out, 'functions'));
    await importMs(empty.folder);

    const figure = (bundle: FunctionBundle, ms: number, ratio: number): BundleFigure => ({
      name: bundle.name,
      withGoogle: bundle.totalBytes > 1_000_000,
      importedKb: Math.round(bundle.importedBytes / 1024),
      totalKb: Math.round(bundle.totalBytes / 1024),
      sizeRatio: bundle.totalBytes / empty.totalBytes,
      importMs: ms,
      importRatio: ratio,
    });
    const baselineMs: number[] = [];
    const functions: BundleFigure[] = [];
    for (const bundle of bundles) {
      const own: number[] = [];
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const base = await importMs(empty.folder);
        const its = await importMs(bundle.folder);
        baselineMs.push(base);
        own.push(its);
        ratios.push(its / base);
      }
      functions.push(figure(bundle, median(own), median(ratios)));
    }
    return { baseline: figure(empty, median(baselineMs), 1), functions };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
