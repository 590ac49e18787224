import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AppError } from '../domain/errors.ts';

/** Secrets that sign what is sent to webhooks of alert rules. */
export interface WebhookSecrets {
  /** `false` when there is one of this name. */
  create(webhookId: string, secret: string): Promise<boolean>;
  /** Undefined when there is none. */
  get(webhookId: string): Promise<string | undefined>;
  /** At once and for good; one that is not there is no failure. */
  remove(webhookId: string): Promise<void>;
}

const named = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/** Secrets Manager, at `<prefix>/alert-webhooks/<webhookId>`. A secret never changes: a new one is a new webhook. */
export function createWebhookSecrets(client: SecretsManagerClient, prefix: string): WebhookSecrets {
  const nameOf = (webhookId: string) => `${prefix}/alert-webhooks/${webhookId}`;
  return {
    async create(webhookId, secret) {
      try {
        await client.send(new CreateSecretCommand({ Name: nameOf(webhookId), SecretString: secret }));
        return true;
      } catch (error) {
        if (named(error, 'ResourceExistsException')) return false;
        throw new AppError('unavailable', 'The secret of the webhook could not be kept.', { cause: error });
      }
    },
    async get(webhookId) {
      try {
        return (await client.send(new GetSecretValueCommand({ SecretId: nameOf(webhookId) }))).SecretString;
      } catch (error) {
        if (named(error, 'ResourceNotFoundException', 'InvalidRequestException')) return undefined;
        throw new AppError('unavailable', `The secret of webhook ${webhookId} could not be read.`, { cause: error });
      }
    },
    async remove(webhookId) {
      try {
        await client.send(new DeleteSecretCommand({ SecretId: nameOf(webhookId), ForceDeleteWithoutRecovery: true }));
      } catch (error) {
        if (!named(error, 'ResourceNotFoundException')) throw error;
      }
    },
  };
}
