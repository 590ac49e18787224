import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJpegWithin } from '../../../adapters/images/jpeg-file.ts';
import { bundleFunctions, type FunctionBundle } from '../../../scripts/build-functions.ts';
import { handler } from './bundled-handler.ts';
import { bottle } from './pictures.ts';

const event = { photo: '', now: Date.UTC(2026, 10, 20) };

describe('a function that makes pictures', () => {
  let bundle: FunctionBundle | undefined;
  beforeAll(async () => {
    event.photo = Buffer.from(await writeJpegWithin(bottle(300), 1_000_000)).toString('base64');
    // Outside of the repository: what is not packed is not found.
    const out = join(await mkdtemp(join(tmpdir(), 'conext-pictures-')), 'functions');
    [bundle] = await bundleFunctions([{ name: 'pictures', entry: 'test/adapters/images/bundled-handler.ts' }], out);
  });
  afterAll(() => bundle && rm(dirname(dirname(bundle.folder)), { recursive: true, force: true }));

  it('makes them from its bundle alone, as from the source', async () => {
    const [fromBundle, fromSource] = await Promise.all([runInThread(bundle?.folder ?? '', event), handler(event)]);
    expect(fromBundle).toMatchObject({
      kind: 'made',
      mediaType: 'image/png',
      source: expect.stringContaining('compositeSynthetic'),
    });
    expect(fromBundle).toEqual({ ...fromSource, bytes: expect.any(Number) });
  });

  it('has nothing for one kind of machine only, fits into Lambda, and reads little to start', async () => {
    const files = await readdir(bundle?.folder ?? '');
    expect(files.filter((file) => !/\.(mjs|map|wasm|ttf)$/.test(file))).toEqual([]);
    // Lambda unpacks 250 MB; imported code is read at every cold start.
    expect(bundle?.totalBytes).toBeLessThan(25_000_000);
    expect(bundle?.importedBytes).toBeLessThan(2_500_000);
  });
});

/** As the local runtime runs a function: its bundle in a thread of its own. */
function runInThread(folder: string, given: typeof event): Promise<unknown> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.entry)
      .then(({ handler }) => handler(workerData.event))
      .then((answer) => parentPort.postMessage(answer));
  `;
  const entry = pathToFileURL(join(folder, 'index.mjs')).href;
  const worker = new Worker(code, { eval: true, workerData: { entry, event: given } });
  return new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  }).finally(() => worker.terminate());
}
