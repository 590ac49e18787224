/** `npm start` as a process: its sentences, its exit codes, and what it leaves behind. `npm test` builds what it starts. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHome } from '../../../local/boot/home-state.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const main = join(root, 'local', 'main.ts');

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  /** Exit status, or the signal's name. */
  readonly ended: Promise<number | string>;
}

let home: string;
let begun: Started[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'conext-main-'));
  begun = [];
  // As if the first load had been: these tests are about the process.
  const held = openHome(home);
  held.state.simulator = { seed: 1, days: 1 };
  held.state.loadedAt = '2026-11-22T00:00:00.000Z';
  held.state.segmentsLoadedAt = held.state.loadedAt;
  held.save();
});
afterEach(async () => {
  for (const { process: child, ended } of begun) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(home, { recursive: true, force: true });
});

function run(
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
  [program, ...before]: readonly [string, ...string[]] = [process.execPath],
): Started {
  const child = spawn(program, [...before, main, ...args], {
    env: { ...process.env, CONEXT_HOME: home, CONEXT_PORT_BASE: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  }
  const ended = new Promise<number | string>((over) =>
    child.once('close', (code, signal) => over(code ?? signal ?? -1)),
  );
  const started = { process: child, output: () => text, ended };
  begun.push(started);
  return started;
}

const LATE = { timeout: 60_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });
const said = (started: Started, text: string): Promise<void> => expect.poll(started.output, LATE).toContain(text);

/** Process ids of everything below a process. */
function below(pid: number): readonly number[] {
  const pairs = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const direct = pairs.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0);
  return direct.flatMap((child) => [child, ...below(child)]);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const gone = (pids: readonly number[]): Promise<void> => expect.poll(() => pids.filter(alive), LATE).toEqual([]);

it.each([
  [
    'the templates are missing',
    {},
    ['--cdk-out', '/nowhere'],
    '/nowhere holds no templates; run "npm run build" first.\n',
  ],
  [
    'the dashboard is missing',
    {},
    ['--dashboard', '/nowhere'],
    '/nowhere holds no dashboard; run "npm run build" first.\n',
  ],
  ['a variable is wrong', { CONEXT_PORT_BASE: 'x' }, [], 'CONEXT_PORT_BASE must be a whole number; found "x".\n'],
])('says in one sentence that %s', async (_, environment, args, sentence) => {
  const started = run(environment, args);
  expect(await started.ended).toBe(1);
  expect(started.output()).toBe(sentence);
});

it('says in one sentence that another simulator was wanted', async () => {
  const started = run({ CONEXT_DAYS: '30' });
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(/^\[1\/7\] Reading the templates\n.*was loaded with CONEXT_DAYS=1; .*\n$/);
});

describe('once ready', () => {
  it('stops in order on Ctrl-C', async () => {
    const started = run();
    await said(started, 'Ctrl-C stops');
    const children = below(started.process.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(2);
    started.process.kill('SIGINT');
    expect(await started.ended).toBe(0);
    await gone(children);
    expect(existsSync(join(home, 'local.json'))).toBe(false);
    expect(existsSync(join(home, 'lock'))).toBe(false);
  });

  it('leaves no child behind when it is killed outright, and starts again', async () => {
    const killed = run();
    await said(killed, 'Ctrl-C stops');
    const children = below(killed.process.pid ?? 0);
    killed.process.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    await gone(children);
    const again = run();
    await said(again, 'Ctrl-C stops');
  });

  it('stops when the process that started it is gone', async () => {
    const shell = run({}, [], ['/bin/sh', '-c', '"$@" & wait', 'sh', process.execPath]);
    await said(shell, 'Ctrl-C stops');
    const family = below(shell.process.pid ?? 0);
    shell.process.kill('SIGKILL');
    await gone(family);
    expect(existsSync(join(home, 'local.json'))).toBe(false);
  });

  it('stops with an error when the simulator is lost', async () => {
    const started = run();
    await said(started, 'Ctrl-C stops');
    const children = below(started.process.pid ?? 0);
    const lines = execFileSync('ps', ['-o', 'pid=,args=', '-p', children.join(',')], { encoding: 'utf8' }).split('\n');
    const simulator = lines.find((line) => line.includes('simulator/main.ts'));
    process.kill(Number.parseInt(simulator ?? '', 10), 'SIGKILL');
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('The simulator stopped');
    await gone(children);
  });
});

it('gives up a start on Ctrl-C, and at once on the second', async () => {
  const started = run();
  await said(started, '[3/7]');
  const children = below(started.process.pid ?? 0);
  started.process.kill('SIGINT');
  await said(started, 'Stopping');
  started.process.kill('SIGINT');
  expect(await started.ended).toBe(130);
  await gone(children);
});
