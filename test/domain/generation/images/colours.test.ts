import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, hexOfOklch, oklchOf } from '../../../../domain/generation/images/colour.ts';
import { moods, palette, readable } from '../../../../domain/generation/images/palette.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('colours', () => {
  // CSS Color Module Level 4, the values of the named colours in oklch().
  it.each([
    ['#ff0000', 0.628, 0.2577, 29.23],
    ['#008000', 0.5198, 0.1769, 142.5],
    ['#0000ff', 0.452, 0.3132, 264.05],
  ])('%s has the OKLCH that CSS gives it', (colour, l, c, h) => {
    const measured = oklchOf(colour);
    expect(measured.l).toBeCloseTo(l, 3);
    expect(measured.c).toBeCloseTo(c, 3);
    expect(measured.h).toBeCloseTo(h, 1);
  });

  it('come back from OKLCH as they were', () => {
    fc.assert(fc.property(hex, (colour) => hexOfOklch(oklchOf(colour)) === colour));
  });

  // WCAG 2.2’s own example pairs.
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
  ])('%s and %s have the contrast that WCAG gives them', (a, b, ratio) => {
    expect(contrast(a, b)).toBeCloseTo(ratio, 2);
  });
});

describe('a palette', () => {
  it('has buttons and badges whose words are read, whatever the brand’s colours', () => {
    fc.assert(
      fc.property(
        hex,
        fc.option(hex, { nil: undefined }),
        fc.option(hex, { nil: undefined }),
        fc.constantFrom(...moods),
        (primary, secondary, accent, mood) => {
          const made = palette({ primary, ...(secondary && { secondary }), ...(accent && { accent }) }, mood);
          expect(contrast(made.button.fill, made.button.ink)).toBeGreaterThanOrEqual(readable);
          expect(contrast(made.badge.fill, made.badge.ink)).toBeGreaterThanOrEqual(readable);
          for (const ground of made.ground) expect(contrast(ground, made.ink)).toBeGreaterThanOrEqual(readable);
        },
      ),
      { numRuns: 500 },
    );
  });
});
