import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Plain, type Restli, restli, restliQuery } from '../../../platforms/linkedin-ads/restli.ts';
import { urn } from '../../../platforms/linkedin-ads/urns.ts';
import { decoded } from './restli-decoder.ts';

const keys = fc.string({ unit: 'binary', minLength: 0, maxLength: 12 }).filter((key) => key !== '__proto__');
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', "''", 'List(', 'List()', '(a:b)', ',', ':', "'", '%', '%28', 'ä€🙂', 'urn:li:share:(1,2)'),
);
const values = fc.letrec<{ value: Restli }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    texts,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('the Rest.li encoder', () => {
  it('writes what a decoder reads back, whatever stands in it', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decoded(restli(value))).toEqual(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes nothing that a query string must not hold', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(restli(value)).toMatch(/^[A-Za-z0-9\-_.!~*%():,']*$/);
      }),
    );
  });

  // As printed in LinkedIn's documentation of adAnalytics and of Rest.li 2.0.0.
  it.each<[Restli, string]>([
    [[urn('sponsoredAccount', '51')], 'List(urn%3Ali%3AsponsoredAccount%3A51)'],
    [{ start: { year: 2026, month: 11, day: 1 } }, '(start:(year:2026,month:11,day:1))'],
    [{ status: { values: ['ACTIVE', 'DRAFT'] } }, '(status:(values:List(ACTIVE,DRAFT)))'],
    ['', "''"],
    [[], 'List()'],
    [{}, '()'],
    ["it's (a)", 'it%27s%20%28a%29'],
    [true, 'true'],
  ])('writes %j as documented', (value, written) => {
    expect(restli(value)).toBe(written);
  });

  it('joins parameters, leaves out those that are not given and keeps a projection as it is', () => {
    expect(
      restliQuery({ q: 'analytics', pivot: undefined, fields: new Plain('impressions,clicks'), accounts: ['a:b'] }),
    ).toBe('q=analytics&fields=impressions,clicks&accounts=List(a%3Ab)');
  });
});
