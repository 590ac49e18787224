import type { Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import { PlatformError } from '../domain/integrations/platform.ts';
import { readConfig } from './config.ts';
import { createTelemetry, type Telemetry } from './telemetry.ts';

/** Kept back from the function's time, so that it still says why it ends. */
const reserveMs = 5_000;

export interface Step {
  readonly telemetry: Telemetry;
  /** Fires shortly before Lambda ends the function. */
  readonly signal: AbortSignal;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
}

/**
 * A function that a state machine or a schedule calls: input parsed, one line of log with its duration, and only errors whose
 * names a state machine can match (`AppError.<code>`, `PlatformError.<kind>`).
 */
export function stepHandler<S extends z.ZodMiniType, O>(
  schema: S,
  run: (input: z.infer<S>, step: Step) => Promise<O>,
  telemetry: Telemetry = createTelemetry({ stage: readConfig(['stage']).stage.name }),
): (event: unknown, context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>) => Promise<O> {
  return async (event, context) => {
    const started = performance.now();
    const said = telemetry.with({ requestId: context.awsRequestId, ...tracesOf(event) });
    const remainingMs = () => Math.max(0, context.getRemainingTimeInMillis() - reserveMs);
    try {
      const parsed = schema.safeParse(event);
      if (!parsed.success) throw new AppError('invalid-request', 'The step was called with input it does not know.');
      const answer = await run(parsed.data, {
        telemetry: said,
        signal: AbortSignal.timeout(remainingMs()),
        remainingMs,
      });
      said.info('done', { durationMs: Math.round(performance.now() - started) });
      return answer;
    } catch (error) {
      said.error('failed', error, { durationMs: Math.round(performance.now() - started) });
      throw matchable(error);
    }
  };
}

/** Which run and tenant a line speaks of, as far as the input tells. */
function tracesOf(event: unknown): { runId?: string; workspaceId?: string; itemId?: string } {
  if (typeof event !== 'object' || event === null) return {};
  const source = 'item' in event && typeof event.item === 'object' && event.item !== null ? event.item : event;
  const text = (name: string) => {
    const value: unknown = Reflect.get(source, name);
    return typeof value === 'string' ? { [name]: value } : {};
  };
  return { ...text('runId'), ...text('workspaceId'), ...text('itemId') };
}

/** Anything else becomes one of the two: an AWS failure that may pass is `unavailable`, the rest is `internal`. */
function matchable(error: unknown): AppError | PlatformError {
  if (error instanceof AppError || error instanceof PlatformError) return error;
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return new AppError('timeout', 'The step did not finish in its time.', { cause: error });
  }
  if (error instanceof Error && '$metadata' in error) {
    const status = (error.$metadata as { httpStatusCode?: number } | undefined)?.httpStatusCode ?? 500;
    const passing = status >= 500 || status === 429 || /Throttl|TooManyRequests|ThroughputExceeded/.test(error.name);
    return passing
      ? new AppError('unavailable', 'A service we depend on did not answer.', { cause: error })
      : new AppError('internal', 'A service we depend on refused a request.', { cause: error });
  }
  return new AppError('internal', 'The step failed in a way nobody planned.', { cause: error });
}
