import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip, gunzip, gzip, type InputType } from 'node:zlib';
import { AppError } from '../domain/errors.ts';
import type { Config } from './config.ts';
import { createSignedFetch, type SignedFetch, type SignedRequest } from './signed-fetch.ts';

// Not promisify: importing node:util loads every part of it, 5 ms of a cold start.
const settled = (work: (done: (error: Error | null, result: Uint8Array) => void) => void): Promise<Uint8Array> =>
  new Promise((resolve, reject) => work((error, result) => (error === null ? resolve(result) : reject(error))));
// The least effort: packing raw answers harder took as long as all the rest of an extraction, for a quarter less to keep.
const zip = (bytes: InputType) => settled((done) => gzip(bytes, { level: 1, chunkSize: 128 * 1024 }, done));
const unzip = (bytes: Uint8Array) =>
  settled((done) => gunzip(bytes, { chunkSize: pieceOf(bytes), maxOutputLength: maximumUnpackedBytes }, done));

/**
 * Bytes to unpack at once: all, where gzip tells the truth about the size in its last four. A piece is a turn of the event loop,
 * and 16 KB unless told.
 */
function pieceOf(packed: Uint8Array): number {
  const told = packed.length < 4 ? 0 : Buffer.from(packed.buffer, packed.byteOffset).readUInt32LE(packed.length - 4);
  return Math.max(64, Math.min(told + 1, largestPiece));
}

const attempts = 5;
/** One attempt, body included. */
const timeoutMs = 30_000;
/** What one object may hold once unpacked when it is read whole. */
const maximumUnpackedBytes = 256 * 1024 * 1024;
/** What a damaged object can make a reader set aside. */
const largestPiece = 32 * 1024 * 1024;
const maximumListPages = 1_000;

/** One version of an object. */
export interface ObjectVersion {
  readonly key: string;
  readonly version: string;
  readonly bytes: number;
}

/** Objects that one request deletes, as S3 limits them. */
const removedAtOnce = 1_000;

/** Values of JSON lines, each parsed as it is come to: one that is used at once costs the garbage collector next to nothing. */
export interface Lines extends Iterable<unknown> {
  readonly count: number;
}

/** Objects in the lake bucket. Keys are as S3 has them; a missing object is `undefined`, every other failure an `AppError`. */
export interface Lake {
  readonly bucket: string;
  put(key: string, body: Uint8Array | string, contentType?: string): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  putJson(key: string, value: unknown): Promise<void>;
  getJson(key: string): Promise<unknown>;
  /** Gzipped bytes, immutable by convention. */
  putPacked(key: string, body: Uint8Array): Promise<void>;
  getPacked(key: string): Promise<Uint8Array | undefined>;
  /** Gzipped JSON lines. */
  putLines(key: string, rows: readonly unknown[]): Promise<void>;
  /** One value a line, unpacked as it is read. Throws `not-found` without the object. */
  readLines(key: string): AsyncGenerator<unknown>;
  /** The same unpacked whole, and several times as fast: for a page of rows. Throws `not-found` without the object. */
  getLines(key: string): Promise<Lines>;
  /** Keys under a prefix in byte order, after `after` when given. `modified` in epoch milliseconds. */
  list(
    prefix: string,
    options?: { readonly after?: string },
  ): AsyncGenerator<{ key: string; bytes: number; modified: number }>;
  /** Every version of every object under a prefix, markers of deleted ones too; a bucket without versions has one of each. */
  listVersions(prefix: string): AsyncGenerator<ObjectVersion>;
  /** Deletes objects, or the versions named. What is not there is no failure; throws when S3 refuses any of them. */
  remove(objects: readonly { readonly key: string; readonly version?: string }[]): Promise<void>;
}

