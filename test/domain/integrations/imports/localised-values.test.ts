import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DateEvidence, isoDay } from '../../../../domain/integrations/imports/date-format.ts';
import { decimalMillionths } from '../../../../domain/integrations/imports/decimal-millionths.ts';
import { DecimalEvidence, plainNumber } from '../../../../domain/integrations/imports/number-format.ts';
import { textToMillionths } from '../../../../platforms/millionths.ts';

describe('numbers', () => {
  it.each([
    ['1,234.56', 'point', '1234.56'],
    ['1.234,56', 'comma', '1234.56'],
    ['1 234,56', 'comma', '1234.56'],
    ['1\u202f234,56 €', 'comma', '1234.56'],
    ['1’234.56', 'point', '1234.56'],
    ['12,34,567.8', 'point', '1234567.8'],
    ['$1,234.56', 'point', '1234.56'],
    ['US$1.50', 'point', '1.50'],
    ['EUR 1,50', 'comma', '1.50'],
    ['1.50 USD', 'point', '1.50'],
    ['−5.5', 'point', '-5.5'],
    ['(5.50)', 'point', '-5.50'],
    ['-€5,00', 'comma', '-5.00'],
    ['.5', 'point', '0.5'],
  ] as const)('reads %s with a %s as %s', (text, sign, expected) => {
    expect(plainNumber(text, sign)).toBe(expected);
  });

  it.each(['< 10%', '10%', '1.2.3', '1,23.4', '=1+1', '1e5', '0x10', 'abc', '--'])('takes %s for no number', (text) => {
    expect(plainNumber(text, 'point')).toBeUndefined();
  });

  it('gives back what the languages of the pages write, to the millionth', () => {
    const languages = [
      ['en-US', 'point'],
      ['de-DE', 'comma'],
      ['fr-FR', 'comma'],
      ['es-ES', 'comma'],
      ['de-CH', 'point'],
      ['en-IN', 'point'],
    ] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom(...languages),
        (millionths, [locale, sign]) => {
          const text = (millionths / 1e6).toLocaleString(locale, { minimumFractionDigits: 6 });
          expect(decimalMillionths(plainNumber(text, sign) ?? '')).toBe(millionths);
        },
      ),
    );
  });

  it('rounds as the readers of the APIs do', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.boolean(), digits, fc.option(digits), (negative, whole, fraction) => {
        const text = `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`;
        expect(decimalMillionths(text)).toBe(textToMillionths(text));
      }),
      {
        examples: [
          [false, '0', '0000005'],
          [true, '0', '0000015'],
          [false, '1', '0000025000'],
        ],
      },
    );
  });

  it.each([
    [
      'a count of 1,234',
      [
        ['1,234', true],
        ['5,678', false],
      ],
      { kind: 'decided', sign: 'point' },
    ],
    [
      'an amount of 1,5',
      [
        ['1,5', false],
        ['1,234', false],
      ],
      { kind: 'decided', sign: 'comma' },
    ],
    ['1.234.567', [['1.234.567', false]], { kind: 'decided', sign: 'comma' }],
    ['0,123, which groups nothing', [['0,123', false]], { kind: 'decided', sign: 'comma' }],
    ['nothing but 1,234', [['1,234', false]], { kind: 'ambiguous', line: 1 }],
    [
      'both ways',
      [
        ['1,5', false],
        ['1.5', false],
      ],
      { kind: 'conflict', comma: 1, point: 2 },
    ],
  ] as const)('decides by %s', (_, values, decision) => {
    const evidence = new DecimalEvidence();
    for (const [index, [text, whole]] of values.entries()) evidence.add(text, index + 1, whole);
    expect(evidence.decide()).toEqual(decision);
  });
});

describe('days', () => {
  it.each([
    ['2026-11-01', 'iso'],
    ['2026-11-01 00:00:00', 'iso'],
    ['2026/11/1', 'iso'],
    ['1 Nov 2026', 'named-month'],
    ['Nov 1, 2026', 'named-month'],
    ['Sunday, November 1, 2026', 'named-month'],
    ['1. November 2026', 'named-month'],
    ['1 nov. 2026', 'named-month'],
    ['1 de noviembre de 2026', 'named-month'],
    ['01.11.2026', 'day-month-year'],
    ['1/11/2026', 'day-month-year'],
    ['11/01/2026', 'month-day-year'],
  ] as const)('reads %s', (text, format) => {
    expect(isoDay(text, format)).toBe('2026-11-01');
    const evidence = new DateEvidence();
    evidence.add(text, 1);
    const decision = evidence.decide();
    expect(decision.kind === 'ambiguous' || (decision.kind === 'decided' && decision.format === format)).toBe(true);
  });

  it.each(['en-GB', 'en-US', 'de-DE', 'fr-FR', 'es-ES'])('knows every month of %s, short and long', (locale) => {
    for (const month of ['short', 'long'] as const) {
      for (let index = 0; index < 12; index += 1) {
        const day = new Date(Date.UTC(2026, index, 9));
        const text = day.toLocaleDateString(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
        expect(isoDay(text, 'named-month'), text).toBe(day.toISOString().slice(0, 10));
      }
    }
  });

  it.each(['2026-02-30', '31.11.2026', '0/1/2026', '2026-11-01 14:00:00', 'Total'])('takes %s for none', (text) => {
    for (const format of ['iso', 'day-month-year', 'named-month'] as const)
      expect(isoDay(text, format)).toBeUndefined();
  });
});
