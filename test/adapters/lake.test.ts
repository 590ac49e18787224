import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLake, type Lake } from '../../adapters/lake.ts';
import { createS3, type S3Service } from '../../local/services/s3/s3-service.ts';
import { PLACE, type ServedService, serveService } from '../local/services/serve-service.ts';
import { serveAwsAnswers } from './aws-answers.ts';

let dataDir: string;
let s3: S3Service;
let served: ServedService;
let lake: Lake;
const lakeAt = (endpoint: string) =>
  createLake({
    lake: { bucket: 'lake' },
    aws: { region: PLACE.region, endpoint, s3Endpoint: undefined },
    credentials: { accessKeyId: 'k', secretAccessKey: 's', sessionToken: undefined },
  });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-lake-'));
  s3 = createS3({ ...PLACE, dataDir, clock: Date.now });
  await s3.provision({
    type: 'AWS::S3::Bucket',
    stack: 'Data',
    logicalId: 'Lake',
    physicalId: 'lake',
    arn: 'arn:aws:s3:::lake',
    properties: {},
  });
  served = await serveService(s3);
  lake = lakeAt(served.endpoint);
});
afterAll(async () => {
  await served.close();
  await s3.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

describe('the lake', () => {
  it('gives back what was put, under keys with any character', async () => {
    const key = 'raw/platform=google-ads/größe & +1 (a).json';
    await lake.putJson(key, { ok: true });
    expect(await lake.getJson(key)).toEqual({ ok: true });
    expect((await collect(lake.list('raw/platform=google-ads/'))).map((one) => one.key)).toEqual([key]);
  });

  it('lists versions and deletes them, past one page and with keys of any character, and nothing beside them', async () => {
    const keys = [
      'gone/a & b <c>.json',
      ...Array.from({ length: 1_003 }, (_, n) => `gone/${String(n).padStart(4, '0')}`),
    ];
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => lake.put(key, 'x')));
    }
    await lake.put('gone-not/a', 'y');
    const versions = await collect(lake.listVersions('gone/'));
    expect(versions.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    expect(new Set(versions.map(({ version }) => version))).toEqual(new Set(['null']));
    await lake.remove(versions);
    await lake.remove(versions.slice(0, 2));
    expect(await collect(lake.listVersions('gone/'))).toEqual([]);
    expect(await lake.get('gone-not/a')).toBeDefined();
    await lake.remove([{ key: 'gone-not/a' }]);
    expect(await lake.get('gone-not/a')).toBeUndefined();
  });

  it('tells when an object was written', async () => {
    const before = Date.now() - 1_000;
    await lake.put('dated/a', 'x');
    const [one] = await collect(lake.list('dated/'));
    expect(one?.modified).toBeGreaterThan(before);
    expect(one?.modified).toBeLessThan(Date.now() + 1_000);
  });

  it('says which object S3 did not delete', async () => {
    const body = '<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error></DeleteResult>';
    await using refusing = await serveAwsAnswers(() => ({ body }));
    await expect(lakeAt(refusing.endpoint).remove([{ key: 'a' }])).rejects.toThrow('did not delete a: AccessDenied');
  });

  it('answers nothing for an object that is not there', async () => {
    expect(await lake.get('none')).toBeUndefined();
    expect(await lake.getJson('none')).toBeUndefined();
    expect(await lake.getPacked('none')).toBeUndefined();
  });

  it('streams packed lines in order, empty files too', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ index, text: 'zeile\nä' }));
    await lake.putLines('lines/full.jsonl.gz', rows);
    await lake.putLines('lines/empty.jsonl.gz', []);
    expect(await collect(lake.readLines('lines/full.jsonl.gz'))).toEqual(rows);
    expect(await collect(lake.readLines('lines/empty.jsonl.gz'))).toEqual([]);
    await expect(collect(lake.readLines('lines/none'))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells a file that was cut off from one that ends', async () => {
    await lake.putLines(
      'cut/whole',
      Array.from({ length: 2_000 }, (_, index) => ({ index, random: Math.random() })),
    );
    const bytes = (await lake.get('cut/whole')) ?? new Uint8Array();
    await lake.put('cut/half', bytes.subarray(0, bytes.length / 2));
    await expect(collect(lake.readLines('cut/half'))).rejects.toThrow('cut/half in the lake is damaged');
  });

  it('lists more than a page, and from where it is asked to go on', async () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
    for (const key of keys) await s3.putObject('lake', key, Buffer.from('x'), 'text/plain');
    expect((await collect(lake.list('many/'))).map((one) => one.key)).toEqual(keys);
    expect(await collect(lake.list('many/', { after: 'many/01003' }))).toMatchObject([{ key: 'many/01004', bytes: 1 }]);
  });

  it('tries again what failed on the way, and not what was refused', async () => {
    await using flaky = await serveAwsAnswers((_, __, call) =>
      call < 3 ? { status: 503, body: 'slow down' } : { body: 'found' },
    );
    expect(new TextDecoder().decode(await lakeAt(flaky.endpoint).get('a'))).toBe('found');
    expect(flaky.calls).toHaveLength(3);
    await using refusing = await serveAwsAnswers(() => ({
      status: 403,
      body: '<Error><Code>AccessDenied</Code></Error>',
    }));
    await expect(lakeAt(refusing.endpoint).put('a', 'x')).rejects.toThrow('403 AccessDenied');
    expect(refusing.calls).toHaveLength(1);
  });

  it('gives up on a lake that is away, as something that may pass', async () => {
    await using away = await serveAwsAnswers(() => ({ status: 500, body: '' }));
    await expect(lakeAt(away.endpoint).get('a')).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    expect(away.calls).toHaveLength(5);
  });
});
