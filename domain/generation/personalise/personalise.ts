import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { PolicyFinding } from '../../../contracts/schemas/policies.ts';
import { openFilling } from '../copy/fill.ts';
import { languagePacks } from '../copy/languages.ts';
import { checkTexts, type PolicyGate } from '../copy/policy-gate.ts';
import { type CopySlot, lengthIn } from '../copy/slots.ts';
import { strengthOf } from '../copy/strength.ts';
import { type AdCopy, type CopyRequest, type CopyText, writeAds } from '../copy/write-ads.ts';
import { isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { type Coverage, coverageOf, type Matrix, matrixOf } from './matrix.ts';
import { sheetFor } from './segment-sheet.ts';
import { type Segment, segmentsOf, statementOf } from './segments.ts';
import { type TokenCandidate, tokenCandidates } from './token-candidates.ts';

/** An ad for one segment. */
export interface PersonalAd extends AdCopy {
  readonly segmentId: string;
  /** Its name as the brief has it; null: for everyone. */
  readonly segment: string | null;
  /** Which value stands for each token, where the ad is for one value alone. */
  readonly values: Readonly<Record<string, string>>;
}

export interface PersonaliseRequest extends Omit<CopyRequest, 'brief'> {
  readonly brief: Brief;
  readonly gate: PolicyGate;
  /**
   * Tokens by whose values the ads will be targeted: "in Leeds" is true for people in Leeds alone. Texts with a place are written for
   * these and for no others; search words and countdowns are the platform's own matter.
   */
  readonly targetedBy: readonly string[];
}

export interface Personalised {
  readonly ads: readonly PersonalAd[];
  readonly matrix: Matrix;
  readonly coverage: Coverage;
  /** About the brief's segments. */
  readonly findings: readonly Finding[];
  /** Texts that were left out because they would tell readers something private about themselves. */
  readonly refused: readonly { readonly segmentId: string; readonly text: string; readonly finding: PolicyFinding }[];
}

/** Texts with a token in one ad; more of them say the same thing again. */
const mostTokenTexts = 2;

/**
 * Ads of one format for every segment: those of `written` that say nothing withheld from it, gaps filled by the built-in writer, and
 * texts about the segment itself. `request.variants` is the number of ads a segment has; where the platform does not fill tokens in
 * by itself, the first of them becomes one ad for each value. The same request gives the same ads.
 */
export function personalise(request: PersonaliseRequest, written: readonly AdCopy[]): Personalised {
  const { brief, sheet } = request;
  const { segments, findings } = segmentsOf(brief, request.gate.category);
  const matrix = matrixOf(segments, sheet, brief.countries);
  const refused: Personalised['refused'][number][] = [];
  const ads = segments.flatMap((segment) => {
    const own = sheetFor(segment, sheet);
    const chosen = chooseAds({ ...request, sheet: own }, segment, written, matrix);
    return chosen.flatMap((ad, index) => adsFor({ ...request, sheet: own }, segment, ad, index, refused));
  });
  const said = ads.map(({ segmentId, texts }) => ({
    segmentId,
    factIds: new Set(texts.flatMap(({ factIds }) => factIds)),
  }));
  return { ads, matrix, coverage: coverageOf(matrix, said), findings, refused };
}

/** As many ads as are wanted, those first that say to the segment what no chosen one says yet. */
function chooseAds(
  request: PersonaliseRequest,
  segment: Segment,
  written: readonly AdCopy[],
  { messages, cells }: Matrix,
): readonly AdCopy[] {
  const may = new Set(request.sheet.facts.map(({ id }) => id));
  const conflicts = cells.filter(
    ({ segmentId, conflict }) => segmentId === segment.id && conflict?.kind === 'two-prices',
  );
  const left = written.filter(({ texts }) => texts.every(({ factIds }) => factIds.every((id) => may.has(id))));
  const short = request.variants - left.length;
  if (short > 0) {
    const outcome = writeAds(request);
    const known = new Set(left.map(identity));
    if (outcome.kind === 'written') left.push(...outcome.ads.filter((ad) => !known.has(identity(ad))));
  }
  const wanted = new Set(
    messages.flatMap(({ factId }) => (segment.says.includes(statementOf(factId)) ? [factId] : [])),
  );
  const said = new Set<string>();
  const chosen: AdCopy[] = [];
  while (chosen.length < request.variants && left.length > 0) {
    const worth = left.map((ad) => {
      const facts = new Set(ad.texts.flatMap(({ factIds }) => factIds));
      const fresh = [...facts].filter((id) => !said.has(id));
      const clashes = conflicts.filter(({ factId }) => facts.has(factId)).length;
      return fresh.length + 2 * fresh.filter((id) => wanted.has(id)).length - 5 * clashes;
    });
    const best = worth.indexOf(Math.max(...worth));
    const [taken] = left.splice(best, 1);
    if (taken === undefined) break;
    chosen.push(taken);
    for (const { factIds } of taken.texts) for (const id of factIds) said.add(id);
  }
  return chosen;
}

const identity = ({ texts }: AdCopy): string => texts.map(({ text }) => text).join('\n');

/** One ad of a segment with its token texts: itself, or one for each value. Ads that imply something private are left out. */
function adsFor(
  request: PersonaliseRequest,
  segment: Segment,
  ad: AdCopy,
  index: number,
  refused: Personalised['refused'][number][],
): PersonalAd[] {
  const { format } = request;
  const plain: PersonalAd = {
    ...ad,
    segmentId: segment.id,
    segment: segment.name === '' ? null : segment.name,
    values: {},
  };
  const bySlot = format.slots.map((slot) => ({ slot, candidates: candidatesOf(request, segment, slot) }));
  let made: readonly PersonalAd[] = [plain];
  let added = 0;
  for (const { slot, candidates } of bySlot) {
    const inserted = candidates.filter(({ way }) => way === 'inserted');
    for (let turn = 0; turn < Math.min(inserted.length, mostTokenTexts - added); turn += 1) {
      const candidate = inserted[(index + turn) % inserted.length];
      const [text] = candidate?.texts ?? [];
      if (candidate === undefined || text === undefined) continue;
      made = made.map((one) => withText(request, one, slot, candidate, text.text));
      added += 1;
    }
    const expanding = strongest(request, slot, candidates);
    if (index > 0 || added > 0 || made.length > 1 || expanding === undefined) continue;
    made = expanding.texts.map(({ text, values }) => ({
      ...withText(request, plain, slot, expanding, text),
      values,
    }));
  }
  return made.flatMap((one) => {
    const implied = implies(request, segment, one);
    if (implied === null) return [one];
    refused.push({ segmentId: segment.id, ...implied });
    // One token text was too much: the ad leaves as it came.
    return made.length === 1 && one !== plain && implies(request, segment, plain) === null ? [plain] : [];
  });
}

/** Rules about people: what an ad for a segment breaks first, by telling its readers that they are in it. */
const aboutPeople = 'people.';

function implies(
  { format, gate, bannedWords }: PersonaliseRequest,
  { countries }: Segment,
  { texts }: PersonalAd,
): { readonly text: string; readonly finding: PolicyFinding } | null {
  for (const { place, finding } of checkTexts(gate, { format, countries, texts, facts: null, bannedWords })) {
    const text = place === null ? undefined : texts[place]?.text;
    if (text !== undefined && finding.severity === 'block' && finding.ruleId.startsWith(aboutPeople)) {
      return { text, finding };
    }
  }
  return null;
}

/** Of texts that become an ad for each value, the one that says most. */
function strongest(
  { sheet, voice, format }: PersonaliseRequest,
  slot: CopySlot,
  candidates: readonly TokenCandidate[],
): TokenCandidate | undefined {
  const facts = factsById(sheet);
  const worth = ({ texts: [first], factIds, angle }: TokenCandidate): number => {
    const text = first?.text ?? '';
    return strengthOf({ text, factIds, angle }, facts, lengthIn(format, text) / (slot.seen ?? slot.limit), voice.tone)
      .expected;
  };
  return candidates.filter(({ way }) => way === 'expanded').toSorted((a, b) => worth(b) - worth(a))[0];
}

function candidatesOf(request: PersonaliseRequest, segment: Segment, slot: CopySlot): TokenCandidate[] {
  const { sheet, voice, brief, businessName, bannedWords, format } = request;
  if (!isWritten(sheet.language)) return [];
  const filling = openFilling({
    pack: languagePacks[sheet.language],
    facts: sheet.facts,
    voice,
    category: brief.product.category,
    countries: brief.countries,
    businessName,
    banned: bannedWords,
  });
  return filling === null
    ? []
    : tokenCandidates(filling, segment, { sheet, targetedBy: request.targetedBy }, format, slot);
}

/** The text beside the others where there is room, in place of the weakest where there is none. */
function withText(
  { format, sheet, voice }: PersonaliseRequest,
  ad: PersonalAd,
  slot: CopySlot,
  candidate: TokenCandidate,
  text: string,
): PersonalAd {
  const { factIds, angle, template } = candidate;
  const facts = factsById(sheet);
  const strength = strengthOf({ text, factIds, angle }, facts, lengthIn(format, text) / slot.limit, voice.tone);
  const added: CopyText = { text, factIds, angle, template, slot: slot.name, field: slot.field, strength };
  const here = ad.texts.filter((one) => one.slot === slot.name);
  if (here.some((one) => one.text.toLowerCase() === text.toLowerCase())) return ad;
  if (insertsKeyword(text) && ad.texts.some((one) => insertsKeyword(one.text))) return ad;
  const last = ad.texts.findLastIndex((one) => one.slot === slot.name);
  if (here.length < slot.atMost) return { ...ad, texts: ad.texts.toSpliced(last + 1, 0, added) };
  const weakest = here.reduce((weak, one) => (one.strength.expected < weak.strength.expected ? one : weak));
  return { ...ad, texts: ad.texts.map((one) => (one === weakest ? added : one)) };
}

const factsById = ({ facts }: FactSheet) => new Map(facts.map((fact) => [fact.id, fact]));

/** Google puts the same search words in both. */
const insertsKeyword = (text: string): boolean => /\{keyword:/i.test(text);
