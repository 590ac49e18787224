/** What the states of one execution share while it runs. */
import type { FunctionInvoker } from '../ports.ts';
import type { Cancellation } from './cancellation.ts';
import type { State } from './definition.ts';
import type { ExecutionStore } from './execution-store.ts';
import type { History, Lane } from './history.ts';
import { checkSize } from './state-failure.ts';
import type { TaskTokens } from './task-tokens.ts';
import type { Bindings } from './template.ts';
import type { Timers } from './timers.ts';

/** A value with its JSON text, which history, size limits and the next state all need. */
export interface Payload {
  readonly value: unknown;
  readonly json: string;
}

export function payloadOf(value: unknown, what: string): Payload {
  return { value, json: checkSize(JSON.stringify(value), what) };
}

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
}

/**
 * Calls an AWS service under a role: `service` and `action` as in `arn:aws:states:::aws-sdk:<service>:<action>`,
 * arguments and answer with the API's member names in PascalCase. An S3 `Body` is text. Throws `AwsError`.
 */
export type SdkCaller = (
  service: string,
  action: string,
  args: Readonly<Record<string, unknown>>,
  roleArn: string,
  options: { readonly signal: AbortSignal },
) => Promise<unknown>;

/** Starts and follows executions of other machines of this account. */
export interface ChildExecutions {
  start(
    machineArn: string,
    input: string,
    name: string | undefined,
  ): { readonly executionArn: string; readonly startedAt: number };
  /** DescribeExecution's answer once the execution is closed. */
  closed(executionArn: string): Promise<Readonly<Record<string, unknown>>>;
  stop(executionArn: string, cause: string): void;
}

/** What the engine gives every execution. */
export interface Surface {
  readonly lambda: FunctionInvoker;
  readonly sdk: SdkCaller;
  /** Throws when the role may not do it. Functions and executions are checked here; `sdk` checks its own calls. */
  readonly authorize: (roleArn: string, action: string, resource: string) => void;
  readonly timers: Timers;
  readonly store: ExecutionStore;
  readonly tokens: TaskTokens;
  readonly executions: ChildExecutions;
  readonly keepChildHistory: boolean;
  readonly place: { readonly region: string; readonly accountId: string };
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
  /** Lets sockets and timers have their turn during a long run of states that never wait. */
  breathe(): Promise<void> | undefined;
  /** Counts a state entered; for measuring. */
  countTransition(): void;
}

export interface Run {
  readonly surface: Surface;
  readonly machine: Machine;
  readonly executionArn: string;
  readonly executionName: string;
  readonly input: unknown;
  readonly startTime: string;
  readonly history: History;
  readonly cancellation: Cancellation;
}

export interface MapItem {
  readonly Index: number;
  readonly Value: unknown;
}

/** Where a flow runs: the execution itself, a branch or an iteration. */
export interface Frame {
  readonly run: Run;
  readonly cancellation: Cancellation;
  readonly lane: Lane;
  readonly mapItem: MapItem | undefined;
}

/** Variables of one scope, outer ones copied in: an inner scope reads them and cannot change them outside. */
export type Variables = Record<string, unknown>;

/** One state entered once; retries happen within. */
export interface Visit<S extends State = State> {
  readonly state: S;
  readonly frame: Frame;
  readonly input: Payload;
  readonly variables: Variables;
  readonly enteredTime: string;
  retryCount: number;
}

export interface Outcome {
  readonly output: Payload;
  readonly next: string | undefined;
  /** Variables this state assigned, for the history. */
  readonly assigned: Readonly<Record<string, unknown>> | undefined;
}

/** `$states` and the variables, as the expressions of a visit see them. */
export function bindingsOf(
  visit: Visit,
  more: { result?: unknown; errorOutput?: unknown; token?: string; mapItem?: MapItem } = {},
): Bindings {
  const { run, mapItem } = visit.frame;
  const item = more.mapItem ?? mapItem;
  const context = {
    Execution: {
      Id: run.executionArn,
      Input: run.input,
      Name: run.executionName,
      RoleArn: run.machine.roleArn,
      StartTime: run.startTime,
      RedriveCount: 0,
    },
    StateMachine: { Id: run.machine.arn, Name: run.machine.name },
    State: { EnteredTime: visit.enteredTime, Name: visit.state.name, RetryCount: visit.retryCount },
    ...(more.token === undefined ? {} : { Task: { Token: more.token } }),
    ...(item === undefined ? {} : { Map: { Item: item } }),
  };
  const states: Record<string, unknown> = { input: visit.input.value, context };
  if ('result' in more) states.result = more.result;
  if ('errorOutput' in more) states.errorOutput = more.errorOutput;
  return { ...visit.variables, states };
}
