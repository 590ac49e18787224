/** Delivers to a target, again when it fails, and to its dead-letter queue at the end. Waiting deliveries live in memory only. */
import { AwsError, type Clock, type DeliverySource, type TargetInvoker } from '../../ports.ts';
import { type JsonObject, objectOf, optionalText } from '../json-protocol.ts';
import { asNumber } from '../property-support.ts';

export interface Delivery {
  readonly targetArn: string;
  /** Given the attempt, from 1. */
  readonly input: (attempt: number) => unknown;
  readonly roleArn: string | undefined;
  /** Further attempts after the first. */
  readonly retries: number;
  readonly maxAgeMs: number;
  readonly deadLetterArn: string | undefined;
  /** A schedule reaches its dead-letter queue under its role; a rule by the queue's own policy. */
  readonly deadLetterRoleArn: string | undefined;
  readonly source: DeliverySource;
  /** For messages: `rule x`, `schedule y`. */
  readonly label: string;
}

/** AWS's defaults and upper bounds for rules and schedules. */
const MAX_RETRIES = 185;
const MAX_AGE_S = 86_400;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Deliveries that wait or run at the same time; more are turned away rather than kept in memory without end. */
const MAX_PENDING = 10_000;
/** Asking again does not help these; AWS sends them straight to the dead-letter queue. */
const FINAL_ERRORS = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'ResourceNotFoundException',
  'StateMachineDoesNotExist',
  'UnsupportedLocally',
  'QueueDoesNotExist',
]);

export function deliveryPolicy(target: JsonObject): Pick<Delivery, 'retries' | 'maxAgeMs' | 'deadLetterArn'> {
  const policy = objectOf(target, 'RetryPolicy');
  return {
    retries: Math.min(asNumber(policy.MaximumRetryAttempts) ?? MAX_RETRIES, MAX_RETRIES),
    maxAgeMs: Math.min(asNumber(policy.MaximumEventAgeInSeconds) ?? MAX_AGE_S, MAX_AGE_S) * 1000,
    deadLetterArn: optionalText(objectOf(target, 'DeadLetterConfig'), 'Arn'),
  };
}

export class Deliveries {
  readonly #targets: TargetInvoker;
  readonly #clock: Clock;
  readonly #pending = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(targets: TargetInvoker, clock: Clock) {
    this.#targets = targets;
    this.#clock = clock;
  }

  /** Comes back at once; the delivery goes on behind. */
  send(delivery: Delivery): void {
    if (this.#pending.size >= MAX_PENDING) {
      throw new AwsError('ThrottlingException', `${MAX_PENDING} deliveries wait for their targets.`, 400);
    }
    const run = this.#run(delivery).finally(() => this.#pending.delete(run));
    this.#pending.add(run);
  }

  /** Deliveries that wait for another attempt are given up. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#pending);
  }

  async #run(delivery: Delivery): Promise<void> {
    const started = this.#clock();
    let failure: unknown;
    for (let attempt = 1; attempt <= delivery.retries + 1; attempt += 1) {
      try {
        await this.#targets.deliver(delivery.targetArn, delivery.input(attempt), delivery.roleArn, delivery.source);
        return;
      } catch (error) {
        failure = error;
      }
      if (failure instanceof AwsError && FINAL_ERRORS.has(failure.code)) break;
      if (attempt > delivery.retries || this.#clock() - started >= delivery.maxAgeMs) break;
      await this.#wait(Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS));
      if (this.#stop.signal.aborted) return;
    }
    await this.#giveUp(delivery, failure);
  }

  async #giveUp(delivery: Delivery, failure: unknown): Promise<void> {
    const reason = failure instanceof Error ? failure.message : String(failure);
    if (delivery.deadLetterArn === undefined) {
      process.emitWarning(`${delivery.label} could not reach ${delivery.targetArn}: ${reason}`);
      return;
    }
    try {
      await this.#targets.deliver(
        delivery.deadLetterArn,
        delivery.input(delivery.retries + 1),
        delivery.deadLetterRoleArn,
        delivery.source,
      );
    } catch (error) {
      process.emitWarning(
        `${delivery.label} could not reach ${delivery.targetArn} (${reason}) nor its dead-letter queue: ${String(error)}`,
      );
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      timer.unref();
      this.#stop.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          done();
        },
        { once: true },
      );
    });
  }
}
