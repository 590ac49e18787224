import { describe, expect, it } from 'vitest';
import { currencyOf } from '../../../domain/text/currency-words.ts';
import { halvesIn } from '../../../domain/text/half-price.ts';
import { readings } from '../../../domain/text/read-number.ts';

describe('a number as people write it', () => {
  it.each([
    ['1.299', [1299, 1.299]],
    ['1,299.00', [1299]],
    ['1.299,00', [1299]],
    ['1 299', [1299]],
    ['1’299', [1299]],
    ['4,8', [4.8]],
    ['0.125', [0.125]],
    ['1.234.567', [1234567]],
  ])('%s', (written, expected) => {
    expect(readings(written)).toEqual(expected);
  });
});

it.each([
  ['€', 'EUR'],
  ['Euros', 'EUR'],
  ['£', 'GBP'],
  ['Franken', 'CHF'],
  ['$', '$'],
  ['constructor', undefined],
])('%s is a currency or none', (word, expected) => {
  expect(currencyOf(word)).toBe(expected);
});

it.each([
  ['Half price today', 'Half price'],
  ['Alles zum halben Preis', 'zum halben Preis'],
  ['Tout à moitié prix', 'à moitié prix'],
  ['A mitad de precio', 'A mitad de precio'],
])('%s says half a price', (text, said) => {
  expect(halvesIn(text).map(({ start, end }) => text.slice(start, end))).toEqual([said]);
});
