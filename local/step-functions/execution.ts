/** One execution from ExecutionStarted to its closing event: a machine's own, or a child of a distributed Map. */
import { randomUUID } from 'node:crypto';
import type { Cancellation } from './cancellation.ts';
import type { Flow } from './definition.ts';
import type { ExecutionRecord } from './execution-store.ts';
import { History, type Lane } from './history.ts';
import { type Machine, type Payload, payloadOf, type Run, type Surface } from './run.ts';
import { runFlow } from './run-flow.ts';
import { ExecutionEnd, SiblingFailed, StateFailure } from './state-failure.ts';

export type Closed =
  | { readonly status: 'SUCCEEDED'; readonly output: Payload }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

export interface ExecutionSettings {
  readonly surface: Surface;
  readonly machine: Machine;
  readonly arn: string;
  readonly name: string;
  readonly flow: Flow;
  readonly input: Payload;
  readonly timeoutSeconds: number | undefined;
  readonly mapRunArn?: string;
  readonly itemCount?: number;
  readonly cancellation: Cancellation;
}

export interface RunningExecution {
  readonly record: ExecutionRecord;
  readonly closed: Promise<{ readonly closed: Closed; readonly record: ExecutionRecord }>;
}

/** Records the execution as RUNNING before it returns; never rejects for what a machine can do. */
export function startExecution(settings: ExecutionSettings): RunningExecution {
  const { surface, machine, arn, name, input, mapRunArn } = settings;
  const startedAt = surface.timers.now();
  const record: ExecutionRecord = {
    arn,
    machineArn: machine.arn,
    name,
    status: 'RUNNING',
    startedAt,
    stoppedAt: undefined,
    input: input.json,
    output: undefined,
    error: undefined,
    cause: undefined,
    mapRunArn,
    itemCount: settings.itemCount,
  };
  surface.store.insert(record);
  const keepHistory = mapRunArn === undefined || surface.keepChildHistory;
  const run: Run = {
    surface,
    machine,
    executionArn: arn,
    executionName: name,
    input: input.value,
    startTime: new Date(startedAt).toISOString(),
    history: new History(arn, keepHistory ? surface.store : undefined, surface.timers.now),
    cancellation: settings.cancellation,
  };
  return { record, closed: execute(run, settings, record) };
}

async function execute(
  run: Run,
  settings: ExecutionSettings,
  record: ExecutionRecord,
): Promise<{ readonly closed: Closed; readonly record: ExecutionRecord }> {
  const { surface, machine, input, timeoutSeconds } = settings;
  const lane: Lane = { previous: 0 };
  const details = { input: input.json, roleArn: machine.roleArn };
  run.history.add(lane, 'ExecutionStarted', { executionStartedEventDetails: details });
  const stopTimer =
    timeoutSeconds === undefined
      ? () => {}
      : surface.timers.after(timeoutSeconds * 1000, () => run.cancellation.cancel(new ExecutionEnd('TIMED_OUT')));
  let closed: Closed;
  try {
    const frame = { run, cancellation: run.cancellation, lane, mapItem: undefined };
    closed = { status: 'SUCCEEDED', output: await runFlow(settings.flow, input, {}, frame) };
  } catch (error) {
    closed = endOf(run.cancellation.reason ?? error);
  }
  stopTimer();
  closeHistory(run.history, lane, closed);
  const ended: ExecutionRecord = {
    ...record,
    status: closed.status,
    stoppedAt: surface.timers.now(),
    output: closed.status === 'SUCCEEDED' ? closed.output.json : undefined,
    error: closed.status === 'SUCCEEDED' ? undefined : closed.error,
    cause: closed.status === 'SUCCEEDED' ? undefined : closed.cause,
  };
  surface.store.finish(ended);
  return { closed, record: ended };
}

function endOf(error: unknown): Closed {
  if (error instanceof ExecutionEnd) return { status: error.status, error: error.error, cause: error.failureCause };
  if (error instanceof SiblingFailed) return { status: 'ABORTED', error: undefined, cause: undefined };
  if (error instanceof StateFailure) return { status: 'FAILED', error: error.error, cause: error.failureCause };
  return { status: 'FAILED', error: 'States.Runtime', cause: error instanceof Error ? error.message : String(error) };
}

const closing = {
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
} as const;

function closeHistory(history: History, lane: Lane, closed: Closed): void {
  if (closed.status === 'SUCCEEDED') {
    history.close(lane, 'ExecutionSucceeded', { executionSucceededEventDetails: { output: closed.output.json } });
    return;
  }
  const [type, member] = closing[closed.status];
  const { error, cause } = closed;
  const details = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  history.close(lane, type, { [member]: details });
}

export interface ChildSettings {
  readonly parent: Run;
  readonly flow: Flow;
  readonly label: string;
  readonly mapRunArn: string;
  readonly executionType: 'STANDARD' | 'EXPRESS';
  readonly input: unknown;
  readonly itemCount: number;
  readonly cancellation: Cancellation;
}

/** An EXPRESS workflow ends after five minutes. */
const EXPRESS_SECONDS = 300;

export async function runChildExecution(child: ChildSettings): Promise<Closed> {
  const { surface, machine, executionArn } = child.parent;
  const name = randomUUID();
  const own = child.cancellation.child();
  try {
    const input = payloadOf(child.input, 'The input of a child execution');
    const running = startExecution({
      surface,
      machine,
      arn: `${executionArn.replace(/:[^:]*$/, '')}/${child.label}:${name}`,
      name,
      flow: child.flow,
      input,
      timeoutSeconds: child.executionType === 'EXPRESS' ? EXPRESS_SECONDS : undefined,
      mapRunArn: child.mapRunArn,
      itemCount: child.itemCount,
      cancellation: own.cancellation,
    });
    return (await running.closed).closed;
  } finally {
    own.release();
  }
}
