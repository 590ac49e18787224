import { ConextConnectionError, ConextError } from './errors.ts';
import { type Problem, routes } from './generated/api.ts';
import type { RouteDescription } from './route.ts';
import { readEvents } from './server-sent-events.ts';

export interface ClientOptions {
  /** `https://api.example.com`, without `/v1`. */
  readonly baseUrl: string;
  /** Called before every request; returns a valid access token. */
  readonly accessToken: () => string | Promise<string>;
  /** Machine clients on a usage plan. */
  readonly apiKey?: string;
  /** Milliseconds until an answer must have begun; 30,000 by default. */
  readonly timeoutMs?: number;
  /** Retries after the first try; 2 by default. */
  readonly retries?: number;
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Repeating a call with the same key changes nothing twice; made up when absent. */
  readonly idempotencyKey?: string;
}

type RequestOf<R> = R extends RouteDescription<infer Request, unknown, boolean> ? Request : never;
type AnswerOf<R> =
  R extends RouteDescription<infer _Request, infer Answer, infer Streams>
    ? Streams extends true
      ? AsyncIterable<Answer>
      : Promise<Answer>
    : never;

type Method<R> = object extends RequestOf<R>
  ? (request?: RequestOf<R>, options?: CallOptions) => AnswerOf<R>
  : (request: RequestOf<R>, options?: CallOptions) => AnswerOf<R>;

/** A method for each route of the API, named like its operation. */
export type ConextClient = { readonly [Name in keyof typeof routes]: Method<(typeof routes)[Name]> };

interface LooseRequest {
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string | number | undefined>;
  readonly body?: unknown;
}

/** Worth another try: the request may not have been handled, or repeating it is safe by its key. */
const retryableStatus = new Set([408, 429, 500, 502, 503, 504]);

const longestWaitMs = 20_000;

/** Half a second, doubled each time, with jitter; or what the server asks for. */
const waitMs = (attempt: number, retryAfter: string | null): number => {
  const asked = Number(retryAfter);
  return retryAfter !== null && Number.isFinite(asked)
    ? Math.min(asked * 1000, longestWaitMs)
    : Math.min(500 * 2 ** attempt, 8_000) * (0.5 + Math.random() / 2);
};

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });

function targetOf(baseUrl: string, path: string, request: LooseRequest): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = request.path?.[name];
    if (value === undefined || value === '') {
      throw new TypeError(`"${name}" is missing from the path of ${path}`);
    }
    return encodeURIComponent(value);
  });
  const target = new URL(filled, baseUrl);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      target.searchParams.set(name, String(value));
    }
  }
  return target;
}

async function problemOf(response: Response): Promise<ConextError | ConextConnectionError> {
  const text = await response.text().catch(() => '');
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.code === 'string' && typeof problem.title === 'string') {
      return new ConextError({ requestId: response.headers.get('x-request-id') ?? '', ...problem } as Problem);
    }
  } catch {
    // Not the API's own answer; told below.
  }
  return new ConextConnectionError(`The server answered ${response.status} without saying why.`);
}

/** Makes a client. Every method throws {@link ConextError} or {@link ConextConnectionError}. */
export function createClient(options: ClientOptions): ConextClient {
  const fetchWith = options.fetch ?? globalThis.fetch;
  const retries = options.retries ?? 2;

  const send = async (route: RouteDescription<unknown, unknown, boolean>, request: LooseRequest, call: CallOptions): Promise<Response> => {
    const target = targetOf(options.baseUrl, route.path, request);
    const repeatable = route.method === 'GET' || route.idempotent;
    const headers = new Headers({ accept: route.streams ? 'text/event-stream' : 'application/json' });
    if (request.body !== undefined) {
      headers.set('content-type', 'application/json');
    }
    if (route.idempotent) {
      headers.set('idempotency-key', call.idempotencyKey ?? globalThis.crypto.randomUUID());
    }
    if (options.apiKey !== undefined) {
      headers.set('x-api-key', options.apiKey);
    }
    for (let attempt = 0; ; attempt += 1) {
      headers.set('authorization', `Bearer ${await options.accessToken()}`);
      // The time limit ends with the answer's first byte: a stream may go on.
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(new Error('timeout')), options.timeoutMs ?? 30_000);
      try {
        const response = await fetchWith(target, {
          method: route.method,
          headers,
          signal: call.signal === undefined ? limit.signal : AbortSignal.any([call.signal, limit.signal]),
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        });
        if (response.ok) {
          return response;
        }
        if (!repeatable || attempt >= retries || !retryableStatus.has(response.status)) {
          throw await problemOf(response);
        }
        await response.body?.cancel();
        await pause(waitMs(attempt, response.headers.get('retry-after')), call.signal);
      } catch (error) {
        if (error instanceof ConextError || error instanceof ConextConnectionError || call.signal?.aborted) {
          throw error;
        }
        if (!repeatable || attempt >= retries) {
          throw new ConextConnectionError(`${target.origin} could not be reached.`, { cause: error });
        }
        await pause(waitMs(attempt, null), call.signal);
      } finally {
        clearTimeout(timer);
      }
    }
  };

  const methods = Object.entries(routes).map(([name, route]) => [
    name,
    (request: LooseRequest = {}, call: CallOptions = {}) =>
      route.streams ? readEvents(() => send(route, request, call)) : send(route, request, call).then((response) => response.json()),
  ]);
  return Object.fromEntries(methods) as ConextClient;
}
