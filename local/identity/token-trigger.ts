/**
 * The pre token generation trigger: the event Cognito sends and what its answer may change.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
import type { FunctionInvoker } from '../ports.ts';
import { isObject, objectOf, textsOf } from '../services/json-protocol.ts';
import type { PoolDefinition } from './pool-definition.ts';
import type { User } from './user-directory.ts';

export type TriggerSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

interface TokenRequest {
  readonly source: TriggerSource;
  readonly clientId: string;
  /** `undefined` for machine clients. */
  readonly user: User | undefined;
  readonly scopes: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

export interface ClaimChanges {
  readonly add: Readonly<Record<string, unknown>>;
  readonly suppress: readonly string[];
}

export interface TokenChanges {
  readonly access: ClaimChanges;
  readonly id: ClaimChanges;
  readonly scopesToAdd: readonly string[];
  readonly scopesToSuppress: readonly string[];
  readonly groups: readonly string[] | undefined;
}

const noClaims: ClaimChanges = { add: {}, suppress: [] };
const noChanges: TokenChanges = {
  access: noClaims,
  id: noClaims,
  scopesToAdd: [],
  scopesToSuppress: [],
  groups: undefined,
};

/** The function failed: no token is issued. The message is for the operator. */
export class TriggerFailure extends Error {}

/** `undefined` where this version of the trigger does not run: only the third knows machine clients. */
function triggerEvent(pool: PoolDefinition, request: TokenRequest): Readonly<Record<string, unknown>> | undefined {
  const { trigger } = pool;
  if (trigger === undefined || (request.user === undefined && trigger.version !== 'V3_0')) return undefined;
  const groups = request.user?.groups ?? [];
  const roles = groups.map((group) => pool.groups.get(group)).filter((role) => role !== undefined);
  return {
    version: trigger.version.slice(1, 2),
    triggerSource: request.source,
    region: pool.region,
    userPoolId: pool.id,
    userName: request.user?.sub ?? request.clientId,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: request.clientId },
    request: {
      userAttributes:
        request.user === undefined
          ? {}
          : { sub: request.user.sub, 'cognito:user_status': request.user.status, ...request.user.attributes },
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: roles, preferredRole: roles[0] ?? null },
      ...(trigger.version === 'V1_0' ? {} : { scopes: request.scopes }),
      ...(request.clientMetadata === undefined ? {} : { clientMetadata: request.clientMetadata }),
    },
    response: trigger.version === 'V1_0' ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null },
  };
}

export async function runTrigger(
  pool: PoolDefinition,
  functions: FunctionInvoker,
  request: TokenRequest,
): Promise<TokenChanges> {
  const event = triggerEvent(pool, request);
  if (event === undefined || pool.trigger === undefined) return noChanges;
  const result = await functions.invoke(pool.trigger.functionArn, event).catch((error: unknown) => {
    throw new TriggerFailure(error instanceof Error ? error.message : String(error));
  });
  if (!result.ok) throw new TriggerFailure(`${result.error.errorType}: ${result.error.errorMessage}`);
  if (!isObject(result.payload)) throw new TriggerFailure('The trigger did not return the event.');
  return readChanges(objectOf(result.payload, 'response'), pool.trigger.version);
}

function readChanges(response: Readonly<Record<string, unknown>>, version: string): TokenChanges {
  if (version === 'V1_0') {
    const details = objectOf(response, 'claimsOverrideDetails');
    return { ...noChanges, id: claimChanges(details), groups: groupsOf(details) };
  }
  const details = objectOf(response, 'claimsAndScopeOverrideDetails');
  const access = objectOf(details, 'accessTokenGeneration');
  return {
    access: claimChanges(access),
    id: claimChanges(objectOf(details, 'idTokenGeneration')),
    scopesToAdd: textsOf(access, 'scopesToAdd'),
    scopesToSuppress: textsOf(access, 'scopesToSuppress'),
    groups: groupsOf(details),
  };
}

function claimChanges(from: Readonly<Record<string, unknown>>): ClaimChanges {
  return { add: objectOf(from, 'claimsToAddOrOverride'), suppress: textsOf(from, 'claimsToSuppress') };
}

function groupsOf(details: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const override = details.groupOverrideDetails;
  return isObject(override) && Array.isArray(override.groupsToOverride)
    ? textsOf(override, 'groupsToOverride')
    : undefined;
}
