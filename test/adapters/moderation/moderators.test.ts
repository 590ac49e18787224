import { describe, expect, it } from 'vitest';
import { createImageModerator } from '../../../adapters/moderation/image-moderator.ts';
import { createModerator } from '../../../adapters/moderation/moderator.ts';
import { createTextModerator } from '../../../adapters/moderation/text-moderator.ts';
import { serveAwsAnswers } from '../aws-answers.ts';
import { serveBedrock } from '../models/bedrock-server.ts';

interface Content {
  readonly content: readonly { readonly text: { readonly text: string } }[];
}
const options = { guardrail: 'gr1', version: 'DRAFT', timeoutMs: 5_000 };
const textsIn = (input: unknown): readonly string[] => (input as Content).content.map(({ text }) => text.text);

/** Bedrock Runtime API reference, ApplyGuardrail: one assessment for all that was sent. */
const assessed = (filters: readonly object[], words: readonly object[] = []) => ({
  body: {
    action: filters.length + words.length > 0 ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: [],
    usage: { topicPolicyUnits: 0, contentPolicyUnits: 1, wordPolicyUnits: 1 },
    assessments: [
      {
        ...(filters.length > 0 && { contentPolicy: { filters } }),
        ...(words.length > 0 && { wordPolicy: { customWords: [], managedWordLists: words } }),
      },
    ],
  },
});
const insult = { type: 'INSULTS', confidence: 'HIGH', filterStrength: 'HIGH', action: 'BLOCKED', detected: true };

describe('texts before a guardrail of Bedrock', () => {
  it('go together, and by halves where something was seen', async () => {
    await using aws = await serveBedrock((_call, input) =>
      assessed(textsIn(input).some((text) => text.includes('stupid')) ? [insult] : []),
    );
    const ask = createTextModerator(options, aws.client);
    const verdicts = await ask(['Dry feet', 'Only stupid people buy elsewhere', 'Dry feet', 'Grip on stone']);
    expect(verdicts.map((one) => (one.kind === 'seen' ? one.seen : one))).toEqual([
      [],
      [{ category: 'insult', confidence: 0.95 }],
      [],
      [],
    ]);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(
      Array(5).fill('POST /guardrail/gr1/version/DRAFT/apply'),
    );
    expect(textsIn(aws.calls[0]?.input)).toEqual(['Dry feet', 'Only stupid people buy elsewhere', 'Grip on stone']);
  });

  it('are asked for a few times more, not each by itself, to find the one of many', async () => {
    await using aws = await serveBedrock((_call, input) =>
      assessed(textsIn(input).some((text) => text.includes('stupid')) ? [insult] : []),
    );
    const ask = createTextModerator(options, aws.client);
    const verdicts = await ask(Array.from({ length: 40 }, (_, at) => (at === 17 ? 'stupid' : `Dry feet ${at}`)));
    expect(verdicts.flatMap((one, at) => (one.kind === 'seen' && one.seen.length > 0 ? [at] : []))).toEqual([17]);
    expect(aws.calls.length).toBeLessThan(15);
  });

  it('are cut into calls that Bedrock takes', async () => {
    await using aws = await serveBedrock(() => assessed([]));
    const ask = createTextModerator(options, aws.client);
    await ask(Array.from({ length: 90 }, (_, index) => `${index} ${'x'.repeat(300)}`));
    const sizes = aws.calls.map(({ input }) => textsIn(input).join('').length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25_000);
    expect(aws.calls.flatMap(({ input }) => textsIn(input))).toHaveLength(90);
  });

  it.each([
    [429, 'ThrottlingException'],
    [403, 'AccessDeniedException'],
    [500, 'InternalServerException'],
  ])('are for a person when the answer is %d', async (status, name) => {
    await using aws = await serveBedrock(() => ({ status, body: { __type: name, message: 'no' } }));
    const moderator = createModerator(createTextModerator(options, aws.client), {
      look: async () => ({ kind: 'seen', seen: [] }),
      read: async () => ({ kind: 'read', lines: [] }),
    });
    const findings = await moderator.texts([{ field: 'headline', text: 'Dry feet' }], {
      allowed: [],
      thresholds: { review: 0.6, block: 0.9 },
    });
    expect(findings.map(({ category, severity, field }) => [category, severity, field])).toEqual([
      ['unchecked', 'review', 'headline'],
    ]);
  });
});

describe('pictures before Rekognition', () => {
  const config = (aws: { readonly config: object }) =>
    ({ ...aws.config, lake: { bucket: 'lake' } }) as Parameters<typeof createImageModerator>[0];

  it('are named by their place in the lake, and labels by what they stand below', async () => {
    await using aws = await serveAwsAnswers(() => ({
      body: {
        ModerationModelVersion: '7.0',
        ModerationLabels: [
          { Name: 'Explicit Nudity', ParentName: 'Explicit', Confidence: 97.2, TaxonomyLevel: 2 },
          { Name: 'Explicit', ParentName: '', Confidence: 97.2, TaxonomyLevel: 1 },
          { Name: 'Smoking', ParentName: 'Drugs & Tobacco', Confidence: 61, TaxonomyLevel: 2 },
          { Name: 'Something new', ParentName: '', Confidence: 99, TaxonomyLevel: 1 },
        ],
      },
    }));
    const verdict = await createImageModerator(config(aws)).look('generation/assets/a.png');
    expect(verdict).toEqual({
      kind: 'seen',
      seen: [
        { category: 'nudity', confidence: 0.972 },
        { category: 'drugs', confidence: 0.61 },
      ],
    });
    expect(aws.calls[0]).toMatchObject({
      operation: 'DetectModerationLabels',
      input: { Image: { S3Object: { Bucket: 'lake', Name: 'generation/assets/a.png' } } },
    });
  });

  it('are read line by line, without what only looks like letters', async () => {
    await using aws = await serveAwsAnswers(() => ({
      body: {
        TextDetections: [
          { DetectedText: 'Dry feet', Type: 'LINE', Id: 0, Confidence: 99 },
          { DetectedText: 'Dry', Type: 'WORD', Id: 1, ParentId: 0, Confidence: 99 },
          { DetectedText: '|/|', Type: 'LINE', Id: 2, Confidence: 41 },
        ],
      },
    }));
    expect(await createImageModerator(config(aws)).read('a.png')).toEqual({ kind: 'read', lines: ['Dry feet'] });
  });

  it('are for a person when there is no time left for them', async () => {
    const looked: string[] = [];
    const moderator = createModerator(async () => [], {
      look: async (key) => {
        looked.push(key);
        return { kind: 'seen', seen: [] };
      },
      read: async () => ({ kind: 'read', lines: [] }),
    });
    const options = { allowed: [], thresholds: { review: 0.6, block: 0.9 }, withinMs: 0 };
    const findings = await moderator.pictures([{ field: 'images.0', key: 'a.png' }], options);
    expect(findings.map(({ category, field }) => [category, field])).toEqual([['unchecked', 'images.0']]);
    expect(looked).toEqual([]);
  });

  it('are for a person when they cannot be read', async () => {
    await using aws = await serveAwsAnswers(() => ({
      status: 400,
      body: { __type: 'InvalidImageFormatException', Message: 'Request has invalid image format' },
    }));
    expect(await createImageModerator(config(aws)).look('a.png')).toEqual({
      kind: 'unavailable',
      reason: 'the picture could not be read',
    });
  });
});
