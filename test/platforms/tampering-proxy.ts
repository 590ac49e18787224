import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TamperingProxy {
  readonly url: string;
  /** Calls that were tampered with. */
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
  return { ...(await served(answer)), calls: () => calls };
}

/** The calls by which the platforms give an access token for a refresh token. */
const refreshing = /\/token$|\/accessToken$|\/refresh_token\/$/;

/**
 * Stands between a reader and its platform and rotates refresh tokens: each answer brings another one, and the one that was shown
 * is worth nothing from then on.
 */
export async function rotatingRefreshTokens(target: string, refreshToken: string): Promise<TamperingProxy> {
  let calls = 0;
  let current = refreshToken;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    const refreshes = refreshing.test(url.split('?')[0] ?? '');
    // The platform knows the first one alone; whoever shows another than the last is refused by it.
    const known = (body: string) =>
      body.includes(current) ? body.replace(current, refreshToken) : body.replaceAll(refreshToken, 'spent');
    const forwarded = await forward(request, `${target}${url}`, refreshes ? known : undefined);
    let { body } = forwarded;
    if (refreshes && forwarded.status === 200) {
      calls += 1;
      const given = JSON.parse(body) as { data?: object };
      current = `rotated-${calls}`;
      const rotated = { refresh_token: current };
      body = JSON.stringify({ ...given, ...rotated, ...(given.data && { data: { ...given.data, ...rotated } }) });
    }
    response.writeHead(forwarded.status, { 'content-type': 'application/json' }).end(body);
  };
  return { ...(await served(answer)), calls: () => calls };
}

async function served(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Pick<TamperingProxy, 'url' | 'stop'>> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function forward(
  request: IncomingMessage,
  url: string,
  change: (body: string) => string = (body) => body,
): Promise<{ readonly status: number; readonly body: string }> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)) headers.set(name, value);
  }
  const method = request.method ?? 'GET';
  const body = method === 'POST' ? change(Buffer.concat(pieces).toString('utf8')) : null;
  const response = await fetch(url, { method, headers, body });
  return { status: response.status, body: await response.text() };
}
