/** The REST API as its AWS::ApiGateway resources describe it, references resolved and defaults filled in. */
import type { ResolvedResource } from '../ports.ts';
import { isObject, objectOf, objectsOf, optionalText, textsOf } from '../services/json-protocol.ts';
import { asBoolean, asNumber } from '../services/property-support.ts';
import { refuseGatewayResource } from './supported-properties.ts';

/** Requests a second and the most at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

export interface Quota {
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface MockResponse {
  readonly statusCode: number;
  /** Matches the mock's status code; `undefined` is the default response. */
  readonly selectionPattern: string | undefined;
  /** `method.response.header.X` → mapping expression. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly templates: Readonly<Record<string, unknown>>;
}

export type IntegrationDefinition =
  | { readonly kind: 'function'; readonly functionArn: string; readonly streams: boolean; readonly timeoutMs: number }
  | { readonly kind: 'mock'; readonly statusCode: number; readonly responses: readonly MockResponse[] };

interface AuthorizerDefinition {
  /** Lower case. */
  readonly header: string;
  readonly userPoolArns: readonly string[];
}

export interface MethodDefinition {
  readonly resourceId: string;
  /** As the templates write it: `/v1/accounts/{id}`. */
  readonly resourcePath: string;
  /** `GET`, … or `ANY`. */
  readonly httpMethod: string;
  readonly operationName: string | undefined;
  readonly authorizer: AuthorizerDefinition | undefined;
  readonly scopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** `querystring.grain`, `header.x`, `path.id`; checked only where a validator asks for it. */
  readonly requiredParameters: readonly string[];
  /** Content type → model name; checked only where a validator asks for it. */
  readonly bodyModels: Readonly<Record<string, string>>;
  readonly integration: IntegrationDefinition;
  /** From the stage's MethodSettings. */
  readonly throttle: Throttle | undefined;
}

export interface GatewayResponseDefinition {
  readonly type: string;
  readonly statusCode: number | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly templates: Readonly<Record<string, unknown>>;
}

export interface ApiKeyDefinition {
  readonly id: string;
  readonly name: string;
  /** AWS draws one when the template names none; so does the gateway. */
  readonly value: string | undefined;
  readonly enabled: boolean;
}

export interface UsagePlanDefinition {
  readonly id: string;
  readonly keyIds: readonly string[];
  readonly throttle: Throttle | undefined;
  readonly quota: Quota | undefined;
  /** `/path/METHOD` → its own limit within the plan. */
  readonly methodThrottles: ReadonlyMap<string, Throttle>;
}

export interface ApiDefinition {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly deploymentId: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly MethodDefinition[];
  readonly models: ReadonlyMap<string, unknown>;
  readonly gatewayResponses: readonly GatewayResponseDefinition[];
  readonly apiKeys: readonly ApiKeyDefinition[];
  readonly usagePlans: readonly UsagePlanDefinition[];
}

/** REST APIs answer within 29 s unless the integration asks for less, or for more where it streams. */
const defaultTimeoutMs = 29_000;

/** Reads the one REST API among the resources. Throws with every reason when the templates ask for more than is supported. */
export function readApiDefinition(resources: readonly ResolvedResource[]): ApiDefinition {
  const reasons = resources.map(refuseGatewayResource).filter((reason) => reason !== undefined);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const ofType = (type: string) => resources.filter((resource) => resource.type === `AWS::ApiGateway::${type}`);
  const api = exactlyOne(ofType('RestApi'), 'RestApi');
  const stage = exactlyOne(ofType('Stage'), 'Stage');
  const paths = resourcePaths(ofType('Resource'));
  const settings = objectsOf(stage.properties, 'MethodSettings');
  const authorizers = new Map(ofType('Authorizer').map((found) => [found.physicalId, readAuthorizer(found)]));
  const validators = new Map(ofType('RequestValidator').map((found) => [found.physicalId, found]));
  return {
    id: api.physicalId,
    name: optionalText(api.properties, 'Name') ?? api.logicalId,
    stage: optionalText(stage.properties, 'StageName') ?? stage.physicalId,
    deploymentId: optionalText(stage.properties, 'DeploymentId') ?? 'local',
    stageVariables: textValues(objectOf(stage.properties, 'Variables')),
    binaryMediaTypes: textsOf(api.properties, 'BinaryMediaTypes'),
    methods: ofType('Method').map((method) => readMethod(method, paths, authorizers, validators, settings)),
    models: new Map(ofType('Model').map((model) => [model.physicalId, readSchema(model)])),
    gatewayResponses: ofType('GatewayResponse').map(readGatewayResponse),
    apiKeys: ofType('ApiKey').map((key) => ({
      id: key.physicalId,
      name: optionalText(key.properties, 'Name') ?? key.logicalId,
      value: optionalText(key.properties, 'Value'),
      enabled: key.properties.Enabled === undefined || asBoolean(key.properties.Enabled),
    })),
    usagePlans: ofType('UsagePlan').map((plan) => readUsagePlan(plan, ofType('UsagePlanKey'))),
  };
}

