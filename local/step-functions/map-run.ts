/** The record of one distributed Map, as DescribeMapRun answers it. */
import type { ExecutionStatus } from './execution-store.ts';
import type { Run } from './run.ts';

export interface MapRunSettings {
  /** 0: not limited by the machine. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
}

type Counts = Record<'pending' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted' | 'total', number>;

const counted: Readonly<Record<ExecutionStatus, keyof Counts>> = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
};

function countsOf(total: number): Counts {
  return { pending: total, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total };
}

export class MapRun {
  readonly arn: string;
  readonly items: Counts;
  readonly executions: Counts;
  readonly #run: Run;
  readonly #settings: MapRunSettings;
  readonly #startDate: number;
  #status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';
  #stopDate: number | undefined;

  constructor(run: Run, arn: string, settings: MapRunSettings, itemCount: number, executionCount: number) {
    this.arn = arn;
    this.#run = run;
    this.#settings = settings;
    this.items = countsOf(itemCount);
    this.executions = countsOf(executionCount);
    this.#startDate = run.surface.timers.now() / 1000;
    this.save();
  }

  started(itemCount: number): void {
    this.#move('pending', 'running', itemCount);
  }

  ended(status: ExecutionStatus, itemCount: number): void {
    this.#move('running', counted[status], itemCount);
  }

  /** Items of children that failed or ran out of time. */
  get failedItems(): number {
    return this.items.failed + this.items.timedOut;
  }

  get exceedsTolerance(): boolean {
    const { toleratedFailureCount, toleratedFailurePercentage } = this.#settings;
    if (this.failedItems === 0) return false;
    const percentage = (100 * this.failedItems) / this.items.total;
    // A tolerance that was not declared does not speak; with neither, no failure is tolerated.
    const countSpeaks = toleratedFailureCount > 0 || toleratedFailurePercentage === 0;
    const overCount = countSpeaks && this.failedItems > toleratedFailureCount;
    const overPercentage = toleratedFailurePercentage > 0 && percentage > toleratedFailurePercentage;
    return overCount || overPercentage;
  }

  close(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    this.#status = status;
    this.#stopDate = this.#run.surface.timers.now() / 1000;
    this.save();
  }

  save(): void {
    this.#run.surface.store.saveMapRun(this.arn, this.#run.executionArn, {
      mapRunArn: this.arn,
      executionArn: this.#run.executionArn,
      stateMachineArn: this.#run.machine.arn,
      status: this.#status,
      startDate: this.#startDate,
      stopDate: this.#stopDate,
      ...this.#settings,
      itemCounts: { ...this.items, resultsWritten: 0 },
      executionCounts: { ...this.executions, resultsWritten: 0 },
      redriveCount: 0,
    });
  }

  #move(from: keyof Counts, to: keyof Counts, itemCount: number): void {
    this.items[from] -= itemCount;
    this.items[to] += itemCount;
    this.executions[from] -= 1;
    this.executions[to] += 1;
  }
}
