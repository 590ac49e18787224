import type { Box } from './box.ts';
import type { Mood } from './palette.ts';
import type { Shape } from './sizes.ts';

/** Ways to divide a picture. Fractions: `column` of the safe area, `product` of the whole picture. */
export interface Template {
  readonly id: string;
  readonly column: Box;
  /** Null for pictures without a product shot. */
  readonly product: Box | null;
  readonly align: 'start' | 'middle';
  /** `spread`: the name at the top, button and legal line at the bottom, the headline between. */
  readonly anchor: 'spread' | 'middle';
  readonly offer: 'above' | 'below';
  readonly moods: readonly [Mood, ...Mood[]];
}

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const all = box(0, 0, 1, 1);
const every: Template['moods'] = ['deep', 'vivid', 'light'];

const wide: readonly Template[] = [
  {
    id: 'wide-left',
    column: box(0, 0, 0.56, 1),
    product: box(0.57, 0.08, 0.4, 0.84),
    align: 'start',
    anchor: 'spread',
    offer: 'above',
    moods: every,
  },
  {
    id: 'wide-right',
    column: box(0.46, 0, 0.54, 1),
    product: box(0.03, 0.08, 0.41, 0.84),
    align: 'start',
    anchor: 'spread',
    offer: 'below',
    moods: every,
  },
  {
    id: 'wide-middle',
    column: box(0, 0, 0.56, 1),
    product: box(0.58, 0.05, 0.39, 0.9),
    align: 'start',
    anchor: 'middle',
    offer: 'below',
    moods: every,
  },
  {
    id: 'wide-poster',
    column: box(0, 0, 0.7, 1),
    product: null,
    align: 'start',
    anchor: 'spread',
    offer: 'above',
    moods: every,
  },
  {
    id: 'wide-centre',
    column: box(0.1, 0, 0.8, 1),
    product: null,
    align: 'middle',
    anchor: 'middle',
    offer: 'above',
    moods: ['deep', 'vivid'],
  },
  {
    id: 'wide-offset',
    column: box(0, 0, 0.7, 1),
    product: null,
    align: 'start',
    anchor: 'middle',
    offer: 'below',
    moods: every,
  },
];
const block = (name: string): readonly Template[] => [
  {
    id: `${name}-words-first`,
    column: box(0, 0, 1, 0.6),
    product: box(0.1, 0.61, 0.8, 0.35),
    align: 'start',
    anchor: 'spread',
    offer: 'above',
    moods: every,
  },
  {
    id: `${name}-product-first`,
    column: box(0, 0.4, 1, 0.6),
    product: box(0.1, 0.045, 0.8, 0.35),
    align: 'start',
    anchor: 'spread',
    offer: 'above',
    moods: every,
  },
  {
    id: `${name}-stage`,
    column: box(0, 0.43, 1, 0.57),
    product: box(0.08, 0.045, 0.84, 0.375),
    align: 'middle',
    anchor: 'middle',
    offer: 'below',
    moods: every,
  },
  { id: `${name}-poster`, column: all, product: null, align: 'start', anchor: 'spread', offer: 'above', moods: every },
  {
    id: `${name}-centre`,
    column: box(0.03, 0.04, 0.94, 0.92),
    product: null,
    align: 'middle',
    anchor: 'middle',
    offer: 'above',
    moods: ['deep', 'vivid'],
  },
  {
    id: `${name}-statement`,
    column: all,
    product: null,
    align: 'start',
    anchor: 'spread',
    offer: 'below',
    moods: every,
  },
];

/** Without the strips, which stand in one row. */
export const templates: Readonly<Record<Exclude<Shape, 'strip'>, readonly Template[]>> = {
  wide,
  square: block('square'),
  portrait: block('portrait'),
  tall: [
    {
      id: 'tall-words-first',
      column: box(0, 0, 1, 0.5),
      product: box(0.07, 0.47, 0.76, 0.27),
      align: 'start',
      anchor: 'spread',
      offer: 'above',
      moods: every,
    },
    {
      id: 'tall-product-first',
      column: box(0, 0.47, 1, 0.53),
      product: box(0.06, 0.13, 0.76, 0.27),
      align: 'start',
      anchor: 'spread',
      offer: 'above',
      moods: every,
    },
    {
      id: 'tall-poster',
      column: box(0, 0.06, 1, 0.9),
      product: null,
      align: 'start',
      anchor: 'spread',
      offer: 'above',
      moods: every,
    },
    {
      id: 'tall-statement',
      column: box(0, 0.1, 1, 0.8),
      product: null,
      align: 'start',
      anchor: 'middle',
      offer: 'below',
      moods: every,
    },
  ],
  skyscraper: [
    {
      id: 'skyscraper-words-first',
      column: box(0, 0, 1, 0.64),
      product: box(0.06, 0.66, 0.88, 0.3),
      align: 'middle',
      anchor: 'spread',
      offer: 'below',
      moods: every,
    },
    {
      id: 'skyscraper-product-first',
      column: box(0, 0.34, 1, 0.66),
      product: box(0.06, 0.04, 0.88, 0.29),
      align: 'middle',
      anchor: 'spread',
      offer: 'above',
      moods: every,
    },
    {
      id: 'skyscraper-poster',
      column: all,
      product: null,
      align: 'middle',
      anchor: 'spread',
      offer: 'above',
      moods: every,
    },
    {
      id: 'skyscraper-statement',
      column: all,
      product: null,
      align: 'start',
      anchor: 'spread',
      offer: 'below',
      moods: every,
    },
  ],
};
export const stripMoods: Template['moods'] = every;
