import type { Brief, Voice } from '../../../contracts/schemas/briefs.ts';
import type { callsToAction } from '../../../contracts/schemas/changes.ts';
import { type Angle, angles, isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import { buttons, waysByCategory } from './calls.ts';
import { compose, sentencesOf } from './compose.ts';
import { type Candidate, type Filling, fill, openFilling } from './fill.ts';
import { hashtagsOf } from './hashtags.ts';
import { languagePacks } from './languages.ts';
import { searchedHeadlines } from './searched-words.ts';
import { type Ranked, select } from './select.ts';
import { type Similarity, trigramSimilarity } from './similarity.ts';
import { type CopyFormat, type CopySlot, exclamations, fits, lengthIn } from './slots.ts';
import { type Strength, strengthOf } from './strength.ts';

/** A text in its place, with what it says and where it comes from. */
export interface CopyText {
  readonly text: string;
  readonly factIds: readonly string[];
  readonly angle: Angle;
  readonly template: string;
  readonly slot: string;
  readonly field: string;
  readonly strength: Strength;
}

export interface AdCopy {
  readonly platform: CopyFormat['platform'];
  readonly format: CopyFormat['format'];
  readonly language: string;
  /** What it leads with. */
  readonly angle: Angle;
  readonly texts: readonly CopyText[];
  readonly callToAction: (typeof callsToAction)[number];
  readonly hashtags: readonly string[];
}

export interface CopyRequest {
  readonly brief: Pick<Brief, 'product' | 'countries' | 'keywords' | 'goal' | 'languages' | 'texts'>;
  readonly sheet: FactSheet;
  readonly voice: Voice;
  /** As ads show it, from the brand kit; null without one. */
  readonly businessName: string | null;
  readonly bannedWords: readonly string[];
  readonly format: CopyFormat;
  /** How many ads are wanted. */
  readonly variants: number;
  /** Another one begins with other angles and texts of like worth; 0 when absent. */
  readonly seed?: number;
  /** Texts of ads that were sent back: others are preferred where there are any. */
  readonly alreadySaid?: readonly string[];
  /** The cosine of embeddings where there is a model for them; trigrams when absent. */
  readonly similarity?: Similarity;
}

export type CopyOutcome =
  | {
      readonly kind: 'written';
      readonly ads: readonly AdCopy[];
      /** Why there are fewer than wanted; null when there are not. */
      readonly short: string | null;
    }
  | { readonly kind: 'nothing-fits'; readonly slot: string; readonly reason: string };

/** Two texts of one ad with more in common than this say the same. */
const nearestInAd = 0.62;
/** Two ads whose leading texts have more in common than this are one ad. */
export const nearestAds = 0.8;

/** Ads from the facts of a sheet and from nothing else, by templates; the same request gives the same ads. */
export function writeAds(request: CopyRequest): CopyOutcome {
  const { sheet, format, voice, brief } = request;
  if (!isWritten(sheet.language)) {
    return { kind: 'nothing-fits', slot: 'all', reason: `The built-in writer does not write ${sheet.language}.` };
  }
  const filling = openFilling({
    pack: languagePacks[sheet.language],
    facts: sheet.facts,
    voice,
    category: brief.product.category,
    countries: brief.countries,
    businessName: request.businessName,
    banned: request.bannedWords,
  });
  if (filling === null) {
    return { kind: 'nothing-fits', slot: 'all', reason: 'The product’s name is missing or holds a banned word.' };
  }
  const pools = new Map<string, readonly Ranked[]>();
  for (const slot of format.slots) {
    const pool = rank(request, slot, [
      ...candidatesFor(filling, format, slot),
      ...searchedHeadlines(request, format, slot),
    ]);
    if (pool.length < slot.atLeast) {
      return {
        kind: 'nothing-fits',
        slot: slot.name,
        reason: `The facts give ${pool.length} of at least ${slot.atLeast} texts of at most ${slot.limit} characters. Add short benefits or a shorter name.`,
      };
    }
    pools.set(slot.name, pool);
  }
  return chooseAds(request, pools);
}

function chooseAds(request: CopyRequest, pools: ReadonlyMap<string, readonly Ranked[]>): CopyOutcome {
  const { sheet, format, variants, brief } = request;
  const similarity = request.similarity ?? trigramSimilarity();
  const said = new Set([...pools.values()].flat().map(({ angle }) => angle));
  const leads = angles.filter((angle) => said.has(angle));
  const used = new Map((request.alreadySaid ?? []).map((text) => [text, 2]));
  const first = leads.length === 0 ? 0 : (request.seed ?? 0) % leads.length;
  const ads: AdCopy[] = [];
  const identities: string[] = [];
  // Angles run dry at different times; each turn that adds nothing is one of a bounded number.
  for (let turn = 0; ads.length < variants && turn < variants * 2; turn += 1) {
    const lead = leads[(first + turn) % leads.length];
    if (lead === undefined) break;
    const texts = textsOf(request, pools, lead, used, similarity);
    for (const { text } of texts) used.set(text, (used.get(text) ?? 0) + 1);
    if (texts.length === 0) continue;
    const identity = texts.map(({ text }) => text).join(' ');
    if (identities.some((other) => similarity(identity, other) > nearestAds)) continue;
    identities.push(identity);
    ads.push({
      platform: format.platform,
      format: format.format,
      language: sheet.language,
      angle: lead,
      texts,
      callToAction:
        brief.goal.objective === 'awareness' ? 'learn-more' : buttons[waysByCategory[brief.product.category].action],
      hashtags: format.hashtags === 0 ? [] : hashtagsOf(brief, sheet, format.hashtags),
    });
  }
  return {
    kind: 'written',
    ads,
    short:
      ads.length < variants
        ? `${ads.length} of ${variants} ads wanted really differ. Add benefits, features or proof in ${sheet.language}.`
        : null,
  };
}

/** The texts of one ad; none where a slot cannot be filled. */
function textsOf(
  request: CopyRequest,
  pools: ReadonlyMap<string, readonly Ranked[]>,
  lead: Angle,
  used: ReadonlyMap<string, number>,
  similarity: Similarity,
): CopyText[] {
  const { format, sheet, voice } = request;
  const facts = new Map(sheet.facts.map((fact) => [fact.id, fact]));
  const texts: CopyText[] = [];
  let shouted = 0;
  for (const slot of format.slots) {
    // A long headline may say what a short one says; two descriptions may not.
    const taken = new Set(texts.filter(({ field }) => field === slot.field).map(({ text }) => text.toLowerCase()));
    const pool = pools.get(slot.name) ?? [];
    const choose = (nearest: number) =>
      select(pool, {
        count: slot.aim,
        lead,
        similarity,
        nearest,
        used: slot.role === 'name' ? new Map() : used,
        accept: (text, chosen) =>
          !taken.has(text.toLowerCase()) &&
          shouted + exclamations(text) + chosen.reduce((sum, one) => sum + exclamations(one.text), 0) <= 1,
      });
    const different = choose(nearestInAd);
    // Platforms need a number of texts: where few facts are known, nearer ones are better than no ad.
    const chosen = different.length >= slot.atLeast ? different : choose(1);
    if (chosen.length < slot.atLeast) return [];
    shouted += chosen.reduce((sum, { text }) => sum + exclamations(text), 0);
    texts.push(
      ...chosen.map(({ text, factIds, angle, template }) => ({
        text,
        factIds,
        angle,
        template,
        slot: slot.name,
        field: slot.field,
        strength: strengthOf({ text, factIds, angle }, facts, lengthIn(format, text) / room(slot), voice.tone),
      })),
    );
  }
  return texts;
}

/** What a text can use: what is seen of it, where that is less than the limit. */
const room = (slot: CopySlot): number => slot.seen ?? slot.limit;

function candidatesFor(filling: Filling, format: CopyFormat, slot: CopySlot): readonly Candidate[] {
  const standing = (text: string) => fits(format, slot, text);
  switch (slot.role) {
    case 'headline': {
      const made = filling.pack.headlines.flatMap((template) => fill(filling, template, 'headline'));
      return unique(made).filter(({ text }) => standing(text));
    }
    case 'sentences':
      return compose(filling, sentencesOf(filling), slot.limit, standing);
    case 'name':
      return [filling.brand, filling.name.text]
        .flatMap((text) => text ?? [])
        .filter(standing)
        .slice(0, 1)
        .map((text) => ({ text, factIds: [filling.name.id], angle: 'category' as const, template: 'name' }));
  }
}

const unique = (candidates: readonly Candidate[]): Candidate[] =>
  [...new Map(candidates.toReversed().map((one) => [one.text.toLowerCase(), one])).values()].toReversed();

function rank({ sheet, voice, format }: CopyRequest, slot: CopySlot, candidates: readonly Candidate[]): Ranked[] {
  const facts = new Map(sheet.facts.map((fact) => [fact.id, fact]));
  return candidates
    .map((one) => ({
      ...one,
      worth: strengthOf(one, facts, lengthIn(format, one.text) / room(slot), voice.tone).expected,
    }))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, mostCandidates);
}

/** Of one slot: what selection compares pairwise stays bounded. */
const mostCandidates = 400;
