import * as z from 'zod/mini';
import { assetReference } from './changes.ts';

/** What nobody should see in an ad, whatever it advertises. `unchecked`: the model that looks for it could not be asked. */
export const moderationCategories = [
  'hate',
  'insult',
  'sexual',
  'violence',
  'misconduct',
  'profanity',
  'personal-data',
  'nudity',
  'suggestive',
  'drugs',
  'alcohol',
  'gambling',
  'rude-gesture',
  'hate-symbol',
  'disturbing',
  'unchecked',
] as const;
export type ModerationCategory = (typeof moderationCategories)[number];

const describe = (description: string) => ({ description });

export const moderationFinding = z
  .object({
    category: z.enum(moderationCategories),
    /** The gravest is the verdict. */
    severity: z.enum(['review', 'block']),
    confidence: z
      .nullable(z.number())
      .register(z.globalRegistry, describe('0 to 1; null where a rule says it and no model')),
    detector: z.enum(['rules', 'guardrail', 'rekognition']),
    field: z.string().register(z.globalRegistry, describe('The text’s, or `assets.0` for the first asset')),
    span: z
      .nullable(z.object({ start: z.int(), end: z.int() }))
      .register(z.globalRegistry, describe('UTF-16 offsets into the text; null where it is about the whole')),
    message: z.string(),
  })
  .register(z.globalRegistry, { id: 'ModerationFinding', description: 'What is not fit to be shown' });
export type ModerationFinding = z.infer<typeof moderationFinding>;

export const mostModerationTexts = 50;
export const checkModerationBody = z
  .strictObject({
    texts: z._default(
      z
        .array(
          z.strictObject({
            field: z.string().check(z.minLength(1), z.maxLength(100)),
            text: z.string().check(z.minLength(1), z.maxLength(3000)),
          }),
        )
        .check(z.maxLength(mostModerationTexts)),
      [],
    ),
    assetIds: z._default(z.array(assetReference).check(z.maxLength(10)), []),
    /** Personal data that may be shown: the advertiser's own telephone number, address of e-mail. */
    allowed: z._default(z.array(z.string().check(z.minLength(3), z.maxLength(200))).check(z.maxLength(50)), []),
  })
  .register(z.globalRegistry, { id: 'ModerationRequest', description: 'Texts, and pictures that runs have made' });

export const moderationAnswer = z
  .object({
    verdict: z.enum(['pass', 'review', 'block']),
    findings: z.array(moderationFinding),
    /** What was read in the pictures, line by line. */
    read: z.array(z.object({ field: z.string(), text: z.string() })),
  })
  .register(z.globalRegistry, { id: 'ModerationAnswer' });
export type ModerationAnswer = z.infer<typeof moderationAnswer>;
