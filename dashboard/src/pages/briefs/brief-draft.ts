import type { Account, Brief } from '../../../../sdks/javascript/src/generated/api.ts';

/** A brief as it is written in the form: texts, so that what cannot be read stays to be mended. */
export interface BriefDraft {
  readonly name: string;
  readonly category: Brief['product']['category'];
  readonly description: string;
  readonly landingPageUrl: string;
  /** One a line. */
  readonly benefits: string;
  readonly features: string;
  readonly problem: string;
  readonly urgency: string;
  readonly offer: string;
  readonly price: string;
  readonly discount: string;
  readonly validUntil: string;
  readonly code: string;
  readonly proof: readonly ProofDraft[];
  readonly audience: string;
  /** `Name: description`, one a line. */
  readonly segments: string;
  readonly objective: Brief['goal']['objective'];
  readonly targetCpa: string;
  readonly dailyBudget: string;
  readonly currency: string;
  /** Codes with commas between. */
  readonly countries: string;
  readonly languages: string;
  readonly tone: Brief['voice']['tone'];
  readonly formality: Brief['voice']['formality'];
  readonly bannedWords: string;
  readonly keywords: string;
  readonly accounts: Readonly<Record<string, { readonly page?: string; readonly identity?: string }>>;
  readonly politicalAdvertising: Brief['politicalAdvertising'];
}

export interface ProofDraft {
  readonly text: string;
  readonly kind: Brief['proof'][number]['kind'];
  readonly substantiation: string;
}

export const emptyBrief = (currency: string): BriefDraft => ({
  ...{ name: '', category: 'other', description: '', landingPageUrl: '', benefits: '', features: '', problem: '' },
  ...{ urgency: '', offer: '', price: '', discount: '', validUntil: '', code: '', proof: [], audience: '', segments: '' },
  ...{ objective: 'conversions', targetCpa: '', dailyBudget: '', currency, countries: '', languages: 'en' },
  ...{ tone: 'plain', formality: 'formal', bannedWords: '', keywords: '', accounts: {}, politicalAdvertising: 'none' },
});

const unit = 1_000_000;
const amountText = (micros: number | undefined): string =>
  micros === undefined ? '' : String(Math.round(micros / 10_000) / 100);

/** A brief as the form shows it. */
export function draftOf(brief: Brief): BriefDraft {
  const { product, offer, goal, audience, voice } = brief;
  return {
    ...{ name: product.name, category: product.category, description: product.description },
    landingPageUrl: brief.landingPageUrl,
    benefits: brief.benefits.join('\n'),
    features: brief.features.join('\n'),
    problem: brief.problem ?? '',
    urgency: brief.urgency ?? '',
    offer: offer?.text ?? '',
    price: amountText(offer?.price?.micros),
    discount: offer?.discountPercent === undefined ? '' : String(offer.discountPercent),
    validUntil: offer?.validUntil ?? '',
    code: offer?.code ?? '',
    proof: brief.proof.map(({ text, kind, substantiation }) => ({ text, kind, substantiation })),
    audience: audience.description,
    segments: audience.segments.map(({ name, description }) => `${name}: ${description}`).join('\n'),
    objective: goal.objective,
    targetCpa: amountText(goal.targetCpa?.micros),
    dailyBudget: amountText(brief.dailyBudget.micros),
    currency: brief.dailyBudget.currency,
    countries: brief.countries.join(', '),
    languages: brief.languages.join(', '),
    ...voice,
    bannedWords: brief.bannedWords.join(', '),
    keywords: brief.keywords.join('\n'),
    accounts: Object.fromEntries(brief.platforms.map(({ accountId, ...under }) => [accountId, under])),
    politicalAdvertising: brief.politicalAdvertising,
  };
}

export type BriefFaults = Readonly<Partial<Record<keyof BriefDraft, string>>>;
export type BriefReading =
  | { readonly kind: 'read'; readonly brief: Brief }
  | { readonly kind: 'refused'; readonly faults: BriefFaults };

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const listed = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/**
 * The brief that is written, or every field that cannot be read. What the form does not show (translations, ratings, claims, how a
 * price is meant) stays as `before` has it.
 */
