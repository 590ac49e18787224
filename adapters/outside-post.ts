import { Agent, request } from 'node:https';
import { createOutsideGuard, type OutsideGuardOptions, OutsideRefused } from './outside-guard.ts';

export type Posted =
  | { readonly kind: 'accepted'; readonly status: number }
  /** `final`: trying again would change nothing. */
  | { readonly kind: 'refused'; readonly reason: string; readonly final: boolean };

export type OutsidePost = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal?: AbortSignal,
) => Promise<Posted>;

export interface OutsidePostOptions extends OutsideGuardOptions {
  /** A certificate authority in place of the well-known ones, PEM. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

/** Gone: whoever had the address wants nothing there any more. */
const gone = 410;

/**
 * Posts to an https address that somebody named, on the public internet alone. Nothing of the answer is read but its status, and a
 * redirect is not followed: what was signed for one address is not handed to another.
 */
export function createOutsidePost(options: OutsidePostOptions = {}): OutsidePost {
  const { timeoutMs = 10_000 } = options;
  const { pinned, check } = createOutsideGuard(options);

  const send = (url: URL, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) =>
    new Promise<number>((answered, failed) => {
      const agent = new Agent({ keepAlive: false, ...(options.ca !== undefined && { ca: options.ca }) });
      request(
        url,
        {
          method: 'POST',
          agent,
          lookup: pinned,
          signal,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          answered(answer.statusCode ?? 0);
          answer.destroy();
        },
      )
        .on('error', failed)
        .end(body);
    });

  return async (given, headers, body, callers) => {
    const own = AbortSignal.timeout(timeoutMs);
    try {
      const url = check(given);
      const status = await send(url, headers, body, callers === undefined ? own : AbortSignal.any([own, callers]));
      if (status >= 200 && status < 300) return { kind: 'accepted', status };
      if (status >= 300 && status < 400) {
        return {
          kind: 'refused',
          reason: `the address answers ${status} and leads elsewhere, which is not followed`,
          final: false,
        };
      }
      return { kind: 'refused', reason: `the address answers ${status}`, final: status === gone };
    } catch (error) {
      if (error instanceof OutsideRefused) return { kind: 'refused', reason: error.message, final: false };
      if (own.aborted)
        return { kind: 'refused', reason: `the address did not answer within ${timeoutMs / 1_000} s`, final: false };
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      return { kind: 'refused', reason: `the address could not be reached${code}`, final: false };
    }
  };
}

/** Whether an address may be named at all; the reason why not, in words for whoever did. */
export function refusalOf(url: string): string | undefined {
  try {
    createOutsideGuard().check(url);
    return undefined;
  } catch (error) {
    if (error instanceof OutsideRefused) return error.message;
    throw error;
  }
}
