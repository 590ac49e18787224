import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { fieldErrorsOf } from '../../../adapters/http/describe-issues.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { provisionWorkspace as orderSchema, type ProvisionedWorkspace } from '../../../contracts/provisioning.ts';
import { AppError } from '../../../domain/errors.ts';
import { provisionWorkspace } from './provision-workspace.ts';

const config = readConfig(['state', 'secrets']);
const stores = createStores(config.state.table, { workspace: createWorkspaceStore }, { identity: createIdentityStore });
const secrets = createConnectionSecrets(new SecretsManagerClient({ maxAttempts: 5 }), config.secrets.prefix);

/** For operators: `lambda:InvokeFunction` with the order of contracts/provisioning.ts. Not reachable over HTTP. */
export const handler = async (event: unknown): Promise<ProvisionedWorkspace> => {
  const order = orderSchema.safeParse(event);
  if (!order.success) {
    const fields = fieldErrorsOf(order.error.issues, 'input');
    const listed = fields.map(({ field, message }) => `${field} ${message}`).join('; ');
    throw new AppError('invalid-request', `The order is not valid: ${listed}.`, { fields });
  }
  return provisionWorkspace({ stores, secrets, now: Date.now }, order.data);
};
