/** Runs state machines in a test: functions and services given as plain functions, time driven by hand or as fast as it goes. */
import { setImmediate } from 'node:timers/promises';
import { AwsError, type InvokeResult, type ResolvedResource } from '../../../local/ports.ts';
import type { EngineDeps } from '../../../local/step-functions/engine.ts';
import { createStepFunctionsService, type StepFunctionsService } from '../../../local/step-functions/service.ts';
import type { Timers } from '../../../local/step-functions/timers.ts';

export const PLACE = { region: 'eu-central-1', accountId: '000000000000' } as const;
export const ROLE = 'arn:aws:iam::000000000000:role/machine';
export const START = Date.parse('2026-11-01T06:00:00Z');

export class DrivenTimers implements Timers {
  #now = START;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];
  /** Milliseconds from the start at which timers went off. */
  readonly fired: number[] = [];

  now = (): number => this.#now;

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  /** Jumps to the earliest timer and lets it go off. */
  fireNext(): void {
    const next = this.#timers.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return;
    this.#timers = this.#timers.filter((other) => other !== next);
    this.#now = Math.max(this.#now, next.at);
    this.fired.push(this.#now - START);
    next.callback();
  }
}

export interface FunctionCall {
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

export class FunctionError extends Error {
  constructor(name: string, message = 'failed') {
    super(message);
    this.name = name;
  }
}

export interface RoomSettings extends Partial<Omit<EngineDeps, 'lambda' | 'timers' | 'sdk'>> {
  /** By function name. What they throw is the function's own error; an AwsError is the Lambda service's. */
  readonly functions?: Readonly<Record<string, (payload: never, call: FunctionCall) => unknown>>;
  readonly sdk?: (service: string, action: string, args: Readonly<Record<string, unknown>>) => unknown;
  readonly timers?: Timers;
}

export interface Finished {
  readonly arn: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly events: readonly HistoryEvent[];
}

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [member: string]: unknown;
}

export class MachineRoom {
  readonly service: StepFunctionsService;
  readonly timers = new DrivenTimers();
  /** `service:action` under which role, in order. */
  readonly calls: { readonly name: string; readonly args: unknown; readonly roleArn: string }[] = [];
  readonly invoked: { readonly arn: string; readonly payload: unknown }[] = [];

  constructor(settings: RoomSettings = {}) {
    const { functions = {}, sdk, ...engine } = settings;
    this.service = createStepFunctionsService({
      ...PLACE,
      databaseFile: ':memory:',
      ...engine,
      timers: settings.timers ?? this.timers,
      lambda: { invoke: (arn, payload, options) => this.#invoke(functions, arn, payload, options?.signal) },
      sdk: async (service, action, args, roleArn) => {
        this.calls.push({ name: `${service}:${action}`, args, roleArn });
        return sdk?.(service, action, args) ?? {};
      },
    });
  }

  async #invoke(
    functions: NonNullable<RoomSettings['functions']>,
    arn: string,
    payload: unknown,
    signal: AbortSignal | undefined,
  ): Promise<InvokeResult> {
    this.invoked.push({ arn, payload });
    const body = functions[arn.slice(arn.lastIndexOf(':') + 1)];
    if (body === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    try {
      const sleep = (ms: number) => new Promise<void>((done) => void this.timers.after(ms, done));
      return { ok: true, payload: await body(payload as never, { sleep, signal }) };
    } catch (error) {
      if (error instanceof AwsError || !(error instanceof Error)) throw error;
      return { ok: false, error: { errorType: error.name, errorMessage: error.message } };
    }
  }

  async define(definition: object, name = 'machine'): Promise<string> {
    const resource = machineResource(definition, name);
    await this.service.provision(resource);
    return resource.arn;
  }

  /** Runs to the end, jumping from timer to timer whenever nothing else moves. */
  async run(definition: object, input: unknown = {}): Promise<Finished> {
    const { executionArn } = this.service.start(await this.define(definition), input);
    return this.finish(executionArn);
  }

  async finish(arn: string): Promise<Finished> {
    let done = false;
    const closed = this.service.engine.closed(arn).finally(() => {
      done = true;
    });
    while (!done) {
      for (let turn = 0; turn < 5 && !done; turn += 1) await setImmediate();
      if (!done) this.timers.fireNext();
    }
    const { status, output, error, cause } = await closed;
    const value: unknown = output === undefined ? undefined : JSON.parse(output);
    return { arn, status, output: value, error, cause, events: this.events(arn) };
  }

  /** Runs until the condition holds, without letting any timer go off. */
  async until(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < 100_000; turn += 1) {
      if (condition()) return;
      await setImmediate();
    }
    throw new Error('The condition never came to hold.');
  }

  events(arn: string): readonly HistoryEvent[] {
    return this.service.engine.store.events(arn, 1, 30_000, false).map(({ json }) => JSON.parse(json) as HistoryEvent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service.close();
  }
}

export function machineResource(
  definition: object,
  name = 'machine',
  properties: Readonly<Record<string, unknown>> = {},
): ResolvedResource {
  const arn = `arn:aws:states:${PLACE.region}:${PLACE.accountId}:stateMachine:${name}`;
  const DefinitionString = JSON.stringify({ QueryLanguage: 'JSONata', ...definition });
  return {
    type: 'AWS::StepFunctions::StateMachine',
    stack: 'Pipeline',
    logicalId: 'Machine',
    physicalId: arn,
    arn,
    properties: { RoleArn: ROLE, DefinitionString, ...properties },
  };
}

/** A machine of one state that ends. */
export function only(state: object): object {
  return { StartAt: 'Only', States: { Only: { End: true, ...state } } };
}

/** A task that calls a function and gives its payload. */
export function call(name: string, more: object = {}): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...more,
  };
}

export function typesOf(finished: Finished): readonly string[] {
  return finished.events.map((event) => event.type);
}
