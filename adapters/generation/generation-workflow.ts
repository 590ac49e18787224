import * as z from 'zod/mini';
import { type ApprovalAnswer, type GenerationInput, generationInput } from '../../contracts/generation.ts';
import { AppError } from '../../domain/errors.ts';
import { type AwsCall, createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';

export interface GenerationWorkflow {
  /** Starts the run's execution, named after the run and its attempt: starting it again changes nothing. */
  start(input: GenerationInput): Promise<void>;
  /** Whether the execution of that attempt is under way. One that never was is not. */
  isUnderWay(runId: string, attempt: number): Promise<boolean>;
  /** Answers an execution that waits for a decision; `false` when it does not wait any more. */
  answer(taskToken: string, answer: ApprovalAnswer): Promise<boolean>;
  /** Ends an execution that waits for a decision; one that does not wait any more is left alone. */
  giveUp(taskToken: string, why: string): Promise<void>;
}

const described = z.object({ status: z.string() });
const nameOf = (runId: string, attempt: number): string => (attempt === 1 ? runId : `${runId}-${attempt}`);

/** The code Step Functions refused a call with. */
const refusalOf = (error: unknown): string | undefined =>
  error instanceof AppError && error.cause instanceof Error ? error.cause.name : undefined;
/** Nobody waits with this token: it was answered, or its execution has ended. */
const over: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** `machine` is only needed to start and to look. */
export function createGenerationWorkflow(
  config: Config<'aws' | 'credentials'>,
  machine = '',
  call: AwsCall = createAwsCall(config, { name: 'states', target: 'AWSStepFunctions', version: '1.0' }),
): GenerationWorkflow {
  return {
    async start(input) {
      try {
        await call('StartExecution', {
          stateMachineArn: machine,
          name: nameOf(input.runId, input.attempt),
          input: JSON.stringify(generationInput.parse(input)),
        });
      } catch (error) {
        if (refusalOf(error) === 'ExecutionAlreadyExists') return;
        throw new AppError('unavailable', 'The run could not be started. Try again.', { cause: error });
      }
    },
    async isUnderWay(runId, attempt) {
      const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${nameOf(runId, attempt)}`;
      try {
        return described.parse(await call('DescribeExecution', { executionArn })).status === 'RUNNING';
      } catch (error) {
        if (refusalOf(error) === 'ExecutionDoesNotExist') return false;
        throw new AppError('unavailable', 'The state of the run could not be read. Try again.', { cause: error });
      }
    },
    async answer(taskToken, answer) {
      try {
        await call('SendTaskSuccess', { taskToken, output: JSON.stringify(answer) });
        return true;
      } catch (error) {
        if (over.has(refusalOf(error) ?? '')) return false;
        throw new AppError('unavailable', 'The run could not be told. Send it again.', { cause: error });
      }
    },
    async giveUp(taskToken, why) {
      try {
        await call('SendTaskFailure', { taskToken, error: 'Run.cancelled', cause: why });
      } catch (error) {
        if (over.has(refusalOf(error) ?? '')) return;
        throw new AppError('unavailable', 'The run could not be told. Send it again.', { cause: error });
      }
    },
  };
}
