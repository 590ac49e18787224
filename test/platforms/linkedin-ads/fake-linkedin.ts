import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformAccess } from '../../../domain/integrations/platform.ts';
import { createRateLimiter } from '../../../platforms/rate-limiter.ts';
import { type Decoded, decodedQuery } from './restli-decoder.ts';

/** A call as it arrived, query tunnelling undone. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly query: Readonly<Record<string, Decoded>>;
  readonly tunnelled: boolean;
}

export type Answer = (response: ServerResponse, arrival: Arrival) => void;

/**
 * A LinkedIn endpoint of raw answers for what a well-behaved server never sends: `answers` are taken in order, the last one
 * repeats. Tokens are numbered.
 */
export class FakeLinkedIn {
  readonly arrivals: Arrival[] = [];
  readonly refreshes: URLSearchParams[] = [];
  answers: Answer[] = [elements([])];
  token: (response: ServerResponse, count: number) => void = (response, count) =>
    json({ access_token: `token-${count}`, expires_in: 5_184_000 })(response);

  readonly #http = createServer((request, response) => void this.#handle(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  access(overrides: Partial<PlatformAccess> = {}): PlatformAccess {
    return {
      credentials: { clientId: 'client', clientSecret: 'secret-of-client', refreshToken: 'refresh-me' },
      endpoints: { api: this.url, oauth: this.url },
      limiter: createRateLimiter(),
      ...overrides,
    };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString('utf8');
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    if (path === '/oauth/v2/accessToken') {
      this.refreshes.push(new URLSearchParams(body));
      this.token(response, this.refreshes.length);
      return;
    }
    const tunnelled = request.headers['x-http-method-override'] === 'GET';
    const arrival = {
      method: request.method ?? '',
      path,
      headers: request.headers,
      query: decodedQuery(tunnelled ? body : query),
      tunnelled,
    };
    this.arrivals.push(arrival);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    answer?.(response, arrival);
  }
}

export function json(body: unknown, httpStatus = 200): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(httpStatus, { 'content-type': 'application/json', 'x-li-uuid': 'request-1' });
    response.end(JSON.stringify(body));
  };
}

export const elements = (list: readonly unknown[], nextPageToken?: string): Answer =>
  json({ elements: list, metadata: { ...(nextPageToken !== undefined && { nextPageToken }) }, paging: { start: 0 } });

/** As LinkedIn words its refusals. */
export const refusal = (status: number, code: string, message: string, serviceErrorCode?: number): Answer =>
  json({ status, code, message, ...(serviceErrorCode !== undefined && { serviceErrorCode }) }, status);

/** A row of adAnalytics as it comes. */
export function element(
  day: number,
  pivotValues: readonly string[],
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const date = { year: 2026, month: 11, day };
  return {
    dateRange: { start: date, end: date },
    pivotValues,
    impressions: 1_000,
    clicks: 12,
    costInLocalCurrency: '34.5',
    videoViews: 0,
    externalWebsiteConversions: 2,
    oneClickLeads: 1,
    conversionValueInLocalCurrency: '150.25',
    ...changes,
  };
}
