import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readLandingPage } from '../../../functions/generation/read-landing-page/read-landing-page.ts';

const url = 'https://shop.example/tea';
async function read(html: string) {
  const kept: { sha256: string; text: string }[] = [];
  const reading = await readLandingPage({
    readPage: async () => ({ kind: 'read', url: `${url}?visit=1`, status: 200, html }),
    keepText: async (page) => void kept.push(page),
  })(url);
  return { reading, kept };
}

describe('reading a landing page', () => {
  it('keeps the text that its facts quote, in any script', async () => {
    const { reading, kept } = await read(
      '<html lang=ja><title>お茶</title><h1>静岡のお茶</h1><ul><li>香り豊かな一番茶<li>送料無料</ul><script>hidden()</script>',
    );
    if (reading.kind === 'failed') throw new Error(reading.reason);
    const [page] = kept;
    expect(
      createHash('sha256')
        .update(page?.text ?? '')
        .digest('hex'),
    ).toBe(reading.sha256);
    expect(reading.facts.map(({ source }) => page?.text.slice(source.start, source.end))).toEqual([
      '静岡のお茶',
      '香り豊かな一番茶',
      '送料無料',
    ]);
    expect(reading).toMatchObject({ language: 'ja', title: 'お茶', finalUrl: `${url}?visit=1` });
    expect(reading.draft.brief.landingPageUrl).toBe(url);
    expect(reading.destination.text).toBe('静岡のお茶\n香り豊かな一番茶\n送料無料\n');
  });

  it.each([
    ['a sign-in', '<h1>Members</h1><form><input type="password"></form>', 'sign-in'],
    ['an empty page', '<html><div id="root"></div><script src="app.js"></script>', 'by hand'],
  ])('says why nothing is read of %s, and keeps nothing', async (_, html, reason) => {
    const { reading, kept } = await read(html);
    expect(reading).toMatchObject({ kind: 'failed', reason: expect.stringContaining(reason) });
    expect(kept).toEqual([]);
  });
});
