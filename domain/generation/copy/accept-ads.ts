import type { PolicyFinding } from '../../../contracts/schemas/policies.ts';
import { type Angle, type Fact, isWritten } from '../fact.ts';
import { evidenceOf } from '../trace/trace.ts';
import { admit, type Door, type ProposedText } from './admit.ts';
import { buttons, waysByCategory } from './calls.ts';
import { hashtagsOf } from './hashtags.ts';
import { checkTexts, type PolicyGate } from './policy-gate.ts';
import { trigramSimilarity } from './similarity.ts';
import { type CopySlot, exclamations, lengthIn } from './slots.ts';
import { strengthOf } from './strength.ts';
import { type AdCopy, type CopyRequest, type CopyText, nearestAds, writeAds } from './write-ads.ts';

/** An ad with what the rules still say of it: nothing that blocks it by its words. */
export interface AcceptedAd extends AdCopy {
  readonly findings: readonly PolicyFinding[];
}

export interface Refused {
  /** `ad`: it was refused as a whole. */
  readonly slot: string;
  readonly text: string;
  readonly reason: string;
}

export interface Accepted {
  readonly ads: readonly AcceptedAd[];
  /** What was proposed and does not leave, with the reason. */
  readonly refused: readonly Refused[];
}

export interface Proposal {
  readonly angle: Angle;
  readonly texts: readonly ProposedText[];
}

/** Everything that acceptance looks at, made once for all ads of a request. */
interface Acceptance {
  readonly request: CopyRequest;
  readonly gate: PolicyGate;
  readonly door: Door;
  readonly facts: ReadonlyMap<string, Fact>;
  /** Names model and prompt; kept with every text in place of a template. */
  readonly writer: string;
  readonly refused: Refused[];
}

/**
 * Ads of what a model proposed: each text through the one door and past the rules, gaps filled by the built-in writer. An ad that
 * cannot be completed, or that says what another says, is left out.
 */
export function acceptAds(
  request: CopyRequest,
  proposals: readonly Proposal[],
  writer: string,
  gate: PolicyGate,
): Accepted {
  const { sheet, format, bannedWords: banned, businessName } = request;
  const evidence = evidenceOf(sheet.facts, businessName === null ? [] : [businessName]);
  const acceptance: Acceptance = {
    request,
    gate,
    door: { format, language: sheet.language, evidence, facts: sheet.facts, banned },
    facts: new Map(sheet.facts.map((fact) => [fact.id, fact])),
    writer,
    refused: [],
  };
  const spare = sparesOf(request);
  const similarity = trigramSimilarity();
  const ads: AcceptedAd[] = [];
  for (const [index, proposal] of proposals.slice(0, request.variants).entries()) {
    const ad = acceptAd(acceptance, proposal, spare[index % Math.max(1, spare.length)]?.texts ?? []);
    if (ad === null) continue;
    const identity = identityOf(ad);
    if (ads.some((other) => similarity(identity, identityOf(other)) > nearestAds)) {
      acceptance.refused.push({ slot: 'ad', text: identity, reason: 'It says the same as another ad.' });
      continue;
    }
    ads.push(ad);
  }
  return { ads, refused: acceptance.refused };
}

const identityOf = ({ texts }: Pick<AdCopy, 'texts'>): string => texts.map(({ text }) => text).join(' ');

function sparesOf(request: CopyRequest): readonly AdCopy[] {
  const builtIn = isWritten(request.sheet.language) ? writeAds(request) : null;
  return builtIn?.kind === 'written' ? builtIn.ads : [];
}

