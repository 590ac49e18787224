import type { PolicyAnswer, PolicyFinding } from '../../../contracts/schemas/policies.ts';
import type { CompiledPolicy, CompiledRule } from './compile-policy.ts';
import { destinationField } from './matchers/destination.ts';
import type { Objection } from './objection.ts';
import { sourceOn } from './policy-rule.ts';
import { type PolicyAd, type Reading, readAd, readText } from './read-ad.ts';
import { type Raised, repairOnce } from './repair-text.ts';

/** A rule tells of this many places in one field; a text with more is not read to its end by anybody. */
const mostPlaces = 10;
/** Repairs uncover each other ("FREE!!! CLICK HERE"), a few deep. */
const mostRepairs = 6;

/** Checks one ad. Pure: the same ad, rules and day give the same answer. */
export function checkPolicy(policy: CompiledPolicy, ad: PolicyAd): PolicyAnswer {
  const rules = policy.rules.filter(({ rule }) => isAbout(rule, ad));
  const readings = readAd(ad, policy.index);
  const raised = gravest(objectionsOf(rules, ad, readings));
  const fixes = new Map(
    [...new Set(raised.map(({ objection }) => objection.field))].map((field) => [
      field,
      repaired(field, { policy, rules, ad, readings, raised }),
    ]),
  );
  const order = [...readings.map(({ field }) => field), destinationField];
  const findings = raised
    .map((one) => findingOf(one, ad, readings, fixes.get(one.objection.field)))
    .sort(
      (a, b) =>
        order.indexOf(a.field) - order.indexOf(b.field) ||
        a.span.start - b.span.start ||
        a.span.end - b.span.end ||
        (a.ruleId < b.ruleId ? -1 : 1),
    );
  return { verdict: verdictOf(findings), findings, rules: { version: policy.version, checked: rules.length } };
}

function isAbout({ platforms, countries, validFrom, validTo }: CompiledRule['rule'], ad: PolicyAd): boolean {
  return (
    (platforms === 'all' || platforms.includes(ad.platform)) &&
    (countries === 'all' || ad.countries.some((country) => countries.includes(country))) &&
    validFrom <= ad.at &&
    (validTo === undefined || ad.at <= validTo)
  );
}

function objectionsOf(rules: readonly CompiledRule[], ad: PolicyAd, readings: readonly Reading[]): readonly Raised[] {
  return rules.flatMap(({ rule, find }) => {
    const { kinds } = rule;
    const inKinds = kinds === undefined ? readings : readings.filter(({ kind }) => kinds.includes(kind));
    return distinct(find(ad, inKinds, readings)).map((objection) => ({ rule, objection }));
  });
}

/** One finding a place: what two readings of a text find is said once, and of nested places the outer one. */
function distinct(objections: readonly Objection[]): readonly Objection[] {
  if (objections.length < 2) return objections;
  const kept = new Map<string, Objection[]>();
  for (const objection of [...objections].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const places = kept.get(objection.field) ?? [];
    kept.set(objection.field, places);
    const last = places.at(-1);
    if (last !== undefined && objection.start < last.end) continue;
    if (places.length < mostPlaces) places.push(objection);
  }
  return [...kept.values()].flat();
}

const weight = { block: 2, warn: 1, info: 0 } as const;

/** Of rules about one kind of product at one place, the gravest speaks: a ban makes a condition needless. */
function gravest(raised: readonly Raised[]): readonly Raised[] {
  const most = new Map<string, number>();
  const keyOf = ({ rule: { matcher }, objection }: Raised): string | undefined =>
    matcher.kind === 'category' ? `${matcher.category} ${objection.field} ${objection.start}` : undefined;
  for (const one of raised) {
    const key = keyOf(one);
    if (key !== undefined) most.set(key, Math.max(most.get(key) ?? 0, weight[one.rule.severity]));
  }
  return raised.filter((one) => {
    const key = keyOf(one);
    return key === undefined || one.rule.severity === 'info' || weight[one.rule.severity] === most.get(key);
  });
}

interface Scene {
  readonly policy: CompiledPolicy;
  readonly rules: readonly CompiledRule[];
  readonly ad: PolicyAd;
  readonly readings: readonly Reading[];
  readonly raised: readonly Raised[];
}

/** The field written anew until nothing is left in it that wording can clear; undefined where that takes a person. */
function repaired(field: string, { policy, rules, ad, readings, raised }: Scene): string | undefined {
  let now = readings;
  let open = raised.filter((one) => one.objection.field === field && clearable(one));
  if (open.length === 0) return undefined;
  for (let round = 0; round < mostRepairs; round += 1) {
    const text = now.find((reading) => reading.field === field)?.text;
    const next = text === undefined ? undefined : repairOnce(text, open);
    if (next === undefined) return undefined;
    now = now.map((reading) =>
      reading.field === field ? readText({ field, text: next }, policy.index, reading.kind) : reading,
    );
    open = objectionsOf(rules, ad, now).filter((one) => one.objection.field === field && clearable(one));
    if (open.length === 0) return next;
  }
  return undefined;
}

/** What no wording changes stays: it is about the product. */
const clearable = ({ rule }: Raised): boolean => rule.rewrite.how !== 'none';

/** As much of a long match as a sentence takes. */
const longestQuote = 60;

function findingOf(one: Raised, ad: PolicyAd, readings: readonly Reading[], fix: string | undefined): PolicyFinding {
  const { rule, objection } = one;
  const { field, start, end } = objection;
  const text =
    readings.find((reading) => reading.field === field)?.text ?? ad.destination?.url ?? ad.landingPageUrl ?? '';
  const quoted = text.slice(start, end);
  const match = quoted.length > longestQuote ? `${quoted.slice(0, longestQuote)}…` : quoted;
  const written = ad.texts.find((one) => one.field === field)?.text ?? text;
  // With a code for the platform in it, what is read stands elsewhere in the text: the whole of it is meant.
  const inserted = written !== text && ad.texts.some((one) => one.field === field);
  const countries = rule.countries === 'all' ? [] : ad.countries.filter((country) => rule.countries.includes(country));
  return {
    ruleId: rule.id,
    platform: ad.platform,
    country: countries[0] ?? null,
    countries,
    field,
    span: inserted ? { start: 0, end: written.length } : { start, end },
    severity: rule.severity,
    message: rule.message.replaceAll('{match}', () => match),
    source: sourceOn(rule, ad.platform),
    fix: fix !== undefined && clearable(one) && !inserted ? { text: fix } : null,
  };
}

const verdictOf = (findings: readonly PolicyFinding[]): PolicyAnswer['verdict'] => {
  if (findings.some(({ severity }) => severity === 'block')) return 'block';
  return findings.some(({ severity }) => severity === 'warn') ? 'warn' : 'pass';
};
