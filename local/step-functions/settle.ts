/** How a state leaves: `Assign` and `Output` together, from the values before it; with Retry and Catch where a state has them. */
import type { Catcher, Retrier } from './definition.ts';
import { bindingsOf, type Outcome, type Payload, payloadOf, type Variables, type Visit } from './run.ts';
import { checkSize, matchesError, StateFailure } from './state-failure.ts';
import type { Bindings, Template } from './template.ts';

interface Leaving {
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  readonly next: string | undefined;
}

/** Evaluates one field, recording a failure as AWS does (`EvaluationFailed`). */
export async function evaluateField(
  visit: Visit,
  template: Template,
  bindings: Bindings,
  field: string,
): Promise<unknown> {
  if (template.constant !== undefined) return template.constant.value;
  try {
    return await template.evaluate(bindings, `the field "${field}" of the state "${visit.state.name}"`);
  } catch (error) {
    if (error instanceof StateFailure && error.error === 'States.QueryEvaluationError') {
      const { history } = visit.frame.run;
      const details = { error: error.error, cause: error.failureCause, location: field, state: visit.state.name };
      history.add(visit.frame.lane, 'EvaluationFailed', { evaluationFailedEventDetails: details });
    }
    throw error;
  }
}

/** A field that must come out as a number, such as TimeoutSeconds. */
export async function evaluateNumber(
  visit: Visit,
  template: Template | undefined,
  field: string,
  least: number,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = await evaluateField(visit, template, bindingsOf(visit), field);
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
  throw new StateFailure(
    'States.QueryEvaluationError',
    `The field "${field}" of the state "${visit.state.name}" must be a number of at least ${least}, not ${JSON.stringify(value)}.`,
  );
}

/** Leaves the state with its result (or its error output, for a catcher), `fallback` being the output without `Output`. */
export async function settle(visit: Visit, leaving: Leaving, bindings: Bindings, fallback: Payload): Promise<Outcome> {
  const { assign, output, next } = leaving;
  const left =
    output === undefined
      ? fallback
      : payloadOf(
          await evaluateField(visit, output, bindings, 'Output'),
          `The output of the state "${visit.state.name}"`,
        );
  let assigned: Variables | undefined;
  if (assign !== undefined) {
    assigned = (await evaluateField(visit, assign, bindings, 'Assign')) as Variables;
    for (const [name, value] of Object.entries(assigned)) checkSize(JSON.stringify(value), `The variable "$${name}"`);
    Object.assign(visit.variables, assigned);
  }
  return { output: left, next, assigned };
}

interface FallibleState extends Leaving {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** Runs attempts until one succeeds, no retrier is left, or the work around is cancelled. */
export async function withRetryAndCatch(
  visit: Visit,
  state: FallibleState,
  attempt: () => Promise<Payload>,
): Promise<Outcome> {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      const result = await attempt();
      return await settle(visit, state, bindingsOf(visit, { result: result.value }), result);
    } catch (error) {
      visit.frame.cancellation.throwIfCancelled();
      if (!(error instanceof StateFailure)) throw error;
      const retrier = state.retry.find((candidate) => matchesError(candidate.errorEquals, error.error));
      const retries = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
      if (retrier !== undefined && retries < retrier.maxAttempts) {
        used.set(retrier, retries + 1);
        await sleep(visit, retryDelayMs(retrier, retries, visit.frame.run.surface.random));
        visit.retryCount += 1;
        continue;
      }
      const catcher = state.catch.find((candidate) => matchesError(candidate.errorEquals, error.error));
      if (catcher === undefined) throw error;
      const errorOutput = { Error: error.error, Cause: error.failureCause };
      const fallback = payloadOf(errorOutput, `The error output of the state "${visit.state.name}"`);
      return settle(visit, catcher, bindingsOf(visit, { errorOutput }), fallback);
    }
  }
}

/** Whole milliseconds before retry number `retries` (from 0): IntervalSeconds × BackoffRate^retries, capped, then jittered. */
export function retryDelayMs(retrier: Retrier, retries: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** retries;
  const seconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.MAX_SAFE_INTEGER / 1000);
  return Math.round(seconds * 1000 * (retrier.jitter === 'FULL' ? random() : 1));
}

/** Ends early with the reason when the work around is cancelled. */
export async function sleep(visit: Visit, ms: number): Promise<void> {
  const { cancellation, run } = visit.frame;
  let stop: () => void = () => {};
  try {
    await cancellation.race(
      new Promise<void>((resolve) => {
        stop = run.surface.timers.after(ms, resolve);
      }),
    );
  } finally {
    stop();
  }
}
