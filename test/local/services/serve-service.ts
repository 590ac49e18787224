/** Puts one service behind a loopback port, as the local endpoint does for all of them, so that the real SDK clients can call it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer as createPort, type Socket } from 'node:net';
import {
  type AccessNeed,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Caller,
  type LocalService,
} from '../../../local/ports.ts';

export interface ServedService {
  readonly endpoint: string;
  /** Settings every SDK client of the test takes. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly maxAttempts: number;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** What `access()` asked for, per request, in order. */
  readonly needs: (readonly AccessNeed[])[];
  close(): Promise<void>;
}

export const operator: Caller = { accessKeyId: 'operator', roleArn: undefined, label: 'operator' };

export const PLACE = { region: 'eu-central-1', accountId: '000000000000' } as const;

export async function serveService(service: LocalService): Promise<ServedService> {
  const needs: (readonly AccessNeed[])[] = [];
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    void answer(service, needs, incoming, outgoing);
  };
  const http = createServer(listener);
  // Kinesis' client speaks HTTP/2 alone; all others HTTP/1.
  const http2 = createHttp2(
    listener as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  );
  http2.on('sessionError', () => undefined);
  const sockets = new Set<Socket>();
  const server = createPort((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      (first.subarray(0, 3).toString('latin1') === 'PRI' ? http2 : http).emit('connection', socket);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    needs,
    client: {
      endpoint,
      region: PLACE.region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

async function answer(
  service: LocalService,
  needs: (readonly AccessNeed[])[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await read(incoming);
  const response = await responseOf(service, async () => {
    needs.push(service.access(request));
    return await service.handle(request);
  });
  outgoing.writeHead(response.status, { ...response.headers });
  if (response.body === undefined || typeof response.body === 'string' || Buffer.isBuffer(response.body)) {
    outgoing.end(response.body);
    return;
  }
  for await (const chunk of response.body) outgoing.write(chunk);
  outgoing.end();
}

/** What the work answers, or what the service says of its failure. */
export async function responseOf(service: LocalService, work: () => Promise<AwsResponse>): Promise<AwsResponse> {
  try {
    return await work();
  } catch (error) {
    const failure = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
    return (
      service.errorResponse?.(failure) ?? {
        status: failure.status,
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': failure.code },
        body: JSON.stringify({ __type: failure.code, message: failure.message, ...failure.fields }),
      }
    );
  }
}

async function read(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':')) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.concat(chunks),
    operation: headers['x-amz-target']?.split('.').at(-1),
    caller: operator,
  };
}
