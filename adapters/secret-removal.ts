import { DeleteSecretCommand, DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Config } from './config.ts';

/** Secrets of one folder, for deleting them without recovery. Nothing is read of their values. */
export interface SecretRemoval {
  nameOf(id: string): string;
  exists(id: string): Promise<boolean>;
  /** One that is not there is no failure. */
  remove(id: string): Promise<void>;
}

const missing = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

export function createSecretRemoval(
  config: Config<'secrets'>,
  folder: 'connections' | 'alert-webhooks',
  client = new SecretsManagerClient({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  }),
): SecretRemoval {
  const nameOf = (id: string): string => `${config.secrets.prefix}/${folder}/${id}`;
  return {
    nameOf,
    async exists(id) {
      try {
        await client.send(new DescribeSecretCommand({ SecretId: nameOf(id) }));
        return true;
      } catch (error) {
        if (missing(error)) return false;
        throw error;
      }
    },
    async remove(id) {
      try {
        await client.send(new DeleteSecretCommand({ SecretId: nameOf(id), ForceDeleteWithoutRecovery: true }));
      } catch (error) {
        if (!missing(error)) throw error;
      }
    },
  };
}
