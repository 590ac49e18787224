import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breakdownIds, platformIds, platforms } from '../../dashboard/src/format/platforms.ts';
import { googleAdsDescriptor } from '../../platforms/google-ads/descriptor.ts';
import { linkedInAdsDescriptor } from '../../platforms/linkedin-ads/descriptor.ts';
import { tiktokAdsDescriptor } from '../../platforms/tiktok-ads/descriptor.ts';

const descriptors = [googleAdsDescriptor, tiktokAdsDescriptor, linkedInAdsDescriptor];

describe('what the pages know of the platforms', () => {
  it('is what the platforms say of themselves', () => {
    expect(platformIds.toSorted()).toEqual(descriptors.map(({ id }) => id).toSorted());
    for (const { id, name, supports } of descriptors) {
      const known = breakdownIds.filter((breakdown) => supports.grains.includes(breakdown));
      expect([platforms[id]?.name, platforms[id]?.reports]).toEqual([name, known]);
    }
  });
});

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const deficiencies: Readonly<Record<string, Matrix>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: Matrix, [x, y, z]: Vector): Vector => {
  const row = ([a, b, c]: Vector): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};
const each = ([x, y, z]: Vector, of: (value: number) => number): Vector => [of(x), of(y), of(z)];

function linear(hex: string): Vector {
  const at = (place: number): number => {
    const value = Number.parseInt(hex.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
}

/** Oklab (Ottosson 2020): distances are about as large as they look. */
const oklab = (rgb: Vector): Vector =>
  times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    each(
      times(
        [
          [0.4122214708, 0.5363325363, 0.0514459929],
          [0.2119034982, 0.6806995451, 0.1073969566],
          [0.0883024619, 0.2817188376, 0.6299787005],
        ],
        rgb,
      ),
      Math.cbrt,
    ),
  );

const luminance = ([r, g, b]: Vector): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

const tokens = readFileSync(join(import.meta.dirname, '../../dashboard/src/styles/tokens.css'), 'utf8');
const token = (name: string, theme: 'light' | 'dark'): string => {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  return found?.[theme === 'light' ? 1 : 2] ?? expect.unreachable(`there is no --${name}`);
};

describe.each(['light', 'dark'] as const)('the colours of the platforms, %s', (theme) => {
  const colours = platformIds.map((id) =>
    linear(token(/--([\w-]+)/.exec(platforms[id]?.series ?? '')?.[1] ?? '', theme)),
  );

  // Two neighbouring hues of a usual chart palette are about 0.15 apart.
  it.each(Object.entries(deficiencies))('stay apart with %s', (_, matrix) => {
    const seen = colours.map((colour) =>
      oklab(each(times(matrix, colour), (value) => Math.min(1, Math.max(0, value)))),
    );
    for (const [index, [a, b, c]] of seen.entries()) {
      for (const [x, y, z] of seen.slice(index + 1)) expect(Math.hypot(a - x, b - y, c - z)).toBeGreaterThan(0.15);
    }
  });

  it('have 3:1 against the surface they stand on', () => {
    const surface = luminance(linear(token('surface', theme)));
    for (const colour of colours) {
      const [low = 0, high = 0] = [surface, luminance(colour)].toSorted((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(3);
    }
  });
});
