import { CreateSecretCommand, PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Where the credentials of connections go. */
export interface ConnectionSecrets {
  /** The credentials given become the current ones. */
  put(connectionId: string, credentials: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * Secrets Manager, at `<prefix>/connections/<connectionId>`. Only ever written: whoever provisions may not read credentials,
 * so equal ones become a new version too. The version's id is left to chance: derived from the content, Secrets Manager
 * would silently ignore a return to earlier credentials.
 */
export function createConnectionSecrets(client: SecretsManagerClient, prefix: string): ConnectionSecrets {
  return {
    async put(connectionId, credentials) {
      const name = `${prefix}/connections/${connectionId}`;
      const value = JSON.stringify(credentials);
      try {
        await client.send(new CreateSecretCommand({ Name: name, SecretString: value }));
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ResourceExistsException')) throw error;
        await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
      }
    },
  };
}
