import { readConfig } from '../../../adapters/config.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { issueTokenClaims, preTokenGeneration } from './issue-token-claims.ts';

const config = readConfig(['state']);
const { identity } = createStores(config.state.table, {}, { identity: createIdentityStore });

/** Cognito's pre token generation trigger, LambdaVersion V3_0, for users and client credentials. */
export const handler = async (event: unknown): Promise<unknown> =>
  issueTokenClaims(identity, preTokenGeneration.parse(event));
