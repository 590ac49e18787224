/** A streamed response begins with its metadata as JSON, then eight NUL bytes, then the body as it comes. */
import { type ResponseHead, readStreamHead } from './proxy-response.ts';

const delimiter = Buffer.alloc(8);
/** API Gateway looks for the delimiter in the first 16 KB only. */
const longestPrelude = 16 * 1024;

interface StreamOpening {
  readonly head: ResponseHead;
  /** The first bytes of the body that came along. */
  readonly rest: Buffer;
}

/** Reads up to the delimiter. `undefined`: the function's stream does not begin with usable metadata. */
export async function readOpening(stream: AsyncIterator<Uint8Array>): Promise<StreamOpening | undefined> {
  let read = Buffer.alloc(0);
  while (read.length <= longestPrelude + delimiter.length) {
    const next = await stream.next();
    if (next.done === true) return undefined;
    read = Buffer.concat([read, next.value]);
    const end = read.indexOf(delimiter);
    if (end < 0) continue;
    if (end > longestPrelude) return undefined;
    const head = parse(read.subarray(0, end));
    return head === undefined ? undefined : { head, rest: read.subarray(end + delimiter.length) };
  }
  return undefined;
}

function parse(metadata: Buffer): ResponseHead | undefined {
  try {
    return readStreamHead(JSON.parse(metadata.toString('utf8')));
  } catch {
    return undefined;
  }
}
