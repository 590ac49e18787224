import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyForm, formOf, readForm } from '../../dashboard/src/pages/briefs/brief-form.ts';
import { combination, folded, marked, ownWords, shapeOf, spoken } from '../../dashboard/src/pages/creation/ad-texts.ts';
import { coverageOf, missingText } from '../../dashboard/src/pages/creation/creation-words.ts';
import { approvalText } from '../../dashboard/src/pages/creation/decision-form.tsx';
import type { BriefDraft } from '../../sdks/javascript/src/generated/api.ts';
import { briefFiles } from '../domain/generation/brief-files.ts';

describe('what a search ad may look like', () => {
  it('shows every headline first once and none twice at a time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 4 }), (count, shown) => {
        const all = Array.from({ length: count }, (_, index) => index);
        const turns = all.map((turn) => combination(all, shown, turn));
        expect(turns.map(([first]) => first)).toEqual(all);
        for (const one of turns) {
          expect(one).toHaveLength(Math.min(shown, count));
          expect(new Set(one).size).toBe(one.length);
        }
      }),
    );
  });

  it('says what an insertion says without a search', () =>
    expect(spoken('{KeyWord:Trail Shoes} in {LOCATION(City):your city}')).toBe('Trail Shoes in your city'));
});

describe('texts in previews', () => {
  it('fold at the end of a word, and only when they are too long', () => {
    expect(folded('short', 10)).toBe('short');
    expect(folded('a membrane that lets nothing in', 18)).toBe('a membrane that…');
    expect(folded('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)}…`);
  });

  it('are the same text with and without marks, whatever the spans', () => {
    const span = fc.record({ start: fc.integer({ min: -3, max: 20 }), end: fc.integer({ min: -3, max: 20 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), fc.array(span, { maxLength: 4 }), (text, spans) => {
        expect(
          marked(text, spans)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
    expect(marked('DRY FEET now', [{ start: 0, end: 8 }])).toEqual([
      { text: 'DRY FEET', marked: true },
      { text: ' now', marked: false },
    ]);
  });

  it('show which words are an ad’s own', () =>
    expect(ownWords('Dry feet, now', ['dry FEET always']).filter(({ own }) => own)).toEqual([
      { word: 'now', own: true },
    ]));

  it.each([
    [1200, 628, 'wide'],
    [1080, 1080, 'square'],
    [1080, 1350, 'portrait'],
    [1080, 1920, 'tall'],
    [728, 90, 'banner'],
    [160, 600, 'banner'],
  ] as const)('%i × %i is %s', (width, height, shape) => expect(shapeOf({ width, height })).toBe(shape));
});

it('approving says how many ads go on and how', () => {
  expect(approvalText({ creatives: { total: 6, blocked: 1, warned: 0 }, launch: 'live' })).toBe(
    'Approving hands 5 ads over as changes, which guardrails look at once more; the campaigns begin live and may spend. 1 ad that must be mended stays out of it.',
  );
});

describe('the form of a brief', () => {
  it.each(briefFiles)('holds all that it shows of $file, and keeps what it does not', ({ brief: written }) => {
    // As the API sends it.
    const brief = JSON.parse(JSON.stringify(written)) as BriefDraft;
    const { brief: read, faults, without } = readForm(formOf(brief, 'EUR'), [], brief);
    expect(faults).toEqual({});
    expect(without).toEqual([]);
    const { texts: _, claims: _claims, pages: _pages, ...shown } = brief;
    expect(read).toEqual(shown);
  });

  it('leaves open what is empty and names what cannot be read', () => {
    const { brief, faults } = readForm(
      {
        ...emptyForm('EUR'),
        landingPageUrl: 'shop',
        dailyBudget: '1.2.3',
        countries: 'Germany',
        discount: '120',
        code: '!',
      },
      [],
      {},
    );
    expect(Object.keys(faults).sort()).toEqual([
      'code',
      'countries',
      'dailyBudget',
      'discount',
      'landingPageUrl',
      'offer',
    ]);
    expect(brief.politicalAdvertising).toBeUndefined();
  });
});

it('takes away photos of a product that are chosen no more', () => {
  const before: BriefDraft = { product: { name: 'Shoes', photoAssetIds: ['upl_1'] } };
  const form = formOf(before, 'EUR');
  expect(readForm(form, [], before).brief.product?.photoAssetIds).toEqual(['upl_1']);
  expect(readForm({ ...form, photos: [] }, [], before).brief.product?.photoAssetIds).toEqual([]);
  expect(readForm({ ...form, photos: [] }, [], {}).brief.product).not.toHaveProperty('photoAssetIds');
});

describe('what ads cover', () => {
  const ads = [
    { segment: null, angle: 'benefit' },
    { segment: 'Walkers', angle: 'offer' },
    { segment: null, angle: 'benefit' },
  ] as const;

  it('is counted by whom they are for and what they lead with', () => {
    expect(coverageOf(ads).map(({ segment, counts }) => [segment, counts.benefit, counts.offer])).toEqual([
      [null, 2, 0],
      ['Walkers', 0, 1],
    ]);
  });

  it('names what no ad leads with', () => {
    expect(missingText(ads)).toContain('Problem, Proof, Urgency, What it is');
    expect(
      missingText(
        ['benefit', 'offer', 'problem', 'proof', 'urgency', 'category'].map(
          (angle) => ({ angle }) as (typeof ads)[number],
        ),
      ),
    ).toBe('Every angle leads an ad.');
  });
});