/** The lake over S3's REST API. Path style with a given endpoint, virtual-hosted style on AWS. */
export function createLake(
  config: Config<'lake' | 'aws' | 'credentials'>,
  send: SignedFetch = createSignedFetch(config, 's3'),
): Lake {
  const bucket = config.lake.bucket;
  const endpoint = config.aws.s3Endpoint ?? config.aws.endpoint;
  const base = endpoint
    ? `${endpoint.replace(/\/$/, '')}/${bucket}`
    : `https://${bucket}.s3.${config.aws.region}.amazonaws.com`;
  const urlOf = (key: string) => `${base}/${key.split('/').map(encodeSegment).join('/')}`;

  /** Status and whole body of the first attempt that is neither a network failure, throttling nor a server error. */
  async function request(
    what: string,
    url: string,
    init: Omit<SignedRequest, 'signal'>,
  ): Promise<{ status: number; body: Uint8Array }> {
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await wait(Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2));
      try {
        const answer = await send(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
        const body = new Uint8Array(await answer.arrayBuffer());
        if (answer.status < 500 && answer.status !== 429) return { status: answer.status, body };
        cause = new Error(`S3 answered ${answer.status}`);
      } catch (error) {
        cause = error;
      }
    }
    throw new AppError('unavailable', `The lake could not ${what} within ${attempts} attempts.`, { cause });
  }

  function refuse(what: string, answer: { status: number; body: Uint8Array }): never {
    const code = /<Code>([A-Za-z]+)<\/Code>/.exec(new TextDecoder().decode(answer.body))?.[1] ?? 'no reason';
    throw new AppError('internal', `The lake refused to ${what}: ${answer.status} ${code}.`);
  }

  const lake: Lake = {
    bucket,
    async put(key, body, contentType = 'application/octet-stream') {
      const bytes = typeof body === 'string' ? body : new Uint8Array(body);
      const answer = await request(`write ${key}`, urlOf(key), {
        method: 'PUT',
        body: bytes,
        headers: { 'content-type': contentType },
      });
      if (answer.status !== 200) refuse(`write ${key}`, answer);
    },
    async get(key) {
      const answer = await request(`read ${key}`, urlOf(key), { method: 'GET' });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) refuse(`read ${key}`, answer);
      return answer.body;
    },
    putJson: (key, value) => lake.put(key, JSON.stringify(value), 'application/json'),
    async getJson(key) {
      const bytes = await lake.get(key);
      return bytes && JSON.parse(new TextDecoder().decode(bytes));
    },
    putPacked: async (key, body) => lake.put(key, await zip(body)),
    async getPacked(key) {
      const bytes = await lake.get(key);
      return bytes && unzip(bytes);
    },
    // The rows are let go before the first wait: several pages are on their way at once.
    putLines: (key, rows) => zip(linesOf(rows)).then((packed) => lake.put(key, packed, 'application/x-ndjson')),
    async getLines(key) {
      const bytes = await lake.get(key);
      if (!bytes) throw new AppError('not-found', `The lake has no ${key}.`);
      try {
        const text = new TextDecoder().decode(await unzip(bytes));
        const lines = text.split('\n');
        if (lines.pop() !== '') throw new TypeError('The last line has no end.');
        return { count: lines.length, [Symbol.iterator]: () => parsed(key, lines) };
      } catch (error) {
        throw damaged(key, error);
      }
    },
    async *readLines(key) {
      const bytes = await lake.get(key);
      if (!bytes) throw new AppError('not-found', `The lake has no ${key}.`);
      const decoder = new TextDecoder();
      let rest = '';
      try {
        // An error of the unpacking is thrown here: a damaged file never ends like a whole one.
        for await (const chunk of Readable.from([bytes]).pipe(createGunzip())) {
          const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) yield JSON.parse(line);
        }
      } catch (error) {
        throw damaged(key, error);
      }
      if (rest !== '') throw new AppError('internal', `${key} in the lake ends in the middle of a line.`);
    },
    async *list(prefix, options = {}) {
      let continuation: string | undefined;
      for (let page = 0; page < maximumListPages; page += 1) {
        const query = new URLSearchParams({ 'list-type': '2', 'encoding-type': 'url', prefix });
        if (continuation !== undefined) query.set('continuation-token', continuation);
        else if (options.after !== undefined) query.set('start-after', options.after);
        const answer = await request(`list ${prefix}`, `${base}/?${query}`, { method: 'GET' });
        if (answer.status !== 200) refuse(`list ${prefix}`, answer);
        const xml = new TextDecoder().decode(answer.body);
        for (const [, contents = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const key = tag(contents, 'Key');
          if (key !== undefined) {
            yield {
              key: decodeKey(key),
              bytes: Number(tag(contents, 'Size') ?? 0),
              modified: Date.parse(tag(contents, 'LastModified') ?? ''),
            };
          }
        }
        continuation = tag(xml, 'NextContinuationToken');
        if (tag(xml, 'IsTruncated') !== 'true' || continuation === undefined) return;
      }
      throw new AppError('internal', `The list of ${prefix} did not end within ${maximumListPages} pages.`);
    },
    async *listVersions(prefix) {
      let after: { readonly key: string; readonly version: string } | undefined;
      for (let page = 0; page < maximumListPages; page += 1) {
        const query = new URLSearchParams({ versions: '', 'encoding-type': 'url', prefix });
        if (after !== undefined) query.set('key-marker', after.key);
        if (after !== undefined && after.version !== '') query.set('version-id-marker', after.version);
        const answer = await request(`list the versions of ${prefix}`, `${base}/?${query}`, { method: 'GET' });
        if (answer.status !== 200) refuse(`list the versions of ${prefix}`, answer);
        const xml = new TextDecoder().decode(answer.body);
        for (const [, , version = ''] of xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)) {
          const key = tag(version, 'Key');
          if (key === undefined) continue;
          const bytes = Number(tag(version, 'Size') ?? 0);
          yield { key: decodeKey(key), version: tag(version, 'VersionId') ?? 'null', bytes };
        }
        const next = tag(xml, 'NextKeyMarker');
        if (tag(xml, 'IsTruncated') !== 'true' || next === undefined) return;
        after = { key: decodeKey(next), version: tag(xml, 'NextVersionIdMarker') ?? '' };
      }
      throw new AppError('internal', `The versions of ${prefix} did not end within ${maximumListPages} pages.`);
    },
    async remove(objects) {
      for (let start = 0; start < objects.length; start += removedAtOnce) {
        const some = objects.slice(start, start + removedAtOnce);
        const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${some
          .map(({ key, version }) => {
            const named = version === undefined ? '' : `<VersionId>${escapeXml(version)}</VersionId>`;
            return `<Object><Key>${escapeXml(key)}</Key>${named}</Object>`;
          })
          .join('')}</Delete>`;
        const answer = await request(`delete ${some.length} objects`, `${base}/?delete=`, {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/xml',
            'content-md5': createHash('md5').update(body).digest('base64'),
          },
        });
        if (answer.status !== 200) refuse(`delete ${some.length} objects`, answer);
        const failed = /<Error>(.*?)<\/Error>/s.exec(new TextDecoder().decode(answer.body))?.[1];
        if (failed !== undefined) {
          throw new AppError('internal', `The lake did not delete ${tag(failed, 'Key')}: ${tag(failed, 'Code')}.`);
        }
      }
    },
  };
  return lake;
}

function linesOf(rows: readonly unknown[]): string {
  let lines = '';
  for (const row of rows) lines += `${JSON.stringify(row)}\n`;
  return lines;
}

const damaged = (key: string, cause: unknown) => new AppError('internal', `${key} in the lake is damaged.`, { cause });

function* parsed(key: string, lines: readonly string[]): Generator<unknown> {
  for (const line of lines) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw damaged(key, error);
    }
    yield value;
  }
}

/** As S3 encodes keys when it checks a signature: encodeURIComponent leaves five signs that S3 does not. */
const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const decodeKey = (encoded: string): string => decodeURIComponent(encoded.replaceAll('+', ' '));

/** XML 1.0 has no control characters as they are. */
const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a key may hold them
  text.replace(/[&<>"'\u0001-\u001f]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The text of the first such element; keys come URL-encoded, so only the entities of XML remain. */
const tag = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll(/&(amp|lt|gt|quot|apos);/g, (whole, entity: string) => entities[entity] ?? whole);
