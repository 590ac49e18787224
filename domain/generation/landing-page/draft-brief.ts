import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { PageDocument } from './page-document.ts';
import type { PageFact } from './read-page-facts.ts';

/** What a page alone lets a brief say. Everything in it was read by a machine: `toConfirm` names each field for a person to look at. */
export interface PageDraft {
  readonly brief: Pick<Brief, 'landingPageUrl'> &
    Partial<Pick<Brief, 'benefits' | 'features' | 'offer' | 'proof' | 'languages'>> & {
      readonly product?: { readonly name?: string; readonly description?: string };
    };
  readonly toConfirm: readonly string[];
}

/** The address stands as it was given: where redirects led to is often an address for this one visit. */
export function draftBrief(url: string, document: PageDocument, all: readonly PageFact[]): PageDraft {
  const facts = all.filter(({ suspicious }) => !suspicious);
  const texts = (kind: PageFact['kind'], most: number): string[] =>
    facts
      .filter((fact) => fact.kind === kind)
      .slice(0, most)
      .map(({ text }) => text);
  const name = facts
    .find(({ kind }) => kind === 'product')
    ?.text.trim()
    .slice(0, 80);
  const describedAt = document.lines.find(({ element }) => element === 'description');
  const description = describedAt === undefined ? undefined : document.text.slice(describedAt.start, describedAt.end);
  const told =
    description !== undefined && facts.length > 0 && !isSuspicious(all, describedAt) ? description : undefined;
  const benefits = texts('benefit', 8);
  const features = texts('feature', 8);
  const offer = offerOf(facts);
  const proof = proofOf(facts, url);
  const brief: PageDraft['brief'] = {
    landingPageUrl: url,
    ...((name !== undefined || told !== undefined) && {
      product: { ...(name !== undefined && { name }), ...(told !== undefined && { description: told }) },
    }),
    ...(benefits.length > 0 && { benefits }),
    ...(features.length > 0 && { features }),
    ...(offer !== undefined && { offer }),
    ...(proof.length > 0 && { proof }),
    ...(document.language !== null && { languages: [document.language] }),
  };
  const { landingPageUrl: _, product, ...rest } = brief;
  return { brief, toConfirm: [...Object.keys(product ?? {}).map((field) => `product.${field}`), ...Object.keys(rest)] };
}

const isSuspicious = (all: readonly PageFact[], place: { start: number; end: number } | undefined): boolean =>
  all.some(
    ({ suspicious, source }) =>
      suspicious && place !== undefined && source.start < place.end && source.end > place.start,
  );

/** A price that the page says of its product to machines; or the words of a reduction. Nothing is added up from several places. */
function offerOf(facts: readonly PageFact[]): Brief['offer'] {
  const price = facts.find(({ value }) => value?.is === 'price' && value.whole);
  if (price?.value?.is === 'price') {
    const { micros, currency, lowest } = price.value;
    return { text: price.text, holdsFor: 'product', price: { micros, currency }, priceIs: lowest ? 'from' : 'exact' };
  }
  const reduction = facts.find(({ value }) => value?.is === 'discount');
  if (reduction?.value?.is === 'discount') {
    const { percent, most } = reduction.value;
    return { text: reduction.text, holdsFor: 'part', discountPercent: percent, discountIs: most ? 'up-to' : 'exact' };
  }
  return undefined;
}

const proofOf = (facts: readonly PageFact[], url: string): Brief['proof'] =>
  facts
    .flatMap(({ text, value }) =>
      value?.is === 'rating'
        ? [
            {
              text,
              kind: 'rating' as const,
              substantiation: url.slice(0, 2_000),
              rating: {
                value: value.value,
                outOf: value.outOf,
                ...(value.reviews !== null && { reviews: value.reviews }),
              },
            },
          ]
        : [],
    )
    .slice(0, 3);
