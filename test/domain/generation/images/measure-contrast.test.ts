import { describe, expect, it } from 'vitest';
import type { TextLayer } from '../../../../domain/generation/images/composition.ts';
import { measureContrast, type Pixels } from '../../../../domain/generation/images/measure-contrast.ts';

const side = 20;
const filled = (colour: (x: number, y: number) => number): Pixels => {
  const data = new Uint8Array(4 * side * side);
  for (let at = 0; at < side * side; at += 1) {
    const grey = colour(at % side, Math.floor(at / side));
    data.set([grey, grey, grey, 255], 4 * at);
  }
  return { width: side, height: side, data };
};
/** A white letter that is a square in the middle. */
const lettered = (ground: Pixels): Pixels => {
  const data = new Uint8Array(ground.data);
  for (let y = 6; y < 14; y += 1) for (let x = 6; x < 14; x += 1) data.set([255, 255, 255], 4 * (y * side + x));
  return { ...ground, data };
};
const layer = { fill: '#ffffff', box: { x: 0, y: 0, width: side, height: side } } as TextLayer;
const measured = (ground: Pixels): number => measureContrast(layer, lettered(ground), ground);

describe('the contrast of letters', () => {
  it('is the one that WCAG gives their colour and the one below', () => {
    // #767676 is the lightest grey on which white has 4.5:1 (WebAIM’s contrast checker: 4.54).
    expect(measured(filled(() => 0x76))).toBeCloseTo(4.54, 2);
  });

  it('is the least below any of them, and does not care what lies beside', () => {
    expect(measured(filled((x, y) => (x === 10 && y === 10 ? 0x99 : 0)))).toBeCloseTo(2.85, 2);
    expect(measured(filled((x) => (x < 4 ? 0xf0 : 0)))).toBe(21);
  });

  it('is 1 where nothing of them is seen', () => {
    expect(measured(filled(() => 255))).toBe(1);
  });
});
