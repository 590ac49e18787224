import type { IncomingMessage } from 'node:http';

/** REST APIs take 10 MB, headers aside. */
const largestBody = 10 * 1024 * 1024;

type BodyRead =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly reason: 'too-large' | 'broken' };

const nothing = Buffer.alloc(0);

/** Holds at most the limit in memory. */
export async function readBody(request: IncomingMessage, limit = largestBody): Promise<BodyRead> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > limit) return { ok: false, reason: 'too-large' };
  if ((declared === undefined || declared === '0') && request.headers['transfer-encoding'] === undefined) {
    return { ok: true, body: nothing };
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Leaving early must not destroy the socket: the refusal goes out on it, and Node discards the rest.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = chunk as Buffer;
      length += bytes.length;
      if (length > limit) return { ok: false, reason: 'too-large' };
      chunks.push(bytes);
    }
  } catch {
    return { ok: false, reason: 'broken' };
  }
  return { ok: true, body: Buffer.concat(chunks, length) };
}
