import { describe, expect, it } from 'vitest';
import { writePng } from '../../adapters/images/png-file.ts';
import { contrast, emptyKit, kitFaults, lettersOn, sentKit } from '../../dashboard/src/pages/brand-kits/kit-form.ts';
import { scaleFor } from '../../dashboard/src/pages/briefs/small-picture.ts';
import { idOf } from './fixture/ids.ts';
import { inBrowser } from './in-browser.ts';

describe('a brand kit as it is written', () => {
  it('knows contrast as WCAG reckons it, and which letters can be read', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(lettersOn('#ffffff', '#777777')).toBe('#111111');
    expect(lettersOn('#1f4e79', '#f2f2f2')).toBe('#f2f2f2');
  });

  it('says what is missing, and sends nothing that was left empty', () => {
    const kit = { ...emptyKit, claims: [{ text: 'Number one', substantiation: '' }], legalLine: ' ' };
    expect(Object.keys(kitFaults(kit))).toEqual(['name', 'businessName', 'claims.0']);
    expect(sentKit({ ...kit, claims: [{ text: ' ', substantiation: 'x' }] })).not.toHaveProperty('legalLine');
    expect(sentKit({ ...kit, claims: [{ text: ' ', substantiation: 'x' }] }).claims).toEqual([]);
  });

  it('has large pictures made as small as they are drawn', () => {
    expect([scaleFor(800, 600), scaleFor(3_200, 100)]).toEqual([1, 0.5]);
  });
});

await inBrowser('brand kits in the dashboard', (dashboard) => {
  it('makes a kit with colours and a logo that is uploaded', async () => {
    const { page, system, complaints } = await dashboard.open('/briefs');
    await page.getByRole('link', { name: /^Brand kits/ }).click();
    await page.getByRole('button', { name: 'New brand kit' }).click();
    const form = page.getByRole('form', { name: 'A new brand kit' });
    expect(await form.getByRole('button', { name: 'Save the kit' }).isDisabled()).toBe(true);
    await form.getByLabel('Name of the kit').fill('Bergschuh');
    await form.getByLabel('Name that ads show').fill('Bergschuh');
    await form.getByLabel('Accent, as on buttons').check();
    await form.locator('input[type=color]').nth(1).fill('#ff8800');
    // Noise does not become smaller by packing: it has to be made smaller before it is sent.
    const [width, height] = [1_000, 500];
    const data = Uint8Array.from({ length: 4 * width * height }, (_, at) => (at % 4 === 3 ? 255 : (at * 7_919) % 251));
    const large = writePng({ width, height, data }, { alpha: false, level: 0 });
    await form
      .getByLabel(/^Upload a picture/)
      .setInputFiles({ name: 'mark.png', mimeType: 'image/png', buffer: Buffer.from(large) });
    await form.getByLabel('mark.png').waitFor();
    expect(await form.getByLabel('mark.png').isChecked()).toBe(true);
    await form.getByRole('button', { name: 'Save the kit' }).click();
    await page.getByRole('heading', { name: 'Bergschuh' }).waitFor();
    const sent = Object.fromEntries(system.changes.map(({ route, body }) => [route, body]));
    expect(large.length).toBeGreaterThan(700 * 1024);
    expect((sent.uploadAsset as { content: string }).content.length).toBeLessThan(1_000_000);
    expect(sent.createBrandKit).toMatchObject({
      ...{ name: 'Bergschuh', colours: { primary: '#1f4e79', accent: '#ff8800' }, logoAssetId: idOf('upl', 3) },
    });
    expect([system.violations, complaints]).toEqual([[], []]);
  }, 60_000);

  it('says of what cannot be read that it cannot, and chooses photos for a brief', async () => {
    const { page, system } = await dashboard.open(`/briefs/${idOf('brf', 1)}`);
    const buffer = Buffer.alloc(800 * 1024, 'not a picture');
    await page.getByLabel(/^Upload a picture/).setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer });
    await page.getByText('notes.png is no picture that can be read').waitFor();
    await page.getByLabel('trail.jpg').check();
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await expect
      .poll(() => system.changes.at(-1)?.body)
      .toMatchObject({
        brief: { product: { photoAssetIds: [idOf('upl', 2)] } },
      });
  }, 60_000);
});
