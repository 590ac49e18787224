import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** Where the credentials of connections go. They are never read back to anyone. */
export interface ConnectionSecrets {
  /** Writes a new version only when the value differs. */
  put(connectionId: string, credentials: Readonly<Record<string, string>>): Promise<void>;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** Secrets Manager, at `<prefix>/connections/<connectionId>`. */
export function createConnectionSecrets(client: SecretsManagerClient, prefix: string): ConnectionSecrets {
  const current = async (name: string): Promise<string | undefined> => {
    try {
      return (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return undefined;
      throw error;
    }
  };
  return {
    async put(connectionId, credentials) {
      const name = `${prefix}/connections/${connectionId}`;
      const value = JSON.stringify(credentials, Object.keys(credentials).sort());
      const held = await current(name);
      if (held === value) return;
      if (held === undefined) {
        try {
          await client.send(new CreateSecretCommand({ Name: name, SecretString: value }));
          return;
        } catch (error) {
          // There already: without a value, or made by a call at the same time.
          if (!isNamed(error, 'ResourceExistsException')) throw error;
        }
      }
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
    },
  };
}
