/** The built site's folder: files by path, each read once and compressed once until it changes. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface SiteFile {
  readonly path: string;
  readonly contentType: string;
  readonly etag: string;
  readonly bytes: Buffer;
}

type Lookup =
  | { readonly kind: 'found'; readonly file: SiteFile }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused' };

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** CloudFront compresses these between 1 KB and 10 MB. */
const compressible = /^(text\/|application\/(json|manifest\+json|wasm)|image\/(svg\+xml|x-icon))/;

const compress = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

interface Cached {
  readonly stamp: string;
  readonly file: SiteFile;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

export class SiteFiles {
  readonly #folder: string;
  readonly #cache = new Map<string, Cached>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `path` is raw, as in the request line. Nothing outside the folder is ever found, by dots or by links. */
  async find(path: string): Promise<Lookup> {
    const parts = decode(path);
    if (parts === undefined) return { kind: 'refused' };
    try {
      const [root, real] = await Promise.all([realpath(this.#folder), realpath(join(this.#folder, ...parts))]);
      if (!real.startsWith(root + sep)) return { kind: 'refused' };
      const { mtimeMs, size } = await stat(real);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#cache.get(real);
      if (known?.stamp === stamp) return { kind: 'found', file: known.file };
      const bytes = await readFile(real);
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      const contentType = contentTypes[extname(real)] ?? 'application/octet-stream';
      const file = { path: `/${parts.join('/')}`, contentType, etag, bytes };
      this.#cache.set(real, { stamp, file, encoded: new Map() });
      return { kind: 'found', file };
    } catch {
      // Absent, or a folder: to a bucket both are keys that do not exist.
      return { kind: 'missing' };
    }
  }

  async encoded(file: SiteFile, accepted: string): Promise<{ readonly encoding: Encoding; readonly bytes: Buffer }> {
    const small = file.bytes.length < 1_000 || file.bytes.length > 10_000_000;
    const encoding = small || !compressible.test(file.contentType) ? 'identity' : chooseEncoding(accepted);
    if (encoding === 'identity') return { encoding, bytes: file.bytes };
    const cached = [...this.#cache.values()].find((entry) => entry.file === file);
    const bytes = cached?.encoded.get(encoding) ?? compress[encoding](file.bytes);
    cached?.encoded.set(encoding, bytes);
    return { encoding, bytes: await bytes };
  }
}

function chooseEncoding(accepted: string): Encoding {
  const offers = new Map(
    accepted.split(',').map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      return [name.trim(), !parameters.some((parameter) => /^\s*q=0(\.0*)?$/.test(parameter))] as const;
    }),
  );
  if (offers.get('br') === true) return 'br';
  return offers.get('gzip') === true ? 'gzip' : 'identity';
}

/** Path segments, or `undefined` for what no site has: climbing, hidden or unprintable names. */
function decode(path: string): readonly string[] | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts = decoded.split('/').filter((part) => part !== '');
  const bad = parts.some((part) => part.startsWith('.') || [...part].some((letter) => letter < ' ' || letter === '\\'));
  return bad ? undefined : parts;
}
