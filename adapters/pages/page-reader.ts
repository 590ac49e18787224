import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import robotsModule from 'robots-parser';
import { createOutsideGuard, type OutsideGuardOptions, OutsideRefused } from '../outside-guard.ts';
import { decodeHtml } from './html-charset.ts';

/** A page that somebody gave the address of: read, or why not, in words for that somebody. */
export type PageRead =
  | { readonly kind: 'read'; readonly url: string; readonly status: number; readonly html: string }
  | { readonly kind: 'failed'; readonly status: number | null; readonly reason: string };
export type ReadPage = (url: string, signal?: AbortSignal) => Promise<PageRead>;

/** As robots.txt names it (RFC 9309, 2.2.1). */
export const readerName = 'ConextAdsReader';
/** Bytes, after decompression. */
const largestPage = 2 * 1_048_576;
/** RFC 9309, 2.5: at least 500 KiB are parsed. */
const largestRobots = 512 * 1_024;
const redirects = 5;
/** RFC 9309, 2.4: not longer than a day. */
const robotsKeptMs = 60 * 60_000;
const mostRobots = 200;

export interface PageReaderOptions extends OutsideGuardOptions {
  /** A certificate authority in place of the well-known ones, PEM. */
  readonly ca?: string;
  readonly timeoutMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
type Allows = (url: URL) => boolean;

interface RobotsRules {
  /** Undefined for an address of another site. */
  readonly isAllowed: (url: string, reader: string) => boolean | undefined;
}
/** The package is one function (CommonJS); its types say a module with a default export, which Node does not make of it. */
const robotsParser = robotsModule as unknown as (url: string, text: string) => RobotsRules;

/** Reads landing pages from the public internet alone, where the site lets machines read. Bounded in bytes, time and redirects. */
export function createPageReader(options: PageReaderOptions = {}): ReadPage {
  const { timeoutMs = 10_000, now = Date.now } = options;
  const { pinned, check } = createOutsideGuard(options);
  const known = new Map<string, { readonly allows: Allows; readonly until: number }>();

  const ask = (url: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((answered, failed) => {
      const agent = new Agent({ keepAlive: false, ...(options.ca !== undefined && { ca: options.ca }) });
      const headers = { accept, 'accept-encoding': 'gzip, deflate, br', 'user-agent': `${readerName}/1.0` };
      get(url, { agent, lookup: pinned, signal, headers }, answered).on('error', failed);
    });

  /** Follows redirects by hand: every address on the way is checked, and asked for only where `before` lets it. */
  async function follow(
    first: URL,
    given: { readonly accept: string; readonly limit: number; readonly cut: boolean; readonly signal: AbortSignal },
    before: (url: URL) => Promise<void>,
  ): Promise<Answer> {
    let url = first;
    for (let hop = 0; hop <= redirects; hop += 1) {
      await before(url);
      const answer = await ask(url, given.accept, given.signal);
      const status = answer.statusCode ?? 0;
      if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
        answer.destroy();
        url = check(URL.parse(answer.headers.location, url)?.href ?? '');
        continue;
      }
      const contentType = answer.headers['content-type'] ?? '';
      if (status !== 200) {
        answer.destroy();
        return { url, status, contentType, bytes: new Uint8Array() };
      }
      if (!given.cut && !/^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(contentType)) {
        answer.destroy();
        throw new OutsideRefused('what lies there is not an HTML page');
      }
      return { url, status, contentType, bytes: await bodyOf(answer, given.limit, given.cut, given.signal) };
    }
    throw new OutsideRefused(`the address leads on more than ${redirects} times`);
  }

  /** RFC 9309, 2.3.1: what is not there forbids nothing; a site that cannot answer is left alone. */
  async function robotsOf(url: URL, signal: AbortSignal): Promise<Allows> {
    const held = known.get(url.origin);
    if (held !== undefined && held.until > now()) return held.allows;
    const address = new URL('/robots.txt', url);
    const answer = await follow(
      address,
      { accept: 'text/plain', limit: largestRobots, cut: true, signal },
      async () => {},
    );
    if (answer.status >= 500) throw new OutsideRefused('its robots.txt cannot be read, so that the page is left alone');
    const rules =
      answer.status === 200 ? robotsParser(address.href, new TextDecoder().decode(answer.bytes)) : undefined;
    const allows: Allows = (page) => rules?.isAllowed(page.href, readerName) !== false;
    const [oldest] = known.keys();
    if (known.size >= mostRobots && oldest !== undefined) known.delete(oldest);
    known.set(url.origin, { allows, until: now() + robotsKeptMs });
    return allows;
  }

  return async (given, callers) => {
    const own = AbortSignal.timeout(timeoutMs);
    const signal = callers === undefined ? own : AbortSignal.any([own, callers]);
    try {
      const page = { accept: 'text/html, application/xhtml+xml', limit: largestPage, cut: false, signal };
      const answer = await follow(check(given), page, async (url) => {
        if (!(await robotsOf(url, signal))(url))
          throw new OutsideRefused(`the robots.txt of ${url.host} forbids reading it`);
      });
      const { status, contentType, bytes } = answer;
      if (status !== 200) return { kind: 'failed', status, reason: `the address answers ${status}` };
      return { kind: 'read', url: answer.url.href, status, html: decodeHtml(bytes, contentType) };
    } catch (error) {
      return { kind: 'failed', status: null, reason: reasonOf(error, own, timeoutMs) };
    }
  };
}

const decompressors = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** At most `limit` bytes as they are after decompression; what is more is cut off or refused. */
async function bodyOf(answer: IncomingMessage, limit: number, cut: boolean, signal: AbortSignal): Promise<Uint8Array> {
  const encoding = answer.headers['content-encoding']?.toLowerCase() ?? 'identity';
  const open = Object.entries(decompressors).find(([name]) => name === encoding)?.[1]();
  if (open === undefined && encoding !== 'identity') {
    answer.destroy();
    throw new OutsideRefused(`it is sent ${encoding.slice(0, 20)}, which was not asked for`);
  }
  const body = open ?? answer;
  if (open !== undefined) {
    answer.on('error', (error) => open.destroy(error));
    answer.pipe(open);
  }
  const stop = (): void => void body.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const room = limit - size;
      if (chunk.length > room && !cut) throw new OutsideRefused(`it is larger than ${limit / 1_048_576} MiB`);
      chunks.push(chunk.subarray(0, room));
      size += Math.min(chunk.length, room);
      if (size >= limit && cut) break;
    }
    return new Uint8Array(Buffer.concat(chunks));
  } finally {
    signal.removeEventListener('abort', stop);
    open?.destroy();
    answer.destroy();
  }
}

/** In words for whoever gave the address: nothing of what a network inside answers. */
function reasonOf(error: unknown, own: AbortSignal, waited: number): string {
  if (error instanceof OutsideRefused) return error.message;
  if (own.aborted) return `the address did not answer within ${waited / 1_000} s`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'the address could not be reached' : `the address could not be reached (${code})`;
}
