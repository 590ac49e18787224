/** GetObject and HeadObject: conditions, byte ranges and the headers that come back. */
import { createReadStream } from 'node:fs';
import { AwsError, type AwsRequest, type AwsResponse } from '../../ports.ts';
import type { ObjectRecord } from './object-store.ts';

interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** `path` is the file of the object. */
export function readObject(request: AwsRequest, record: ObjectRecord, path: string): AwsResponse {
  const headers = objectHeaders(request, record);
  const condition = checkConditions(request, record);
  if (condition === 'not-modified') return { status: 304, headers };
  const range = readRange(request.headers.range, record.size);
  const length = range === undefined ? record.size : range.last - range.first + 1;
  const answer = {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(range === undefined ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${record.size}` }),
    },
  };
  if (request.method === 'HEAD' || length === 0) return answer;
  return {
    ...answer,
    body: createReadStream(path, range === undefined ? {} : { start: range.first, end: range.last }),
  };
}

function objectHeaders(request: AwsRequest, record: ObjectRecord): Record<string, string> {
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    'content-type': 'binary/octet-stream',
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.modified).toUTCString(),
  };
  // A checksum is of the whole object: with a range it would not fit what is sent.
  const checksums = request.headers['x-amz-checksum-mode'] === 'ENABLED' && request.headers.range === undefined;
  for (const [name, value] of Object.entries(record.headers)) {
    if (checksums || !name.startsWith('x-amz-checksum-')) headers[name] = value;
  }
  for (const [name, value] of request.query) {
    if (name.startsWith('response-')) headers[name.slice('response-'.length)] = value;
  }
  return headers;
}

function checkConditions(request: AwsRequest, record: ObjectRecord): 'send' | 'not-modified' {
  const match = request.headers['if-match'];
  if (match !== undefined && match !== '*' && match.replaceAll('"', '') !== record.etag) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const noneMatch = request.headers['if-none-match'];
  if (noneMatch !== undefined && (noneMatch === '*' || noneMatch.replaceAll('"', '') === record.etag))
    return 'not-modified';
  const since = noneMatch === undefined ? Date.parse(request.headers['if-modified-since'] ?? '') : Number.NaN;
  return Math.floor(record.modified / 1000) * 1000 <= since ? 'not-modified' : 'send';
}

/** RFC 9110, 14.1.2; one range. A header that is none is ignored, as S3 does. */
function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = header === undefined ? null : /^bytes=(\d*)-(\d*)$/.exec(header);
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const range =
    match[1] === ''
      ? { first: Math.max(0, size - Number(match[2])), last: size - 1 }
      : { first: Number(match[1]), last: match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1) };
  if (range.first > range.last) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return range;
}
