import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';

const main = new URL('../../simulator/main.ts', import.meta.url).pathname;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(parameters: readonly string[] = [], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [main, ...parameters], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  if (child.stdout === null) throw new Error('The child has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('The simulator printed nothing.');
}

function exit(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

describe('node simulator/main.ts', () => {
  it('prints one line when it is ready, with what a client needs', async () => {
    const ready = await firstLine(start(['--seed', '3', '--days', '5']));
    expect(ready).toEqual({
      ready: true,
      rest: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      grpc: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      rates: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/ecb$/),
      credentials: {
        developerToken: expect.any(String),
        clientId: expect.any(String),
        clientSecret: expect.any(String),
        refreshToken: expect.any(String),
        managerCustomerId: '9100000001',
      },
      linkedIn: {
        clientId: expect.any(String),
        clientSecret: expect.any(String),
        refreshToken: expect.any(String),
        limitedRefreshToken: expect.any(String),
      },
      tiktok: {
        appId: expect.stringMatching(/^7\d{18}$/),
        appSecret: expect.any(String),
        accessToken: expect.any(String),
        refreshToken: expect.any(String),
      },
    });
    expect((await fetch(`${ready['control']}/control/health`)).status).toBe(200);
  });

  it('takes seed and days from the environment', async () => {
    const [first, second] = await Promise.all([
      firstLine(start(['--seed', '3'])),
      firstLine(start([], { CONEXT_SIM_SEED: '3', CONEXT_DAYS: '7' })),
    ]);
    expect(second['credentials']).toEqual(first['credentials']);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s', async (signal) => {
    const child = start(['--days', '5']);
    await firstLine(child);
    const exited = exit(child);
    child.kill(signal);
    expect(await exited).toBe(0);
  });

  it('stops when its standard input closes', async () => {
    const child = start(['--days', '5']);
    await firstLine(child);
    const exited = exit(child);
    child.stdin?.end();
    expect(await exited).toBe(0);
  });

  it('stops when its IPC channel closes', async () => {
    const child = fork(main, ['--days', '5'], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    children.push(child);
    await firstLine(child);
    const exited = exit(child);
    child.disconnect();
    expect(await exited).toBe(0);
  });

  it.each([
    [['--days', 'many'], 'CONEXT_DAYS must be a number'],
    [['--colour', 'red'], '--colour'],
    [['--start', 'soon'], '--start must be an ISO instant'],
    [['--access-level', 'gold'], '--access-level must be one of'],
    [['--tiktok-level', 'gold'], '--tiktok-level must be one of'],
  ])('refuses %j', async (parameters, message) => {
    const child = start(parameters);
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(errors).toContain(message);
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = start(['--port-base', String(port - 4)]);
    let errors = '';
    child.stderr?.on('data', (chunk) => {
      errors += chunk;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(errors).toContain(`127.0.0.1:${port}`);
    taken.close();
  });
});
