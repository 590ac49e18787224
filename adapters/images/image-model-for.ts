import { AppError } from '../../domain/errors.ts';
import type { ResolvedSettings } from '../../domain/integrations/resolved-settings.ts';
import type { BedrockImageOptions } from './bedrock-image-model.ts';
import { builtInImageModel } from './built-in-image-model.ts';
import type { ImageModel } from './image-model.ts';

/** Before the second call; doubled before each further one. */
const backoffMs = 1_000;

/** Bedrock's client is loaded where a model is set: the others start without it. */
const load = async (options: BedrockImageOptions): Promise<ImageModel> =>
  (await import('./bedrock-image-model.ts')).createBedrockImageModel(options);

/** Who paints the grounds of pictures: a model of Bedrock, or the built-in one where none is set. */
export async function imageModelFor(
  settings: Pick<ResolvedSettings, 'get'>,
  create: (options: BedrockImageOptions) => ImageModel | Promise<ImageModel> = load,
): Promise<ImageModel> {
  const model = settings.get('images.model');
  if (model === null) return builtInImageModel;
  const priceMicros = settings.get('images.priceMicros');
  if (priceMicros === null) {
    throw new AppError(
      'internal',
      `images.model is ${model} and images.priceMicros is not set: set both, or what runs cost is lost.`,
    );
  }
  return create({
    model,
    priceMicros,
    timeoutMs: settings.get('images.timeoutMs'),
    attempts: settings.get('images.attempts'),
    backoffMs,
  });
}