function exactlyOne(found: readonly ResolvedResource[], what: string): ResolvedResource {
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`The local gateway serves one AWS::ApiGateway::${what}; the templates have ${found.length}.`);
  }
  return first;
}

/** Resource id → path. A parent that is no Resource is the API's root. */
function resourcePaths(resources: readonly ResolvedResource[]): ReadonlyMap<string, string> {
  const byId = new Map(resources.map((resource) => [resource.physicalId, resource]));
  const paths = new Map<string, string>();
  for (const resource of resources) {
    const parts: string[] = [];
    let at: ResolvedResource | undefined = resource;
    while (at !== undefined && parts.length < 64) {
      parts.unshift(String(at.properties.PathPart));
      at = byId.get(String(at.properties.ParentId));
    }
    paths.set(resource.physicalId, `/${parts.join('/')}`);
  }
  return paths;
}

function readAuthorizer(resource: ResolvedResource): AuthorizerDefinition {
  const source = optionalText(resource.properties, 'IdentitySource') ?? 'method.request.header.Authorization';
  return {
    header: source.slice('method.request.header.'.length).toLowerCase(),
    userPoolArns: textsOf(resource.properties, 'ProviderARNs'),
  };
}

function readMethod(
  resource: ResolvedResource,
  paths: ReadonlyMap<string, string>,
  authorizers: ReadonlyMap<string, AuthorizerDefinition>,
  validators: ReadonlyMap<string, ResolvedResource>,
  settings: readonly Readonly<Record<string, unknown>>[],
): MethodDefinition {
  const { properties } = resource;
  const resourceId = String(properties.ResourceId);
  const resourcePath = paths.get(resourceId) ?? '/';
  const httpMethod = String(properties.HttpMethod).toUpperCase();
  const authorizer = authorizers.get(String(properties.AuthorizerId));
  if (properties.AuthorizationType === 'COGNITO_USER_POOLS' && authorizer === undefined) {
    throw new Error(`${httpMethod} ${resourcePath} asks for a Cognito authorizer that the templates do not have.`);
  }
  const validator = validators.get(String(properties.RequestValidatorId))?.properties ?? {};
  return {
    resourceId,
    resourcePath,
    httpMethod,
    operationName: optionalText(properties, 'OperationName'),
    authorizer: properties.AuthorizationType === 'COGNITO_USER_POOLS' ? authorizer : undefined,
    scopes: textsOf(properties, 'AuthorizationScopes'),
    apiKeyRequired: asBoolean(properties.ApiKeyRequired),
    requiredParameters: asBoolean(validator.ValidateRequestParameters)
      ? Object.entries(objectOf(properties, 'RequestParameters'))
          .filter(([, required]) => asBoolean(required))
          .map(([name]) => name.replace(/^method\.request\./, ''))
      : [],
    bodyModels: asBoolean(validator.ValidateRequestBody) ? textValues(objectOf(properties, 'RequestModels')) : {},
    integration: readIntegration(objectOf(properties, 'Integration'), `${httpMethod} ${resourcePath}`),
    throttle: stageThrottle(settings, resourcePath, httpMethod),
  };
}

