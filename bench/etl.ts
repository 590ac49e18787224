/**
 * From a platform's answer to the fact table: the real steps in a worker of its own, over S3, Athena and DynamoDB of the laptop,
 * beside the simplest script in a process of its own. Both are given the same pages, made as they are read; what a platform takes
 * to answer is in neither.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWarehouse } from '../adapters/warehouse.ts';
import type { EtlItem } from '../contracts/etl.ts';
import { factTable } from '../contracts/warehouse.ts';
import { newId } from '../domain/integrations/ids.ts';
import { startStateTable } from '../test/adapters/state-table.ts';
import { startLakeServices } from '../test/functions/integrations/lake-services.ts';
import { adPages, benchGrain, firstDay, lastDay } from './etl-pages.ts';
import type { ScriptFigures } from './etl-script.ts';
import type { WorkerFigures, WorkerOrder } from './etl-worker.ts';
import { spentMs } from './processor-time.ts';

/** Of both sides: where a machine has much memory V8 takes more of it for short-lived objects, which a worker of 1 GB has not. */
const youngHeap = '--max-semi-space-size=16';

export interface EtlFigures extends WorkerFigures {
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Processor time of the worker and, in this process, of the services it loads into: what a shared machine falsifies least. */
  readonly cpuMs: number;
  /** The simplest script, the same pages. */
  readonly script: {
    readonly ms: number;
    readonly cpuMs: number;
    readonly rowsPerSecond: number;
    readonly peakMb: number;
  };
  /** How many times as long as the script. */
  readonly ratio: number;
  readonly cpuRatio: number;
  /** Of every round, the best first. */
  readonly ratios: readonly number[];
}

/** Of each size, both in turn; the figures are those of the round with the median ratio. */
const rounds = 3;

export async function measureEtl(sizes: readonly number[] = [10_000, 100_000, 1_000_000]): Promise<EtlFigures[]> {
  const figures: EtlFigures[] = [];
  for (const rows of sizes) {
    const taken: Omit<EtlFigures, 'ratios'>[] = [];
    for (let round = 0; round < rounds; round += 1) taken.push(await loadBoth(rows));
    taken.sort((one, other) => one.ratio - other.ratio);
    const middle = taken[Math.floor(rounds / 2)];
    if (middle) figures.push({ ...middle, ratios: taken.map(({ ratio }) => ratio) });
  }
  return figures;
}

async function loadBoth(rows: number): Promise<Omit<EtlFigures, 'ratios'>> {
  const own = await loadOnce(rows);
  const script = await inProcess<ScriptFigures>('etl-script.ts', rows);
  requireWhole(rows, script);
  const ms = own.extractMs + own.transformMs + own.loadMs;
  return {
    ...own,
    rows,
    rowsPerSecond: (rows / ms) * 1_000,
    script: {
      ms: script.ms,
      cpuMs: script.cpuMs,
      rowsPerSecond: (rows / script.ms) * 1_000,
      peakMb: script.peakMb,
    },
    ratio: ms / script.ms,
    cpuRatio: own.cpuMs / script.cpuMs,
  };
}

async function loadOnce(rows: number): Promise<WorkerFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conext-bench-etl-'));
  const [state, services] = [await startStateTable(), await startLakeServices(dataDir)];
  try {
    const [workspaceId, runId, accountId] = [
      newId('wsp', Date.now()),
      newId('run', Date.now()),
      newId('acc', Date.now()),
    ];
    const item: EtlItem = {
      workspaceId,
      runId,
      itemId: `${accountId}-${firstDay}`,
      connectionId: 'con_bench',
      platform: 'google-ads',
      accountId,
      accountPlatformId: '4210000001',
      accountName: 'Bench',
      managerPlatformId: null,
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      from: firstDay,
      to: lastDay,
      grains: [benchGrain],
      withStructure: false,
    };
    const endpoint = await state.client.config.endpoint?.();
    if (endpoint === undefined) throw new Error('The state table has no endpoint.');
    const order: WorkerOrder = {
      config: services.config,
      state: { endpoint: `http://${endpoint.hostname}:${endpoint.port}`, table: 'state' },
      item,
      rows,
    };
    const beganServing = process.cpuUsage();
    const figures = await inProcess<WorkerFigures>('etl-worker.ts', order);
    const cpuMs = figures.cpuMs + spentMs(beganServing);
    for await (const held of createWarehouse(services.config).query(
      `SELECT count(*) AS held, sum(spend_micros) AS spent FROM ${factTable(benchGrain)}`,
    )) {
      requireWhole(rows, { rows: Number(held.held), spendMicros: String(held.spent) });
    }
    return { ...figures, cpuMs };
  } finally {
    await services.close();
    await state.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Runs a program of this folder on one message and resolves with the one it answers. */
function inProcess<T>(program: string, order: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, program), { execArgv: [youngHeap] });
    child.once('message', (figures) => resolve(figures as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} and no figures.`)));
    child.send(order as object);
  });
}

/** A fast load that lost a row is no figure. */
function requireWhole(rows: number, held: { readonly rows: number; readonly spendMicros: string }): void {
  let spent = 0n;
  for (const page of adPages(rows)) {
    for (const { metrics } of page) spent += BigInt((metrics as { costMicros: string }).costMicros);
  }
  if (held.rows !== rows || held.spendMicros !== String(spent)) {
    throw new Error(`${held.rows} rows with ${held.spendMicros} micros were loaded of ${rows} with ${spent}.`);
  }
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  for (const one of await measureEtl(sizes.length > 0 ? sizes : undefined))
    process.stdout.write(`${JSON.stringify(one)}\n`);
}
