import { setTimeout as wait } from 'node:timers/promises';
import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod/mini';
import { describeFailure, mayPass } from '../models/bedrock-errors.ts';
import { createBedrockClient } from '../models/bedrock-text-model.ts';
import { readImageHeader } from './image-header.ts';
import type { BackgroundAnswer, BackgroundRequest, ImageModel } from './image-model.ts';
import { backgroundPrompt, backgroundPromptVersion } from './prompts/background-1.ts';

export interface BedrockImageOptions {
  /** A model that takes requests as Amazon Nova Canvas and Titan Image Generator do, by its id or an inference profile’s ARN. */
  readonly model: string;
  /** Of one picture, USD micros, from the provider's price list. */
  readonly priceMicros: number;
  /** Of one call; a picture takes some ten seconds. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one. */
  readonly backoffMs: number;
}

/** A picture in text is a third larger; nothing that is asked for is larger than this. */
const longestPicture = 16 * 1024 * 1024;
const answered = z.object({
  images: z.optional(z.nullable(z.array(z.string().check(z.maxLength(longestPicture))).check(z.maxLength(5)))),
  error: z.optional(z.nullable(z.string().check(z.maxLength(2_000)))),
});

/** Paints through Bedrock's InvokeModel. What comes back is data: looked at before it is used, and never a word of it is done. */
export function createBedrockImageModel(options: BedrockImageOptions, client = createBedrockClient()): ImageModel {
  const { model } = options;
  return {
    async background(request, { signal } = {}) {
      let failure: BackgroundAnswer | undefined;
      for (let attempt = 0; attempt < options.attempts; attempt += 1) {
        if (attempt > 0) await wait(options.backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        const limits = [AbortSignal.timeout(options.timeoutMs), ...(signal === undefined ? [] : [signal])];
        try {
          const { body } = await client.send(
            new InvokeModelCommand({
              modelId: model,
              contentType: 'application/json',
              accept: 'application/json',
              body: JSON.stringify(pictureInput(request)),
            }),
            { abortSignal: AbortSignal.any(limits) },
          );
          return readAnswer(new TextDecoder().decode(body), options);
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          failure = filtered(error)
            ? { kind: 'refused', reason: 'The model’s provider stopped the request.', model, costMicros: 0 }
            : { ...describeFailure(error), model, costMicros: 0 };
          if (!mayPass(error)) break;
        }
      }
      return failure ?? { kind: 'unavailable', reason: 'No attempt was made.', model, costMicros: 0 };
    },
  };
}

/** A prompt that its content filter stops is answered as a validation error. The message is looked at, never passed on. */
const filtered = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'ValidationException' &&
  /content filter|AI policy|Responsible AI/i.test(error.message);

/** Amazon Nova user guide, “Request and response structure for image generation”. */
function pictureInput(request: BackgroundRequest) {
  const { text, negativeText } = backgroundPrompt(request);
  const { palette, seed } = request;
  return {
    taskType: 'COLOR_GUIDED_GENERATION',
    colorGuidedGenerationParams: {
      text,
      negativeText,
      colors: [...new Set([...palette.ground, palette.glow, ...palette.shapes])],
    },
    imageGenerationConfig: {
      ...sidesFor(request),
      numberOfImages: 1,
      quality: 'standard',
      cfgScale: 6.5,
      // 0 to 858,993,459.
      seed: seed % 858_993_460,
    },
  };
}

/** Multiples of 16 from 320 to 4,096, no flatter than 1:4, at most 4,194,304 pixels: a picture is cropped from the middle of it. */
export function sidesFor({ width, height }: { readonly width: number; readonly height: number }): {
  readonly width: number;
  readonly height: number;
} {
  const ratio = Math.min(4, Math.max(0.25, width / height));
  // The longer side stays, the other is made long enough; then both grow until neither is too short.
  const wide = width >= height ? width : height * ratio;
  const grow = Math.max(1, 320 / wide, 320 / (wide / ratio));
  const shrink = Math.min(1, Math.sqrt(4_194_304 / ((wide * grow * wide * grow) / ratio)));
  const stepped = (side: number): number =>
    Math.min(4_096, Math.max(320, Math.floor((side * grow * shrink) / 16) * 16));
  return { width: stepped(wide), height: stepped(wide / ratio) };
}

function readAnswer(body: string, { model, priceMicros }: BedrockImageOptions): BackgroundAnswer {
  const unreadable = (reason: string, costMicros: number): BackgroundAnswer => ({
    kind: 'unreadable',
    reason,
    model,
    costMicros,
  });
  const parsed = answered.safeParse(jsonOf(body));
  if (!parsed.success) return unreadable('The answer is not as asked.', priceMicros);
  const { images, error } = parsed.data;
  const [picture] = images ?? [];
  // Pictures that the provider's filter took back are not charged.
  if (picture === undefined) {
    return {
      kind: 'refused',
      reason: error ? 'The model’s provider held the picture back.' : 'The model answered no picture.',
      model,
      costMicros: 0,
    };
  }
  const png = new Uint8Array(Buffer.from(picture, 'base64'));
  const header = readImageHeader(png);
  if (header?.type !== 'png') return unreadable('The answer is no PNG picture.', priceMicros);
  if (header.width * header.height > 4_194_304)
    return unreadable('The picture is larger than any that was asked for.', priceMicros);
  return {
    kind: 'painted',
    png,
    model: `${model} ${backgroundPromptVersion}`,
    source: 'trainedAlgorithmicMedia',
    costMicros: priceMicros,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
