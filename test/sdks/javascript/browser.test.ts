import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { createClient } from '../../../sdks/javascript/src/client.ts';
import { apiServer, json, stream } from './api-server.ts';

const entry = join(import.meta.dirname, '..', '..', '..', 'sdks', 'javascript', 'src', 'client.ts');

/** What every browser has; nothing of Node. */
const browserGlobals = {
  AbortController,
  AbortSignal,
  Headers,
  TextDecoderStream,
  URL,
  clearTimeout,
  crypto,
  fetch,
  setTimeout,
};

describe('the SDK in a browser', () => {
  it('needs nothing but what browsers have', async () => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      globalName: 'sdk',
      logLevel: 'silent',
    });
    const context = createContext({ ...browserGlobals });
    runInContext(`${outputFiles[0]?.text}; globalThis.create = sdk.createClient;`, context);
    const create = context.create as typeof createClient;

    await using server = await apiServer(
      json(503, { title: 'Later', code: 'unavailable' }, { 'retry-after': '0' }),
      json(202, { id: 'run_1' }),
      stream('data: {"n":1}\n\n'),
    );
    const client = create({ baseUrl: server.url, accessToken: () => 'token-1' });
    expect(await client.startEtlRun({ body: {} })).toEqual({ id: 'run_1' });
    for await (const event of client.watchEtlRun({ path: { runId: 'run_1' } })) {
      expect(event).toEqual({ n: 1 });
    }
    expect(server.seen).toHaveLength(3);
  });
});
