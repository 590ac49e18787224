/**
 * State machines and their executions. Standard workflows run in this process and do not survive it: what was RUNNING
 * when it stopped is FAILED, with that cause, after the next start.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AwsError, type Clock, type FunctionInvoker } from '../ports.ts';
import { Cancellation } from './cancellation.ts';
import type { Definition } from './definition.ts';
import { startExecution } from './execution.ts';
import { type ExecutionRecord, ExecutionStore } from './execution-store.ts';
import { type Machine, payloadOf, type SdkCaller, type Surface } from './run.ts';
import { ExecutionEnd, MAX_PAYLOAD_BYTES } from './state-failure.ts';
import { TaskTokens } from './task-tokens.ts';
import { realTimers, type Timers } from './timers.ts';

export interface EngineDeps {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Functions are invoked by their unqualified ARN, after `authorize`. */
  readonly lambda: FunctionInvoker;
  readonly sdk: SdkCaller;
  /**
   * Throws `AwsError` AccessDeniedException unless the machine's role may: `lambda:InvokeFunction`,
   * `states:StartExecution`, `states:DescribeExecution`. Left out, nothing is checked. `sdk` checks its own calls.
   */
  readonly authorize?: (roleArn: string, action: string, resource: string) => void;
  /** A SQLite file, or `:memory:`. */
  readonly databaseFile: string;
  readonly clock?: Clock;
  /** Replaces `clock` and real time altogether, for tests. */
  readonly timers?: Timers;
  /** 0 ≤ x < 1, for retry jitter. */
  readonly random?: () => number;
  /** Keeps the history of a distributed Map's children; off, their status, input, output and cause are kept all the same. */
  readonly keepChildHistory?: boolean;
  /** Once when an execution starts and once when it closes; not for the children of a distributed Map. */
  readonly onStatusChange?: (execution: ExecutionRecord) => void;
}

export interface DefinedMachine extends Machine {
  readonly definition: Definition;
  /** As it was given, substitutions applied. */
  readonly definitionText: string;
  readonly createdAt: number;
}

interface Running {
  readonly cancellation: Cancellation;
  readonly record: ExecutionRecord;
  readonly closed: Promise<ExecutionRecord>;
}

/** Sockets and timers get a turn at least this often while states run without waiting. */
const BREATH_MS = 10;

export class StepFunctionsEngine {
  readonly store: ExecutionStore;
  readonly tokens = new TaskTokens();
  readonly #deps: EngineDeps;
  readonly #timers: Timers;
  readonly #surface: Surface;
  readonly #machines = new Map<string, DefinedMachine>();
  readonly #running = new Map<string, Running>();
  #transitions = 0;
  #lastBreath = performance.now();
  #breath: Promise<void> | undefined;
  #closing = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
    this.#timers = deps.timers ?? realTimers(deps.clock);
    this.store = new ExecutionStore(deps.databaseFile, this.#timers.now());
    this.#surface = {
      lambda: deps.lambda,
      sdk: deps.sdk,
      authorize: deps.authorize ?? (() => {}),
      timers: this.#timers,
      store: this.store,
      tokens: this.tokens,
      executions: {
        start: (machineArn, input, name) => {
          const record = this.start(machineArn, input, name);
          return { executionArn: record.arn, startedAt: record.startedAt };
        },
        closed: async (executionArn) => describeForParent(await this.closed(executionArn)),
        stop: (executionArn, cause) => {
          if (this.#running.has(executionArn)) this.stop(executionArn, undefined, cause);
        },
      },
      keepChildHistory: deps.keepChildHistory ?? false,
      place: { region: deps.region, accountId: deps.accountId },
      random: deps.random ?? Math.random,
      breathe: () => this.#breathe(),
      countTransition: () => {
        this.#transitions += 1;
      },
    };
  }

  /** States entered since the engine was made. */
  get transitions(): number {
    return this.#transitions;
  }

  define(machine: Omit<DefinedMachine, 'createdAt'>): void {
    const createdAt = this.#machines.get(machine.arn)?.createdAt ?? this.#timers.now();
    this.#machines.set(machine.arn, { ...machine, createdAt });
  }

