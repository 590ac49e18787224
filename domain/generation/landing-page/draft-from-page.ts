import type { BriefDraft } from '../../../contracts/schemas/briefs.ts';
import type { PageFacts } from './facts-of-page.ts';
import type { PageDocument } from './page-document.ts';

/** What a page alone lets a brief say; every field of it is to be confirmed by somebody. */
export interface PageDraft {
  readonly draft: BriefDraft;
  /** Fields that were filled. */
  readonly filled: readonly string[];
}

const unit = 1_000_000;
const [mostBenefits, mostFeatures] = [6, 8];
const longestName = 80;
const longestStatement = 300;

/** A draft of a brief from what was read; what nobody can see on a page (money, countries, accounts) stays open. */
export function draftFromPage(page: PageDocument, read: PageFacts, url: string): PageDraft {
  const facts = read.facts.filter(({ suspicious }) => !suspicious);
  const said = (kind: string, count: number): string[] =>
    facts
      .filter((fact) => fact.kind === kind)
      .slice(0, count)
      .map(({ text }) => text.slice(0, longestStatement));
  const name = nameOf(page, read, facts.find(({ kind }) => kind === 'product')?.text);
  const description =
    page.meta.get('og:description') ?? page.meta.get('description') ?? read.product?.description ?? '';
  const [offerText] = said('offer', 1);
  const price = read.product?.price ?? null;
  const percent = offerText === undefined ? undefined : /\b(\d{1,2})\s?%/.exec(offerText)?.[1];
  const rating = read.product?.rating ?? null;
  const draft: BriefDraft = {
    landingPageUrl: url,
    product: {
      ...(name !== undefined && { name }),
      ...(description !== '' && { description: description.slice(0, 3_000) }),
    },
    benefits: said('benefit', mostBenefits),
    features: said('feature', mostFeatures),
    ...(read.language !== null && { languages: [read.language] }),
    ...((offerText !== undefined || price !== null) && {
      offer: {
        text: offerText ?? `${price?.amount ?? ''} ${price?.currency ?? ''}`.trim(),
        ...(price !== null && {
          price: { micros: Math.round(Number(price.amount) * unit), currency: price.currency },
          ...(price.lowest && { priceIs: 'from' as const }),
        }),
        ...(percent !== undefined && Number(percent) > 0 && { discountPercent: Number(percent) }),
      },
    }),
    ...(rating !== null && {
      proof: [
        {
          text: `${rating.value}/${rating.outOf}${rating.reviews === null ? '' : ` (${rating.reviews})`}`,
          kind: 'rating' as const,
          substantiation: url,
          rating: {
            value: rating.value,
            outOf: rating.outOf,
            ...(rating.reviews !== null && { reviews: rating.reviews }),
          },
        },
      ],
    }),
  };
  const filled = [
    ...(name === undefined ? [] : ['product.name']),
    ...(description === '' ? [] : ['product.description']),
    ...(['benefits', 'features', 'languages', 'offer', 'proof'] as const).filter((field) => {
      const value = draft[field];
      return value !== undefined && !(Array.isArray(value) && value.length === 0);
    }),
  ];
  return { draft, filled };
}

/** `Trail shoes | Nordlicht` → `Trail shoes`: shops put their own name behind. */
function nameOf(page: PageDocument, read: PageFacts, heading: string | undefined): string | undefined {
  const given = read.product?.name ?? heading ?? page.meta.get('og:title') ?? page.title;
  const name = (given.split(/\s[|–—·]\s/)[0] ?? '').trim().slice(0, longestName).trim();
  return name === '' ? undefined : name;
}

/** What people have written stays: a page fills what is still open. */
export function fillOpenFields(held: BriefDraft, { draft, filled }: PageDraft): PageDraft {
  const open = (field: string): boolean => {
    if (field.startsWith('product.')) return held.product?.[field.slice(8) as 'name' | 'description'] === undefined;
    const value = held[field as keyof BriefDraft];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  };
  const taken = filled.filter(open);
  const kept = Object.fromEntries(
    Object.entries(draft).filter(([field]) => field !== 'product' && (taken.includes(field) || open(field))),
  ) as BriefDraft;
  const product = { ...draft.product, ...held.product };
  return { draft: { ...held, ...kept, product }, filled: taken };
}
