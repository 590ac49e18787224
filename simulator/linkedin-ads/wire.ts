import type { IncomingMessage } from 'node:http';
import type { Headers } from './access.ts';
import { refusal } from './error.ts';

/** A request off the wire, query tunnelling undone. */
export interface Asked {
  readonly method: string;
  /** Undecoded. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: Headers;
}

/** Longest URL, query string and path segment in bytes (learn.microsoft.com/linkedin/shared/api-guide/concepts/query-tunneling). */
const mostUrl = 8 * 1024;
const mostQuery = 4 * 1024;
const mostSegment = 4 * 1024;
const mostBody = 1_000_000;
const mostUpload = 20_000_000;
/** Scheme, host and port of LinkedIn count into its limit; the simulator's own are shorter or longer by chance. */
const host = 'https://api.linkedin.com';
const form = 'application/x-www-form-urlencoded';

/**
 * Reads a request. A query too long for a URL may come as the form body of a POST that says it stands for a GET. Throws 414 for
 * what is too long, 400 for a tunnel dug wrong.
 */
export async function readAsked(request: IncomingMessage): Promise<Asked> {
  const url = request.url ?? '/';
  const split = url.indexOf('?');
  const [path, query] = split < 0 ? [url, ''] : [url.slice(0, split), url.slice(split + 1)];
  const body = await readBody(request);
  const tooLong =
    host.length + url.length > mostUrl ||
    query.length > mostQuery ||
    path.split('/').some((part) => part.length > mostSegment);
  if (tooLong) throw refusal(414, 'REQUEST_URI_TOO_LONG', 'The request URI is too long. Use query tunneling.');
  const headers: Headers = (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const method = request.method ?? 'GET';
  const override = headers('x-http-method-override');
  if (override === undefined) return { method, path, query, body, headers };
  if (method !== 'POST') throw refusal(400, 'ILLEGAL_ARGUMENT', 'X-HTTP-Method-Override needs a POST.');
  if (override !== 'GET')
    throw refusal(400, 'ILLEGAL_ARGUMENT', `The simulator does not model tunnelled ${override}; it models GET.`);
  if ((headers('content-type') ?? '').split(';')[0]?.trim() !== form)
    throw refusal(400, 'ILLEGAL_ARGUMENT', `A tunnelled query needs the Content-Type ${form}.`);
  return { method: override, path, query: query === '' ? body : `${query}&${body}`, body: '', headers };
}

const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request, mostBody)).toString('utf8');

export async function readBytes(request: IncomingMessage, most = mostUpload): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > most) throw refusal(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
