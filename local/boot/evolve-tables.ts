import type { FunctionRuntime } from '../functions/function-runtime.ts';
import { StartError } from './start-error.ts';

/**
 * Gives the tables of an earlier release the columns of this one, as a deployment does. Throws `StartError`: without them every
 * load would fail.
 */
export async function evolveTables(functions: FunctionRuntime): Promise<void> {
  const maintenance = functions.definitions().find(({ name }) => name.endsWith('integrations-maintain-warehouse'));
  if (maintenance === undefined) return;
  const result = await functions.invoke(maintenance.arn, { tasks: ['schema'] });
  if (!result.ok) {
    throw new StartError(
      `The tables of the warehouse could not be brought up to date: ${result.error.errorMessage ?? result.error.errorType}`,
    );
  }
}
