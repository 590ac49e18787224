import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type EtlInput, etlInput } from '../contracts/etl.ts';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

export interface Workflows {
  /** Starts the run's execution, named after the run: starting it again changes nothing. */
  startEtl(input: EtlInput): Promise<void>;
}

export function createWorkflows(
  config: Config<'workflows'>,
  client = new SFNClient({ maxAttempts: 4, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } }),
): Workflows {
  return {
    async startEtl(input) {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn: config.workflows.etl,
            name: input.runId,
            input: JSON.stringify(etlInput.parse(input)),
          }),
        );
      } catch (error) {
        // The same run was started before: it is under way or over.
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return;
        throw new AppError('unavailable', 'The data load could not be started. Try again.', { cause: error });
      }
    },
  };
}
