import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';
import { createSignedFetch, type SignedFetch } from './signed-fetch.ts';

const defaultAttempts = 4;
const defaultTimeoutMs = 5_000;

export interface AwsService {
  /** Host name's first part and signing name, e.g. `ssm`. */
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  /** Of the JSON protocol, as the service's model says. 1.1 by default. */
  readonly version?: '1.0';
  /** Of one attempt; five seconds by default. */
  readonly timeoutMs?: number;
  /** Four by default. */
  readonly attempts?: number;
}

/**
 * Calls an operation with JSON in and out. Throws `AppError`: `not-found` for a `…NotFound…` code, `unavailable` for what may pass.
 * The cause is named after the service's own code.
 */
export type AwsCall = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/**
 * One AWS service over its JSON protocol. For services of which a single operation is in use: their SDK clients would make
 * up a fifth of a function's bundle.
 */
export function createAwsCall(
  config: Config<'aws' | 'credentials'>,
  service: AwsService,
  send: SignedFetch = createSignedFetch(config, service.name),
): AwsCall {
  const url = config.aws.endpoint ?? `https://${service.name}.${config.aws.region}.amazonaws.com`;
  const contentType = `application/x-amz-json-${service.version ?? '1.1'}`;
  const attempts = service.attempts ?? defaultAttempts;
  return async (operation, input) => {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await wait(Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2));
      try {
        const answer = await send(`${url.replace(/\/$/, '')}/`, {
          method: 'POST',
          headers: { 'content-type': contentType, 'x-amz-target': `${service.target}.${operation}` },
          body: JSON.stringify(input),
          signal: AbortSignal.timeout(service.timeoutMs ?? defaultTimeoutMs),
        });
        const body = parse(await answer.text());
        if (answer.ok && body) return body;
        const code = String(body?.__type ?? answer.status).replace(/^.*#/, '');
        const refusal = new Error(`${service.name}:${operation} answered ${answer.status} ${code}`);
        refusal.name = code;
        cause = refusal;
        if (answer.status < 500 && answer.status !== 429 && !/Throttl|TooManyRequests/.test(code)) {
          throw new AppError(
            /NotFound/.test(code) ? 'not-found' : 'internal',
            `${service.name} refused ${operation}: ${code}.`,
            { cause },
          );
        }
      } catch (error) {
        if (error instanceof AppError) throw error;
        cause = error;
      }
    }
    throw new AppError('unavailable', `${service.name} did not answer ${operation} within ${attempts} attempts.`, {
      cause,
    });
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
