import type { ImportWork } from '../contracts/schemas/imports.ts';
import { AppError } from '../domain/errors.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';

export interface ImportWorkflow {
  /** Starts the execution that loads an import or takes it away, named after its run: starting it again changes nothing. */
  start(work: Omit<ImportWork, 'step' | 'error'>): Promise<void>;
}

export function createImportWorkflow(
  config: Config<'importing' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'states', target: 'AWSStepFunctions', version: '1.0' }),
): ImportWorkflow {
  return {
    async start(work) {
      try {
        await call('StartExecution', {
          stateMachineArn: config.importing.workflow,
          name: work.runId,
          input: JSON.stringify(work),
        });
      } catch (error) {
        const refusal = error instanceof AppError && error.cause instanceof Error ? error.cause.name : undefined;
        if (refusal === 'ExecutionAlreadyExists') return;
        throw new AppError('unavailable', 'The import could not be started. Try again.', { cause: error });
      }
    },
  };
}
