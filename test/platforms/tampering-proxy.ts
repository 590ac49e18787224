import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TamperingProxy {
  readonly url: string;
  /** Calls of the paged path. */
  calls(): number;
  stop(): Promise<void>;
}

/**
 * Stands between a reader and its platform and answers every page of a list with the first one, each time promising another:
 * what a platform does whose paging is broken.
 */
export async function repeatingFirstPage(
  target: string,
  path: RegExp,
  promisesMore: (answer: unknown, call: number) => unknown,
): Promise<TamperingProxy> {
  let first: unknown;
  let calls = 0;
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '/';
    const paged = path.test(url.split('?')[0] ?? '');
    if (paged) calls += 1;
    if (!paged || first === undefined) {
      const forwarded = await forward(request, `${target}${url}`);
      if (!paged || forwarded.status !== 200) {
        response.writeHead(forwarded.status, { 'content-type': 'application/json' }).end(forwarded.body);
        return;
      }
      first = JSON.parse(forwarded.body);
    }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(promisesMore(structuredClone(first), calls)));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function forward(
  request: IncomingMessage,
  url: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)) headers.set(name, value);
  }
  const method = request.method ?? 'GET';
  const body = method === 'POST' ? Buffer.concat(pieces) : null;
  const response = await fetch(url, { method, headers, body });
  return { status: response.status, body: await response.text() };
}
