import { setTimeout as wait } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

const attempts = 4;
const timeoutMs = 5_000;

export interface AwsService {
  /** Host name's first part and signing name, e.g. `ssm`. */
  readonly name: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
}

/** Calls an operation with JSON in and out. Throws `AppError`: `not-found` for a `…NotFound…` code, `unavailable` for what may pass. */
export type AwsCall = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/**
 * One AWS service over its JSON 1.1 protocol. For services of which a single operation is in use: their SDK clients would make
 * up a fifth of a function's bundle.
 */
export function createAwsCall(config: Config<'aws' | 'credentials'>, service: AwsService): AwsCall {
  const client = new AwsClient({
    accessKeyId: config.credentials.accessKeyId,
    secretAccessKey: config.credentials.secretAccessKey,
    ...(config.credentials.sessionToken && { sessionToken: config.credentials.sessionToken }),
    service: service.name,
    region: config.aws.region,
    retries: 0,
  });
  const url = config.aws.endpoint ?? `https://${service.name}.${config.aws.region}.amazonaws.com`;
  return async (operation, input) => {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await wait(Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2));
      try {
        const answer = await client.fetch(`${url.replace(/\/$/, '')}/`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${service.target}.${operation}` },
          body: JSON.stringify(input),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const body = parse(await answer.text());
        if (answer.ok && body) return body;
        const code = String(body?.__type ?? answer.status)
          .split('#')
          .at(-1);
        cause = new Error(`${service.name}:${operation} answered ${answer.status} ${code}`);
        if (answer.status < 500 && answer.status !== 429 && !/Throttl|TooManyRequests/.test(code ?? '')) {
          throw new AppError(
            /NotFound/.test(code ?? '') ? 'not-found' : 'internal',
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
