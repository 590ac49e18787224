import { AppError } from '../../domain/errors.ts';
import type { ResolvedSettings } from '../../domain/integrations/resolved-settings.ts';
import type { BedrockTextOptions } from './bedrock-text-model.ts';
import { builtInTextModel } from './built-in-text-model.ts';
import type { TextModel } from './text-model.ts';

/** Before the second call; doubled before each further one. */
const backoffMs = 500;

/** Bedrock's client is loaded where a model is set: the others start without it. */
const load = async (options: BedrockTextOptions): Promise<TextModel> =>
  (await import('./bedrock-text-model.ts')).createBedrockTextModel(options);

/** The writer that is set: a model of Bedrock, or the built-in one where none is. */
export async function textModelFor(
  settings: Pick<ResolvedSettings, 'get'>,
  create: (options: BedrockTextOptions) => TextModel | Promise<TextModel> = load,
): Promise<TextModel> {
  const model = settings.get('copy.model');
  if (model === null) return builtInTextModel;
  const prices = settings.get('copy.prices');
  if (prices === null) {
    throw new AppError(
      'internal',
      `copy.model is ${model} and copy.prices is not set: set both, or what runs cost is lost.`,
    );
  }
  return create({
    model,
    prices,
    timeoutMs: settings.get('copy.timeoutMs'),
    attempts: settings.get('copy.attempts'),
    backoffMs,
  });
}
