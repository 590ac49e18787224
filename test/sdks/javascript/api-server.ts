import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest, incoming: IncomingMessage) => void;

export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  /** In the order of their arrival. */
  readonly seen: readonly SeenRequest[];
}

/** A server on the loopback interface that gives the answers one after the other, and the last one from then on. */
export async function apiServer(...answers: readonly Answer[]): Promise<ApiServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    incoming.on('end', () => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      seen.push(request);
      answers[Math.min(seen.length, answers.length) - 1]?.(response, request, incoming);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  json(
    status,
    { type: `https://conext.example/problems/${code}`, title: `It is ${code}`, status, code, requestId: 'req-1' },
    { 'retry-after': '0', ...headers },
  );

/** Ends the connection without an answer. */
export const reset: Answer = (_response, _request, incoming) => {
  incoming.socket.resetAndDestroy();
};

export const silence: Answer = () => {};

/** An event stream that sends these pieces as they are, each on its own, and ends. */
export const stream =
  (...pieces: readonly (string | Uint8Array)[]): Answer =>
  async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) {
      await new Promise((sent) => response.write(piece, sent));
      await new Promise((turn) => setImmediate(turn));
    }
    response.end();
  };
