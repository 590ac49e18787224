import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHosting, type Hosting, type HostingDeps } from '../../../local/hosting/create-hosting.ts';
import type { ResolvedResource } from '../../../local/ports.ts';

function resource(type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource {
  return {
    type: `AWS::CloudFront::${type}`,
    stack: 'Dashboard',
    logicalId: physicalId,
    physicalId,
    arn: physicalId,
    properties,
  };
}

const policy = resource('ResponseHeadersPolicy', 'policy', {
  ResponseHeadersPolicyConfig: {
    Name: 'dashboard',
    SecurityHeadersConfig: {
      ContentSecurityPolicy: {
        ContentSecurityPolicy:
          "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self' https://api.example; upgrade-insecure-requests",
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Override: true },
    },
    CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: 'camera=()', Override: true }] },
  },
});

const distribution = (config: Record<string, unknown> = {}) =>
  resource('Distribution', 'distribution', {
    DistributionConfig: {
      Enabled: true,
      DefaultRootObject: 'index.html',
      DefaultCacheBehavior: {
        TargetOriginId: 'bucket',
        ViewerProtocolPolicy: 'redirect-to-https',
        Compress: true,
        ResponseHeadersPolicyId: 'policy',
      },
      CustomErrorResponses: [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 200,
        ResponsePagePath: '/index.html',
      })),
      Origins: [{ Id: 'bucket', DomainName: 'bucket.s3.eu-central-1.amazonaws.com', S3OriginConfig: {} }],
      ...config,
    },
  });

const folder = mkdtempSync(join(tmpdir(), 'conext-hosting-'));
const script = `export const text = ${JSON.stringify('word '.repeat(2_000))};`;
const open = new Set<Hosting>();

async function start(deps: Partial<HostingDeps> = {}): Promise<Hosting> {
  const hosting = await createHosting({
    resources: [policy, distribution()],
    folder: join(folder, 'site'),
    config: () => ({
      apiUrl: 'http://127.0.0.1:4601',
      issuer: 'http://127.0.0.1:4602/pool',
      clientId: 'dashboard',
      scopes: ['openid'],
    }),
    localOrigins: {
      'connect-src': ['http://127.0.0.1:4601', 'http://127.0.0.1:4602'],
      'img-src': ['http://127.0.0.1:4603'],
    },
    port: 0,
    ...deps,
  });
  open.add(hosting);
  return hosting;
}

/** A path exactly as written: `fetch` would tidy it up. */
function raw(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly body: Buffer; readonly encoding: string | undefined }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        body: Buffer.concat(chunks),
        encoding: response.headers['content-encoding'],
      });
    })
      .on('error', reject)
      .end();
  });
}

let site: Hosting;
beforeAll(async () => {
  mkdirSync(join(folder, 'site', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'site', 'index.html'), '<!doctype html><title>Conext Ads</title>');
  writeFileSync(join(folder, 'site', 'assets', 'main-B1x9_aZq.js'), script);
  writeFileSync(join(folder, 'site', '.env'), 'hidden');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'site', 'link.txt'));
  site = await start();
});
afterAll(async () => {
  for (const hosting of open) await hosting.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('dashboard hosting', () => {
  it('answers the root and every address of the application with the page', async () => {
    for (const path of ['/', '/campaigns/cmp_1?tab=ads', '/assets/gone-12345678.js', '/assets']) {
      const response = await fetch(site.url + path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(await response.text()).toContain('Conext Ads');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('lets hashed assets be kept for good and asks for the rest again', async () => {
    const asset = await fetch(`${site.url}/assets/main-B1x9_aZq.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const page = await fetch(site.url);
    const again = await fetch(site.url, { headers: { 'if-none-match': String(page.headers.get('etag')) } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('sees a new build without a restart', async () => {
    writeFileSync(join(folder, 'site', 'version.txt'), 'one');
    expect(await (await fetch(`${site.url}/version.txt`)).text()).toBe('one');
    writeFileSync(join(folder, 'site', 'version.txt'), 'second');
    expect(await (await fetch(`${site.url}/version.txt`)).text()).toBe('second');
  });

  it('sends the headers of the policy, its connections and pictures led to the local origins', async () => {
    const { headers } = await fetch(site.url);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; img-src 'self' http://127.0.0.1:4603; connect-src 'self' https://api.example http://127.0.0.1:4601 http://127.0.0.1:4602",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    expect(headers.get('permissions-policy')).toBe('camera=()');
  });

  it('writes config.json from where the API and the identity provider are', async () => {
    const response = await fetch(`${site.url}/config.json`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      apiUrl: 'http://127.0.0.1:4601',
      issuer: 'http://127.0.0.1:4602/pool',
      clientId: 'dashboard',
      scopes: ['openid'],
    });
  });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['deflate', undefined, (bytes: Buffer) => bytes],
  ] as const)('compresses for a browser that accepts %s', async (accepted, encoding, decompress) => {
    const answer = await raw(site.url, '/assets/main-B1x9_aZq.js', { 'accept-encoding': accepted });
    expect(answer.encoding).toBe(encoding);
    expect(decompress(answer.body).toString()).toBe(script);
    if (encoding !== undefined) expect(answer.body.length).toBeLessThan(script.length / 10);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/link.txt',
    '/.env',
    '/%00',
    '/%E0%A4%A',
  ])('refuses %s', async (path) => {
    const answer = await raw(site.url, path);
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).not.toMatch(/outside|hidden/);
  });

  it('is only read', async () => {
    expect((await fetch(site.url, { method: 'POST', body: 'x' })).status).toBe(403);
    const head = await fetch(site.url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('answers 404 where the templates name no error page', async () => {
    const bare = await start({ resources: [policy, distribution({ CustomErrorResponses: [] })] });
    expect((await fetch(`${bare.url}/nowhere`)).status).toBe(404);
  });

  it.each([
    [
      'an edge function',
      [policy, distribution({ DefaultCacheBehavior: { FunctionAssociations: [{ EventType: 'viewer-request' }] } })],
      /FunctionAssociations/,
    ],
    [
      'an origin that is no bucket',
      [policy, distribution({ Origins: [{ DomainName: 'api.example', CustomOriginConfig: {} }] })],
      /api\.example, which is no bucket/,
    ],
    ['a missing headers policy', [distribution()], /policy policy, which the templates do not have/],
    ['an unknown property', [policy, distribution({ Surprise: 1 })], /Surprise is not supported/],
    ['no distribution', [policy], /the templates have 0/],
  ])('refuses by name at start: %s', async (_what, resources, message) => {
    await expect(start({ resources })).rejects.toThrow(message);
  });
});
