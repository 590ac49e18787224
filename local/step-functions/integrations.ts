/** What each kind of Task resource does with its arguments. */
import type { InvokeResult } from '../ports.ts';
import type { TaskState } from './definition.ts';
import { isObject, type Json } from './field-reader.ts';
import type { Visit } from './run.ts';
import { StateFailure } from './state-failure.ts';

export interface IntegrationCall {
  readonly visit: Visit<TaskState>;
  readonly given: unknown;
  readonly token: string | undefined;
  /** Aborted when the attempt times out or the execution is stopped. */
  readonly signal: AbortSignal;
  /** For `.sync`: the job is accepted and now awaited. */
  readonly submitted: (output: string) => void;
}

type Integration = (call: IntegrationCall) => Promise<unknown>;

const integrations: Readonly<Record<TaskState['resource']['kind'], Integration>> = {
  function: async (call) => payloadOf(await invoke(call, call.visit.state.resource.resource, call.given)),
  lambda: invokeFunction,
  'start-execution': startExecution,
  service: callService,
  sdk: (call) => callSdk(call, argumentsOf(call)),
};

/** Throws `StateFailure` or `AwsError`. */
export function callIntegration(call: IntegrationCall): Promise<unknown> {
  return integrations[call.visit.state.resource.kind](call);
}

function argumentsOf(call: IntegrationCall): Json {
  if (isObject(call.given)) return call.given;
  throw invalid(call, 'the arguments must be an object');
}

function invalid(call: IntegrationCall, why: string): StateFailure {
  return new StateFailure(
    'States.Runtime',
    `The arguments of the state "${call.visit.state.name}" are invalid: ${why}.`,
  );
}

function textArgument(call: IntegrationCall, args: Json, name: string): string {
  const value = args[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(call, `"${name}" must be a string`);
}

async function invokeFunction(call: IntegrationCall): Promise<unknown> {
  const args = argumentsOf(call);
  const qualifier = args.Qualifier;
  const name = textArgument(call, args, 'FunctionName');
  const target = typeof qualifier === 'string' ? `${name}:${qualifier}` : name;
  const Payload = payloadOf(await invoke(call, target, args.Payload ?? {}));
  const version = versionOf(target);
  return { ExecutedVersion: /^\d+$/.test(version ?? '') ? version : '$LATEST', Payload, StatusCode: 200 };
}

/** The qualifier of `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]` or `<name>[:<qualifier>]`. */
function versionOf(target: string): string | undefined {
  return target.split(':')[target.startsWith('arn:') ? 7 : 1];
}

async function invoke(call: IntegrationCall, target: string, payload: unknown): Promise<InvokeResult> {
  const { surface, machine } = call.visit.frame.run;
  const { region, accountId } = surface.place;
  const arn = target.startsWith('arn:') ? target : `arn:aws:lambda:${region}:${accountId}:function:${target}`;
  surface.authorize(machine.roleArn, 'lambda:InvokeFunction', arn);
  const unqualified = arn.split(':').slice(0, 7).join(':');
  return surface.lambda.invoke(unqualified, payload, { signal: call.signal });
}

/** A function's own error keeps its name; the cause is the error object as JSON text, as Lambda answers it. */
function payloadOf(result: InvokeResult): unknown {
  if (result.ok) return result.payload ?? null;
  const { errorType, errorMessage, stackTrace } = result.error;
  const cause = { errorMessage, errorType, ...(stackTrace === undefined ? {} : { trace: stackTrace }) };
  throw new StateFailure(errorType === '' ? 'Lambda.Unknown' : errorType, JSON.stringify(cause));
}

async function startExecution(call: IntegrationCall): Promise<unknown> {
  const { surface, machine, executionArn } = call.visit.frame.run;
  const args = argumentsOf(call);
  const machineArn = textArgument(call, args, 'StateMachineArn');
  const name = args.Name === undefined ? undefined : textArgument(call, args, 'Name');
  const given = args.Input ?? {};
  const input = typeof given === 'string' ? given : JSON.stringify(given);
  surface.authorize(machine.roleArn, 'states:StartExecution', machineArn);
  const started = surface.executions.start(machineArn, input, name);
  const answer = { ExecutionArn: started.executionArn, StartDate: started.startedAt };
  const { pattern } = call.visit.state.resource;
  if (pattern === 'request') return answer;
  surface.authorize(machine.roleArn, 'states:DescribeExecution', started.executionArn);
  call.submitted(JSON.stringify(answer));
  // AWS stops the child when the parent is stopped or the task times out.
  const stop = (): void =>
    surface.executions.stop(started.executionArn, `The parent execution ${executionArn} stopped.`);
  if (call.signal.aborted) stop();
  call.signal.addEventListener('abort', stop, { once: true });
  const described = await surface.executions.closed(started.executionArn);
  call.signal.removeEventListener('abort', stop);
  if (described.Status !== 'SUCCEEDED') throw new StateFailure('States.TaskFailed', JSON.stringify(described));
  if (pattern === 'sync') return described;
  // `.sync:2` answers Input and Output as JSON instead of text.
  const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : text);
  return { ...described, Input: parsed(described.Input), Output: parsed(described.Output) };
}

async function callService(call: IntegrationCall): Promise<unknown> {
  const { service, action } = call.visit.state.resource;
  const shape = shapes[`${service}:${action}`];
  const answer = await callSdk(call, shape === undefined ? argumentsOf(call) : shape(argumentsOf(call), call));
  if (service === 'events' && isObject(answer) && Number(answer.FailedEntryCount ?? 0) > 0) {
    throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(answer));
  }
  return answer;
}

/** Conveniences of the optimised integrations: JSON where the API takes text. */
const shapes: Readonly<Record<string, (args: Json, call: IntegrationCall) => Json>> = {
  'sqs:sendMessage': (args) => ({ ...args, MessageBody: asText(args.MessageBody) }),
  'events:putEvents': (args, call) => {
    const { executionArn, machine } = call.visit.frame.run;
    const entries = Array.isArray(args.Entries) ? args.Entries.filter(isObject) : [];
    return {
      ...args,
      Entries: entries.map((entry) => {
        const own = Array.isArray(entry.Resources) ? entry.Resources : [];
        return { ...entry, Detail: asText(entry.Detail), Resources: [...own, executionArn, machine.arn] };
      }),
    };
  },
};

function asText(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function callSdk(call: IntegrationCall, args: Json): Promise<unknown> {
  const { surface, machine } = call.visit.frame.run;
  const { service, action } = call.visit.state.resource;
  return surface.sdk(service, action, args, machine.roleArn, { signal: call.signal });
}
