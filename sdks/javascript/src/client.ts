import { ConextConnectionError, ConextError } from './errors.ts';
import { routes } from './generated/api.ts';
import { errorOf } from './problem.ts';
import { isRetryable, pause, waitMs } from './retry.ts';
import type { RouteDescription } from './route.ts';
import { readEvents } from './server-sent-events.ts';
import { tagAnswer } from './tags.ts';
import { type LooseRequest, targetOf } from './target.ts';

export interface ClientOptions {
  /** `https://api.example.com`, without `/v1`; a path in front of it, such as an API stage, is kept. */
  readonly baseUrl: string;
  /** Called before every try; returns a valid access token. What it throws reaches the caller as it is. */
  readonly accessToken: () => string | Promise<string>;
  /** Machine clients on a usage plan. */
  readonly apiKey?: string;
  /** Milliseconds that one try may take, an event stream until it begins; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Retries after the first try; 2 by default. */
  readonly retries?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Repeating a call with the same key changes nothing twice; made up when absent. */
  readonly idempotencyKey?: string;
  /** What a PATCH changes as the caller read it: its {@link tagOf}. The API refuses when somebody changed it meanwhile. */
  readonly ifMatch?: string;
}

type RequestOf<R> = R extends RouteDescription<infer Request, unknown, boolean> ? Request : never;
type AnswerOf<R> =
  R extends RouteDescription<infer _Request, infer Answer, infer Streams>
    ? Streams extends true
      ? AsyncIterable<Answer>
      : Promise<Answer>
    : never;

type Method<R> =
  object extends RequestOf<R>
    ? (request?: RequestOf<R>, options?: CallOptions) => AnswerOf<R>
    : (request: RequestOf<R>, options?: CallOptions) => AnswerOf<R>;

/** A method for each route of the API, named like its operation. */
export type ConextClient = { readonly [Name in keyof typeof routes]: Method<(typeof routes)[Name]> };

type LooseRoute = RouteDescription<unknown, unknown, boolean>;

/** Makes a client. Every method throws {@link ConextError} or {@link ConextConnectionError}, or the reason of its aborted signal. */
export function createClient(options: ClientOptions): ConextClient {
  if (!/^https?:\/\//.test(options.baseUrl) || !URL.canParse(options.baseUrl)) {
    throw new TypeError('"baseUrl" must be an address such as https://api.example.com.');
  }
  const fetchWith = options.fetch ?? globalThis.fetch;
  const retries = options.retries ?? 2;
  const timeoutMs = options.timeoutMs ?? 30_000;

  const send = async <T>(
    route: LooseRoute,
    request: LooseRequest,
    call: CallOptions,
    read: (response: Response) => Promise<T>,
  ): Promise<T> => {
    const target = targetOf(options.baseUrl, route.path, request);
    const repeatable = route.method === 'GET' || route.idempotent;
    const headers = new Headers({ accept: acceptedBy(route) });
    if (request.body !== undefined) {
      headers.set('content-type', 'application/json');
    }
    if (route.idempotent) {
      headers.set('idempotency-key', call.idempotencyKey ?? globalThis.crypto.randomUUID());
    }
    if (call.ifMatch !== undefined) {
      headers.set('if-match', call.ifMatch);
    }
    if (options.apiKey !== undefined) {
      headers.set('x-api-key', sendable('The API key', options.apiKey));
    }
    for (let attempt = 0; ; attempt += 1) {
      call.signal?.throwIfAborted();
      headers.set('authorization', `Bearer ${sendable('The access token', await options.accessToken())}`);
      const last = !repeatable || attempt >= retries;
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), timeoutMs);
      let retryAfter: string | null = null;
      try {
        const response = await fetchWith(target, {
          method: route.method,
          headers,
          // The API never sends a caller elsewhere; whoever does must not be shown the token and the key.
          redirect: 'error',
          signal: call.signal === undefined ? limit.signal : AbortSignal.any([call.signal, limit.signal]),
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        });
        if (response.ok) {
          return await read(response);
        }
        const text = await response.text();
        if (last || !isRetryable(response.status)) {
          throw errorOf(response, text);
        }
        retryAfter = response.headers.get('retry-after');
      } catch (error) {
        if (error instanceof ConextError || error instanceof ConextConnectionError || call.signal?.aborted) {
          throw error;
        }
        if (last) {
          throw limit.signal.aborted
            ? new ConextConnectionError(`${target.origin} did not answer within ${timeoutMs} ms.`, { cause: error })
            : new ConextConnectionError(`${target.origin} could not be reached.`, { cause: error });
        }
      } finally {
        clearTimeout(timer);
      }
      await pause(waitMs(attempt, retryAfter), call.signal);
    }
  };

  const methods = Object.entries(routes).map(([name, route]) => [
    name,
    (request: LooseRequest = {}, call: CallOptions = {}) =>
      route.streams
        ? readEvents(() => send(route, request, call, async (response) => response), call.signal)
        : send(route, request, call, route.file ? async (response) => response : json),
  ]);
  return Object.fromEntries(methods) as ConextClient;
}

function acceptedBy({ streams, file }: LooseRoute): string {
  if (file) return '*/*';
  return streams ? 'text/event-stream' : 'application/json';
}

async function json(response: Response): Promise<unknown> {
  const text = await response.text();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new ConextConnectionError(`The server answered ${response.status} with something else than JSON.`);
  }
  tagAnswer(answer, response.headers.get('etag'));
  return answer;
}

/** A value that no header can carry would be repeated in the runtime's own error. */
function sendable(what: string, secret: string): string {
  if (typeof secret !== 'string' || !/^[\x21-\x7e]+$/.test(secret)) {
    throw new TypeError(`${what} is empty or holds characters that a header cannot carry.`);
  }
  return secret;
}
