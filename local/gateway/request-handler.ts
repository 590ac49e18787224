/** A request's way through the gateway: route, limits, authorizer, key, validator, integration. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, type Clock } from '../ports.ts';
import type { ApiDefinition } from './api-definition.ts';
import { authorize } from './authorization.ts';
import type { CompiledApi, Route } from './compiled-api.ts';
import { type Exchange, headerOf } from './exchange.ts';
import type { GatewayFunctions } from './function-port.ts';
import type { Refusal } from './gateway-response-types.ts';
import type { GatewayResponses } from './gateway-responses.ts';
import { proxyEvent } from './proxy-event.ts';
import { readProxyResponse, writeProxyResponse } from './proxy-response.ts';
import { readBody } from './request-body.ts';
import { checkBody, checkParameters } from './request-validation.ts';
import { passStream } from './streaming-integration.ts';
import type { TokenVerifier } from './token-verifier.ts';
import type { UsagePlans } from './usage-plans.ts';

export interface HandlerParts {
  readonly api: ApiDefinition;
  readonly compiled: CompiledApi;
  readonly responses: GatewayResponses;
  readonly verifier: TokenVerifier;
  readonly plans: UsagePlans;
  readonly functions: GatewayFunctions;
  readonly clock: Clock;
  readonly accountId: string;
  readonly streamIdleMs: number;
  /** Told about failures whose cause the caller must not see. */
  readonly onFailure: (requestId: string, message: string) => void;
}

export async function handleRequest(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = open(parts, request, response);
  response.setHeader('x-amzn-RequestId', exchange.requestId);
  response.setHeader('x-amz-apigw-id', exchange.extendedRequestId);
  const refusal = await serve(parts, exchange);
  if (refusal !== undefined && !response.headersSent && !response.destroyed) refuse(parts, exchange, refusal);
}

function open(parts: HandlerParts, request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const startedAt = parts.clock();
  // UUIDs come from a pool of random bytes; drawing bytes for each id costs a system call.
  const noise = randomUUID().replaceAll('-', '');
  return {
    request,
    response,
    requestId: randomUUID(),
    extendedRequestId: `${noise.slice(0, 15)}=`,
    traceId: `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${noise.slice(8)}`,
    startedAt,
    httpMethod: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    sourceIp: request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1',
    resourcePath: '',
    resourceId: '',
    pathParameters: undefined,
    claims: undefined,
    apiKey: undefined,
  };
}

async function serve(parts: HandlerParts, exchange: Exchange): Promise<Refusal | undefined> {
  const match = parts.compiled.routes.find(exchange.path, exchange.httpMethod);
  if (match === undefined) return { type: 'MISSING_AUTHENTICATION_TOKEN' };
  const { method, key, bucket } = match.target;
  exchange.resourcePath = method.resourcePath;
  exchange.resourceId = method.resourceId;
  exchange.pathParameters = match.pathParameters;
  if (bucket?.take(exchange.startedAt) === false) return { type: 'THROTTLED' };
  const denied = await authorize(method, exchange, parts.verifier);
  if (denied !== undefined) return denied;
  const keyed = parts.plans.admit(
    method.apiKeyRequired,
    headerOf(exchange.request, 'x-api-key'),
    key,
    exchange.startedAt,
  );
  if (!keyed.ok) return { type: keyed.type };
  exchange.apiKey = keyed.key;
  const unfit = checkParameters(method, exchange);
  if (unfit !== undefined) return unfit;
  const read = await readBody(exchange.request);
  if (!read.ok) return { type: read.reason === 'too-large' ? 'REQUEST_TOO_LARGE' : 'DEFAULT_4XX' };
  const malformed = checkBody(method, parts.compiled.models, headerOf(exchange.request, 'content-type'), read.body);
  if (malformed !== undefined) return malformed;
  return integrate(parts, exchange, match.target, read.body);
}

async function integrate(
  parts: HandlerParts,
  exchange: Exchange,
  route: Route,
  body: Buffer,
): Promise<Refusal | undefined> {
  const { integration, operationName } = route.method;
  if (integration.kind === 'mock') {
    const answer = route.mock?.(exchange);
    if (answer === undefined) return { type: 'API_CONFIGURATION_ERROR' };
    exchange.response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
    return undefined;
  }
  const event = proxyEvent(parts.api, parts.accountId, exchange, operationName, body);
  const { functionArn, timeoutMs } = integration;
  if (!integration.streams) return invoke(parts, exchange, functionArn, event, timeoutMs);
  let failure = 'its stream does not begin with metadata and eight NUL bytes';
  const outcome = await passStream(
    exchange.response,
    (signal) =>
      parts.functions.invokeStreaming(functionArn, event, { signal }).catch((error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
        throw error;
      }),
    { totalMs: timeoutMs, idleMs: parts.streamIdleMs },
  );
  if (outcome === 'sent' || outcome === 'disconnected') return undefined;
  if (outcome === 'timed-out') return { type: 'INTEGRATION_TIMEOUT' };
  parts.onFailure(exchange.requestId, `${functionArn}: ${outcome === 'failed' ? 'the stream broke off' : failure}`);
  return { type: 'DEFAULT_5XX' };
}

const timedOut = Symbol('timed out');

/** A function outlives the gateway's patience, as on AWS: nothing is cancelled. */
async function invoke(
  parts: HandlerParts,
  exchange: Exchange,
  functionArn: string,
  event: unknown,
  timeoutMs: number,
): Promise<Refusal | undefined> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const result = await Promise.race([
      parts.functions.invoke(functionArn, event),
      new Promise<typeof timedOut>((resolve) => {
        timer = setTimeout(() => resolve(timedOut), timeoutMs);
      }),
    ]);
    if (result === timedOut) return { type: 'INTEGRATION_TIMEOUT' };
    if (!result.ok) {
      parts.onFailure(exchange.requestId, `${functionArn}: ${result.error.errorType}: ${result.error.errorMessage}`);
      return { type: 'DEFAULT_5XX' };
    }
    const answer = readProxyResponse(result.payload);
    if (answer === undefined) {
      parts.onFailure(exchange.requestId, `${functionArn} answered something that is no proxy response.`);
      return { type: 'DEFAULT_5XX' };
    }
    const accept = headerOf(exchange.request, 'accept');
    if (!exchange.response.destroyed) writeProxyResponse(exchange.response, answer, parts.api.binaryMediaTypes, accept);
    return undefined;
  } catch (error) {
    const message = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
    parts.onFailure(exchange.requestId, `${functionArn}: ${message}`);
    return { type: 'DEFAULT_5XX' };
  } finally {
    clearTimeout(timer);
  }
}

function refuse(parts: HandlerParts, exchange: Exchange, refusal: Refusal): void {
  const { status, headers, body } = parts.responses.render({ exchange, refusal });
  const { response } = exchange;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
