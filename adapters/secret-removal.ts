import { DeleteSecretCommand, DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Config } from './config.ts';

/** Credentials of connections, for deleting them without recovery. Nothing is read of their values. */
export interface SecretRemoval {
  nameOf(connectionId: string): string;
  exists(connectionId: string): Promise<boolean>;
  /** One that is not there is no failure. */
  remove(connectionId: string): Promise<void>;
}

const missing = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

export function createSecretRemoval(
  config: Config<'secrets'>,
  client = new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  }),
): SecretRemoval {
  const nameOf = (connectionId: string): string => `${config.secrets.prefix}/connections/${connectionId}`;
  return {
    nameOf,
    async exists(connectionId) {
      try {
        await client.send(new DescribeSecretCommand({ SecretId: nameOf(connectionId) }));
        return true;
      } catch (error) {
        if (missing(error)) return false;
        throw error;
      }
    },
    async remove(connectionId) {
      try {
        await client.send(
          new DeleteSecretCommand({ SecretId: nameOf(connectionId), ForceDeleteWithoutRecovery: true }),
        );
      } catch (error) {
        if (!missing(error)) throw error;
      }
    },
  };
}
