import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformReader } from '../../../domain/integrations/platform.ts';
import { googleAdsBundle } from '../../../platforms/google-ads/bundle.ts';
import { campaignRow, FakeGoogle, rows, rpcError, rpcStatus } from './fake-google.ts';

const root = new URL('../../..', import.meta.url).pathname;
const account = { platformId: '1', currency: 'EUR', timeZone: 'Europe/Berlin' };

let folder: string;
let file: string;
let google: FakeGoogle;

interface Bundled {
  openGoogleAdsReader(access: object, options: object): Promise<PlatformReader>;
}

async function bundleTo(outfile: string, plugins: readonly Plugin[]): Promise<void> {
  await build({
    stdin: {
      contents: "export { openGoogleAdsReader } from './platforms/google-ads/reader.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outfile,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'silent',
    plugins: [...plugins],
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'google-ads-bundle-'));
  file = join(folder, 'reader.mjs');
  google = new FakeGoogle();
  await google.start();
  await bundleTo(file, [googleAdsBundle()]);
}, 30_000);
afterAll(async () => {
  await google.stop();
  await rm(folder, { recursive: true });
});

async function open(): Promise<PlatformReader> {
  const bundled = (await import(file)) as Bundled;
  return bundled.openGoogleAdsReader(google.access(), { policy: { attempts: 1, answerTimeoutMs: 4_000 } });
}

/** A GoogleAdsFailure on the wire: errors[0].error_code.authorization_error = CUSTOMER_NOT_ENABLED (24). */
const customerNotEnabled = Buffer.from([0x0a, 0x04, 0x0a, 0x02, 0x48, 0x18]);

describe('the bundled Google client', () => {
  it('is a ninth of the package', async () => {
    expect((await stat(file)).size).toBeLessThan(3_600_000);
  });

  it('reads reports', async () => {
    google.answers = [rows([campaignRow('2026-11-01')])];
    const pages: unknown[] = [];
    const window = { from: '2026-11-01', to: '2026-11-01' };
    for await (const page of (await open()).report({ kind: 'metrics', grain: 'campaign', account, window }))
      pages.push(...page);
    expect(pages).toEqual([campaignRow('2026-11-01')]);
  });

  it('calls over gRPC', async () => {
    const names = 'customers/11';
    google.rpc = (callback) => callback(null, Buffer.concat([Buffer.from([0x0a, names.length]), Buffer.from(names)]));
    google.answers = [rows([])];
    expect(await (await open()).listAccounts()).toEqual([]);
    expect(google.searches.at(-1)?.path).toBe('/v25/customers/11/googleAds:searchStream');
  });

  it('decodes the failure of a gRPC call', async () => {
    google.rpc = (callback) => {
      const error = rpcError(rpcStatus.PERMISSION_DENIED, 'The caller does not have permission');
      error.metadata.set('google.ads.googleads.v25.errors.googleadsfailure-bin', customerNotEnabled);
      callback(error);
    };
    await expect((await open()).listAccounts()).rejects.toMatchObject({
      name: 'PlatformError.rejected',
      platformCode: 'CUSTOMER_NOT_ENABLED',
    });
  });
});

describe('bundling after the package has changed', () => {
  const withChange = (filter: RegExp, resolved: string): Plugin => ({
    name: 'changed-package',
    setup(build) {
      build.onResolve({ filter }, () => ({ path: join(folder, resolved), namespace: 'gone' }));
      build.onLoad({ filter: /.*/, namespace: 'gone' }, () => ({
        contents: 'export const decamelizeKeys = (x) => x;',
        loader: 'js',
      }));
    },
  });

  it('stops with the file that is gone', async () => {
    const moved = withChange(/parserRest\.js$/, 'moved.js');
    await expect(bundleTo(join(folder, 'moved.mjs'), [moved, googleAdsBundle()])).rejects.toThrow(
      /parserRest\.js is no longer part of the bundle/,
    );
  });
});