  machines(): readonly DefinedMachine[] {
    return [...this.#machines.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  machine(arn: string): DefinedMachine {
    const machine = this.#machines.get(arn);
    if (machine === undefined) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return machine;
  }

  /** Starts, or answers the running execution of the same name and input. Throws `AwsError`. */
  start(machineArn: string, input: string, name: string = randomUUID()): ExecutionRecord {
    const machine = this.machine(machineArn);
    if (this.#closing) throw new AwsError('ServiceUnavailable', 'The local runtime is stopping.', 503);
    if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) {
      throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    }
    const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const existing = this.#running.get(arn)?.record ?? this.store.get(arn);
    if (existing !== undefined) {
      if (existing.status === 'RUNNING' && existing.input === normalised(input)) return existing;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const cancellation = new Cancellation();
    const { record, closed } = startExecution({
      surface: this.#surface,
      machine: { arn: machine.arn, name: machine.name, roleArn: machine.roleArn },
      arn,
      name,
      flow: machine.definition.flow,
      input: payloadOf(parseInput(input), 'The input'),
      timeoutSeconds: machine.definition.timeoutSeconds,
      cancellation,
    });
    const ended = closed.then((end) => {
      this.#running.delete(arn);
      this.#tell(end.record);
      return end.record;
    });
    this.#running.set(arn, { cancellation, record, closed: ended });
    this.#tell(record);
    return record;
  }

  /** Stops the execution with all its tasks, branches and children; nothing happens to a closed one. */
  stop(executionArn: string, error: string | undefined, cause: string | undefined): Promise<ExecutionRecord> {
    const running = this.#running.get(executionArn);
    if (running === undefined) return Promise.resolve(this.execution(executionArn));
    running.cancellation.cancel(new ExecutionEnd('ABORTED', error, cause));
    return running.closed;
  }

  /** Throws `AwsError` ExecutionDoesNotExist. */
  execution(executionArn: string): ExecutionRecord {
    const record = this.store.get(executionArn);
    if (record === undefined) {
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    }
    return record;
  }

  /** The execution once it is no longer RUNNING. */
  async closed(executionArn: string): Promise<ExecutionRecord> {
    return this.#running.get(executionArn)?.closed ?? this.execution(executionArn);
  }

  /** Gives up what runs; the next start over the same file reports it as FAILED. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    const stopped = new ExecutionEnd('FAILED', 'States.Runtime', 'The local runtime stopped while this execution ran.');
    for (const { cancellation } of running) cancellation.cancel(stopped);
    await Promise.allSettled(running.map(({ closed }) => closed));
    this.store.close();
  }

  /** A listener that throws must not change the execution it is told of. */
  #tell(record: ExecutionRecord): void {
    try {
      this.#deps.onStatusChange?.(record);
    } catch (error) {
      process.emitWarning(`A listener failed on ${record.arn} ${record.status}: ${String(error)}`);
    }
  }

  #breathe(): Promise<void> | undefined {
    if (this.#breath === undefined && performance.now() - this.#lastBreath > BREATH_MS) {
      this.#breath = setImmediate().then(() => {
        this.#lastBreath = performance.now();
        this.#breath = undefined;
      });
    }
    return this.#breath;
  }
}

function parseInput(input: string): unknown {
  if (Buffer.byteLength(input) > MAX_PAYLOAD_BYTES) {
    throw new AwsError('InvalidExecutionInput', `The input exceeds ${MAX_PAYLOAD_BYTES} bytes.`);
  }
  try {
    return JSON.parse(input);
  } catch {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: it is not JSON.`);
  }
}

function normalised(input: string): string {
  return JSON.stringify(parseInput(input));
}

/** What `.sync` answers: DescribeExecution in PascalCase, times in epoch milliseconds. */
function describeForParent(record: ExecutionRecord): Readonly<Record<string, unknown>> {
  const { error, cause, output } = record;
  return {
    ExecutionArn: record.arn,
    Input: record.input,
    InputDetails: { Included: true },
    Name: record.name,
    ...(output === undefined ? {} : { Output: output, OutputDetails: { Included: true } }),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    StartDate: record.startedAt,
    StateMachineArn: record.machineArn,
    Status: record.status,
    StopDate: record.stoppedAt,
  };
}
