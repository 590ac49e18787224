import type { Brief, BriefDraft } from '../../contracts/schemas/briefs.ts';

/** Something that a brief still lacks, in words for whoever writes it. */
export interface OpenField {
  readonly field: string;
  readonly message: string;
}

export type CompletedBrief =
  | { readonly kind: 'complete'; readonly brief: Brief }
  | { readonly kind: 'open'; readonly open: readonly [OpenField, ...OpenField[]] };

/** A brief that is whole, what may be left empty filled in; or everything that nobody can decide but its author. */
export function completeBrief(draft: BriefDraft): CompletedBrief {
  const { product, landingPageUrl, dailyBudget, countries, languages, platforms, politicalAdvertising } = draft;
  const open: OpenField[] = [];
  const needed = <T>(field: string, value: T | undefined, message: string): T | undefined => {
    const empty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (empty) open.push({ field, message });
    return empty ? undefined : value;
  };
  const name = needed('product.name', product?.name, 'Name what is sold.');
  const url = needed('landingPageUrl', landingPageUrl, 'Name the page that the ads lead to.');
  const budget = needed('dailyBudget', dailyBudget, 'Say how much may be spent a day, over all platforms.');
  const where = needed('countries', countries, 'Name at least one country.');
  const spoken = needed('languages', languages, 'Name at least one language; the first is the one of the brief.');
  const accounts = needed('platforms', platforms, 'Choose at least one account to advertise from.');
  const political = needed('politicalAdvertising', politicalAdvertising, 'Say whether it is political advertising.');
  const [first, ...others] = open;
  if (first !== undefined) return { kind: 'open', open: [first, ...others] };
  return {
    kind: 'complete',
    brief: {
      ...draft,
      product: { name: name ?? '', category: product?.category ?? 'other', description: product?.description ?? '' },
      landingPageUrl: url ?? '',
      benefits: draft.benefits ?? [],
      features: draft.features ?? [],
      proof: draft.proof ?? [],
      audience: draft.audience ?? { description: '', segments: [] },
      goal: draft.goal ?? { objective: 'traffic' },
      dailyBudget: budget ?? { micros: 0, currency: 'EUR' },
      countries: where ?? [],
      languages: spoken ?? [],
      voice: draft.voice ?? { tone: 'plain', formality: 'formal' },
      bannedWords: draft.bannedWords ?? [],
      claims: draft.claims ?? [],
      keywords: draft.keywords ?? [],
      platforms: accounts ?? [],
      politicalAdvertising: political ?? 'none',
      texts: draft.texts ?? {},
    },
  };
}
