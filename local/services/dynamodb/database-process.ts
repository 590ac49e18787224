/** Runs the DynamoDB emulator as a child process and starts it again when it dies. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { guardedCommand } from './guarded-command.ts';

const START_DEADLINE_MS = 10_000;
const STOP_DEADLINE_MS = 5_000;
/** A child that dies this often in a row stays dead: something is wrong that a restart does not mend. */
const MAX_RESTARTS = 5;
const HEALTHY_AFTER_MS = 60_000;

export interface DatabaseProcess {
  /** Base URL once it answers. */
  endpoint(): Promise<string>;
  stop(): Promise<void>;
}

/** The emulator's program for this system; each system has its own npm package. */
export function findDatabaseProgram(platform = process.platform, arch = process.arch): string {
  const name = `@dynoxide/${platform}-${arch}`;
  try {
    const program = join(
      dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)),
      platform === 'win32' ? 'dynoxide.exe' : 'dynoxide',
    );
    if (existsSync(program)) return program;
  } catch {
    // Said below, with what to do.
  }
  throw new Error(
    `The local DynamoDB needs the npm package ${name}, which is not installed: run "npm install --no-save ${name}", or set CONEXT_DYNAMODB_ENDPOINT to the URL of a running DynamoDB Local.`,
  );
}

/** `port` 0 takes any free one. */
export function runDatabase(options: {
  readonly program: string;
  readonly file: string;
  readonly port: number;
}): DatabaseProcess {
  let child: ChildProcess | undefined;
  let stopping = false;
  let restarts = 0;
  let ready = launch();
  ready.catch(() => undefined);

  async function launch(): Promise<string> {
    const port = options.port === 0 ? await freePort() : options.port;
    if (await answers(port)) {
      throw new Error(
        `Port ${port} is taken, and the local DynamoDB needs it: stop what listens there or set CONEXT_PORT_BASE.`,
      );
    }
    const started = Date.now();
    const address = ['--host', '127.0.0.1', '--port', String(port)];
    const { program, args } = guardedCommand(options.program, ['serve', ...address, '--db-path', options.file]);
    // Standard input tells the guard when this process is gone, however it went.
    const running = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    running.stdin.on('error', () => undefined);
    child = running;
    let complaint = '';
    let exited = false;
    running.stderr?.on('data', (data: Buffer) => {
      complaint = `${complaint}${data.toString('utf8')}`.slice(-2000);
    });
    running.once('error', (error) => {
      exited = true;
      complaint = error.message;
    });
    running.once('exit', () => {
      exited = true;
      if (stopping) return;
      restarts = Date.now() - started > HEALTHY_AFTER_MS ? 1 : restarts + 1;
      ready =
        restarts > MAX_RESTARTS
          ? Promise.reject(
              new Error(`The local DynamoDB stopped ${restarts} times and stays stopped: ${complaint.trim()}`),
            )
          : launch();
      ready.catch(() => undefined);
    });
    while (!(await answers(port))) {
      if (exited) throw new Error(`The local DynamoDB did not start: ${complaint.trim()}`);
      if (Date.now() - started > START_DEADLINE_MS) {
        running.kill('SIGKILL');
        throw new Error(`The local DynamoDB did not answer on port ${port} within ${START_DEADLINE_MS / 1000} s.`);
      }
      await new Promise((later) => setTimeout(later, 5));
    }
    return `http://127.0.0.1:${port}`;
  }

  return {
    endpoint: () => ready,
    async stop() {
      stopping = true;
      await ready.catch(() => undefined);
      const running = child;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const gone = new Promise<void>((exited) => running.once('exit', () => exited()));
      running.kill('SIGTERM');
      const deadline = setTimeout(() => running.kill('SIGKILL'), STOP_DEADLINE_MS);
      await gone;
      clearTimeout(deadline);
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (open: boolean): void => {
      socket.destroy();
      done(open);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}
