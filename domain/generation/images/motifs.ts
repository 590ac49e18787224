import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';

export const motifs = ['arcs', 'waves', 'dots', 'discs', 'bands', 'contours'] as const;
/** What is drawn on the ground. */
export type Motif = (typeof motifs)[number];

const technical = ['dots', 'arcs', 'bands'] as const;
const natural = ['waves', 'contours', 'discs'] as const;
const calm = ['arcs', 'waves', 'discs'] as const;
const lively = ['discs', 'bands', 'dots'] as const;

/** What suits what is sold. */
export const motifsOf: Readonly<Record<ProductCategory, readonly [Motif, ...Motif[]]>> = {
  footwear: ['contours', 'bands', 'arcs'],
  fashion: calm,
  jewellery: ['arcs', 'discs'],
  cosmetics: ['discs', 'waves'],
  furniture: calm,
  kitchenware: calm,
  electronics: technical,
  software: technical,
  'online-courses': technical,
  'language-courses': lively,
  gyms: ['bands', 'arcs'],
  'sports-gear': ['bands', 'contours'],
  bicycles: ['contours', 'bands', 'arcs'],
  cars: ['bands', 'arcs'],
  'car-repair': technical,
  hotels: calm,
  travel: natural,
  restaurants: lively,
  groceries: ['discs', 'waves'],
  coffee: ['waves', 'discs', 'arcs'],
  wine: ['waves', 'arcs'],
  flowers: ['discs', 'waves'],
  toys: lively,
  'pet-supplies': lively,
  insurance: calm,
  'bank-accounts': technical,
  'tax-advice': ['arcs', 'bands'],
  'legal-advice': ['arcs', 'bands'],
  'real-estate': ['bands', 'arcs'],
  cleaning: ['waves', 'discs'],
  removals: ['bands', 'contours'],
  plumbing: ['waves', 'arcs'],
  'solar-power': ['arcs', 'contours'],
  gardening: natural,
  events: lively,
  jobs: ['arcs', 'dots'],
  charity: calm,
  'marketing-services': technical,
  'dental-care': calm,
  other: ['arcs', 'waves', 'discs'],
};