function readIntegration(integration: Readonly<Record<string, unknown>>, route: string): IntegrationDefinition {
  if (integration.Type === 'MOCK') {
    const template = Object.values(objectOf(integration, 'RequestTemplates'))[0];
    const status = /statusCode["']?\s*:\s*(\d{3})/.exec(String(template ?? ''))?.[1];
    if (status === undefined)
      throw new Error(`The MOCK integration of ${route} names no statusCode in its request template.`);
    return {
      kind: 'mock',
      statusCode: Number(status),
      responses: objectsOf(integration, 'IntegrationResponses').map((response) => ({
        statusCode: Number(response.StatusCode),
        selectionPattern: optionalText(response, 'SelectionPattern'),
        parameters: objectOf(response, 'ResponseParameters'),
        templates: objectOf(response, 'ResponseTemplates'),
      })),
    };
  }
  const uri = String(integration.Uri);
  const found = /\/functions\/(arn:[^/]+)\/(invocations|response-streaming-invocations)$/.exec(uri);
  const functionArn = found?.[1];
  if (functionArn === undefined) throw new Error(`The integration URI of ${route} names no function: ${uri}`);
  const streams = integration.ResponseTransferMode === 'STREAM';
  if (streams !== (found?.[2] === 'response-streaming-invocations')) {
    throw new Error(`ResponseTransferMode and the integration URI of ${route} disagree about streaming: ${uri}`);
  }
  return {
    kind: 'function',
    functionArn,
    streams,
    timeoutMs: asNumber(integration.TimeoutInMillis) ?? defaultTimeoutMs,
  };
}

/** Later settings win over `*`; CloudFormation writes `/` inside a path as `~1`. */
function stageThrottle(
  settings: readonly Readonly<Record<string, unknown>>[],
  path: string,
  method: string,
): Throttle | undefined {
  const key = (setting: Readonly<Record<string, unknown>>) => {
    const written = String(setting.ResourcePath ?? '/*');
    return `${written === '/*' ? '*' : `/${written.slice(1).replaceAll('~1', '/')}`.replace('//', '/')} ${setting.HttpMethod ?? '*'}`;
  };
  const byKey = new Map(settings.map((setting) => [key(setting), setting]));
  for (const wanted of [`${path} ${method}`, `${path} *`, `* ${method}`, '* *']) {
    const throttle = readThrottle(byKey.get(wanted), 'ThrottlingRateLimit', 'ThrottlingBurstLimit');
    if (throttle !== undefined) return throttle;
  }
  return undefined;
}

function readThrottle(from: unknown, rateName: string, burstName: string): Throttle | undefined {
  if (!isObject(from)) return undefined;
  const rate = asNumber(from[rateName]);
  const burst = asNumber(from[burstName]);
  return rate === undefined && burst === undefined
    ? undefined
    : { rate: rate ?? Number.POSITIVE_INFINITY, burst: burst ?? Number.POSITIVE_INFINITY };
}

function readSchema(model: ResolvedResource): unknown {
  const { Schema: schema } = model.properties;
  return typeof schema === 'string' ? (JSON.parse(schema) as unknown) : schema;
}

function readGatewayResponse(resource: ResolvedResource): GatewayResponseDefinition {
  return {
    type: String(resource.properties.ResponseType),
    statusCode: asNumber(resource.properties.StatusCode),
    parameters: objectOf(resource.properties, 'ResponseParameters'),
    templates: objectOf(resource.properties, 'ResponseTemplates'),
  };
}

function readUsagePlan(plan: ResolvedResource, links: readonly ResolvedResource[]): UsagePlanDefinition {
  const quota = objectOf(plan.properties, 'Quota');
  const limit = asNumber(quota.Limit);
  const period = quota.Period === 'WEEK' || quota.Period === 'MONTH' ? quota.Period : 'DAY';
  const methodThrottles = new Map<string, Throttle>();
  for (const stage of objectsOf(plan.properties, 'ApiStages')) {
    for (const [route, limits] of Object.entries(objectOf(stage, 'Throttle'))) {
      const throttle = readThrottle(limits, 'RateLimit', 'BurstLimit');
      if (throttle !== undefined) methodThrottles.set(route, throttle);
    }
  }
  return {
    id: plan.physicalId,
    keyIds: links
      .filter((link) => link.properties.UsagePlanId === plan.physicalId)
      .map((link) => String(link.properties.KeyId)),
    throttle: readThrottle(plan.properties.Throttle, 'RateLimit', 'BurstLimit'),
    quota: limit === undefined ? undefined : { limit, period },
    methodThrottles,
  };
}

function textValues(from: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, String(value)]));
}
