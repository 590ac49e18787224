/** Parallel: every branch with the same input; the result is an array in branch order. */
import type { ParallelState } from './definition.ts';
import { runPool } from './pool.ts';
import { bindingsOf, type Outcome, type Payload, payloadOf, type Visit } from './run.ts';
import { runFlow } from './run-flow.ts';
import { evaluateField, withRetryAndCatch } from './settle.ts';

export function runParallel(visit: Visit<ParallelState>): Promise<Outcome> {
  return withRetryAndCatch(visit, visit.state, () => attempt(visit));
}

async function attempt(visit: Visit<ParallelState>): Promise<Payload> {
  const { state, frame, variables } = visit;
  const { history } = frame.run;
  const input =
    state.arguments === undefined
      ? visit.input
      : payloadOf(await evaluateField(visit, state.arguments, bindingsOf(visit), 'Arguments'), 'The branch input');
  history.add(frame.lane, 'ParallelStateStarted');
  const started = frame.lane.previous;
  const results: unknown[] = new Array(state.branches.length);
  try {
    await runPool(state.branches.length, state.branches.length, frame.cancellation, async (index, cancellation) => {
      const branch = state.branches[index];
      if (branch === undefined) return;
      const inner = { ...frame, cancellation, lane: { previous: started } };
      results[index] = (await runFlow(branch, input, { ...variables }, inner)).value;
    });
  } catch (error) {
    frame.cancellation.throwIfCancelled();
    history.add(frame.lane, 'ParallelStateFailed');
    throw error;
  }
  history.add(frame.lane, 'ParallelStateSucceeded');
  return payloadOf(results, `The result of the state "${state.name}"`);
}
