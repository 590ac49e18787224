import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Config } from './config.ts';

export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

/** One request, signed for the service; never repeated. Rejects like `fetch`. */
export type SignedFetch = (url: string, request: SignedRequest) => Promise<Response>;

/**
 * Signs with the SDK's own signer, which every bundle with a client holds already. The path of `url` has to be URL-encoded
 * as S3 wants it: each segment by itself.
 */
export function createSignedFetch(config: Config<'aws' | 'credentials'>, service: string): SignedFetch {
  const signer = createSigner(config, service);
  return async (url, { method, headers, body, signal }) => {
    const { protocol, hostname, host, pathname, searchParams } = new URL(url);
    const signed = await signer.sign({
      method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { host, ...headers },
      body,
    });
    return fetch(url, { method, headers: signed.headers, signal, ...(body !== undefined && { body }) });
  };
}

export const createSigner = ({ aws, credentials }: Config<'aws' | 'credentials'>, service: string): SignatureV4 =>
  new SignatureV4({
    service,
    region: aws.region,
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      ...(credentials.sessionToken && { sessionToken: credentials.sessionToken }),
    },
    sha256: Sha256,
    // S3 alone signs the path as it is sent.
    uriEscapePath: service !== 's3',
  });

/** The digest as the signer wants it: keyed when there is a secret. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === 'object' ? bytesOf(secret) : secret;
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }
  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof chunk === 'string' ? chunk : bytesOf(chunk));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new TypeError('A digest is made once.');
  }
}

const bytesOf = (source: ArrayBuffer | ArrayBufferView): Uint8Array =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
