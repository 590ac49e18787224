import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { createOutsideGuard, type OutsideGuardOptions, OutsideRefused } from '../outside-guard.ts';
import { decodeText } from './decode-text.ts';
import { mayRead, type RobotsAnswer, robotsName } from './robots.ts';

/** A page as it answered, or why it was not read, in words for whoever named it. */
export type PageAnswer =
  | { readonly kind: 'read'; readonly status: number; readonly finalUrl: string; readonly html: string }
  | {
      readonly kind: 'refused';
      readonly status: number | null;
      readonly finalUrl: string | null;
      readonly reason: string;
    };
export type ReadPageAt = (url: string, signal?: AbortSignal) => Promise<PageAnswer>;

const mostBytes = 2 * 1_048_576;
/** RFC 9309 asks for at least 500 KiB to be understood. */
const mostRobotsBytes = 512_000;
const milliseconds = 10_000;
const robotsMilliseconds = 4_000;
const redirects = 5;
const userAgent = `${robotsName}/1.0 (landing pages of advertisers; reads robots.txt)`;

export interface PageReaderOptions extends OutsideGuardOptions {
  /** A certificate authority in place of the well-known ones, PEM. */
  readonly ca?: string;
}

/**
 * Reads landing pages from the public internet alone, as their robots.txt allows. Every redirect is checked like the first address, by
 * name and by what the name stands for when the connection is made. Bounded in bytes, also after decompression, and in time.
 */
export function createPageReader(options: PageReaderOptions = {}): ReadPageAt {
  const { pinned, check } = createOutsideGuard(options);

  const ask = (url: URL, accept: string, signal: AbortSignal): Promise<IncomingMessage> =>
    new Promise((answered, failed) => {
      const agent = new Agent({ keepAlive: false, ...(options.ca !== undefined && { ca: options.ca }) });
      const headers = { 'accept-encoding': 'gzip, br, deflate', accept, 'user-agent': userAgent };
      get(url, { agent, lookup: pinned, signal, headers }, answered).on('error', failed);
    });

  /** Follows redirects by hand, asking `allowed` before each address is. */
  async function follow(
    given: string,
    accept: string,
    signal: AbortSignal,
    allowed: (url: URL) => Promise<void>,
  ): Promise<{ answer: IncomingMessage; url: URL }> {
    let url = check(given);
    for (let hop = 0; hop <= redirects; hop += 1) {
      await allowed(url);
      const answer = await ask(url, accept, signal);
      const { statusCode: status = 0, headers } = answer;
      if (status < 300 || status >= 400 || headers.location === undefined) return { answer, url };
      answer.destroy();
      url = check(URL.parse(headers.location, url)?.href ?? '');
    }
    throw new OutsideRefused(`it redirects more than ${redirects} times`);
  }

  /** What a host lets be read; asked once a host of one reading. */
  async function robotsOf(url: URL, whole: AbortSignal): Promise<RobotsAnswer> {
    const signal = AbortSignal.any([whole, AbortSignal.timeout(robotsMilliseconds)]);
    try {
      const { answer } = await follow(new URL('/robots.txt', url).href, 'text/plain', signal, async () => {});
      const status = answer.statusCode ?? 0;
      if (status < 200 || status >= 300) {
        answer.destroy();
        return { status, text: '' };
      }
      return { status, text: new TextDecoder().decode(await bytesOf(answer, mostRobotsBytes, 'cut')) };
    } catch (error) {
      if (whole.aborted || error instanceof OutsideRefused) throw error;
      return { status: null, text: '' };
    }
  }

  return async (given, callers) => {
    const own = AbortSignal.timeout(milliseconds);
    const signal = callers === undefined ? own : AbortSignal.any([own, callers]);
    const known = new Map<string, RobotsAnswer>();
    let last: { status: number | null; finalUrl: string | null } = { status: null, finalUrl: null };
    const refused = (reason: string): PageAnswer => ({ kind: 'refused', ...last, reason });
    try {
      const { answer, url } = await follow(given, 'text/html, application/xhtml+xml', signal, async (next) => {
        const robots = known.get(next.origin) ?? (await robotsOf(next, signal));
        known.set(next.origin, robots);
        const reason = mayRead(robots, next);
        if (reason !== null) throw new OutsideRefused(reason);
      });
      const status = answer.statusCode ?? 0;
      last = { status, finalUrl: url.href };
      const type = (answer.headers['content-type'] ?? '').toLowerCase();
      if (status !== 200) {
        answer.destroy();
        return refused(`the page answers with status ${status}`);
      }
      if (!/^(text\/html|application\/xhtml\+xml)\b/.test(type)) {
        answer.destroy();
        return refused(`it is no web page but ${type === '' ? 'of no named type' : type.split(';')[0]}`);
      }
      const html = decodeText(await bytesOf(answer, mostBytes, 'refuse'), type);
      return { kind: 'read', status, finalUrl: url.href, html };
    } catch (error) {
      if (error instanceof OutsideRefused) return refused(error.message);
      if (signal.aborted) return refused(`the page did not answer within ${milliseconds / 1_000} seconds`);
      // Words of the socket are for the log of whoever runs the page, not ours.
      return refused('the page could not be reached');
    }
  };
}

/** The body, decompressed, up to `most` bytes: beyond them it is cut, or refused. A bomb is stopped while it grows. */
async function bytesOf(answer: IncomingMessage, most: number, beyond: 'cut' | 'refuse'): Promise<Uint8Array> {
  const coding = (answer.headers['content-encoding'] ?? 'identity').toLowerCase();
  const decoder =
    coding === 'gzip' || coding === 'x-gzip'
      ? createGunzip()
      : coding === 'br'
        ? createBrotliDecompress()
        : coding === 'deflate'
          ? createInflate()
          : undefined;
  if (decoder === undefined && coding !== 'identity') {
    answer.destroy();
    throw new OutsideRefused(`it is packed as ${coding.slice(0, 20)}, which nobody asked for`);
  }
  const stream = decoder === undefined ? answer : answer.pipe(decoder);
  answer.on('error', (error) => stream.destroy(error));
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > most) {
        if (beyond === 'refuse') throw new OutsideRefused(`it is larger than ${most / 1_048_576} MB`);
        parts.push(part.subarray(0, part.length - (size - most)));
        break;
      }
      parts.push(part);
    }
  } finally {
    answer.destroy();
    stream.destroy();
  }
  return Buffer.concat(parts);
}
