/** The events of one execution, named and shaped as GetExecutionHistory answers them. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Clock } from '../ports.ts';
import type { ExecutionStore } from './execution-store.ts';
import { ExecutionEnd } from './state-failure.ts';

/** An execution of more events fails (Step Functions quotas). */
export const MAX_EVENTS = 25_000;

/** A branch or iteration: each keeps its own chain of previous events. */
export interface Lane {
  previous: number;
}

export class History {
  readonly #executionArn: string;
  /** `undefined` counts events without keeping them. */
  readonly #store: ExecutionStore | undefined;
  readonly #now: Clock;
  #count = 0;

  constructor(executionArn: string, store: ExecutionStore | undefined, now: Clock) {
    this.#executionArn = executionArn;
    this.#store = store;
    this.#now = now;
  }

  /** `details` is stored under the member AWS uses for the type, e.g. `{ taskFailedEventDetails: { … } }`. */
  add(lane: Lane, type: HistoryEventType, details?: Readonly<Record<string, object>>): number {
    if (this.#count >= MAX_EVENTS - 1) {
      const cause = `The execution reached the maximum number of history events (${MAX_EVENTS}).`;
      throw new ExecutionEnd('FAILED', 'States.Runtime', cause);
    }
    return this.#append(lane, type, details);
  }

  /** The closing event, for which the last place is kept. */
  close(lane: Lane, type: HistoryEventType, details?: Readonly<Record<string, object>>): void {
    this.#append(lane, type, details);
  }

  #append(lane: Lane, type: HistoryEventType, details: Readonly<Record<string, object>> | undefined): number {
    this.#count += 1;
    const id = this.#count;
    if (this.#store !== undefined) {
      const event = { id, previousEventId: lane.previous, timestamp: this.#now() / 1000, type, ...details };
      this.#store.addEvent({ executionArn: this.#executionArn, id, json: JSON.stringify(event) });
    }
    lane.previous = id;
    return id;
  }
}
