import type { Account, Brief, BriefDraft } from '../../../../sdks/javascript/src/generated/api.ts';

/** A brief as it is written in the form: texts, so that what cannot be read stays to be mended. */
export interface BriefForm {
  readonly name: string;
  readonly category: Brief['product']['category'];
  readonly description: string;
  readonly landingPageUrl: string;
  /** Ids of uploaded photos. */
  readonly photos: readonly string[];
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
  /** Empty until somebody has said it. */
  readonly politicalAdvertising: Brief['politicalAdvertising'] | '';
}

export interface ProofDraft {
  readonly text: string;
  readonly kind: Brief['proof'][number]['kind'];
  readonly substantiation: string;
}

export const emptyForm = (currency: string): BriefForm => ({
  ...{
    name: '',
    category: 'other',
    description: '',
    landingPageUrl: '',
    photos: [],
    benefits: '',
    features: '',
    problem: '',
  },
  ...{
    urgency: '',
    offer: '',
    price: '',
    discount: '',
    validUntil: '',
    code: '',
    proof: [],
    audience: '',
    segments: '',
  },
  ...{ objective: 'conversions', targetCpa: '', dailyBudget: '', currency, countries: '', languages: 'en' },
  ...{ tone: 'plain', formality: 'formal', bannedWords: '', keywords: '', accounts: {}, politicalAdvertising: '' },
});

const unit = 1_000_000;
const amountText = (micros: number | undefined): string =>
  micros === undefined ? '' : String(Math.round(micros / 10_000) / 100);

/** A brief as the form shows it; what is open in it is empty. */
export function formOf(brief: BriefDraft, currency: string): BriefForm {
  const { product, offer, goal, audience, voice } = brief;
  const empty = emptyForm(currency);
  return {
    ...empty,
    ...{ name: product?.name ?? '', category: product?.category ?? empty.category },
    description: product?.description ?? '',
    photos: product?.photoAssetIds ?? [],
    landingPageUrl: brief.landingPageUrl ?? '',
    benefits: (brief.benefits ?? []).join('\n'),
    features: (brief.features ?? []).join('\n'),
    problem: brief.problem ?? '',
    urgency: brief.urgency ?? '',
    offer: offer?.text ?? '',
    price: amountText(offer?.price?.micros),
    discount: offer?.discountPercent === undefined ? '' : String(offer.discountPercent),
    validUntil: offer?.validUntil ?? '',
    code: offer?.code ?? '',
    proof: (brief.proof ?? []).map(({ text, kind, substantiation }) => ({ text, kind, substantiation })),
    audience: audience?.description ?? '',
    segments: (audience?.segments ?? []).map(({ name, description }) => `${name}: ${description}`).join('\n'),
    objective: goal?.objective ?? empty.objective,
    targetCpa: amountText(goal?.targetCpa?.micros),
    dailyBudget: amountText(brief.dailyBudget?.micros),
    currency: brief.dailyBudget?.currency ?? offer?.price?.currency ?? currency,
    countries: (brief.countries ?? []).join(', '),
    languages: (brief.languages ?? []).join(', '),
    ...(voice ?? {}),
    bannedWords: (brief.bannedWords ?? []).join(', '),
    keywords: (brief.keywords ?? []).join('\n'),
    accounts: Object.fromEntries((brief.platforms ?? []).map(({ accountId, ...under }) => [accountId, under])),
    politicalAdvertising: brief.politicalAdvertising ?? '',
  };
}

export type FormFaults = Readonly<Partial<Record<keyof BriefForm, string>>>;

/** What a form says: the brief as far as it is written, what is to be taken away, and what cannot be read. */
export interface FormReading {
  readonly brief: BriefDraft;
  readonly without: ('offer' | 'problem' | 'urgency')[];
  readonly faults: FormFaults;
}

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
 * Reads a form. What it does not show (translations, ratings, how a price is meant) stays as `before` has it; what is empty is left open,
 * and the API says what it still needs.
 */
