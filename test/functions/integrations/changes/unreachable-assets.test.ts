import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutsideFetch } from '../../../../adapters/outside-fetch.ts';
import type { Operation } from '../../../../contracts/schemas/changes.ts';
import { against, auditOf } from './desk-steps.ts';
import { type Assets, serveAssets } from './served-assets.ts';
import { type Desk, openDesk } from './write-desk.ts';

let desk: Desk;
let assets: Assets;

beforeAll(async () => {
  assets = await serveAssets();
  desk = await openDesk(createOutsideFetch(assets.options));
});
afterAll(async () => {
  await desk.close();
  await assets.close();
});

const upload = (url: string, ref = 'a'): Operation => ({
  do: 'upload-asset',
  ref,
  accountId: desk.accountOf('tiktok-ads'),
  kind: 'image',
  name: 'shoe',
  url,
});

describe('an image', { timeout: 30_000 }, () => {
  it.each([
    ['that is not there', '/404', /the address answers 404/],
    ['that never comes', '/silence', /did not answer within 8 s/],
    ['that is none', '/page', /not a PNG, JPEG, GIF or WebP image/],
    ['that is too large', '/large', /larger than 10 MiB/],
    ['that is sent on to an address inside the network', '/inside', /not on the public internet/],
  ])('%s is refused with the field', async (_, path, reason) => {
    const [found] = await against(desk, upload(assets.url(path)));
    expect(found?.field).toBe('url');
    expect(found?.reason).toMatch(reason);
  });

  it.each(['https://10.0.0.1/a.png', 'https://[::1]/a.png', 'https://inside.example/a.png'])(
    'at %s is never asked for',
    async (url) => {
      const [found] = await against(desk, upload(url));
      expect(found?.field).toBe('url');
      expect(found?.reason).toMatch(/is not on the public internet/);
    },
  );

  it('that is another one by the time of applying is a conflict, and nothing is uploaded', async () => {
    const change = await desk.preview([upload(assets.url('/a.png'))]);
    expect(change.confirmable).toBe(true);
    await desk.confirm(change);
    const writes = desk.simulator.writes.list().length;
    assets.change();
    await desk.work(change);
    expect(await desk.get(change)).toMatchObject({
      status: 'failed',
      operations: [{ status: 'conflict', conflict: { field: 'url' } }],
    });
    expect(desk.simulator.writes.list().length).toBe(writes);
    expect((await auditOf(desk, change)).map(({ action }) => action)).toContain('operation.conflict');
  });

  it('is waited for no longer than a preview may last, however many there are', async () => {
    desk.patienceMs = 700;
    const started = Date.now();
    const change = await desk.preview([0, 1, 2].map((one) => upload(assets.url('/silence'), `a${one}`)));
    expect(Date.now() - started).toBeLessThan(6_000);
    const said = /the addresses of this change did not answer within 0.7 s; preview it again/;
    for (const { problems } of change.operations) {
      expect(problems).toMatchObject([{ field: 'url', reason: expect.stringMatching(said) }]);
    }
  });
});
