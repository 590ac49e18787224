import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { qualifiedScope, type Role, type Scope, scopeNames } from '../../../contracts/access.ts';

export interface Caller {
  readonly workspaceId: string;
  readonly role?: Role;
  readonly scopes?: readonly Scope[];
  /** The user's `sub`. */
  readonly subject?: string;
}

export interface Call {
  readonly method?: string;
  /** The resource as the gateway names it, `/v1/campaigns/{campaignId}`. */
  readonly resource: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly base64?: boolean;
  /** `null` for a request that no authorizer saw. */
  readonly caller: Caller | null;
}

export const gatewayRequestId = 'gateway-request-1';

/** The REST API's proxy event as AWS documents it, claims as texts. */
export function apiEvent(call: Call): APIGatewayProxyEvent {
  const query = call.query ?? {};
  const headers = { ...call.headers };
  return {
    resource: call.resource,
    path: Object.entries(call.path ?? {}).reduce(
      (path, [name, value]) => path.replace(`{${name}}`, value),
      call.resource,
    ),
    httpMethod: call.method ?? 'GET',
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: call.query ? { ...query } : null,
    multiValueQueryStringParameters: call.query
      ? Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]]))
      : null,
    pathParameters: call.path ? { ...call.path } : null,
    stageVariables: null,
    body: call.body ?? null,
    isBase64Encoded: call.base64 ?? false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      protocol: 'HTTP/1.1',
      httpMethod: call.method ?? 'GET',
      identity: { sourceIp: '127.0.0.1' },
      path: call.resource,
      stage: 'v1',
      requestId: gatewayRequestId,
      requestTimeEpoch: 0,
      resourceId: 'resource',
      resourcePath: call.resource,
      authorizer: call.caller ? { claims: claimsOf(call.caller) } : undefined,
    } as unknown as APIGatewayProxyEvent['requestContext'],
  };
}

export const claimsOf = ({
  workspaceId,
  role = 'owner',
  scopes = scopeNames,
  subject = 'user-1',
}: Caller): Record<string, string> => ({
  sub: subject,
  token_use: 'access',
  scope: ['openid', ...scopes.map(qualifiedScope)].join(' '),
  client_id: 'dashboard',
  workspace_id: workspaceId,
  role,
});

/** A Lambda context with plenty of time. */
export const lambdaContext = (remainingMillis = 30_000): Context =>
  ({
    awsRequestId: 'lambda-request-1',
    functionName: 'function',
    getRemainingTimeInMillis: () => remainingMillis,
  }) as unknown as Context;

export type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; `undefined` without a body. */
  readonly body: unknown;
  readonly text: string;
}

/** Calls a function as the gateway does and reads what it answers. */
export async function callApi(handler: unknown, call: Call, context = lambdaContext()): Promise<Answer> {
  const result = await (handler as Handler)(apiEvent(call), context);
  return {
    status: result.statusCode,
    headers: Object.fromEntries(Object.entries(result.headers ?? {}).map(([name, value]) => [name, String(value)])),
    body: result.body === '' ? undefined : JSON.parse(result.body),
    text: result.body,
  };
}
