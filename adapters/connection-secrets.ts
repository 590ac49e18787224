import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AppError } from '../domain/errors.ts';

/** Within this time an operator can restore the credentials of a removed connection. The shortest that Secrets Manager knows. */
const recoveryDays = 7;

/** Where the credentials of connections go. */
export interface ConnectionSecrets {
  /** The credentials given become the current ones, in place of deleted ones too. */
  put(connectionId: string, credentials: Readonly<Record<string, string>>): Promise<void>;
  /** New values for the credentials of a connection that has some; one that was removed meanwhile stays without. */
  renew(connectionId: string, credentials: Readonly<Record<string, string>>): Promise<void>;
  /** Deletes them after the recovery window; says when (epoch milliseconds). Repeating it, or having none, is no error. */
  retire(connectionId: string, now: number): Promise<number>;
}

const named = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/**
 * Secrets Manager, at `<prefix>/connections/<connectionId>`. Only ever written: whoever provisions may not read credentials,
 * so equal ones become a new version too. The version's id is left to chance: derived from the content, Secrets Manager
 * would silently ignore a return to earlier credentials.
 */
export function createConnectionSecrets(client: SecretsManagerClient, prefix: string): ConnectionSecrets {
  const nameOf = (connectionId: string) => `${prefix}/connections/${connectionId}`;
  const replace = async (name: string, value: string) => {
    const put = new PutSecretValueCommand({ SecretId: name, SecretString: value });
    try {
      await client.send(put);
    } catch (error) {
      if (!named(error, 'InvalidRequestException')) throw error;
      // Marked for deletion when the connection was removed.
      await client.send(new RestoreSecretCommand({ SecretId: name }));
      await client.send(put);
    }
  };
  return {
    async put(connectionId, credentials) {
      const name = nameOf(connectionId);
      const value = JSON.stringify(credentials);
      try {
        await client.send(new CreateSecretCommand({ Name: name, SecretString: value }));
      } catch (error) {
        // AWS says InvalidRequest for the name of one that is marked for deletion.
        if (!named(error, 'ResourceExistsException') && !named(error, 'InvalidRequestException')) throw error;
        await replace(name, value);
      }
    },
    async renew(connectionId, credentials) {
      const value = JSON.stringify(credentials);
      try {
        await client.send(new PutSecretValueCommand({ SecretId: nameOf(connectionId), SecretString: value }));
      } catch (error) {
        if (named(error, 'ResourceNotFoundException') || named(error, 'InvalidRequestException')) return;
        throw new AppError('unavailable', `The renewed credentials of connection ${connectionId} could not be kept.`, {
          cause: error,
        });
      }
    },
    async retire(connectionId, now) {
      const expected = now + recoveryDays * 86_400_000;
      try {
        const answer = await client.send(
          new DeleteSecretCommand({ SecretId: nameOf(connectionId), RecoveryWindowInDays: recoveryDays }),
        );
        return answer.DeletionDate?.getTime() ?? expected;
      } catch (error) {
        if (named(error, 'ResourceNotFoundException')) return now;
        if (named(error, 'InvalidRequestException')) return expected;
        throw error;
      }
    },
  };
}
