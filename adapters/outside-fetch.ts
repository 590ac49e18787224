import { createHash } from 'node:crypto';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { contentTypeOf } from './media-type.ts';
import { createOutsideGuard, type OutsideGuardOptions, OutsideRefused } from './outside-guard.ts';

/** What somebody gave an address of: fetched, or why not, in words for that somebody. */
export type Fetched =
  | { readonly kind: 'fetched'; readonly bytes: Uint8Array; readonly contentType: string; readonly sha256: string }
  | { readonly kind: 'refused'; readonly reason: string };

export type AssetKind = 'image' | 'video';
/** `signal`: the end of the caller's time, should that come sooner than the asset's own. */
export type FetchAsset = (url: string, kind: AssetKind, signal?: AbortSignal) => Promise<Fetched>;

/** An asset of a workspace, by its id. */
export type ReadAsset = (workspaceId: string, assetId: string) => Promise<Fetched>;

/** Bytes: what the platforms take at most, and what a function holds in memory. */
const largest: Readonly<Record<AssetKind, number>> = { image: 10 * 1_048_576, video: 100 * 1_048_576 };
const milliseconds: Readonly<Record<AssetKind, number>> = { image: 8_000, video: 20_000 };
const redirects = 3;
/**
 * A host that nobody can have (RFC 2606, `.example`). Where the endpoints of a stage name an origin for it, which the local system alone
 * does, its files come from there; everywhere else it is a name that is not known.
 */
export const samplesHost = 'samples.conext.example';

export interface OutsideFetchOptions extends OutsideGuardOptions {
  /** A certificate authority in place of the well-known ones, PEM. */
  readonly ca?: string;
  /** The one origin that need not be on the public internet: what stands behind `samplesHost`; undefined for none. */
  readonly samples?: () => Promise<string | undefined>;
}

/**
 * Fetches images and videos that somebody named, from the public internet alone. Redirects are followed by hand and checked alike. Bounded in bytes and in time; what the bytes are is read from them.
 */
export function createOutsideFetch(options: OutsideFetchOptions = {}): FetchAsset {
  const { pinned, check } = createOutsideGuard(options);

  const ask = (url: URL, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((answered, failed) => {
      const agent = new Agent({ keepAlive: false, ...(options.ca !== undefined && { ca: options.ca }) });
      get(
        url,
        { agent, lookup: pinned, signal, headers: { 'accept-encoding': 'identity', accept: 'image/*, video/*' } },
        answered,
      ).on('error', failed);
    });

  /** Of a sample: only its path is taken over from whoever named it. */
  async function sampleOf(url: URL): Promise<URL | undefined> {
    if (url.hostname !== samplesHost || url.port !== '') return undefined;
    const origin = await options.samples?.();
    return origin === undefined ? undefined : new URL(`/samples${url.pathname}`, origin);
  }
  const askInside = (url: URL, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((answered, failed) => {
      getPlain(url, { agent: false, signal }, answered).on('error', failed);
    });

  return async (given, kind, callers) => {
    const own = AbortSignal.timeout(milliseconds[kind]);
    const signal = callers === undefined ? own : AbortSignal.any([own, callers]);
    try {
      let url = check(given);
      const sample = await sampleOf(url);
      if (sample !== undefined) return await taken(await askInside(sample, signal), kind);
      for (let hop = 0; hop <= redirects; hop += 1) {
        const answer = await ask(url, signal);
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
          answer.destroy();
          const next = URL.parse(answer.headers.location, url);
          url = check(next?.href ?? '');
          continue;
        }
        return await taken(answer, kind);
      }
      return { kind: 'refused', reason: `the address leads on more than ${redirects} times` };
    } catch (error) {
      return { kind: 'refused', reason: reasonOf(error, own, milliseconds[kind]) };
    }
  };
}

/** What an answer that leads nowhere else holds. */
async function taken(answer: IncomingMessage, kind: AssetKind): Promise<Fetched> {
  if (answer.statusCode !== 200) {
    answer.destroy();
    return { kind: 'refused', reason: `the address answers ${answer.statusCode}` };
  }
  const bytes = await bodyOf(answer, largest[kind]);
  const contentType = contentTypeOf(bytes);
  if (contentType === undefined || !contentType.startsWith(`${kind}/`)) {
    return {
      kind: 'refused',
      reason: `what lies there is not ${kind === 'image' ? 'a PNG, JPEG, GIF or WebP image' : 'an MP4, MOV or WebM video'}`,
    };
  }
  return { kind: 'fetched', bytes, contentType, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function bodyOf(answer: IncomingMessage, limit: number): Promise<Uint8Array> {
  const tooLarge = new OutsideRefused(`it is larger than ${limit / 1_048_576} MiB`);
  try {
    if (Number(answer.headers['content-length'] ?? 0) > limit) throw tooLarge;
    const encoding = answer.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity')
      throw new OutsideRefused(`it is sent ${encoding}, which was not asked for`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) throw tooLarge;
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    answer.destroy();
  }
}

/** In words for whoever gave the address: nothing of what a network inside answers. */
function reasonOf(error: unknown, signal: AbortSignal, waited: number): string {
  if (error instanceof OutsideRefused) return error.message;
  if (signal.aborted) return `the address did not answer within ${waited / 1_000} s`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'the address could not be reached' : `the address could not be reached (${code})`;
}
