/** Walks a flow from state to state. */

import type { Flow, State } from './definition.ts';
import { choose, failState, passThrough, waitState } from './plain-states.ts';
import type { Frame, Outcome, Payload, Variables, Visit } from './run.ts';
import { runMap } from './run-map.ts';
import { runParallel } from './run-parallel.ts';
import { runTask } from './run-task.ts';
import { ExecutionEnd, SiblingFailed, StateFailure } from './state-failure.ts';

/** Returns the flow's output; throws `StateFailure` when a state fails and nothing catches it. */
export async function runFlow(flow: Flow, input: Payload, variables: Variables, frame: Frame): Promise<Payload> {
  const { surface, history } = frame.run;
  let payload = input;
  let name: string | undefined = flow.startAt;
  while (name !== undefined) {
    frame.cancellation.throwIfCancelled();
    await surface.breathe();
    const state: State | undefined = flow.states.get(name);
    if (state === undefined) throw new StateFailure('States.Runtime', `The state "${name}" does not exist.`);
    surface.countTransition();
    const enteredTime = new Date(surface.timers.now()).toISOString();
    history.add(frame.lane, `${state.type}StateEntered`, { stateEnteredEventDetails: { name, input: payload.json } });
    const outcome = await runState({ state, frame, input: payload, variables, enteredTime, retryCount: 0 });
    payload = outcome.output;
    if (state.type !== 'Fail') {
      history.add(frame.lane, `${state.type}StateExited`, {
        stateExitedEventDetails: { name, output: payload.json, ...assignedDetails(outcome) },
      });
    }
    name = outcome.next;
  }
  return payload;
}

function assignedDetails({ assigned }: Outcome): object {
  if (assigned === undefined) return {};
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)] as const);
  return { assignedVariables: Object.fromEntries(texts) };
}

async function runState(visit: Visit): Promise<Outcome> {
  try {
    return await dispatch(visit);
  } catch (error) {
    if (error instanceof StateFailure || error instanceof ExecutionEnd || error instanceof SiblingFailed) throw error;
    // A fault of this runtime must end the execution visibly and not look like the machine's own error.
    throw new StateFailure(
      'States.Runtime',
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }
}

function dispatch(visit: Visit): Promise<Outcome> {
  const { state } = visit;
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
      return passThrough(visit);
    case 'Fail':
      return failState({ ...visit, state });
    case 'Wait':
      return waitState({ ...visit, state });
    case 'Choice':
      return choose({ ...visit, state });
    case 'Task':
      return runTask({ ...visit, state });
    case 'Parallel':
      return runParallel({ ...visit, state });
    case 'Map':
      return runMap({ ...visit, state });
  }
}