function acceptAd(acceptance: Acceptance, { angle, texts }: Proposal, spare: readonly CopyText[]): AcceptedAd | null {
  const { request, door, refused } = acceptance;
  const { format, brief, sheet } = request;
  const { admitted, refused: turnedAway } = admit(texts, door);
  refused.push(...turnedAway.map(({ proposed: { slot, text }, reason }) => ({ slot, text, reason })));
  const own = quiet(acceptance, admitted);
  const first = complete(acceptance, angle, own, spare);
  if (first === null) return null;
  const clean = withoutBlocks(acceptance, first);
  const filled = clean === first ? first : refill(format.slots, clean, spare);
  if (filled === null) return null;
  const left = findingsOf(acceptance, filled);
  const blocked = left.find(({ place, finding }) => place !== null && finding.severity === 'block');
  if (blocked !== undefined) {
    refused.push({ slot: 'ad', text: identityOf({ texts: filled }), reason: blocked.finding.message });
    return null;
  }
  return {
    platform: format.platform,
    format: format.format,
    language: sheet.language,
    angle,
    texts: filled,
    callToAction:
      brief.goal.objective === 'awareness' ? 'learn-more' : buttons[waysByCategory[brief.product.category].action],
    hashtags: format.hashtags === 0 ? [] : hashtagsOf(brief, sheet, format.hashtags),
    findings: left.map(({ finding }) => finding),
  };
}

/** The texts that leave an ad with one exclamation mark: the first that has one keeps it. */
function quiet({ refused }: Acceptance, texts: readonly ProposedText[]): readonly ProposedText[] {
  let shouted = 0;
  return texts.filter(({ slot, text }) => {
    if (shouted + exclamations(text) > 1) {
      refused.push({ slot, text, reason: 'The ad has its one exclamation mark already.' });
      return false;
    }
    shouted += exclamations(text);
    return true;
  });
}

/** The proposed texts in the order of the slots, each slot filled up to what it must have; null where it cannot be. */
function complete(
  { request, facts, writer }: Acceptance,
  angle: Angle,
  own: readonly ProposedText[],
  spare: readonly CopyText[],
): readonly CopyText[] | null {
  const { format, voice } = request;
  const texts = format.slots.flatMap((slot) =>
    own
      .filter((one) => one.slot === slot.name)
      .slice(0, slot.atMost)
      .map(({ text, factIds }): CopyText => {
        const used = lengthIn(format, text) / slot.limit;
        const strength = strengthOf({ text, factIds, angle }, facts, used, voice.tone);
        return { text, factIds, angle, template: writer, slot: slot.name, field: slot.field, strength };
      }),
  );
  return refill(format.slots, texts, spare);
}

function refill(
  slots: readonly CopySlot[],
  texts: readonly CopyText[],
  spare: readonly CopyText[],
): readonly CopyText[] | null {
  const all: CopyText[] = [];
  const said = new Set(texts.map(({ text }) => text.toLowerCase()));
  let shouted = texts.reduce((sum, { text }) => sum + exclamations(text), 0);
  for (const slot of slots) {
    const own = texts.filter((one) => one.slot === slot.name);
    const filling: CopyText[] = [];
    for (const one of spare) {
      if (own.length + filling.length >= slot.atLeast) break;
      if (one.slot !== slot.name || said.has(one.text.toLowerCase()) || shouted + exclamations(one.text) > 1) continue;
      filling.push(one);
      said.add(one.text.toLowerCase());
      shouted += exclamations(one.text);
    }
    if (own.length + filling.length < slot.atLeast) return null;
    all.push(...own, ...filling);
  }
  return all;
}

const findingsOf = ({ request, gate }: Acceptance, texts: readonly CopyText[]) =>
  checkTexts(gate, {
    format: request.format,
    countries: request.brief.countries,
    texts,
    facts: request.sheet.facts,
    bannedWords: request.bannedWords,
  });

/** Texts that a rule blocks take the wording that the rule suggests, where that may leave by itself; otherwise they go. */
function withoutBlocks(acceptance: Acceptance, texts: readonly CopyText[]): readonly CopyText[] {
  const { door, refused } = acceptance;
  const blocks = new Map<number, PolicyFinding>();
  for (const { place, finding } of findingsOf(acceptance, texts)) {
    if (place !== null && finding.severity === 'block' && !blocks.has(place)) blocks.set(place, finding);
  }
  if (blocks.size === 0) return texts;
  return texts.flatMap((one, index) => {
    const finding = blocks.get(index);
    if (finding === undefined) return [one];
    const text = finding.fix?.text;
    const fixed = text === undefined ? [] : admit([{ ...one, text }], door).admitted;
    refused.push({ slot: one.slot, text: one.text, reason: finding.message });
    return fixed.map((better) => ({ ...one, text: better.text }));
  });
}
