/** One request on its way through the gateway: what templates, events and integrations read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KnownApiKey } from './usage-plans.ts';

export type Claims = Readonly<Record<string, string>>;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly httpMethod: string;
  /** Raw, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sourceIp: string;
  /** `/v1/accounts/{id}` once a route is found. */
  resourcePath: string;
  resourceId: string;
  pathParameters: Readonly<Record<string, string>> | undefined;
  claims: Claims | undefined;
  apiKey: KnownApiKey | undefined;
}

/** A request header as one string, or `undefined`. */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}
