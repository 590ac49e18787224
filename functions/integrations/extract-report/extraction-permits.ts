import type { CallStore } from '../../../adapters/stores/call-store.ts';
import type { RunStore } from '../../../adapters/stores/run-store.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import type { Run } from '../../../contracts/schemas/pipelines.ts';
import { AppError } from '../../../domain/errors.ts';
import { backfillCallsLeft } from '../../../domain/integrations/call-budget.ts';
import type { PlatformDescriptor } from '../../../domain/integrations/platform.ts';

/** Between two looks at whether the scheduled loads are done. */
const lookEveryMs = 5_000;
/** A scheduled run that is older has died: the state machine ends every execution by then. */
const longestRunMs = 6 * 3_600_000;

export interface ExtractionPermits {
  /** Resolves when the next report may be asked for; `asked` are the item's calls so far. */
  before(item: EtlItem, asked: number): Promise<void>;
  /** Counts what an item called. */
  used(item: EtlItem, calls: number): Promise<void>;
}

export interface PermitPorts {
  readonly runs: Pick<RunStore, 'get' | 'scheduledSince'>;
  readonly calls: CallStore;
  readonly descriptorOf: (platform: EtlItem['platform']) => Pick<PlatformDescriptor, 'name' | 'callBudget'>;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<unknown>;
  readonly remainingMs: () => number;
}

/**
 * What was asked for by hand goes after and below the scheduled loads: it waits while one is under way, and uses no more than its
 * share of the calls that the platform permits a day. Scheduled loads pass at once.
 */
export function createPermits(ports: PermitPorts): ExtractionPermits {
  const { runs, calls, now } = ports;
  let trigger: Promise<Run['trigger'] | undefined> | undefined;
  const triggerOf = (item: EtlItem) => (trigger ??= runs.get(item.runId).then((run) => run?.trigger));
  const today = () => new Date(now()).toISOString().slice(0, 10);
  return {
    async before(item, asked) {
      if ((await triggerOf(item)) !== 'on-demand') return;
      await scheduledLoadsDone(ports);
      const { name, callBudget } = ports.descriptorOf(item.platform);
      const perDay = callBudget?.perDay ?? null;
      if (perDay === null) return;
      const left = backfillCallsLeft(perDay, await calls.used(item.connectionId, today()));
      if (left !== null && left <= asked) {
        throw new AppError(
          'conflict',
          `Today’s calls of ${name} for back-fills are used up: half of the ${perDay} permitted, the rest is for the scheduled loads. Resume the run tomorrow (UTC).`,
        );
      }
    },
    async used(item, count) {
      if (count === 0) return;
      const kind = (await triggerOf(item)) === 'on-demand' ? 'onDemand' : 'scheduled';
      await calls.count(item.connectionId, today(), kind, count);
    },
  };
}

/** Half of the function's time is waited; after that the state machine waits, and repeats the step a few times. */
async function scheduledLoadsDone({ runs, now, wait, remainingMs }: PermitPorts): Promise<void> {
  const patience = remainingMs() / 2;
  for (;;) {
    const since = new Date(now() - longestRunMs).toISOString();
    if ((await runs.scheduledSince(since)).length === 0) return;
    if (remainingMs() <= patience) {
      throw new AppError('rate-limited', 'The scheduled loads go first and are not done yet. Resume the run later.');
    }
    await wait(lookEveryMs);
  }
}
