import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { crashHistory } from '../test/functions/integrations/apply-changes/crash-history.ts';

export interface CrashFigures {
  readonly histories: number;
  readonly operations: number;
  readonly applied: number;
  /** Changes that were resumed, and ones that undid another. */
  readonly resumed: number;
  readonly undoings: number;
  /** Awaits that were gone through, at each of which a process might be killed. */
  readonly steps: number;
  /** Processes killed at an await. */
  readonly kills: number;
  /** Processes that stood still for longer than a lease. */
  readonly stalls: number;
  /** Histories in which something was done twice, lost, or left out of a whole audit trail. */
  readonly wrong: number;
  readonly seconds: number;
}

const histories = 10_000;
const sums = ['operations', 'applied', 'resumed', 'undoings', 'steps', 'kills', 'stalls'] as const;
type Sums = Record<(typeof sums)[number] | 'wrong', number>;

const nothing: Sums = {
  operations: 0,
  applied: 0,
  resumed: 0,
  undoings: 0,
  steps: 0,
  kills: 0,
  stalls: 0,
  wrong: 0,
};

/** Every `stride`th history from `first` on. */
async function measureSome({ first, stride }: { first: number; stride: number }): Promise<Sums> {
  const total = { ...nothing };
  for (let seed = first; seed <= histories; seed += stride) {
    const history = await crashHistory(seed);
    for (const one of sums) total[one] += history[one];
    if (history.wrongs.length === 0) continue;
    total.wrong += 1;
    process.stderr.write(`History ${seed}: ${history.wrongs.join('; ')}\n`);
  }
  return total;
}

const inThread = (data: { first: number; stride: number }): Promise<Sums> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: data });
    thread.once('message', resolve);
    thread.once('error', reject);
    // After a message this says nothing new.
    thread.once('exit', (code) => reject(new Error(`The thread ended with ${code} before it was done.`)));
  });

/**
 * Histories in which changes are decided on, applied, resumed and undone by processes that are killed, stand still and are started
 * again, from the seeds 1 to 10,000, over the cores of the machine.
 */
export async function measureCrashHistories(): Promise<CrashFigures> {
  const started = performance.now();
  const threads = availableParallelism();
  const parts = await Promise.all(
    Array.from({ length: threads }, (_, thread) => inThread({ first: thread + 1, stride: threads })),
  );
  const total = { ...nothing };
  for (const part of parts) for (const one of [...sums, 'wrong'] as const) total[one] += part[one];
  return { histories, ...total, seconds: (performance.now() - started) / 1_000 };
}

if (!isMainThread) {
  parentPort?.postMessage(await measureSome(workerData));
} else if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await measureCrashHistories(), null, 2)}\n`);
}
