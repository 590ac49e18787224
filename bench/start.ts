import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cdkOut, root } from '../scripts/build.ts';

export interface StartFigures {
  /** From the command to `ready`, nothing built and no data. */
  readonly firstSeconds: number;
  /** From the command to `ready` over what the first start left. */
  readonly secondSeconds: number;
  /** Most resident memory of the whole process tree during the first start, build included. */
  readonly peakMegabytes: number;
  /** The same once it is ready and ten seconds have passed. */
  readonly restMegabytes: number;
}

const deadlineMs = 180_000;

/** Resident memory of a process and everything below it, in megabytes. */
export function treeMegabytes(pid: number): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number]);
  const tree = new Set([pid]);
  for (const parent of tree) {
    for (const [child, of] of rows) {
      if (of === parent) {
        tree.add(child);
      }
    }
  }
  return rows.filter(([each]) => tree.has(each)).reduce((sum, [, , kilobytes]) => sum + kilobytes, 0) / 1024;
}

/** The first of eight neighbouring ports that are free now. */
async function freePortBase(): Promise<number> {
  const free = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const probe = createServer()
        .once('error', () => resolve(false))
        .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
  for (let base = 5200; base < 60_000; base += 16) {
    const taken = await Promise.all(Array.from({ length: 8 }, (_, offset) => free(base + offset)));
    if (taken.every(Boolean)) {
      return base;
    }
  }
  throw new Error('No eight neighbouring ports are free');
}

async function startOnce(home: string, portBase: number): Promise<{ seconds: number; peak: number; rest: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
    env: { ...process.env, CONEXT_HOME: home, CONEXT_PORT_BASE: String(portBase) },
  });
  const pid = child.pid ?? 0;
  let over = false;
  const gone = new Promise<void>((resolve) =>
    child.on('exit', () => {
      over = true;
      resolve();
    }),
  );
  let peak = 0;
  while (!existsSync(join(home, 'local.json'))) {
    if (over || performance.now() - started > deadlineMs) {
      throw new Error('npm start did not become ready');
    }
    peak = Math.max(peak, treeMegabytes(pid));
    await wait(100);
  }
  const seconds = (performance.now() - started) / 1000;
  await wait(10_000);
  const rest = treeMegabytes(pid);
  process.kill(-pid, 'SIGINT');
  await gone;
  return { seconds, peak: Math.max(peak, rest), rest };
}

/** Starts the whole system twice as a person would. Whatever was built before is built again. */
export async function measureStart(): Promise<StartFigures> {
  const home = await mkdtemp(join(tmpdir(), 'conext-bench-home-'));
  try {
    await rm(join(root, 'dist'), { recursive: true, force: true });
    await rm(cdkOut, { recursive: true, force: true });
    const portBase = await freePortBase();
    const first = await startOnce(home, portBase);
    const second = await startOnce(home, portBase);
    return {
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      peakMegabytes: first.peak,
      restMegabytes: first.rest,
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
