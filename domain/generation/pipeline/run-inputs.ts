import * as z from 'zod/mini';
import { brandKit } from '../../../contracts/schemas/brand-kits.ts';
import { brief } from '../../../contracts/schemas/briefs.ts';
import { policyFactKinds } from '../../../contracts/schemas/policies.ts';
import { ownPersonalData } from '../../compliance/moderation/personal-data.ts';
import type { Fact } from '../fact.ts';

/** A fact that was read from the landing page, as the lake keeps it. */
const pageFact = z.object({
  id: z.string(),
  kind: z.enum(policyFactKinds),
  text: z.string(),
  language: z.nullable(z.string()),
  source: z.object({ from: z.literal('landing-page'), start: z.int(), end: z.int() }),
});

/** The page behind the ads, as somebody read it. */
export const landingPage = z.object({
  url: z.string(),
  status: z.nullable(z.int()),
  readAt: z.string(),
  text: z.string(),
  facts: z.array(pageFact),
});
/** The same, or why there is none. */
export const pageRead = z.object({ page: z.nullable(landingPage), reason: z.nullable(z.string()) });
export type PageReading = z.infer<typeof pageRead>;

/** What a run works from: copied when it is started, so that nobody changes it under way. */
export const runInputs = z.object({
  brief,
  brandKit: z.nullable(brandKit),
  page: z.nullable(landingPage),
});
export type RunInputs = z.infer<typeof runInputs>;

/**
 * What the writers say: the brief alone. A page speaks of more than what is advertised; what it says backs what people write, and is
 * compared with the ads.
 */
export const ofBrief = (inputs: RunInputs): RunInputs => ({ ...inputs, page: null });

/** Facts of a page have no value that every language could say: they are said as they stand. */
export const pageFacts = ({ page }: Pick<RunInputs, 'page'>): Fact[] =>
  (page?.facts ?? []).map((fact) => ({ ...fact, value: null }));

/** Words that stand in no ad: the brief's and the brand's. */
export const bannedIn = ({ brief: { bannedWords }, brandKit: kit }: RunInputs): string[] => [
  ...new Set([...bannedWords, ...(kit?.bannedWords ?? [])]),
];

/** Telephone numbers and addresses of e-mail that the business shows of itself: they may stand in its ads. */
export const shownByOwner = ({ brief, brandKit: kit, page }: RunInputs): readonly string[] =>
  ownPersonalData([JSON.stringify([brief, kit]), page?.text ?? '']);
