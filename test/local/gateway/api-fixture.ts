/** AWS::ApiGateway resources as the template resolver hands them over, for one small API. */
import type { ResolvedResource } from '../../../local/ports.ts';

export const poolArn = 'arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_test';

export function resource(type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource {
  return {
    type: `AWS::ApiGateway::${type}`,
    stack: 'Api',
    logicalId: physicalId,
    physicalId,
    arn: `arn:${physicalId}`,
    properties,
  };
}

const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

export function proxyTo(name: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${functionArn(name)}/invocations`,
    ...extra,
  };
}

export function streamTo(name: string, timeoutMs: number): Record<string, unknown> {
  return {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    ResponseTransferMode: 'STREAM',
    TimeoutInMillis: timeoutMs,
    Uri: `arn:aws:apigateway:eu-central-1:lambda:path/2021-11-15/functions/${functionArn(name)}/response-streaming-invocations`,
  };
}

/** Adds a path's resources and one method; returns everything needed for it. */
export function route(path: string, httpMethod: string, properties: Record<string, unknown>): ResolvedResource[] {
  const parts = path.split('/').filter((part) => part !== '');
  const idOf = (count: number) => (count === 0 ? 'root' : `res:${parts.slice(0, count).join('/')}`);
  return [
    ...parts.map((part, at) =>
      resource('Resource', idOf(at + 1), { RestApiId: 'api', ParentId: idOf(at), PathPart: part }),
    ),
    resource('Method', `${httpMethod} ${path}`, {
      RestApiId: 'api',
      ResourceId: idOf(parts.length),
      HttpMethod: httpMethod,
      AuthorizationType: 'NONE',
      ...properties,
    }),
  ];
}

export const guarded = (...scopes: string[]) => ({
  AuthorizationType: 'COGNITO_USER_POOLS',
  AuthorizerId: 'authorizer',
  ...(scopes.length > 0 ? { AuthorizationScopes: scopes } : {}),
});

export const foundation: readonly ResolvedResource[] = [
  resource('RestApi', 'api', { Name: 'test', BinaryMediaTypes: ['image/*'] }),
  resource('Stage', 'v1', {
    RestApiId: 'api',
    StageName: 'v1',
    DeploymentId: 'deployment',
    Variables: { colour: 'green' },
  }),
  resource('Authorizer', 'authorizer', {
    RestApiId: 'api',
    Type: 'COGNITO_USER_POOLS',
    Name: 'pool',
    IdentitySource: 'method.request.header.Authorization',
    ProviderARNs: [poolArn],
  }),
  resource('RequestValidator', 'strict', {
    RestApiId: 'api',
    ValidateRequestBody: true,
    ValidateRequestParameters: true,
  }),
];
