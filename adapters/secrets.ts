import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';

/** How long a secret is kept in memory: a rotated one is seen within this time, and at once when the platform refuses the old. */
const cacheMs = 5 * 60_000;
const fields = z.record(z.string(), z.string());
type Fields = Readonly<Record<string, string>>;

export interface Secrets {
  /**
   * The credentials of a connection. They are in no log and no error. With its platform, fields of our app there stand in for
   * those the connection does not have of its own, so that the app's secret is rotated in one place.
   */
  connection(connectionId: string, platform?: string): Promise<Fields>;
  /** Our app at a platform, at `<prefix>/apps/<platform>`; `undefined` when no operator has stored one. */
  app(platform: string): Promise<Fields | undefined>;
  /** The next read goes to Secrets Manager, whatever is held. */
  forget(connectionId: string, platform: string): void;
}

export const createSecretsClient = (): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  });

export function createSecrets(
  config: Config<'secrets'>,
  client = createSecretsClient(),
  now: () => number = Date.now,
): Secrets {
  const held = new Map<string, { readonly value: Fields | undefined; readonly until: number }>();
  const { prefix } = config.secrets;

  /** `undefined` for a secret that is not there or is being deleted. */
  const read = async (name: string, of: string): Promise<Fields | undefined> => {
    const cached = held.get(name);
    if (cached && cached.until > now()) return cached.value;
    let text: string | undefined;
    try {
      text = (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
    } catch (error) {
      const code = error instanceof Error ? error.name : '';
      if (code !== 'ResourceNotFoundException' && code !== 'InvalidRequestException') {
        throw new AppError('unavailable', `The credentials of ${of} could not be read.`, { cause: error });
      }
      held.set(name, { value: undefined, until: now() + cacheMs });
      return undefined;
    }
    const value = parse(text, of);
    held.set(name, { value, until: now() + cacheMs });
    return value;
  };
  const connectionName = (connectionId: string) => `${prefix}/connections/${connectionId}`;
  const appName = (platform: string) => `${prefix}/apps/${platform}`;
  const app = (platform: string) => read(appName(platform), `our app at ${platform}`);

  return {
    app,
    async connection(connectionId, platform) {
      const own = await read(connectionName(connectionId), `connection ${connectionId}`);
      if (own === undefined) {
        held.delete(connectionName(connectionId));
        throw new AppError('not-found', `Connection ${connectionId} has no credentials. Connect it again.`);
      }
      return platform === undefined ? own : { ...(await app(platform)), ...own };
    },
    forget(connectionId, platform) {
      held.delete(connectionName(connectionId));
      held.delete(appName(platform));
    },
  };
}

/** The parser's own error would quote the secret: it is not passed on. */
function parse(text: string | undefined, of: string): Fields {
  try {
    return fields.parse(JSON.parse(text ?? ''));
  } catch {
    throw new AppError('internal', `The credentials of ${of} are not an object of texts.`);
  }
}
