import type { OAuthAnswer, OAuthCall } from '../domain/integrations/oauth.ts';

const timeoutMs = 10_000;
/** No token answer is longer; more is not read. */
const maximumBytes = 64 * 1024;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export interface OAuthClient {
  /** Sends one POST, once: a code is good for one exchange. A platform that cannot be reached answers as status 503. */
  ask(call: OAuthCall): Promise<OAuthAnswer>;
}

const unreachable: OAuthAnswer = { status: 503, body: undefined };

export function createOAuthClient(): OAuthClient {
  return {
    async ask({ url, contentType, body }) {
      const { protocol, hostname } = new URL(url);
      // A secret sent without TLS over a network belongs to everyone on it.
      if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) return unreachable;
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': contentType, accept: 'application/json' },
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: answer.status, body: parse(await bounded(answer)) };
      } catch {
        return unreachable;
      }
    },
  };
}

async function bounded(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    bytes += piece.length;
    if (bytes > maximumBytes) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
