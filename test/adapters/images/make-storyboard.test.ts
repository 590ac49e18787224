import { describe, expect, it } from 'vitest';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import { makeStoryboard, type StoryboardRequest } from '../../../adapters/images/make-storyboard.ts';
import type { Scene } from '../../../domain/generation/copy/video-script.ts';

const now = Date.UTC(2026, 10, 20);
const scene = (shows: Scene['shows'], screen: string, seconds: number): Scene => ({
  shows,
  screen,
  seconds,
  voiceOver: `${screen}.`,
  factIds: [`f-${shows}`],
});
const request: StoryboardRequest = {
  size: '300x600',
  script: {
    angle: 'problem',
    seconds: 9,
    scenes: [
      scene('hook', 'Wet feet?', 2),
      scene('product', 'Dry in any rain', 2.5),
      scene('offer', '20% off this week', 2.5),
      scene('call', 'See the shoe', 2),
    ],
  },
  texts: { businessName: 'Northfell', callToAction: 'Shop now', legal: 'While stocks last' },
  brand: { colours: { primary: '#1f5f3f' }, fonts: { heading: 'inter', body: 'inter' } },
  product: { name: 'Trail shoe', description: '', category: 'footwear' },
  photo: null,
  logo: null,
  seed: 3,
};

/** The frames of an animated WebP with how long each is shown (RFC 9649). */
function framesOf(webp: Uint8Array): readonly number[] {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const milliseconds: number[] = [];
  for (let at = 12; at < webp.length; ) {
    const size = view.getUint32(at + 4, true);
    if (String.fromCharCode(...webp.subarray(at, at + 4)) === 'ANMF')
      milliseconds.push(view.getUint32(at + 8 + 12, true) & 0xffffff);
    at += 8 + size + (size % 2);
  }
  return milliseconds;
}

describe('a storyboard', () => {
  it('has a signed picture a scene, all of one kind, and a preview as long as the script', async () => {
    const maker = { model: builtInImageModel, signer: createKeptSigner(await makeKey('Conext', now)), now };
    const made = await makeStoryboard(maker, request);
    if (made.kind === 'refused') throw new Error(made.findings[0]?.message);
    expect(made.scenes.map(({ start, transition }) => [start, transition.kind])).toEqual([
      [0, 'none'],
      [2, 'fade'],
      [4.5, 'cut'],
      [7, 'fade'],
    ]);
    expect(made.scenes.map(({ texts }) => texts.callToAction)).toEqual([null, null, null, 'Shop now']);
    expect(made.scenes.map(({ texts }) => texts.legal)).toEqual([null, null, 'While stocks last', 'While stocks last']);
    expect(new Set(made.scenes.map(({ image }) => image.credentials.label)).size).toBe(4);
    expect(
      new Set(
        made.scenes
          .map(({ image }) => image.layers.find((layer) => layer.kind === 'text' && layer.role === 'headline'))
          .map((layer) => layer?.kind === 'text' && layer.fill),
      ).size,
    ).toBe(1);
    const frames = framesOf(made.preview);
    expect(frames.length).toBe(4 + 2 * 4);
    expect(frames.reduce((sum, one) => sum + one, 0)).toBe(9_000);
  });

  it('names the scene that cannot be drawn', async () => {
    const maker = { model: builtInImageModel, signer: createKeptSigner(await makeKey('Conext', now)), now };
    const script = { ...request.script, scenes: [scene('hook', 'Wet feet?', 2), scene('call', '今すぐ', 2)] };
    expect(await makeStoryboard(maker, { ...request, script })).toMatchObject({
      kind: 'refused',
      scene: 1,
      findings: [{ ruleId: 'image-script' }],
    });
  });
});
