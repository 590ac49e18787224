/** What a function answered, checked and written to the caller. */
import type { ServerResponse } from 'node:http';
import { isObject } from '../services/json-protocol.ts';
import { isBinary } from './media-types.ts';

export interface ResponseHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

interface ProxyResponse extends ResponseHead {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** API Gateway renames these so that a function cannot speak for the gateway. */
const remapped = new Set(['date', 'server', 'www-authenticate', 'host', 'via', 'user-agent', 'x-amzn-requestid']);
/** Hop-by-hop and computed headers are the gateway's own. */
const dropped = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'trailer',
  'te',
]);

/** `undefined` when it is no proxy response: the caller then sees a 502. */
export function readProxyResponse(payload: unknown): ProxyResponse | undefined {
  const head = readHead(payload, undefined);
  if (head === undefined || !isObject(payload)) return undefined;
  const { body, isBase64Encoded } = payload;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  return { ...head, body: body ?? '', isBase64Encoded: isBase64Encoded === true };
}

/** A streamed response's metadata may leave the status out: 200. */
export function readStreamHead(metadata: unknown): ResponseHead | undefined {
  return readHead(metadata, 200);
}

function readHead(payload: unknown, defaultStatus: number | undefined): ResponseHead | undefined {
  if (!isObject(payload)) return undefined;
  const status = Number(payload.statusCode ?? defaultStatus);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  const headers = new Map<string, string[]>();
  for (const [from, many] of [
    [payload.headers, false],
    [payload.multiValueHeaders, true],
  ] as const) {
    if (from === undefined || from === null) continue;
    if (!isObject(from)) return undefined;
    for (const [name, value] of Object.entries(from)) {
      if (!addHeader(headers, name, many && Array.isArray(value) ? value : [value])) return undefined;
    }
  }
  if (Array.isArray(payload.cookies)) {
    for (const cookie of payload.cookies) if (!addHeader(headers, 'Set-Cookie', [cookie])) return undefined;
  }
  return { status, headers };
}

/** Where both kinds name a header, AWS merges them. */
function addHeader(headers: Map<string, string[]>, name: string, values: readonly unknown[]): boolean {
  const lower = name.toLowerCase();
  if (dropped.has(lower)) return true;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return false;
  const target = remapped.has(lower) ? `x-amzn-Remapped-${name}` : name;
  const key = [...headers.keys()].find((known) => known.toLowerCase() === target.toLowerCase()) ?? target;
  const known = headers.get(key) ?? [];
  for (const value of values) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
    const text = String(value);
    // A line break would start a header of the function's choosing.
    if (/[\r\n\0]/.test(text)) return false;
    if (!known.includes(text)) known.push(text);
  }
  headers.set(key, known);
  return true;
}

export function writeHead(response: ServerResponse, head: ResponseHead): void {
  for (const [name, values] of head.headers) {
    const [only] = values;
    if (values.length === 1 && only !== undefined) response.setHeader(name, only);
    else response.setHeader(name, [...values]);
  }
  if (!response.hasHeader('content-type')) response.setHeader('Content-Type', 'application/json');
  response.statusCode = head.status;
}

/** Base64 turns binary only for callers that accept a binary type of the API, as on AWS. */
export function writeProxyResponse(
  response: ServerResponse,
  answer: ProxyResponse,
  binaryMediaTypes: readonly string[],
  accept: string | undefined,
): void {
  writeHead(response, answer);
  const bytes =
    answer.isBase64Encoded && isBinary(binaryMediaTypes, accept) ? Buffer.from(answer.body, 'base64') : undefined;
  response.setHeader('Content-Length', bytes?.length ?? Buffer.byteLength(answer.body));
  // Text goes out in one write together with the headers.
  response.end(bytes ?? answer.body);
}
