/** The event of a Lambda proxy integration, payload format 1.0: what REST APIs hand to functions. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ApiDefinition } from './api-definition.ts';
import { type Exchange, headerOf } from './exchange.ts';
import { isBinary } from './media-types.ts';
import { requestTime } from './request-time.ts';

type Multi = Record<string, string[]>;

export function proxyEvent(
  api: ApiDefinition,
  accountId: string,
  exchange: Exchange,
  operationName: string | undefined,
  body: Buffer,
): APIGatewayProxyEvent {
  const headers = requestHeaders(exchange);
  const query = queryParameters(exchange.query);
  const host = headerOf(exchange.request, 'host') ?? '';
  const binary = isBinary(api.binaryMediaTypes, headerOf(exchange.request, 'content-type'));
  const requestContext: APIGatewayProxyEvent['requestContext'] & { readonly deploymentId: string } = {
    accountId,
    apiId: api.id,
    // Absent rather than null without an authorizer, as on AWS; the published type does not know that.
    ...(exchange.claims === undefined
      ? ({} as { authorizer: null })
      : { authorizer: { claims: { ...exchange.claims } } }),
    deploymentId: api.deploymentId,
    domainName: host,
    domainPrefix: host.split(/[.:]/)[0] ?? '',
    extendedRequestId: exchange.extendedRequestId,
    httpMethod: exchange.httpMethod,
    identity: identityOf(exchange),
    ...(operationName === undefined ? {} : { operationName }),
    path: exchange.path,
    protocol: `HTTP/${exchange.request.httpVersion}`,
    requestId: exchange.requestId,
    requestTime: requestTime(exchange.startedAt),
    requestTimeEpoch: exchange.startedAt,
    resourceId: exchange.resourceId,
    resourcePath: exchange.resourcePath,
    stage: api.stage,
  };
  return {
    resource: exchange.resourcePath,
    path: exchange.path,
    httpMethod: exchange.httpMethod,
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: query === null ? null : lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: exchange.pathParameters === undefined ? null : { ...exchange.pathParameters },
    stageVariables: Object.keys(api.stageVariables).length === 0 ? null : { ...api.stageVariables },
    requestContext,
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
}

function identityOf(exchange: Exchange): APIGatewayProxyEvent['requestContext']['identity'] {
  return {
    accessKey: null,
    accountId: null,
    apiKey: exchange.apiKey?.value ?? null,
    apiKeyId: exchange.apiKey?.id ?? null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: exchange.sourceIp,
    user: null,
    userAgent: headerOf(exchange.request, 'user-agent') ?? null,
    userArn: null,
  };
}

/** As sent, in the sender's capitals, with what API Gateway adds. */
function requestHeaders(exchange: Exchange): Multi {
  const headers: Multi = {};
  const { rawHeaders } = exchange.request;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.toLowerCase() === 'connection' || name.toLowerCase() === 'keep-alive') continue;
    const values = Object.hasOwn(headers, name) ? headers[name] : undefined;
    if (values === undefined) define(headers, name, [rawHeaders[at + 1] ?? '']);
    else values.push(rawHeaders[at + 1] ?? '');
  }
  const forwarded = headerOf(exchange.request, 'x-forwarded-for');
  headers['X-Forwarded-For'] = [forwarded === undefined ? exchange.sourceIp : `${forwarded}, ${exchange.sourceIp}`];
  headers['X-Forwarded-Proto'] = ['http'];
  headers['X-Forwarded-Port'] = [String(exchange.request.socket.localPort ?? '')];
  headers['X-Amzn-Trace-Id'] = [exchange.traceId];
  return headers;
}

/** `null` when the request has none, as on AWS. */
function queryParameters(query: URLSearchParams): Multi | null {
  const parameters: Multi = {};
  for (const [name, value] of query) {
    const values = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (values === undefined) define(parameters, name, [value]);
    else values.push(value);
  }
  return query.size === 0 ? null : parameters;
}

/** A caller may name a header or parameter `__proto__`. */
function define(into: Multi, name: string, values: string[]): void {
  Object.defineProperty(into, name, { value: values, enumerable: true, writable: true, configurable: true });
}

function lastOf(values: Multi): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1) ?? '']));
}
