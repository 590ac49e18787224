/** The simulated ad platforms, as a process of their own: product code must not be able to see into them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isObject, type JsonObject, objectOf } from '../services/json-protocol.ts';
import { StartError } from './start-error.ts';

const START_DEADLINE_MS = 20_000;
const STOP_DEADLINE_MS = 3_000;

export interface SimulatorSettings {
  /** Its entry file. */
  readonly program: string;
  /** The same seed gives the same market. */
  readonly seed: number;
  /** Days of history before today. */
  readonly days: number;
  /** Where what is written to it is kept, so that a campaign made today is there after the next start. */
  readonly editsFile: string;
}

export interface RunningSimulator {
  readonly restUrl: string;
  readonly grpcUrl: string;
  readonly controlUrl: string;
  /** Where the European Central Bank's reference rates are simulated, where they are. */
  readonly ratesUrl: string | undefined;
  /** What each simulated platform lets us in with, by its id. */
  readonly platforms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Resolves when it ended without being asked to. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

export async function startSimulator(settings: SimulatorSettings, portBase: number): Promise<RunningSimulator> {
  const { CONEXT_PORT_BASE: _base, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    [
      settings.program,
      '--seed',
      String(settings.seed),
      '--days',
      String(settings.days),
      '--edits',
      settings.editsFile,
      ...(portBase === 0 ? [] : ['--port-base', String(portBase)]),
    ],
    // Standard input is a pipe so that the simulator notices when this process is gone.
    { stdio: ['pipe', 'pipe', 'pipe'], env: environment },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  child.stdin.on('error', () => {});
  let stopping = false;
  const exited = new Promise<void>((gone) => child.once('exit', () => gone()));
  const lost = exited.then(() =>
    stopping ? new Promise<string>(() => {}) : `The simulator stopped: ${complaint.trim() || 'it gave no reason'}`,
  );
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopChild(child, exited);
  };
  try {
    const answer = await readyLine(child, exited, () => complaint);
    const texts = (name: string): Record<string, string> =>
      Object.fromEntries(Object.entries(objectOf(answer, name)).map(([field, value]) => [field, String(value)]));
    return {
      restUrl: String(answer.rest),
      grpcUrl: `http://${String(answer.grpc)}`,
      controlUrl: String(answer.control),
      ratesUrl: typeof answer.rates === 'string' ? answer.rates : undefined,
      platforms: {
        'google-ads': texts('credentials'),
        'tiktok-ads': texts('tiktok'),
        'linkedin-ads': texts('linkedIn'),
      },
      lost,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyLine(child: ChildProcess, exited: Promise<void>, complaint: () => string): Promise<JsonObject> {
  const { stdout } = child;
  if (stdout === null) throw new Error('The simulator has no standard output.');
  const line = new Promise<string>((found) => {
    createInterface(stdout).once('line', found);
    stdout.resume();
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((over) => {
    timer = setTimeout(over, START_DEADLINE_MS, undefined);
  });
  const text = await Promise.race([line, exited.then(() => undefined), late]);
  clearTimeout(timer);
  const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!isObject(parsed) || parsed.ready !== true) {
    throw new StartError(`The simulator did not start: ${complaint().trim().split('\n')[0] || 'it gave no reason'}.`);
  }
  return parsed;
}

export async function stopChild(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(deadline);
}