export function readForm(form: BriefForm, accounts: readonly Account[], before: BriefDraft): FormReading {
  const faults: Partial<Record<keyof BriefForm, string>> = {};
  const amount = (place: keyof BriefForm): { micros: number; currency: string } | undefined => {
    const text = String(form[place]).trim().replace(',', '.');
    if (text === '') return undefined;
    if (!/^\d+(\.\d{1,2})?$/.test(text)) faults[place] = 'Write an amount like 49 or 49.90';
    return { micros: Math.round(Number(text) * unit), currency: form.currency };
  };
  const codes = (place: 'countries' | 'languages', shape: RegExp, example: string): string[] => {
    const all = listed(form[place]).map((one) => (place === 'countries' ? one.toUpperCase() : one.toLowerCase()));
    const wrong = all.find((one) => !shape.test(one));
    if (wrong !== undefined) faults[place] = `“${wrong}” is not a code such as ${example}`;
    return all;
  };
  const url = form.landingPageUrl.trim();
  if (url !== '' && !/^https:\/\/[^\s/]+\.[^\s]+$/.test(url)) {
    faults.landingPageUrl = 'Write the whole address, beginning with https://';
  }
  const [dailyBudget, price, targetCpa] = [amount('dailyBudget'), amount('price'), amount('targetCpa')];
  const discount = form.discount.trim() === '' ? undefined : Number(form.discount);
  if (discount !== undefined && !(Number.isInteger(discount) && discount >= 1 && discount <= 99)) {
    faults.discount = 'Write whole percents from 1 to 99';
  }
  const offer = form.offer.trim();
  const code = form.code.trim();
  if (offer === '' && (price !== undefined || discount !== undefined || code !== '' || form.validUntil !== '')) {
    faults.offer = 'Say the offer in words too';
  }
  if (code !== '' && !/^[A-Za-z0-9-]{2,20}$/.test(code)) faults.code = 'Write 2 to 20 letters, digits or hyphens';
  const countries = codes('countries', /^[A-Z]{2}$/, 'DE');
  const languages = codes('languages', /^[a-z]{2}$/, 'de');
  const chosen = Object.entries(form.accounts);
  for (const [accountId, { page = '', identity = '' }] of chosen) {
    const account = accounts.find(({ id }) => id === accountId);
    const missing =
      account?.platform === 'linkedin-ads' && page.trim() === ''
        ? 'the LinkedIn page'
        : account?.platform === 'tiktok-ads' && identity.trim() === ''
          ? 'the TikTok identity'
          : undefined;
    if (missing !== undefined)
      faults.accounts = `Name ${missing} that ads of ${account?.name ?? accountId} are shown under`;
  }
  const proof = form.proof.filter(({ text }) => text.trim() !== '');
  if (proof.some(({ substantiation }) => substantiation.trim().length < 3)) {
    faults.proof = 'Say of each proof where it can be seen';
  }
  const kept = before.offer;
  const name = form.name.trim();
  const [problem, urgency] = [form.problem.trim(), form.urgency.trim()];
  const brief: BriefDraft = {
    product: {
      ...(name !== '' && { name }),
      ...{ category: form.category, description: form.description.trim() },
      // None takes away those that were there.
      ...((form.photos.length > 0 || before.product?.photoAssetIds !== undefined) && {
        photoAssetIds: [...form.photos],
      }),
    },
    ...(url !== '' && { landingPageUrl: url }),
    benefits: lines(form.benefits),
    features: lines(form.features),
    ...(problem !== '' && { problem }),
    ...(urgency !== '' && { urgency }),
    ...(offer !== '' && {
      offer: {
        ...(kept?.holdsFor !== undefined && { holdsFor: kept.holdsFor }),
        ...(kept?.priceIs !== undefined && { priceIs: kept.priceIs }),
        ...(kept?.priceUnit !== undefined && { priceUnit: kept.priceUnit }),
        ...(kept?.discountIs !== undefined && { discountIs: kept.discountIs }),
        text: offer,
        ...(price !== undefined && { price }),
        ...(discount !== undefined && { discountPercent: discount }),
        ...(form.validUntil !== '' && { validUntil: form.validUntil }),
        ...(code !== '' && { code }),
      },
    }),
    proof: proof.map((one) => ({
      ...before.proof?.find(({ text }) => text === one.text),
      text: one.text.trim(),
      kind: one.kind,
      substantiation: one.substantiation.trim(),
    })),
    audience: {
      description: form.audience.trim(),
      segments: lines(form.segments).map((line) => segmentOf(line, before)),
    },
    goal: { objective: form.objective, ...(targetCpa !== undefined && { targetCpa }) },
    ...(dailyBudget !== undefined && { dailyBudget }),
    countries,
    languages,
    voice: { tone: form.tone, formality: form.formality },
    bannedWords: listed(form.bannedWords),
    keywords: lines(form.keywords),
    platforms: chosen.map(([accountId, { page = '', identity = '' }]) => ({
      accountId,
      ...(page.trim() !== '' && { page: page.trim() }),
      ...(identity.trim() !== '' && { identity: identity.trim() }),
    })),
    ...(form.politicalAdvertising !== '' && { politicalAdvertising: form.politicalAdvertising }),
  };
  const without = (['offer', 'problem', 'urgency'] as const).filter(
    (field) => before[field] !== undefined && brief[field] === undefined,
  );
  return { brief, without, faults };
}

type Segment = Brief['audience']['segments'][number];

/** What else is said of a segment of this name stays. */
function segmentOf(line: string, before: BriefDraft): Segment {
  const [given = '', ...rest] = line.split(':');
  const name = given.trim();
  const held = before.audience?.segments.find((one) => one.name === name);
  return { ...held, name, description: rest.join(':').trim() };
}
