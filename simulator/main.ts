import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accessLevels } from './google-ads/quota.ts';
import type { SimulatorOptions } from './options.ts';
import { type RateLevel, rateLevels } from './tiktok-ads/rate-limits.ts';

const usage =
  'node simulator/main.ts [--port-base N] [--seed N] [--days N] [--speed N] [--start ISO] [--access-level basic] [--tiktok-level basic] [--edits FILE]';

/** `--port-base N` is the system's port base: REST on N+4, gRPC on N+5, control on N+6. */
function readOptions(): SimulatorOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      'port-base': text,
      seed: text,
      days: text,
      speed: text,
      start: text,
      'access-level': text,
      'tiktok-level': text,
      'transient-rate': text,
      'extra-campaigns': text,
      'extra-ads': text,
      edits: text,
    },
  });
  const number = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') return undefined;
    if (!Number.isFinite(Number(value)) || Number(value) < 0)
      throw new Error(`${name} must be a number from 0, found "${value}".`);
    return Number(value);
  };
  const base = number('--port-base', values['port-base'] ?? process.env['CONEXT_PORT_BASE']);
  const startAt = values.start === undefined ? undefined : Date.parse(values.start);
  if (Number.isNaN(startAt)) throw new Error(`--start must be an ISO instant, found "${values.start}".`);
  const level = values['access-level'];
  const accessLevel = (Object.keys(accessLevels) as (keyof typeof accessLevels)[]).find((known) => known === level);
  if (level !== undefined && accessLevel === undefined)
    throw new Error(`--access-level must be one of ${Object.keys(accessLevels).join(', ')}.`);
  const tiktokLevel = values['tiktok-level'];
  const rateLevel = (Object.keys(rateLevels) as RateLevel[]).find((known) => known === tiktokLevel);
  if (tiktokLevel !== undefined && rateLevel === undefined)
    throw new Error(`--tiktok-level must be one of ${Object.keys(rateLevels).join(', ')}.`);
  return defined({
    seed: number('CONEXT_SIM_SEED', values.seed ?? process.env['CONEXT_SIM_SEED']),
    days: number('CONEXT_DAYS', values.days ?? process.env['CONEXT_DAYS']),
    speed: number('--speed', values.speed),
    startAt,
    accessLevel,
    tiktok: rateLevel === undefined ? undefined : { rateLevel },
    transientFailureRate: number('--transient-rate', values['transient-rate']),
    extraCampaigns: number('--extra-campaigns', values['extra-campaigns']),
    extraAds: number('--extra-ads', values['extra-ads']),
    editsFile: values.edits,
    ports: base === undefined ? undefined : { rest: base + 4, grpc: base + 5, control: base + 6 },
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(options: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;
}

/** Calls back when whoever started this process is gone: its IPC channel or the pipe on standard input closed. */
function whenParentGoes(stop: () => void): void {
  process.on('disconnect', stop);
  const input = fstatSync(0, { throwIfNoEntry: false });
  if (input === undefined || !(input.isFIFO() || input.isSocket())) return;
  process.stdin.on('end', stop).on('error', stop).resume();
}

try {
  const options = readOptions();
  // Loaded after the options are read, so that a wrong one is answered at once.
  const { createSimulator } = await import('./simulator.ts');
  const simulator = await createSimulator(options);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    simulator.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  whenParentGoes(stop);
  const { rest, grpc, control, rates, credentials, linkedIn, tiktok } = simulator;
  process.stdout.write(
    `${JSON.stringify({ ready: true, rest, grpc, control, rates, credentials, linkedIn, tiktok })}\n`,
  );
} catch (error) {
  process.stderr.write(
    `The simulator cannot start: ${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}\n`,
  );
  process.exit(1);
}
