/** A checked state machine, expressions compiled. Made by `parseDefinition`; the interpreter reads nothing else. */
import type { TaskResource } from './task-resource.ts';
import type { Template } from './template.ts';

export interface Definition {
  readonly flow: Flow;
  /** Seconds the whole execution may take. */
  readonly timeoutSeconds: number | undefined;
  readonly comment: string | undefined;
}

/** A state machine, a branch, or an item processor. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  /** 0 never retries. */
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: 'NONE' | 'FULL';
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
}

export interface ChoiceRule {
  readonly condition: Template;
  readonly next: string;
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
}

interface StateBase {
  readonly name: string;
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  /** `undefined` ends the flow. */
  readonly next: string | undefined;
}

interface Fallible {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends StateBase, Fallible {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly arguments: Template;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly until: { readonly kind: 'seconds' | 'timestamp'; readonly value: Template };
}

export interface ParallelState extends StateBase, Fallible {
  readonly type: 'Parallel';
  readonly branches: readonly Flow[];
  readonly arguments: Template | undefined;
}

export interface ItemReader {
  readonly action: 'getObject' | 'listObjectsV2';
  readonly inputType: 'JSON' | 'JSONL' | undefined;
  readonly maxItems: Template | undefined;
  readonly arguments: Template;
}

export interface ItemBatcher {
  readonly batchInput: Template | undefined;
  readonly maxItems: Template | undefined;
  readonly maxInputBytes: Template | undefined;
}

export interface MapState extends StateBase, Fallible {
  readonly type: 'Map';
  readonly processor: Flow;
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  /** Present for DISTRIBUTED. */
  readonly distributed:
    | {
        readonly label: string;
        readonly executionType: 'STANDARD' | 'EXPRESS';
        readonly reader: ItemReader | undefined;
        readonly batcher: ItemBatcher | undefined;
        readonly toleratedCount: Template | undefined;
        /** 0 to 100. */
        readonly toleratedPercentage: Template | undefined;
      }
    | undefined;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | ParallelState
  | MapState
  | SucceedState
  | FailState;
