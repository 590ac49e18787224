import { type EtlInput, etlInput } from '../contracts/etl.ts';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

export interface Workflows {
  /** Starts the run's execution, named after the run: starting it again changes nothing. */
  startEtl(input: EtlInput): Promise<void>;
}

export function createWorkflows(
  config: Config<'workflows' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'states', target: 'AWSStepFunctions', version: '1.0' }),
): Workflows {
  return {
    async startEtl(input) {
      try {
        await call('StartExecution', {
          stateMachineArn: config.workflows.etl,
          name: input.runId,
          input: JSON.stringify(etlInput.parse(input)),
        });
      } catch (error) {
        // The same run was started before: it is under way or over.
        if (
          error instanceof AppError &&
          error.cause instanceof Error &&
          error.cause.name === 'ExecutionAlreadyExists'
        ) {
          return;
        }
        throw new AppError('unavailable', 'The data load could not be started. Try again.', { cause: error });
      }
    },
  };
}
