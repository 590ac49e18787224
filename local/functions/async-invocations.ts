/**
 * Events that nobody waits for: kept on disk until a function has taken them, tried again as Lambda does, and passed on to
 * the destination or dead-letter queue of the templates when every attempt failed.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, type Clock, type InvokeFailure, type TargetInvoker } from '../ports.ts';
import { nameOf } from './function-definition.ts';
import type { FunctionRuntime, TextResult } from './function-runtime.ts';

/** Lambda waits a minute before the first retry and two before the second. */
const RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];
/** Throttled events come back soon, then ever more slowly, up to five minutes. */
const THROTTLE_DELAY_MS = 1_000;
const MAX_THROTTLE_DELAY_MS = 300_000;
/** Lambda's limit for the payload of an asynchronous request, in bytes. */
const MAX_EVENT_BYTES = 1024 * 1024;
const MAX_AT_ONCE = 32;

interface QueuedEvent {
  readonly requestId: string;
  readonly functionArn: string;
  readonly event: string;
  /** Epoch milliseconds. */
  readonly queuedAt: number;
  attempts: number;
  throttles: number;
}

export interface AsyncInvocationSettings {
  readonly folder: string;
  readonly functions: FunctionRuntime;
  readonly targets: TargetInvoker;
  readonly clock: Clock;
  readonly log: (message: string, error?: unknown) => void;
  readonly retryDelaysMs?: readonly number[];
}

export interface AsyncInvocations {
  /** Takes the event durably; it runs soon. */
  enqueue(functionArn: string, event: string, requestId: string): void;
  /** Takes up what an earlier run left. */
  resume(): void;
  /** Starts nothing more; what is queued stays for the next start. */
  close(): Promise<void>;
}

export function createAsyncInvocations(settings: AsyncInvocationSettings): AsyncInvocations {
  const { folder, functions, targets, clock, log } = settings;
  const retryDelaysMs = settings.retryDelaysMs ?? RETRY_DELAYS_MS;
  const timers = new Set<NodeJS.Timeout>();
  const due: QueuedEvent[] = [];
  const running = new Set<Promise<void>>();
  let closed = false;

  const fileOf = (queued: QueuedEvent): string => join(folder, `${queued.requestId}.json`);
  const save = (queued: QueuedEvent): void => {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${fileOf(queued)}.writing`;
    writeFileSync(unfinished, JSON.stringify(queued));
    renameSync(unfinished, fileOf(queued));
  };
  const later = (queued: QueuedEvent, delayMs: number): void => {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      due.push(queued);
      next();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };
  const next = (): void => {
    while (!closed && running.size < MAX_AT_ONCE) {
      const queued = due.shift();
      if (queued === undefined) return;
      const run = attempt(queued)
        .catch((error: unknown) => log(`event ${queued.requestId} for ${nameOf(queued.functionArn)}`, error))
        .finally(() => {
          running.delete(run);
          next();
        });
      running.add(run);
    }
  };

  const attempt = async (queued: QueuedEvent): Promise<void> => {
    const { maxRetries, maxAgeMs } = functions.asyncSettingsOf(queued.functionArn);
    let result: TextResult;
    try {
      result = await functions.invokeText(queued.functionArn, queued.event, queued.requestId);
    } catch (error) {
      if (closed) return;
      const throttled = error instanceof AwsError && error.code === 'TooManyRequestsException';
      if (throttled && clock() - queued.queuedAt < maxAgeMs) {
        queued.throttles += 1;
        later(queued, Math.min(THROTTLE_DELAY_MS * 2 ** (queued.throttles - 1), MAX_THROTTLE_DELAY_MS));
        return;
      }
      const failure = { errorType: error instanceof Error ? error.name : 'Error', errorMessage: String(error) };
      await end(queued, throttled ? 'EventAgeExceeded' : 'RetriesExhausted', { ok: false, error: failure });
      return;
    }
    // A thread ended by our own shutdown is no failure of the function.
    if (closed) return;
    queued.attempts += 1;
    if (result.ok) {
      await end(queued, 'Success', result);
    } else if (queued.attempts > maxRetries) {
      await end(queued, 'RetriesExhausted', result);
    } else if (clock() - queued.queuedAt >= maxAgeMs) {
      await end(queued, 'EventAgeExceeded', result);
    } else {
      save(queued);
      later(queued, retryDelaysMs[queued.attempts - 1] ?? retryDelaysMs.at(-1) ?? 0);
    }
  };

  const end = async (queued: QueuedEvent, condition: Condition, result: TextResult): Promise<void> => {
    const definition = functions.definitionOf(queued.functionArn);
    const { onSuccessArn, onFailureArn } = functions.asyncSettingsOf(queued.functionArn);
    const destination = result.ok ? onSuccessArn : onFailureArn;
    if (destination !== undefined) {
      await targets.deliver(destination, record(queued, condition, result, clock()), definition.roleArn);
    }
    if (!result.ok) {
      log(`${definition.name} failed an event for good: ${result.error.errorType}: ${result.error.errorMessage}`);
      if (definition.deadLetterArn !== undefined) {
        await targets.deliver(definition.deadLetterArn, JSON.parse(queued.event), definition.roleArn);
      }
    }
    rmSync(fileOf(queued), { force: true });
  };

  return {
    enqueue: (functionArn, event, requestId) => {
      functions.definitionOf(functionArn);
      const bytes = Buffer.byteLength(event);
      if (bytes > MAX_EVENT_BYTES) {
        throw new AwsError(
          'RequestTooLargeException',
          `Request must be smaller than ${MAX_EVENT_BYTES} bytes for an asynchronous invocation; it has ${bytes}.`,
          413,
        );
      }
      const queued: QueuedEvent = { requestId, functionArn, event, queuedAt: clock(), attempts: 0, throttles: 0 };
      save(queued);
      due.push(queued);
      next();
    },
    resume: () => {
      mkdirSync(folder, { recursive: true });
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
        const queued = JSON.parse(readFileSync(join(folder, file), 'utf8')) as QueuedEvent;
        try {
          functions.definitionOf(queued.functionArn);
          due.push(queued);
        } catch {
          log(`an event waits for ${queued.functionArn}, which the templates no longer hold`);
        }
      }
      next();
    },
    close: async () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** The invocation record that Lambda hands to a destination. */
function record(queued: QueuedEvent, condition: Condition, result: TextResult, now: number): object {
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: queued.requestId,
      functionArn: `${queued.functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: queued.attempts,
    },
    requestPayload: JSON.parse(queued.event) as unknown,
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      ...(result.ok ? {} : { functionError: 'Unhandled' }),
    },
    responsePayload: result.ok ? (JSON.parse(result.text) as unknown) : failureBody(result.error),
  };
}

/** A failure as Lambda's Node runtime sends it. */
export function failureBody(error: InvokeFailure): object {
  return {
    errorType: error.errorType,
    errorMessage: error.errorMessage,
    ...(error.stackTrace === undefined ? {} : { trace: error.stackTrace }),
  };
}
