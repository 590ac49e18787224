import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { drawImage, type ImageMaker, type ImageRequest, makeImage } from '../../../adapters/images/image-maker.ts';
import type { ImageModel } from '../../../adapters/images/image-model.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import { writePng } from '../../../adapters/images/png-file.ts';
import { imageSize } from '../../../domain/generation/images/sizes.ts';
import { drawn } from './pictures.ts';

const now = Date.UTC(2026, 10, 20);
let maker: ImageMaker;
beforeAll(async () => {
  maker = { model: builtInImageModel, signer: createKeptSigner(await makeKey('Conext', now)), now };
});

const request: ImageRequest = {
  size: '300x250',
  texts: {
    headline: 'Dry feet & happy trails',
    offer: '20% off',
    callToAction: 'Shop now',
    legal: 'Until 30 November',
    businessName: 'Northfell',
  },
  brand: { colours: { primary: '#1f5f3f', accent: '#f2a541' }, fonts: { heading: 'lora', body: 'inter' } },
  product: { name: 'Trail shoe', description: 'A shoe', category: 'footwear' },
  photo: null,
  logo: null,
  seed: 11,
};

/** A model that paints the worst ground there is: black and white squares. */
const loud: ImageModel = {
  background: ({ width, height }) =>
    Promise.resolve({
      kind: 'painted',
      png: writePng(
        drawn(width, height, (x, y) => (((x >> 3) + (y >> 3)) % 2 === 0 ? [0, 0, 0] : [255, 255, 255])),
        { alpha: false, level: 6 },
      ),
      model: 'squares',
      source: 'trainedAlgorithmicMedia',
      costMicros: 40_000,
    }),
};

const hash = (bytes: ArrayLike<number>): string => createHash('sha256').update(Uint8Array.from(bytes)).digest('hex');
const pixelsOf = async (asked: ImageRequest): Promise<string> =>
  hash((await drawImage(maker, asked)).pixels?.data ?? []);

describe('the image maker', () => {
  it('draws the same pixels for the same seed, and others for another', async () => {
    const [first, again, other] = [
      await pixelsOf(request),
      await pixelsOf(request),
      await pixelsOf({ ...request, seed: 12 }),
    ];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each(['1200x628', '1080x1920', '300x250', '970x250', '728x90', '320x50', '160x600'] as const)(
    'makes %s with words that are read, in no more bytes than the platform takes',
    async (size) => {
      const made = await makeImage(maker, { ...request, size, texts: { ...request.texts, legal: null } });
      if (made.kind === 'refused') throw new Error(made.findings[0]?.message);
      expect(made.contrast).toBeGreaterThanOrEqual(4.5);
      expect(made).toMatchObject({ width: imageSize(size).width, height: imageSize(size).height });
      expect(made.upload.bytes.length).toBeLessThanOrEqual(imageSize(size).maxBytes);
    },
  );

  it('calms a ground on which nothing could be read, as much as it needs to', async () => {
    const made = await makeImage({ ...maker, model: loud }, request);
    if (made.kind === 'refused') throw new Error(made.findings[0]?.message);
    expect(made.contrast).toBeGreaterThanOrEqual(4.5);
    expect(made.layers.find(({ kind }) => kind === 'scrim')).toMatchObject({ opacity: expect.any(Number) });
    expect(made.background).toEqual({ model: 'squares', fallback: null, costMicros: 40_000 });
    expect(made.credentials.digitalSourceType).toMatch(/trainedAlgorithmicMedia$/);
    const calm = await makeImage(maker, request);
    expect(calm.kind === 'made' && calm.layers.some(({ kind }) => kind === 'scrim')).toBe(false);
  });

  it('goes on with the built-in model where another refuses, and says why and what it cost', async () => {
    const model: ImageModel = {
      background: () =>
        Promise.resolve({ kind: 'refused', reason: 'The filter stopped it.', model: 'm', costMicros: 7 }),
    };
    const made = await makeImage({ ...maker, model }, request);
    expect(made).toMatchObject({
      kind: 'made',
      background: { model: 'built-in-ground-1', fallback: 'The filter stopped it.', costMicros: 7 },
    });
  });

  it('gives an SVG in which text is text, in the brand’s fonts, and nothing is loaded from outside', async () => {
    const made = await makeImage(maker, request);
    if (made.kind === 'refused') throw new Error(made.findings[0]?.message);
    expect(made.svg).toMatch(/<text id="headline" font-family="Lora" font-weight="700"[^>]*>.*Dry feet/s);
    expect(made.svg).toContain('&amp;');
    expect(made.svg.match(/href="(?!data:image\/png)/g)).toBeNull();
    expect(made.altText).toBe('Northfell. Dry feet & happy trails. 20% off. Shop now. Until 30 November');
  });

  it('calls no model for a picture that cannot be set', async () => {
    let called = 0;
    const model: ImageModel = {
      background: (asked, options) => {
        called += 1;
        return loud.background(asked, options);
      },
    };
    const headline = 'An endless headline '.repeat(20);
    const made = await makeImage({ ...maker, model }, { ...request, texts: { ...request.texts, headline } });
    expect(made).toMatchObject({ kind: 'refused', costMicros: 0 });
    expect(called).toBe(0);
  });
});
