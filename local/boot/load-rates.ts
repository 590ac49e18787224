import type { FunctionRuntime } from '../functions/function-runtime.ts';

/**
 * Asks for the exchange rates once at each start: the schedule that keeps them fresh may not come round while the system is up.
 * Without rates the system still works and says which money it left unconverted, so a failure is only logged.
 */
export async function loadRates(functions: FunctionRuntime, log: (message: string) => void): Promise<void> {
  const loader = functions.definitions().find(({ name }) => name.endsWith('integrations-load-rates'));
  if (loader === undefined) return;
  const result = await functions.invoke(loader.arn, {});
  if (!result.ok) log(`exchange rates: ${result.error.errorType}: ${result.error.errorMessage}`);
}
