import type {
  CreativeFinding,
  CreativeRecord,
  CreativeRepair,
  CreativeText,
} from '../../../contracts/schemas/creatives.ts';
import type { PolicyFinding } from '../../../contracts/schemas/policies.ts';
import { checkPolicy } from '../../compliance/policy/check-policy.ts';
import type { CompiledPolicy } from '../../compliance/policy/compile-policy.ts';
import type { PolicyAd } from '../../compliance/policy/read-ad.ts';
import { derivedId } from '../../integrations/ids.ts';
import { type CopyFormat, fits, lengthIn } from '../copy/slots.ts';
import type { Fact } from '../fact.ts';
import { evidenceOf, untraced } from '../trace/trace.ts';
import { slotOf } from './creative-of-ad.ts';

export interface CheckContext {
  readonly policy: CompiledPolicy;
  readonly format: CopyFormat;
  /** All that may be said in the creative's language. */
  readonly facts: readonly Fact[];
  readonly businessName: string | null;
  readonly bannedWords: readonly string[];
  readonly trademarksAllowed: readonly string[];
  readonly destination: PolicyAd['destination'];
  /** ISO date whose rules hold. */
  readonly today: string;
}

/** The check mends what it can so often; then a person has to. */
const mostRepairs = 2;

/** What speaks against a creative as it stands. */
export function findingsOf(creative: CreativeRecord, context: CheckContext): CreativeRecord {
  const { policy, facts, bannedWords, trademarksAllowed, destination, today } = context;
  const answer = checkPolicy(policy, {
    platform: creative.platform,
    countries: creative.countries,
    language: creative.language,
    texts: creative.texts.map(({ field, text }) => ({ field, text })),
    imageTexts: creative.images.flatMap(({ texts }, index) =>
      texts.map(({ part, text }) => ({ field: `images.${index}.${part}`, text })),
    ),
    hasMedia: creative.images.length > 0,
    landingPageUrl: creative.landingPageUrl,
    bannedWords,
    trademarksAllowed,
    facts: facts.map(({ id, kind, text }) => ({ id, kind, text })),
    at: today,
    ...(destination !== undefined && { destination }),
  });
  const findings = answer.findings.map((finding) => withId(creative, finding, context));
  const blocked = answer.verdict === 'block';
  return {
    ...creative,
    findings,
    verdict: answer.verdict,
    status:
      creative.status === 'draft' || creative.status === 'needs-review'
        ? blocked
          ? 'needs-review'
          : 'draft'
        : creative.status,
  };
}

/** The same finding on the same text has the same id, so that a click on it means what was seen. */
function withId(creative: CreativeRecord, finding: PolicyFinding, context: CheckContext): CreativeFinding {
  const text = creative.texts.find(({ field }) => field === finding.field);
  return {
    id: derivedId('fnd', [creative.id, finding.ruleId, finding.field, `${finding.span.start}`, text?.text ?? '']),
    ...finding,
    fixable: text !== undefined && finding.fix !== null && mayStand(creative, text, finding.fix.text, context),
  };
}

/** Whether a text may take the place of another: it fits, says nothing that no fact says, and is not there yet. */
export function mayStand(creative: CreativeRecord, place: CreativeText, text: string, context: CheckContext): boolean {
  return againstText(creative, place, text, context) === null;
}

/** Why a text may not stand in a place; null when it may. */
export function againstText(
  creative: CreativeRecord,
  place: CreativeText,
  text: string,
  { format, facts, businessName }: CheckContext,
): string | null {
  const slot = slotOf(format, place);
  if (slot === undefined) return `There is no ${place.field} in ${creative.format} ads.`;
  const length = lengthIn(format, text);
  if (length > slot.limit) return `It is ${length} long as the platform counts; there is room for ${slot.limit}.`;
  if (!fits(format, slot, text)) return 'Its punctuation or signs are not allowed in this place.';
  const name = place.field.replace(/\.\d+$/, '');
  const twin = creative.texts.some(
    (one) =>
      one.field !== place.field &&
      one.field.replace(/\.\d+$/, '') === name &&
      one.text.toLowerCase() === text.toLowerCase(),
  );
  if (twin) return 'The same text stands in this ad already.';
  const evidence = evidenceOf(facts, businessName === null ? [] : [businessName]);
  return untraced(place.field, text, creative.language, evidence)[0]?.message ?? null;
}

/** The creative with one text in place of another. Nothing is checked here. */
export const withText = (
  creative: CreativeRecord,
  field: string,
  text: string,
  format: CopyFormat,
): CreativeRecord => ({
  ...creative,
  texts: creative.texts.map((one) => (one.field === field ? { ...one, text, length: lengthIn(format, text) } : one)),
});

/**
 * Checks a creative and mends it at most twice: takes each suggestion that fits, and leaves out a text that has none where the ad has
 * more than it needs. What is still blocked waits for a person.
 */
export function checkCreative(creative: CreativeRecord, context: CheckContext): CreativeRecord {
  let now = findingsOf(creative, context);
  const repairs: CreativeRepair[] = [];
  for (let round = 0; round < mostRepairs && now.findings.some(({ severity }) => severity !== 'info'); round += 1) {
    const before = now;
    for (const finding of before.findings.filter(({ severity }) => severity !== 'info')) {
      const mended = mend(now, finding, context);
      if (mended === null) continue;
      repairs.push(mended.repair);
      now = mended.creative;
    }
    if (now === before) break;
    now = findingsOf(now, context);
  }
  return { ...now, repairs };
}

function mend(
  creative: CreativeRecord,
  finding: CreativeFinding,
  context: CheckContext,
): { readonly creative: CreativeRecord; readonly repair: CreativeRepair } | null {
  const text = creative.texts.find(({ field }) => field === finding.field);
  if (text === undefined) return null;
  const repair = { field: finding.field, before: text.text, ruleId: finding.ruleId };
  const better = finding.fix?.text;
  if (better === text.text) return null;
  if (better !== undefined && mayStand(creative, text, better, context)) {
    return { creative: withText(creative, text.field, better, context.format), repair: { ...repair, after: better } };
  }
  if (finding.severity !== 'block') return null;
  const slot = slotOf(context.format, text);
  const siblings = creative.texts.filter((one) => slotOf(context.format, one) === slot);
  if (slot === undefined || siblings.length <= slot.atLeast) return null;
  return { creative: without(creative, text), repair: { ...repair, after: '' } };
}

/** Fields are numbered without gaps. */
function without(creative: CreativeRecord, gone: CreativeText): CreativeRecord {
  const counts = new Map<string, number>();
  const texts = creative.texts
    .filter((one) => one !== gone)
    .map((one) => {
      const [, name, number] = /^(.*)\.(\d+)$/.exec(one.field) ?? [];
      if (name === undefined || number === undefined) return one;
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      return { ...one, field: `${name}.${index}` };
    });
  return { ...creative, texts };
}
