/** Takes the payload out of an upload as today's SDKs send it: `aws-chunked` framing, trailers and checksums. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, type AwsRequest, unsupported } from '../../ports.ts';

interface UploadBody {
  readonly data: Buffer;
  /** The checksum headers that came with it and held, e.g. `x-amz-checksum-crc32`; given back on reads. */
  readonly checksums: Readonly<Record<string, string>>;
}

const CHECKSUMS: Readonly<Record<string, (data: Buffer) => string>> = {
  'x-amz-checksum-crc32': (data) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(data));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (data) => createHash('sha1').update(data).digest('base64'),
  'x-amz-checksum-sha256': (data) => createHash('sha256').update(data).digest('base64'),
};

export function readUpload(request: AwsRequest): UploadBody {
  const chunked = request.headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true;
  const { data, trailers } = chunked ? unchunk(request.body) : { data: request.body, trailers: {} };
  const declared = chunked ? request.headers['x-amz-decoded-content-length'] : undefined;
  if (declared !== undefined && Number(declared) !== data.length) {
    throw new AwsError('IncompleteBody', 'The body is not as long as x-amz-decoded-content-length says.');
  }
  const md5 = request.headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(data).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const checksums: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...request.headers, ...trailers })) {
    if (!name.startsWith('x-amz-checksum-') || name === 'x-amz-checksum-type') continue;
    const compute = CHECKSUMS[name];
    if (compute === undefined) throw unsupported('S3', `the checksum ${name}`);
    if (compute(data) !== value)
      throw new AwsError('BadDigest', `The ${name} you specified did not match what we received.`);
    checksums[name] = value;
  }
  return { data, checksums };
}

/** `<hex size>[;extension]\r\n<bytes>\r\n … 0\r\n<trailer>:<value>\r\n\r\n`. Chunk signatures are not checked. */
function unchunk(body: Buffer): { data: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  while (at < body.length) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!Number.isInteger(size) || lineEnd + 2 + size > body.length) {
      throw new AwsError('IncompleteBody', 'The aws-chunked body ends too early.');
    }
    at = lineEnd + 2;
    if (size === 0) return { data: Buffer.concat(chunks), trailers: readTrailers(body.toString('latin1', at)) };
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  throw new AwsError('IncompleteBody', 'The aws-chunked body has no last chunk.');
}

function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}
