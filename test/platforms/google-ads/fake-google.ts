import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import type { PlatformAccess } from '../../../domain/integrations/platform.ts';

/** A call as it arrived over REST. */
export interface Arrival {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly query: string;
}

export type Answer = (response: ServerResponse, arrival: Arrival) => void;

/**
 * A Google Ads endpoint of raw answers for what a well-behaved server never sends: each search takes the next scripted
 * answer, the last one repeats. Tokens are numbered.
 */
export class FakeGoogle {
  readonly searches: Arrival[] = [];
  readonly tokensIssued: string[] = [];
  readonly rpcArrivals: string[] = [];
  readonly rpcAuthorizations: string[] = [];
  answers: Answer[] = [rows([])];
  token: (response: ServerResponse, count: number) => void = (response, count) => {
    const token = `token-${count}`;
    this.tokensIssued.push(token);
    json({ access_token: token, expires_in: 3600 })(response);
  };
  rpc: (callback: sendUnaryData<Buffer>, path: string) => void = (callback) => callback(null, Buffer.alloc(0));

  readonly #http = createServer((request, response) => void this.#handle(request, response));
  readonly #grpc = new Server();
  #grpcPort = 0;
  #tokenRequests = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    this.#grpc.addService(
      Object.fromEntries(
        [
          ['mutate', '/google.ads.googleads.v25.services.GoogleAdsService/Mutate'],
          ['list', '/google.ads.googleads.v25.services.CustomerService/ListAccessibleCustomers'],
        ].map(([name, path]) => [
          name,
          {
            path: String(path),
            requestStream: false,
            responseStream: false,
            requestSerialize: (value: Buffer) => value,
            requestDeserialize: (value: Buffer) => value,
            responseSerialize: (value: Buffer) => value,
            responseDeserialize: (value: Buffer) => value,
          },
        ]),
      ),
      Object.fromEntries(
        ['mutate', 'list'].map((name) => [
          name,
          (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
            this.rpcArrivals.push(call.getPath());
            this.rpcAuthorizations.push(String(call.metadata.get('authorization')[0]));
            this.rpc(callback, call.getPath());
          },
        ]),
      ),
    );
    this.#grpcPort = await new Promise<number>((resolve, reject) => {
      this.#grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    this.#grpc.forceShutdown();
    await new Promise<void>((resolve) => this.#http.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  access(overrides: Partial<PlatformAccess> = {}): PlatformAccess {
    return {
      credentials: {
        clientId: 'client',
        clientSecret: 'secret-of-client',
        refreshToken: 'refresh-me',
        developerToken: 'dev-token',
      },
      endpoints: { api: this.url, oauth: this.url, grpc: `http://127.0.0.1:${this.#grpcPort}` },
      ...overrides,
    };
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (request.url === '/token') {
      this.#tokenRequests += 1;
      this.token(response, this.#tokenRequests);
      return;
    }
    const arrival = {
      path: request.url ?? '',
      headers: request.headers,
      query: (JSON.parse(Buffer.concat(pieces).toString('utf8')) as { query: string }).query,
    };
    this.searches.push(arrival);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    answer?.(response, arrival);
  }
}

export function json(
  body: unknown,
  httpStatus = 200,
  headers: Readonly<Record<string, string>> = {},
): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(httpStatus, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** Rows in one chunk, as searchStream answers. */
export function rows(results: readonly unknown[]): Answer {
  return json(results.length === 0 ? [] : [{ results, fieldMask: 'customer.id', requestId: 'request-1' }]);
}

/** A GoogleAdsFailure as searchStream wraps it. */
export function failure(
  httpStatus: number,
  errorCode: Readonly<Record<string, string>>,
  message = 'no',
  details: Readonly<Record<string, unknown>> = {},
): Answer {
  return json([{ error: failureBody(httpStatus, errorCode, message, details) }], httpStatus);
}

export function failureBody(
  httpStatus: number,
  errorCode: Readonly<Record<string, string>>,
  message = 'no',
  details: Readonly<Record<string, unknown>> = {},
): unknown {
  return {
    code: httpStatus,
    message: 'Request contains an invalid argument.',
    status: 'INVALID_ARGUMENT',
    details: [
      {
        '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure',
        errors: [{ errorCode, message, details }],
        requestId: 'failed-request-7',
      },
    ],
  };
}

export function rpcError(code: status, details: string): { code: status; details: string; metadata: Metadata } {
  return { code, details, metadata: new Metadata() };
}
export { status as rpcStatus };

/** A campaign row as the REST interface writes it. */
export function campaignRow(
  date: string,
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    customer: { resourceName: 'customers/1', id: '1', currencyCode: 'EUR' },
    campaign: { resourceName: 'customers/1/campaigns/11', id: '11' },
    segments: { date },
    metrics: {
      impressions: '1000',
      clicks: '40',
      costMicros: '12340000',
      conversions: 1.5,
      conversionsValue: 99.123456,
      videoTrueviewViews: '7',
    },
    ...changes,
  };
}
