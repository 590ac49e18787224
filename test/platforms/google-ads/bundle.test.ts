import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { googleAdsBundle } from '../../../platforms/google-ads/bundle.ts';
import { campaignRow, FakeGoogle, rows, rpcError, rpcStatus } from './fake-google.ts';
import { searchCampaign, startWriting, account as writable } from './writing.ts';

const root = new URL('../../..', import.meta.url).pathname;
const account = { platformId: '1', currency: 'EUR', timeZone: 'Europe/Berlin' };

let folder: string;
let file: string;
let google: FakeGoogle;

async function bundleTo(outfile: string, plugins: readonly Plugin[]): Promise<void> {
  await build({
    stdin: {
      contents: [
        "export { openGoogleAdsReader } from './platforms/google-ads/reader.ts';",
        "export { openGoogleAdsWriter } from './platforms/google-ads/writer.ts';",
      ].join('\n'),
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

const access = () => JSON.stringify(google.access());

/** Runs statements in a process of its own, as a function does; what they assign to `result` comes back. */
async function inBundle<T>(statements: string): Promise<T> {
  const script = join(folder, `run-${performance.now()}.mjs`);
  await writeFile(
    script,
    `import { openGoogleAdsReader, openGoogleAdsWriter } from './reader.mjs';
    const reader = await openGoogleAdsReader(${access()}, { policy: { attempts: 1, answerTimeoutMs: 4000 } });
    let result;
    ${statements}
    process.stdout.write(JSON.stringify(result));
    process.exit(0);`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 15_000 });
  return JSON.parse(stdout) as T;
}

/** A GoogleAdsFailure on the wire: errors[0].error_code.authorization_error = CUSTOMER_NOT_ENABLED (24). */
const customerNotEnabled = Buffer.from([0x0a, 0x04, 0x0a, 0x02, 0x48, 0x18]);

describe('the bundled Google client', { timeout: 20_000 }, () => {
  it('is a tenth of the package', async () => {
    expect((await stat(file)).size).toBeLessThan(3_000_000);
  });

  it('reads reports', async () => {
    google.answers = [rows([campaignRow('2026-11-01')])];
    const request = { kind: 'metrics', grain: 'campaign', account, window: { from: '2026-11-01', to: '2026-11-01' } };
    const pages = await inBundle(
      `result = []; for await (const page of reader.report(${JSON.stringify(request)})) result.push(page);`,
    );
    expect(pages).toEqual([[campaignRow('2026-11-01')]]);
  });

  it('calls over gRPC', async () => {
    const names = 'customers/11';
    google.rpc = (callback) => callback(null, Buffer.concat([Buffer.from([0x0a, names.length]), Buffer.from(names)]));
    google.answers = [rows([])];
    expect(await inBundle('result = await reader.listAccounts();')).toEqual([]);
    expect(google.searches.at(-1)?.path).toBe('/v25/customers/11/googleAds:searchStream');
  });

  it('decodes the failure of a gRPC call', async () => {
    google.rpc = (callback) => {
      const error = rpcError(rpcStatus.PERMISSION_DENIED, 'The caller does not have permission');
      error.metadata.set('google.ads.googleads.v25.errors.googleadsfailure-bin', customerNotEnabled);
      callback(error);
    };
    const failed = await inBundle(
      'result = await reader.listAccounts().catch(({ kind, platformCode }) => ({ kind, platformCode }));',
    );
    expect(failed).toEqual({ kind: 'rejected', platformCode: 'CUSTOMER_NOT_ENABLED' });
  });

  it('writes, and reads what a write is refused with', async () => {
    const { simulator } = await startWriting();
    try {
      const { clientId, clientSecret, refreshToken, developerToken } = simulator.credentials;
      const here = {
        credentials: { clientId, clientSecret, refreshToken, developerToken },
        endpoints: { api: simulator.rest, oauth: simulator.rest, grpc: `http://${simulator.grpc}` },
      };
      const result = await inBundle<readonly unknown[]>(`
        const writer = await openGoogleAdsWriter(${JSON.stringify(here)});
        const create = () => writer.apply(${JSON.stringify(writable)}, ${JSON.stringify(searchCampaign('Autumn'))}, {});
        result = [await create(), await create().catch(({ kind, platformCode }) => ({ kind, platformCode }))];`);
      expect(result).toEqual([
        { platformId: expect.stringMatching(/^\d+$/), platformRequestId: expect.stringMatching(/\S/) },
        { kind: 'rejected', platformCode: 'DUPLICATE_CAMPAIGN_NAME' },
      ]);
    } finally {
      await simulator.close();
    }
  });
});

describe('bundling after the package has changed', { timeout: 20_000 }, () => {
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
