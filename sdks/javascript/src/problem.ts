import { ConextConnectionError, ConextError } from './errors.ts';
import type { Problem } from './generated/api.ts';

/** The error of an answer that is not a success. Something in between, such as a proxy, answers in its own words: they are not repeated. */
export function errorOf(response: Response, text: string): ConextError | ConextConnectionError {
  const requestId = response.headers.get('x-request-id') ?? '';
  const problem = parsed(text);
  if (typeof problem?.code === 'string' && typeof problem.title === 'string') {
    return new ConextError({ type: 'about:blank', requestId, status: response.status, ...problem } as Problem);
  }
  const named = requestId === '' ? '' : ` (request ${requestId})`;
  return new ConextConnectionError(`The server answered ${response.status} without saying why${named}.`);
}

function parsed(text: string): Partial<Problem> | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as Partial<Problem> | undefined;
  } catch {
    return undefined;
  }
}
