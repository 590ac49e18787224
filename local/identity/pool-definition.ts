/** The user pool as its AWS::Cognito resources describe it. */
import type { ResolvedResource } from '../ports.ts';
import { isObject, objectOf, objectsOf, optionalText, textsOf } from '../services/json-protocol.ts';
import { asBoolean, asNumber } from '../services/property-support.ts';
import { refuseIdentityResource } from './supported-properties.ts';

type TriggerVersion = 'V1_0' | 'V2_0' | 'V3_0';

interface TokenTriggerDefinition {
  readonly functionArn: string;
  readonly version: TriggerVersion;
}

/** Seconds. */
interface TokenValidity {
  readonly access: number;
  readonly id: number;
  readonly refresh: number;
}

export interface ClientDefinition {
  readonly id: string;
  readonly name: string;
  readonly hasSecret: boolean;
  readonly flows: readonly ('code' | 'client_credentials')[];
  readonly scopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly validity: TokenValidity;
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
}

export interface PoolDefinition {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly clients: readonly ClientDefinition[];
  /** Every custom scope, `server/name`. */
  readonly customScopes: readonly string[];
  /** Group name → role ARN, by precedence. */
  readonly groups: ReadonlyMap<string, string | undefined>;
  readonly trigger: TokenTriggerDefinition | undefined;
  readonly passwords: PasswordPolicy;
}

export const standardScopes: readonly string[] = [
  'openid',
  'email',
  'phone',
  'profile',
  'aws.cognito.signin.user.admin',
];

const unitSeconds: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** Reads the one user pool among the resources. Throws with every reason when the templates ask for more than is supported. */
export function readPoolDefinition(resources: readonly ResolvedResource[]): PoolDefinition {
  const reasons = resources.map(refuseIdentityResource).filter((reason) => reason !== undefined);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const ofType = (type: string) => resources.filter((resource) => resource.type === `AWS::Cognito::${type}`);
  const [pool, ...others] = ofType('UserPool');
  if (pool === undefined || others.length > 0) {
    throw new Error(
      `The local identity provider serves one AWS::Cognito::UserPool; the templates have ${ofType('UserPool').length}.`,
    );
  }
  const policy = objectOf(objectOf(pool.properties, 'Policies'), 'PasswordPolicy');
  return {
    id: pool.physicalId,
    arn: pool.arn,
    region: pool.arn.split(':')[3] ?? 'eu-central-1',
    clients: ofType('UserPoolClient').map((client) =>
      readClient(client.physicalId, client.logicalId, client.properties),
    ),
    customScopes: ofType('UserPoolResourceServer').flatMap((server) =>
      objectsOf(server.properties, 'Scopes').map((scope) => `${server.properties.Identifier}/${scope.ScopeName}`),
    ),
    groups: new Map(
      ofType('UserPoolGroup')
        .toSorted((a, b) => precedence(a) - precedence(b))
        .map((group) => [
          optionalText(group.properties, 'GroupName') ?? group.physicalId,
          optionalText(group.properties, 'RoleArn'),
        ]),
    ),
    trigger: readTrigger(objectOf(pool.properties, 'LambdaConfig')),
    passwords: {
      minimumLength: asNumber(policy.MinimumLength) ?? 8,
      requireLowercase: asBoolean(policy.RequireLowercase),
      requireUppercase: asBoolean(policy.RequireUppercase),
      requireNumbers: asBoolean(policy.RequireNumbers),
      requireSymbols: asBoolean(policy.RequireSymbols),
    },
  };
}

/** From a template resource's properties or from CreateUserPoolClient, which name things alike. */
export function readClient(
  id: string,
  fallbackName: string,
  properties: Readonly<Record<string, unknown>>,
): ClientDefinition {
  const units = objectOf(properties, 'TokenValidityUnits');
  const seconds = (value: unknown, unit: unknown, defaultUnit: string, otherwise: number) => {
    const count = asNumber(value);
    // Zero is how templates write "the default".
    if (count === undefined || count === 0) return otherwise;
    return count * (unitSeconds[typeof unit === 'string' ? unit : defaultUnit] ?? 1);
  };
  return {
    id,
    name: optionalText(properties, 'ClientName') ?? fallbackName,
    hasSecret: asBoolean(properties.GenerateSecret),
    flows: asBoolean(properties.AllowedOAuthFlowsUserPoolClient)
      ? textsOf(properties, 'AllowedOAuthFlows').filter((flow) => flow === 'code' || flow === 'client_credentials')
      : [],
    scopes: textsOf(properties, 'AllowedOAuthScopes'),
    callbackUrls: textsOf(properties, 'CallbackURLs'),
    logoutUrls: textsOf(properties, 'LogoutURLs'),
    validity: {
      access: seconds(properties.AccessTokenValidity, units.AccessToken, 'hours', 3_600),
      id: seconds(properties.IdTokenValidity, units.IdToken, 'hours', 3_600),
      refresh: seconds(properties.RefreshTokenValidity, units.RefreshToken, 'days', 30 * 86_400),
    },
  };
}

function precedence(group: ResolvedResource): number {
  return asNumber(group.properties.Precedence) ?? Number.MAX_SAFE_INTEGER;
}

function readTrigger(config: Readonly<Record<string, unknown>>): TokenTriggerDefinition | undefined {
  const { PreTokenGenerationConfig: current, PreTokenGeneration: first } = config;
  if (isObject(current)) {
    const version = current.LambdaVersion;
    if (version !== 'V1_0' && version !== 'V2_0' && version !== 'V3_0') {
      throw new Error(
        `The pre token generation trigger asks for the version ${String(version)}, which does not exist.`,
      );
    }
    return { functionArn: String(current.LambdaArn), version };
  }
  return typeof first === 'string' ? { functionArn: first, version: 'V1_0' } : undefined;
}
