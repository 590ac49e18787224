/** One loopback port for every AWS service, HTTP/1.1 and HTTP/2 without TLS alike. */
import { randomUUID } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { AwsError, type AwsRequest, type AwsResponse } from '../ports.ts';
import type { CredentialBook } from './credentials.ts';
import { jsonError, type ServiceRouter } from './service-router.ts';
import { readSignature } from './signature.ts';

export interface EndpointServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface EndpointSettings {
  readonly router: ServiceRouter;
  readonly credentials: CredentialBook;
  /** 0 is any free port. */
  readonly port: number;
  /** Bytes; larger bodies get 413. */
  readonly maxBodyBytes?: number;
  readonly log: (message: string, error: unknown) => void;
}

/** S3 takes objects of any size in one PUT; the lake's largest files stay far below this. */
const DEFAULT_MAX_BODY_BYTES = 256 * 1024 * 1024;
/** Headers that belong to the connection; HTTP/2 refuses them. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

export async function startEndpoint(settings: EndpointSettings): Promise<EndpointServer> {
  const maxBodyBytes = settings.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    answer(settings, maxBodyBytes, incoming, outgoing).catch((error: unknown) => {
      // The client went away while the answer was written; there is nobody left to tell.
      settings.log('an answer could not be written', error);
      outgoing.destroy();
    });
  };
  const http = createHttp({ keepAliveTimeout: 60_000 }, listener);
  // Node's HTTP/2 server offers the HTTP/1 interface as far as it is used here.
  const http2 = createHttp2(
    listener as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void,
  );
  http2.on('sessionError', () => {});

  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    // Read, not listened to: a socket that flows would lose bytes on the way to the server that takes it over.
    const handOver = (): void => {
      const first = socket.read() as Buffer | null;
      if (first === null) {
        socket.once('readable', handOver);
        return;
      }
      socket.unshift(first);
      // HTTP/2 opens with `PRI * HTTP/2.0`; no HTTP/1 method starts with these letters.
      const target = first.subarray(0, 3).toString('latin1') === 'PRI' ? http2 : http;
      target.emit('connection', socket);
    };
    handOver();
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(settings.port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      http.close();
      http2.close();
      await closed;
    },
  };
}

async function answer(
  settings: EndpointSettings,
  maxBodyBytes: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await respond(settings, maxBodyBytes, incoming);
  const headers: Record<string, string> = { 'x-amzn-requestid': randomUUID() };
  for (const [name, value] of Object.entries(response.headers ?? {})) {
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  const { body } = response;
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) {
    const bytes = Buffer.from(body ?? '');
    const bodiless = incoming.method === 'HEAD' || response.status === 204 || response.status === 304;
    if (!bodiless && headers['content-length'] === undefined) headers['content-length'] = String(bytes.length);
    outgoing.writeHead(response.status, headers);
    if (bodiless) outgoing.end();
    else outgoing.end(bytes);
    return;
  }
  outgoing.writeHead(response.status, headers);
  await pipeline(body, outgoing);
}

async function respond(
  settings: EndpointSettings,
  maxBodyBytes: number,
  incoming: IncomingMessage,
): Promise<AwsResponse> {
  const url = incoming.url ?? '/';
  const cut = url.indexOf('?');
  const query = new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1));
  const headers = flatHeaders(incoming);
  const signed = readSignature(headers, query);
  if (signed === undefined) {
    return jsonError(new AwsError('MissingAuthenticationToken', 'The request is not signed.', 403));
  }
  const caller = settings.credentials.callerOf(signed.accessKeyId);
  if (caller === undefined) {
    return jsonError(
      new AwsError('UnrecognizedClientException', `Access key ${signed.accessKeyId} is not known to this system.`, 403),
    );
  }
  const body = await readBody(incoming, maxBodyBytes);
  if (body === undefined) {
    return jsonError(new AwsError('RequestEntityTooLarge', `The body is larger than ${maxBodyBytes} bytes.`, 413));
  }
  const request: AwsRequest = {
    method: incoming.method ?? 'GET',
    path: cut < 0 ? url : url.slice(0, cut),
    query,
    headers,
    body,
    operation: headers['x-amz-target']?.split('.').at(-1),
    caller,
  };
  return await settings.router.answer(signed.service, request);
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':')) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const authority = incoming.headers[':authority'];
  if (headers.host === undefined && typeof authority === 'string') headers.host = authority;
  return headers;
}

/** Reads on after the limit without keeping anything, so that the client hears the answer. */
async function readBody(incoming: IncomingMessage, maxBodyBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > 2 * maxBodyBytes) break;
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks);
}
