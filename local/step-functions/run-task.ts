/** Task: one call of an integration per attempt, under its timeout and heartbeat. */

import { AwsError } from '../ports.ts';
import type { TaskState } from './definition.ts';
import { callIntegration } from './integrations.ts';
import { bindingsOf, type Outcome, type Payload, payloadOf, type Visit } from './run.ts';
import { evaluateField, evaluateNumber, withRetryAndCatch } from './settle.ts';
import { StateFailure } from './state-failure.ts';

export function runTask(visit: Visit<TaskState>): Promise<Outcome> {
  return withRetryAndCatch(visit, visit.state, () => attempt(visit));
}

async function attempt(visit: Visit<TaskState>): Promise<Payload> {
  const { state, frame } = visit;
  const { surface } = frame.run;
  const token = state.resource.pattern === 'token' ? surface.tokens.open() : undefined;
  const bindings = bindingsOf(visit, token === undefined ? {} : { token });
  const given = payloadOf(await evaluateField(visit, state.arguments, bindings, 'Arguments'), 'The arguments');
  const timeout = await evaluateNumber(visit, state.timeoutSeconds, 'TimeoutSeconds', 1);
  const heartbeat = await evaluateNumber(visit, state.heartbeatSeconds, 'HeartbeatSeconds', 1);
  const record = taskEvents(visit);
  record.scheduled(given.json, timeout, heartbeat);
  record.started();

  const { cancellation, release } = frame.cancellation.child();
  const abort = new AbortController();
  cancellation.onCancel((reason) => abort.abort(reason));
  const late = (error: string, what: string) => () => cancellation.cancel(new StateFailure(error, what));
  const timers: (() => void)[] = [];
  if (timeout !== undefined) {
    timers.push(surface.timers.after(timeout * 1000, late('States.Timeout', `No answer within ${timeout} s.`)));
  }
  try {
    const call = { visit, given: given.value, token, signal: abort.signal, submitted: record.submitted };
    if (token === undefined) {
      const result = payloadOf(await cancellation.race(callIntegration(call)), 'The result of the task');
      record.succeeded(result.json);
      return result;
    }
    let stopBeat: () => void = () => {};
    timers.push(() => stopBeat());
    const beat = (): void => {
      stopBeat();
      if (heartbeat === undefined) return;
      const missed = late('States.HeartbeatTimeout', `No heartbeat within ${heartbeat} s.`);
      stopBeat = surface.timers.after(heartbeat * 1000, missed);
    };
    // Registered before the call: whoever gets the token may answer before the call returns.
    const waiting = surface.tokens.wait(token, frame.run.machine.arn, beat);
    timers.push(waiting.release);
    beat();
    const submission = await cancellation.race(callIntegration(call));
    record.submitted(JSON.stringify(submission));
    const result = payloadOf(await cancellation.race(waiting.answer), 'The result of the task');
    record.succeeded(result.json);
    return result;
  } catch (error) {
    frame.cancellation.throwIfCancelled();
    const failure = toFailure(error, state.resource.errorPrefix);
    record.failed(failure);
    throw failure;
  } finally {
    for (const stop of timers) stop();
    release();
  }
}

/** A missing permission is no error of the service's own model: AWS reports it under its SDK's general exception. */
const generalErrors: Readonly<Record<string, string>> = {
  Lambda: 'AWSLambdaException',
  DynamoDB: 'AmazonDynamoDBException',
  SQS: 'AmazonSQSException',
  EventBridge: 'AmazonEventBridgeException',
  StepFunctions: 'AWSStepFunctionsException',
};

/** AWS errors carry the integration's name and end in Exception, as the Java SDK names them. */
function toFailure(error: unknown, prefix: string): StateFailure {
  if (error instanceof StateFailure) return error;
  if (error instanceof AwsError) {
    const denied = /^(AccessDenied|AccessDeniedException|Forbidden)$/.test(error.code);
    const code = /(Exception|Error|Fault)$/.test(error.code) ? error.code : `${error.code}Exception`;
    const name = denied ? (generalErrors[prefix] ?? `${prefix}Exception`) : code;
    const cause = `${error.message} (Service: ${prefix}, Status Code: ${error.status}, Error Code: ${error.code})`;
    return new StateFailure(`${prefix}.${name}`, cause);
  }
  throw error;
}

/** Plain function ARNs have events of their own; integrations share the Task events. */
function taskEvents(visit: Visit<TaskState>): {
  scheduled(parameters: string, timeout: number | undefined, heartbeat: number | undefined): void;
  started(): void;
  submitted(output: string): void;
  succeeded(output: string): void;
  failed(failure: StateFailure): void;
} {
  const { run, lane } = visit.frame;
  const { resource, resourceType, kind } = visit.state.resource;
  const { history } = run;
  const errorOf = (failure: StateFailure) => ({ error: failure.error, cause: failure.failureCause });
  const timedOut = (failure: StateFailure) => /^States\.(Heartbeat)?Timeout$/.test(failure.error);
  if (kind === 'function') {
    return {
      scheduled: (input, timeoutInSeconds) => {
        const details = { resource, input, ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }) };
        history.add(lane, 'LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: details });
      },
      started: () => void history.add(lane, 'LambdaFunctionStarted'),
      submitted: () => {},
      succeeded: (output) =>
        void history.add(lane, 'LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: { output } }),
      failed: (failure) =>
        void (timedOut(failure)
          ? history.add(lane, 'LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: errorOf(failure) })
          : history.add(lane, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: errorOf(failure) })),
    };
  }
  const which = { resourceType, resource };
  return {
    scheduled: (parameters, timeoutInSeconds, heartbeatInSeconds) => {
      const limits = {
        ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
        ...(heartbeatInSeconds === undefined ? {} : { heartbeatInSeconds }),
      };
      const details = { ...which, region: run.surface.place.region, parameters, ...limits };
      history.add(lane, 'TaskScheduled', { taskScheduledEventDetails: details });
    },
    started: () => void history.add(lane, 'TaskStarted', { taskStartedEventDetails: which }),
    submitted: (output) => void history.add(lane, 'TaskSubmitted', { taskSubmittedEventDetails: { ...which, output } }),
    succeeded: (output) => void history.add(lane, 'TaskSucceeded', { taskSucceededEventDetails: { ...which, output } }),
    failed: (failure) =>
      void (timedOut(failure)
        ? history.add(lane, 'TaskTimedOut', { taskTimedOutEventDetails: { ...which, ...errorOf(failure) } })
        : history.add(lane, 'TaskFailed', { taskFailedEventDetails: { ...which, ...errorOf(failure) } })),
  };
}
