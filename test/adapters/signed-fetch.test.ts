import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLake } from '../../adapters/lake.ts';
import { createSignedFetch } from '../../adapters/signed-fetch.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string): Uint8Array => createHmac('sha256', key).update(data).digest();
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What the service computes from a request it received, step by step as AWS documents it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function expectedSignature(request: IncomingMessage, body: Uint8Array): string {
  const given = /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+),/.exec(
    request.headers.authorization ?? '',
  );
  const [, date = '', region = '', service = '', names = ''] = given ?? [];
  const url = new URL(request.url ?? '', 'http://host');
  const decoded = url.pathname.split('/').map(decodeURIComponent);
  const once = decoded.map(encode).join('/');
  const canonical = [
    request.method,
    service === 's3' ? once : once.split('/').map(encode).join('/'),
    [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Uint8Array>(hmac, hmac(`AWS4${secret}`, date));
  return createHmac('sha256', key).update(toSign).digest('hex');
}

const seen: { request: IncomingMessage; given: string | undefined; expected: string; body: Uint8Array }[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const given = /Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? '')?.[1];
  seen.push({ request, given, body, expected: expectedSignature(request, body) });
  response.end('{}');
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void seen.splice(0));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
});

const config = (sessionToken?: string) => ({
  aws: { region: 'eu-central-1', endpoint, s3Endpoint: undefined },
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, sessionToken },
});

describe('a signed request', () => {
  it('carries the signature that the service computes from it', async () => {
    const send = createSignedFetch(config('a-session'), 'states');
    await send(`${endpoint}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AWSStepFunctions.StartExecution' },
      body: JSON.stringify({ name: 'Käse' }),
      signal: AbortSignal.timeout(5_000),
    });
    const [call] = seen;
    expect(call?.given).toBe(call?.expected);
    expect(Buffer.from(call?.body ?? []).toString()).toBe('{"name":"Käse"}');
    expect(call?.request.headers['x-amz-security-token']).toBe('a-session');
    const names = /SignedHeaders=([^,]+),/.exec(call?.request.headers.authorization ?? '')?.[1]?.split(';');
    expect(names).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']));
  });

  it('reaches S3 with any key, body and query', async () => {
    const lake = createLake({ ...config(), lake: { bucket: 'lake' } });
    await lake.get("raw/a b/(it's)!*+ü%&=?.json");
    const list = lake.list('raw/a b+c/', { after: "raw/a b+c/'1'" });
    await list.next();
    expect(seen.map(({ given }) => given)).toEqual(seen.map(({ expected }) => expected));
    expect(seen).toHaveLength(2);
    expect(decodeURIComponent(seen[0]?.request.url ?? '')).toBe("/lake/raw/a b/(it's)!*+ü%&=?.json");
  });

  it('signs the bytes of a body', async () => {
    const lake = createLake({ ...config(), lake: { bucket: 'lake' } });
    await lake.put('x', new Uint8Array([0, 255, 128, 7]));
    await lake.put('y', new Uint8Array());
    expect(seen.map(({ given }) => given)).toEqual(seen.map(({ expected }) => expected));
    expect(seen.map(({ request }) => request.headers['x-amz-content-sha256'])).toEqual([
      sha256(new Uint8Array([0, 255, 128, 7])),
      sha256(''),
    ]);
  });
});
