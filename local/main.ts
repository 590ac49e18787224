/** `npm start` after the build: the whole system on this machine, until it is told to stop. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { START_STEPS, writeProgress } from './boot/progress.ts';
import { StartError } from './boot/start-error.ts';
import type { RunningSystem } from './boot/start-local.ts';
import { summary } from './boot/summary.ts';

// Functions run in threads of this process, and Lambda's clock is UTC.
process.env.TZ = 'UTC';

const root = join(import.meta.dirname, '..');
const FORCED = 130;
/** A start that a signal gave up ends as a shell reports it. */
const GIVEN_UP = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** Three years: more would take minutes to load. */
const LONGEST_HISTORY_DAYS = 1_096;
/** Without a sign of life from whoever started this, for this long, nobody will press Ctrl-C any more. */
const PARENT_CHECK_MS = 1_000;

const { values } = parseArgs({
  options: {
    'cdk-out': { type: 'string', default: join(root, 'cdk.out') },
    dashboard: { type: 'string', default: join(root, 'dist', 'dashboard') },
  },
});

const stopping = new AbortController();
let system: RunningSystem | undefined;
let stopped: Promise<void> | undefined;

/** The first call stops in order, a second one at once. */
function stop(status: number, sentence: string): void {
  if (stopped !== undefined) {
    process.stderr.write('Stopped at once; child processes end with this one.\n');
    process.exit(FORCED);
  }
  process.stderr.write(`\n${sentence}\n`);
  stopping.abort(new StartError('The start was given up.'));
  stopped = (async () => {
    // Before it is up, the start itself takes down what it had begun and reports through `starting`.
    await starting.catch(() => {});
    await system?.stop();
    process.exit(status);
  })();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop(system === undefined ? GIVEN_UP[signal] : 0, 'Stopping …'));
}
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) stop(0, 'Stopping: the process that started this one is gone.');
}, PARENT_CHECK_MS).unref();
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    stop(1, 'Stopping: the error above was not expected.');
  });
}

const home = resolve(process.env.CONEXT_HOME || join(root, '.conext'));
const progress = writeProgress(process.stdout, START_STEPS);

async function begin(): Promise<RunningSystem> {
  if (!existsSync(join(values['cdk-out'], 'manifest.json'))) {
    throw new StartError(`${values['cdk-out']} holds no templates; run "npm run build" first.`);
  }
  if (!existsSync(join(values.dashboard, 'index.html'))) {
    throw new StartError(`${values.dashboard} holds no dashboard; run "npm run build" first.`);
  }
  const portBase = numberFrom('CONEXT_PORT_BASE') ?? 4600;
  // Halves the time to load the runtime from the second start on.
  enableCompileCache(join(home, 'compile-cache'));
  const { startLocal } = await import('./boot/start-local.ts');
  return await startLocal({
    cdkOut: values['cdk-out'],
    dashboardFolder: values.dashboard,
    home,
    portBase,
    simulator: {
      program: join(root, 'simulator', 'main.ts'),
      seed: numberFrom('CONEXT_SIM_SEED'),
      days: daysWanted(),
    },
    databaseEndpoint: process.env.CONEXT_DYNAMODB_ENDPOINT,
    progress,
    signal: stopping.signal,
  });
}

function numberFrom(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new StartError(`${variable} must be a whole number; found "${text}".`);
  return Number(text);
}

function daysWanted(): number | undefined {
  const days = numberFrom('CONEXT_DAYS');
  if (days !== undefined && (days < 1 || days > LONGEST_HISTORY_DAYS)) {
    throw new StartError(`CONEXT_DAYS must be a number from 1 to ${LONGEST_HISTORY_DAYS}; found ${days}.`);
  }
  return days;
}

/** Short where the folder lies below the current one. */
function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
}

async function tellOfSegments({ segments }: RunningSystem): Promise<void> {
  try {
    const failed = await segments;
    process.stdout.write('Search terms, assets and audience breakdowns are loaded.\n');
    for (const account of failed) process.stdout.write(`Not loaded: ${account}\n`);
  } catch (error) {
    if (stopped !== undefined) return;
    const why = error instanceof StartError ? error.sentence : String(error);
    process.stderr.write(`Search terms, assets and audience breakdowns were not loaded: ${why}\n`);
  }
}

const began = performance.now();
const starting = begin();
try {
  system = await starting;
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(summary(system, nearPath(home), seconds));
  if (system.loadingSegments) void tellOfSegments(system);
  void system.lost.then((sentence) => stop(1, sentence));
} catch (error) {
  if (stopped === undefined) {
    progress.done();
    const sentence =
      error instanceof StartError
        ? error.sentence
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}
