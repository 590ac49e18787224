/** The local API Gateway: one REST API from the templates, served at the root of a loopback port. */
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, ResolvedResource } from '../ports.ts';
import { readApiDefinition } from './api-definition.ts';
import { apiKeyValues } from './api-keys.ts';
import { compileApi } from './compiled-api.ts';
import type { GatewayFunctions } from './function-port.ts';
import { GatewayResponses } from './gateway-responses.ts';
import { type HandlerParts, handleRequest } from './request-handler.ts';
import { defaultStreamIdleMs } from './streaming-integration.ts';
import { TokenVerifier, type UserPoolKeys } from './token-verifier.ts';
import { type KnownApiKey, UsagePlans } from './usage-plans.ts';

export interface GatewayDeps {
  /** All resolved resources; only AWS::ApiGateway::* are read. */
  readonly resources: readonly ResolvedResource[];
  readonly functions: GatewayFunctions;
  /** The pools that authorizers may name in ProviderARNs. */
  readonly userPools: readonly UserPoolKeys[];
  readonly clock: Clock;
  readonly accountId: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where drawn API key values are kept; without it they change at every start. */
  readonly dataDir?: string;
  readonly streamIdleMs?: number;
  /** How long `close` waits for requests under way; default 5 s. */
  readonly closeGraceMs?: number;
  readonly onFailure?: (requestId: string, message: string) => void;
}

export interface Gateway {
  /** Without a trailing slash. */
  readonly url: string;
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  readonly apiKeys: readonly KnownApiKey[];
  /** Takes no new requests, lets those under way finish, then cuts what is left. */
  close(): Promise<void>;
}

/** API Gateway's limit for the request line and all headers together. */
const largestHeaders = 10_240;

/** Throws, naming each, when the templates ask for something that cannot be served. */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const api = readApiDefinition(deps.resources.filter((resource) => resource.type.startsWith('AWS::ApiGateway::')));
  const known = new Set(deps.userPools.map((pool) => pool.arn));
  for (const method of api.methods) {
    const stranger = method.authorizer?.userPoolArns.find((arn) => !known.has(arn));
    if (stranger !== undefined)
      throw new Error(`${method.httpMethod} ${method.resourcePath} trusts an unknown user pool: ${stranger}`);
  }
  const plans = new UsagePlans(api, apiKeyValues(api.apiKeys, deps.dataDir));
  const parts: HandlerParts = {
    api,
    compiled: compileApi(api),
    responses: new GatewayResponses(api, deps.accountId),
    verifier: new TokenVerifier(deps.userPools, deps.clock),
    plans,
    functions: deps.functions,
    clock: deps.clock,
    accountId: deps.accountId,
    streamIdleMs: deps.streamIdleMs ?? defaultStreamIdleMs,
    onFailure: deps.onFailure ?? (() => undefined),
  };
  const server = createServer(
    { maxHeaderSize: largestHeaders, keepAliveTimeout: 60_000, requestTimeout: 60_000 },
    (request, response) => {
      // A connection that turns idle while the server closes would hold it open until its keep-alive ends.
      response.once('finish', () => {
        if (!server.listening) setImmediate(() => server.closeIdleConnections());
      });
      handleRequest(parts, request, response).catch((error: unknown) => {
        parts.onFailure('gateway', error instanceof Error ? (error.stack ?? error.message) : String(error));
        response.destroy();
      });
    },
  );
  refuseUnreadable(server);
  const host = deps.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, host, () => resolve());
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    routes: api.methods.map(({ httpMethod, resourcePath }) => ({ method: httpMethod, path: resourcePath })),
    apiKeys: plans.keys,
    close: () => closeGently(server, deps.closeGraceMs ?? 5_000),
  };
}

/** Requests that never become one: API Gateway answers these before any template is looked at. */
function refuseUnreadable(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
    const body = JSON.stringify({ message: STATUS_CODES[status] });
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
}

async function closeGently(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
