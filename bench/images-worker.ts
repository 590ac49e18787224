/** Makes pictures until it is told that there are no more; runs in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { builtInImageModel } from '../adapters/images/built-in-image-model.ts';
import { makeImage } from '../adapters/images/image-maker.ts';
import { createKeptSigner, makeKey } from '../adapters/images/kept-signer.ts';
import type { ImageSizeId } from '../domain/generation/images/sizes.ts';

const { sizes, rounds, first } = workerData as {
  readonly sizes: readonly ImageSizeId[];
  readonly rounds: number;
  readonly first: number;
};
const signer = createKeptSigner(await makeKey('Conext Ads', Date.now()));
const make = async (size: ImageSizeId, seed: number): Promise<number> => {
  const started = performance.now();
  const made = await makeImage(
    { model: builtInImageModel, signer, now: Date.now() },
    {
      size,
      texts: {
        headline: 'Trockene Füße auch bei Starkregen',
        offer: '20 % Rabatt',
        callToAction: 'Jetzt ansehen',
        legal: null,
        businessName: 'Bergschuh',
      },
      brand: {
        colours: { primary: '#1f5f3f', accent: '#f2a541' },
        fonts: { heading: 'montserrat', body: 'open-sans' },
      },
      product: { name: 'Trail shoe', description: '', category: 'footwear' },
      photo: null,
      logo: null,
      seed,
    },
  );
  if (made.kind === 'refused') throw new Error(made.findings[0]?.message);
  return performance.now() - started;
};

// Fonts, renderer and compiler are warm in a function that makes more than one.
await make('300x250', 0);
parentPort?.postMessage('ready');
parentPort?.once('message', async () => {
  const milliseconds: [ImageSizeId, number][] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const size of sizes) milliseconds.push([size, await make(size, first + round)]);
  parentPort?.postMessage(milliseconds);
});
