/** The model of pictures, in its thread: NSFWJS's weights in TensorFlow.js, without NSFWJS's own loader, which takes seconds. */
import { MobileNetV2MidModel } from 'nsfwjs/models/mobilenet_v2_mid';
import { openTensors } from '../../model-threads/open-tensors.ts';
import { serveModel } from '../../model-threads/serve-model.ts';
import { openDecoders } from './decode-picture.ts';
import type { PictureChances, PictureQuestion } from './moderation-labels.ts';
import { shrinkPicture } from './shrink-picture.ts';

/** Pixels a side of what the model sees. */
const SIDE = 224;

interface ModelFile {
  readonly format: string;
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
}

await serveModel(async () => {
  const [tensors, decode] = [await openTensors(), await openDecoders()];
  const { default: file } = (await MobileNetV2MidModel.modelJson()) as unknown as { readonly default: ModelFile };
  const shards = await Promise.all(MobileNetV2MidModel.weightBundles.map(async (load) => (await load()).default));
  const weights = Uint8Array.from(Buffer.concat(shards.map((shard) => Buffer.from(shard, 'base64'))));
  const model = await tensors.loadGraphModel(
    tensors.io.fromMemory({
      modelTopology: file.modelTopology,
      format: file.format,
      weightSpecs: file.weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer,
    }),
  );
  return async ({ type, bytes }: PictureQuestion): Promise<PictureChances | undefined> => {
    const pixels = await decode(type, bytes);
    if (pixels === undefined) return undefined;
    const seen = tensors.tensor4d(shrinkPicture(pixels, SIDE), [1, SIDE, SIDE, 3]);
    const answer = model.predict(seen);
    const [drawing = 0, hentai = 0, neutral = 0, porn = 0, sexy = 0] = await answer.data();
    seen.dispose();
    answer.dispose();
    return { drawing, hentai, neutral, porn, sexy };
  };
});
