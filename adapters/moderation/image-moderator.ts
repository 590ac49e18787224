import * as z from 'zod/mini';
import type { ModerationCategory } from '../../contracts/schemas/moderation.ts';
import type { Seen } from '../../domain/compliance/moderation/judge.ts';
import { AppError } from '../../domain/errors.ts';
import { type AwsCall, createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';

export type ImageVerdict =
  | { readonly kind: 'seen'; readonly seen: readonly Seen[] }
  | { readonly kind: 'unavailable'; readonly reason: string };
export type ReadVerdict =
  | { readonly kind: 'read'; readonly lines: readonly string[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Looks at pictures of the lake, each by its key. */
export interface ImageModerator {
  look(key: string): Promise<ImageVerdict>;
  /** What is to be read in it, line by line. */
  read(key: string): Promise<ReadVerdict>;
}

/** First level of Rekognition's moderation taxonomy, version 7; deeper labels are below one of these. */
const categories: Readonly<Record<string, ModerationCategory>> = {
  Explicit: 'nudity',
  'Non-Explicit Nudity of Intimate parts and Kissing': 'suggestive',
  'Swimwear or Underwear': 'suggestive',
  Violence: 'violence',
  'Visually Disturbing': 'disturbing',
  'Drugs & Tobacco': 'drugs',
  Alcohol: 'alcohol',
  Gambling: 'gambling',
  'Rude Gestures': 'rude-gesture',
  'Hate Symbols': 'hate-symbol',
};

const labels = z.object({
  ModerationLabels: z.array(
    z.object({ Name: z.string(), Confidence: z.number(), ParentName: z.optional(z.nullable(z.string())) }),
  ),
});
const detections = z.object({
  TextDetections: z.array(z.object({ DetectedText: z.string(), Type: z.string(), Confidence: z.number() })),
});

/** Two tries: somebody waits for it, and a picture that could not be looked at is for a person anyway. */
const rekognition = { name: 'rekognition', target: 'RekognitionService', timeoutMs: 12_000, attempts: 2 } as const;

/** Percent. Below, a line is a pattern that looks like letters. */
const leastSure = 80;
const mostLines = 60;

/** Amazon Rekognition, by its own JSON protocol: its client would be a large part of a function for two operations. */
export function createImageModerator(
  config: Config<'aws' | 'credentials' | 'lake'>,
  call: AwsCall = createAwsCall(config, rekognition),
): ImageModerator {
  const imageOf = (key: string) => ({ Image: { S3Object: { Bucket: config.lake.bucket, Name: key } } });
  const asked = async <A>(work: () => Promise<A>): Promise<A | { kind: 'unavailable'; reason: string }> => {
    try {
      return await work();
    } catch (error) {
      // What the service said is for the log; who asked hears whether it is worth trying again.
      const passes = error instanceof AppError && error.code === 'unavailable';
      return {
        kind: 'unavailable',
        reason: passes ? 'the service that looks at pictures does not answer' : 'the picture could not be read',
      };
    }
  };
  return {
    look: (key) =>
      asked(async () => {
        const answer = labels.parse(await call('DetectModerationLabels', { ...imageOf(key), MinConfidence: 30 }));
        const most = new Map<ModerationCategory, number>();
        for (const { Name, Confidence, ParentName } of answer.ModerationLabels) {
          const category = categories[Name] ?? categories[ParentName ?? ''];
          if (category !== undefined) most.set(category, Math.max(most.get(category) ?? 0, Confidence / 100));
        }
        return { kind: 'seen', seen: [...most].map(([category, confidence]) => ({ category, confidence })) };
      }),
    read: (key) =>
      asked(async () => {
        const { TextDetections } = detections.parse(await call('DetectText', imageOf(key)));
        const lines = TextDetections.filter(({ Type, Confidence }) => Type === 'LINE' && Confidence >= leastSure);
        return { kind: 'read', lines: lines.slice(0, mostLines).map(({ DetectedText }) => DetectedText) };
      }),
  };
}
