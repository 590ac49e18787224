import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

/** How long a secret is kept in memory: a rotated one is seen within this time. */
const cacheMs = 5 * 60_000;
const credentials = z.record(z.string(), z.string());

export interface Secrets {
  /** The credentials of a connection. They are in no log and no error. */
  connection(connectionId: string): Promise<Readonly<Record<string, string>>>;
}

export function createSecrets(
  config: Config<'secrets'>,
  client = new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  }),
  now: () => number = Date.now,
): Secrets {
  const held = new Map<string, { readonly value: Record<string, string>; readonly until: number }>();
  return {
    async connection(connectionId) {
      const name = `${config.secrets.prefix}/connections/${connectionId}`;
      const cached = held.get(name);
      if (cached && cached.until > now()) return cached.value;
      let text: string | undefined;
      try {
        text = (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') {
          throw new AppError('not-found', `Connection ${connectionId} has no credentials. Connect it again.`);
        }
        throw new AppError('unavailable', `The credentials of connection ${connectionId} could not be read.`, {
          cause: error,
        });
      }
      const value = parse(text, connectionId);
      held.set(name, { value, until: now() + cacheMs });
      return value;
    },
  };
}

/** The parser's own error would quote the secret: it is not passed on. */
function parse(text: string | undefined, connectionId: string): Record<string, string> {
  try {
    return credentials.parse(JSON.parse(text ?? ''));
  } catch {
    throw new AppError('internal', `The credentials of connection ${connectionId} are not an object of texts.`);
  }
}
