/** Which properties of AWS::ApiGateway resources the local gateway acts on; everything unlisted is refused by name at start. */
import type { ResolvedResource } from '../ports.ts';
import { isObject } from '../services/json-protocol.ts';
import { asBoolean, type PropertySupport, refuseUnlisted } from '../services/property-support.ts';

/** Refuses any value but these. */
function only(...allowed: readonly string[]): (value: unknown) => string | undefined {
  return (value) =>
    allowed.includes(String(value))
      ? undefined
      : `${JSON.stringify(value)} is not supported locally (supported: ${allowed.join(', ')})`;
}

function refuseTrue(value: unknown): string | undefined {
  return asBoolean(value) ? 'true is not supported locally' : undefined;
}

const integrationProperties: PropertySupport = {
  Type: only('AWS_PROXY', 'MOCK'),
  Uri: 'honoured',
  TimeoutInMillis: 'honoured',
  ResponseTransferMode: only('STREAM', 'BUFFERED'),
  IntegrationHttpMethod: only('POST', 'OPTIONS', 'GET'),
  RequestTemplates: 'honoured',
  IntegrationResponses: 'honoured',
  PassthroughBehavior: 'harmless',
  ConnectionType: only('INTERNET'),
  CacheNamespace: 'harmless',
  CacheKeyParameters: 'harmless',
};

function integrationReason(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object';
  return refuseUnlisted(
    { type: 'of', stack: 'its', logicalId: 'method', physicalId: '', arn: '', properties: value },
    integrationProperties,
  );
}

const methodSettingProperties = new Set([
  'HttpMethod',
  'ResourcePath',
  'ThrottlingRateLimit',
  'ThrottlingBurstLimit',
  'LoggingLevel',
  'MetricsEnabled',
  'DataTraceEnabled',
  'CachingEnabled',
  'CacheTtlInSeconds',
  'CacheDataEncrypted',
]);

function methodSettingsReason(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'is not a list';
  for (const setting of value) {
    if (!isObject(setting)) return 'holds something that is not an object';
    const unknown = Object.keys(setting).find((name) => !methodSettingProperties.has(name));
    if (unknown !== undefined) return `${unknown} is not supported locally`;
    if (asBoolean(setting.CachingEnabled)) return 'CachingEnabled true is not supported locally';
  }
  return undefined;
}

/** Types that change nothing a caller of the local gateway could observe. */
const ignoredTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DocumentationPart',
  'AWS::ApiGateway::DocumentationVersion',
  'AWS::ApiGateway::DomainName',
]);

const supportByType: Readonly<Record<string, PropertySupport>> = {
  'AWS::ApiGateway::RestApi': {
    Name: 'honoured',
    Description: 'harmless',
    BinaryMediaTypes: 'honoured',
    ApiKeySourceType: only('HEADER'),
    EndpointConfiguration: 'harmless',
    EndpointAccessMode: 'harmless',
    SecurityPolicy: 'harmless',
    DisableExecuteApiEndpoint: 'harmless',
    MinimumCompressionSize: 'harmless',
    FailOnWarnings: 'harmless',
    Mode: 'harmless',
    Tags: 'harmless',
  },
  'AWS::ApiGateway::Resource': { RestApiId: 'honoured', ParentId: 'honoured', PathPart: 'honoured' },
  'AWS::ApiGateway::Method': {
    RestApiId: 'honoured',
    ResourceId: 'honoured',
    HttpMethod: 'honoured',
    AuthorizationType: only('NONE', 'COGNITO_USER_POOLS'),
    AuthorizerId: 'honoured',
    AuthorizationScopes: 'honoured',
    ApiKeyRequired: 'honoured',
    RequestParameters: 'honoured',
    RequestModels: 'honoured',
    RequestValidatorId: 'honoured',
    Integration: integrationReason,
    MethodResponses: 'harmless',
    OperationName: 'honoured',
  },
  'AWS::ApiGateway::Model': {
    RestApiId: 'honoured',
    Name: 'honoured',
    Schema: 'honoured',
    ContentType: only('application/json', 'application/merge-patch+json', 'application/problem+json'),
    Description: 'harmless',
  },
  'AWS::ApiGateway::RequestValidator': {
    RestApiId: 'honoured',
    Name: 'harmless',
    ValidateRequestBody: 'honoured',
    ValidateRequestParameters: 'honoured',
  },
  'AWS::ApiGateway::Authorizer': {
    RestApiId: 'honoured',
    Name: 'harmless',
    Type: only('COGNITO_USER_POOLS'),
    ProviderARNs: 'honoured',
    IdentitySource: (value) =>
      /^method\.request\.header\.[\w-]+$/.test(String(value))
        ? undefined
        : 'other than one header is not supported locally',
    AuthorizerResultTtlInSeconds: 'harmless',
    AuthType: 'harmless',
  },
  'AWS::ApiGateway::Stage': {
    RestApiId: 'honoured',
    DeploymentId: 'honoured',
    StageName: 'honoured',
    MethodSettings: methodSettingsReason,
    Variables: 'honoured',
    AccessLogSetting: 'harmless',
    TracingEnabled: 'harmless',
    ClientCertificateId: 'harmless',
    DocumentationVersion: 'harmless',
    Description: 'harmless',
    CacheClusterEnabled: refuseTrue,
    Tags: 'harmless',
  },
  'AWS::ApiGateway::UsagePlan': {
    UsagePlanName: 'harmless',
    Description: 'harmless',
    ApiStages: 'honoured',
    Throttle: 'honoured',
    Quota: 'honoured',
    Tags: 'harmless',
  },
  'AWS::ApiGateway::UsagePlanKey': { KeyId: 'honoured', KeyType: only('API_KEY'), UsagePlanId: 'honoured' },
  'AWS::ApiGateway::ApiKey': {
    Name: 'honoured',
    Value: 'honoured',
    Enabled: 'honoured',
    StageKeys: 'harmless',
    Description: 'harmless',
    CustomerId: 'harmless',
    GenerateDistinctId: 'harmless',
    Tags: 'harmless',
  },
  'AWS::ApiGateway::GatewayResponse': {
    RestApiId: 'honoured',
    ResponseType: 'honoured',
    StatusCode: 'honoured',
    ResponseParameters: 'honoured',
    ResponseTemplates: 'honoured',
  },
};

/** Resource types that `createGateway` reads or knowingly ignores. */
export const gatewayResourceTypes: readonly string[] = [...Object.keys(supportByType), ...ignoredTypes];

/** Why the local gateway cannot serve this AWS::ApiGateway resource, or `undefined`. */
export function refuseGatewayResource(resource: ResolvedResource): string | undefined {
  if (!resource.type.startsWith('AWS::ApiGateway::') || ignoredTypes.has(resource.type)) return undefined;
  const support = supportByType[resource.type];
  if (support === undefined) {
    return `${resource.type} ${resource.stack}/${resource.logicalId} is not supported by the local gateway.`;
  }
  return refuseUnlisted(resource, support);
}
