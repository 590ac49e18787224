import * as z from 'zod/mini';
import { type EtlInput, etlInput } from '../contracts/etl.ts';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

export interface Workflows {
  /** Starts the run's execution, named after the run and its attempt: starting it again changes nothing. */
  startEtl(input: EtlInput): Promise<void>;
  /** Whether the execution of that attempt is under way. One that never was is not. */
  isUnderWay(runId: string, attempt: number): Promise<boolean>;
}

const described = z.object({ status: z.string() });

/** A name is free again only months after its execution has ended: each attempt has its own. */
const nameOf = (runId: string, attempt: number): string => (attempt === 1 ? runId : `${runId}-${attempt}`);

/** The code Step Functions refused a call with. */
const refusalOf = (error: unknown): string | undefined =>
  error instanceof AppError && error.cause instanceof Error ? error.cause.name : undefined;

export function createWorkflows(
  config: Config<'workflows' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'states', target: 'AWSStepFunctions', version: '1.0' }),
): Workflows {
  return {
    async startEtl(input) {
      try {
        await call('StartExecution', {
          stateMachineArn: config.workflows.etl,
          name: nameOf(input.runId, input.attempt ?? 1),
          input: JSON.stringify(etlInput.parse(input)),
        });
      } catch (error) {
        // The same attempt was started before: it is under way or over.
        if (refusalOf(error) === 'ExecutionAlreadyExists') return;
        throw new AppError('unavailable', 'The data load could not be started. Try again.', { cause: error });
      }
    },
    async isUnderWay(runId, attempt) {
      const executionArn = `${config.workflows.etl.replace(':stateMachine:', ':execution:')}:${nameOf(runId, attempt)}`;
      try {
        return described.parse(await call('DescribeExecution', { executionArn })).status === 'RUNNING';
      } catch (error) {
        if (refusalOf(error) === 'ExecutionDoesNotExist') return false;
        throw new AppError('unavailable', 'The state of the data load could not be read. Try again.', { cause: error });
      }
    },
  };
}