export function readBrief(draft: BriefDraft, accounts: readonly Account[], before: Brief | undefined): BriefReading {
  const faults: Partial<Record<keyof BriefDraft, string>> = {};
  const amount = (place: keyof BriefDraft): number | undefined => {
    const text = String(draft[place]).trim().replace(',', '.');
    if (text === '') return undefined;
    const value = /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * unit) : Number.NaN;
    if (Number.isNaN(value)) faults[place] = 'Write an amount like 49 or 49.90';
    return value;
  };
  const needed = (place: keyof BriefDraft, what: string): string => {
    const text = String(draft[place]).trim();
    if (text === '') faults[place] = what;
    return text;
  };
  const codes = (place: 'countries' | 'languages', shape: RegExp, example: string): string[] => {
    const all = listed(draft[place]).map((one) => (place === 'countries' ? one.toUpperCase() : one.toLowerCase()));
    const wrong = all.find((one) => !shape.test(one));
    if (all.length === 0 || wrong !== undefined) {
      faults[place] = wrong === undefined ? `Name at least one, such as ${example}` : `“${wrong}” is not a code such as ${example}`;
    }
    return all;
  };
  const { currency } = draft;
  const name = needed('name', 'Name what is sold');
  const landingPageUrl = needed('landingPageUrl', 'Name the page that the ads lead to');
  if (landingPageUrl !== '' && !/^https:\/\/[^\s/]+\.[^\s]+$/.test(landingPageUrl)) {
    faults.landingPageUrl = 'Write the whole address, beginning with https://';
  }
  const dailyBudget = amount('dailyBudget');
  if (dailyBudget === undefined) faults.dailyBudget = 'Say how much may be spent a day';
  const [price, targetCpa] = [amount('price'), amount('targetCpa')];
  const discount = draft.discount.trim() === '' ? undefined : Number(draft.discount);
  if (discount !== undefined && !(Number.isInteger(discount) && discount >= 1 && discount <= 99)) {
    faults.discount = 'Write whole percents from 1 to 99';
  }
  const offerText = draft.offer.trim();
  if (offerText === '' && [price, discount].some((one) => one !== undefined)) faults.offer = 'Say the offer in words';
  if (draft.code.trim() !== '' && !/^[A-Za-z0-9-]{2,20}$/.test(draft.code.trim())) {
    faults.code = 'Write 2 to 20 letters, digits or hyphens';
  }
  const countries = codes('countries', /^[A-Z]{2}$/, 'DE');
  const languages = codes('languages', /^[a-z]{2}$/, 'de');
  const chosen = Object.entries(draft.accounts);
  if (chosen.length === 0) faults.accounts = 'Choose at least one account';
  for (const [accountId, { page, identity }] of chosen) {
    const account = accounts.find(({ id }) => id === accountId);
    if (account?.platform === 'linkedin-ads' && (page ?? '') === '') {
      faults.accounts = `Name the LinkedIn page that ${account.name} is shown under`;
    }
    if (account?.platform === 'tiktok-ads' && (identity ?? '') === '') {
      faults.accounts = `Name the TikTok identity that ${account.name} is shown under`;
    }
  }
  const proof = draft.proof.filter(({ text }) => text.trim() !== '');
  if (proof.some(({ substantiation }) => substantiation.trim().length < 3)) {
    faults.proof = 'Say of each proof where it can be seen';
  }
  if (Object.keys(faults).length > 0) return { kind: 'refused', faults };
  const kept = before?.offer;
  return {
    kind: 'read',
    brief: {
      product: { name, category: draft.category, description: draft.description.trim() },
      landingPageUrl,
      benefits: lines(draft.benefits),
      features: lines(draft.features),
      ...(draft.problem.trim() !== '' && { problem: draft.problem.trim() }),
      ...(draft.urgency.trim() !== '' && { urgency: draft.urgency.trim() }),
      ...(offerText !== '' && {
        offer: {
          ...(kept?.holdsFor !== undefined && { holdsFor: kept.holdsFor }),
          ...(kept?.priceIs !== undefined && { priceIs: kept.priceIs }),
          ...(kept?.priceUnit !== undefined && { priceUnit: kept.priceUnit }),
          ...(kept?.discountIs !== undefined && { discountIs: kept.discountIs }),
          text: offerText,
          ...(price !== undefined && { price: { micros: price, currency } }),
          ...(discount !== undefined && { discountPercent: discount }),
          ...(draft.validUntil !== '' && { validUntil: draft.validUntil }),
          ...(draft.code.trim() !== '' && { code: draft.code.trim() }),
        },
      }),
      proof: proof.map((one) => ({
        ...before?.proof.find(({ text }) => text === one.text),
        text: one.text.trim(),
        kind: one.kind,
        substantiation: one.substantiation.trim(),
      })),
      audience: { description: draft.audience.trim(), segments: lines(draft.segments).map(segmentOf) },
      goal: { objective: draft.objective, ...(targetCpa !== undefined && { targetCpa: { micros: targetCpa, currency } }) },
      dailyBudget: { micros: dailyBudget ?? 0, currency },
      countries,
      languages,
      voice: { tone: draft.tone, formality: draft.formality },
      bannedWords: listed(draft.bannedWords),
      claims: before?.claims ?? [],
      keywords: lines(draft.keywords),
      platforms: chosen.map(([accountId, { page = '', identity = '' }]) => ({
        accountId,
        ...(page.trim() !== '' && { page: page.trim() }),
        ...(identity.trim() !== '' && { identity: identity.trim() }),
      })),
      politicalAdvertising: draft.politicalAdvertising,
      texts: before?.texts ?? {},
    },
  };
}

function segmentOf(line: string): { name: string; description: string } {
  const [name = '', ...rest] = line.split(':');
  return { name: name.trim(), description: rest.join(':').trim() };
}
