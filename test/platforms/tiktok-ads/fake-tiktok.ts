import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlatformAccess } from '../../../domain/integrations/platform.ts';
import { createRateLimiter } from '../../../platforms/rate-limiter.ts';
import { hurried } from '../hurried.ts';

/** A call as it arrived. */
export interface Arrival {
  readonly operation: string;
  readonly method: string;
  readonly token: string | undefined;
  /** Parameters as sent: lists and objects are JSON text. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Answer = (response: ServerResponse, arrival: Arrival) => void;

/** An endpoint of raw answers: each call of an operation takes its next scripted answer, the last one repeats. */
export class FakeTikTok {
  readonly arrivals: Arrival[] = [];
  readonly #answers = new Map<string, Answer[]>();
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  on(operation: string, ...answers: readonly Answer[]): this {
    this.#answers.set(operation, [...answers]);
    return this;
  }

  of(operation: string): readonly Arrival[] {
    return this.arrivals.filter((arrival) => arrival.operation === operation);
  }

  /** Access of its own token and limiter: nothing is shared between tests. */
  access(credentials: Readonly<Record<string, string>> = {}): PlatformAccess {
    const { port } = this.#server.address() as AddressInfo;
    return {
      credentials: { appId: '71', appSecret: 'app-secret', accessToken: `token-${port}`, ...credentials },
      endpoints: { api: `http://127.0.0.1:${port}` },
      limiter: createRateLimiter(hurried),
      rateLevel: 'premium',
    };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const operation = /^\/open_api\/v1\.3\/(.+)\/$/.exec(url.pathname)?.[1] ?? url.pathname;
    let text = '';
    for await (const piece of request) text += String(piece);
    const token = request.headers['access-token'];
    const arrival: Arrival = {
      operation,
      method: request.method ?? '',
      token: typeof token === 'string' ? token : undefined,
      parameters: Object.fromEntries(url.searchParams),
      body: text === '' ? {} : JSON.parse(text),
    };
    this.arrivals.push(arrival);
    const answers = this.#answers.get(operation) ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    (answer ?? says(40_002, `nothing scripted for ${operation}`))(response, arrival);
  }
}

export const data =
  (content: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ code: 0, message: 'OK', request_id: 'r1', data: content }));
  };

export const says =
  (code: number, message: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code, message, request_id: 'r1', data: {} }));
  };

/** One page of a list. */
export const page = (
  list: readonly unknown[],
  info: Partial<Record<'page' | 'page_size' | 'total_number' | 'total_page', number>> = {},
  headers: Readonly<Record<string, string>> = {},
): Answer =>
  data({ list, page_info: { page: 1, page_size: 1_000, total_number: list.length, total_page: 1, ...info } }, headers);

/** Serves the page asked for out of all rows, as TikTok does. */
export const paged =
  (rows: readonly unknown[]): Answer =>
  (response, arrival) => {
    const number = Number(arrival.parameters.page);
    const size = Number(arrival.parameters.page_size);
    page(rows.slice((number - 1) * size, number * size), {
      page: number,
      page_size: size,
      total_number: rows.length,
      total_page: Math.ceil(rows.length / size),
    })(response, arrival);
  };

export const raw =
  (status: number, contentType: string, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': contentType });
    response.end(body);
  };

/** A row of a basic campaign report. */
export const reportRow = (
  day: string,
  metrics: Readonly<Record<string, string>> = {},
  dimensions: Readonly<Record<string, string>> = {},
) => ({
  dimensions: { campaign_id: '1701', stat_time_day: `${day} 00:00:00`, ...dimensions },
  metrics: {
    spend: '12.34',
    impressions: '1000',
    clicks: '20',
    conversion: '3',
    total_purchase_value: '120.50',
    total_sales_lead_value: '0.00',
    video_play_actions: '800',
    currency: 'EUR',
    ...metrics,
  },
});
