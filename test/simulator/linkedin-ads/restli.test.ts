import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRestli, type RestliValue } from '../../../simulator/linkedin-ads/restli/decode.ts';
import { encodeRestli } from '../../../simulator/linkedin-ads/restli/encode.ts';

describe('Rest.li 2.0.0 values', () => {
  it.each<[string, RestliValue]>([
    ['CAMPAIGN', 'CAMPAIGN'],
    ["''", ''],
    ['urn%3Ali%3AsponsoredAccount%3A51', 'urn:li:sponsoredAccount:51'],
    ['List()', []],
    ['List(a,b)', ['a', 'b']],
    ["List('',b)", ['', 'b']],
    ['List(urn%3Ali%3AsponsoredCampaign%3A7)', ['urn:li:sponsoredCampaign:7']],
    ['()', new Map()],
    [
      '(start:(year:2026,month:11,day:1))',
      new Map([
        [
          'start',
          new Map([
            ['year', '2026'],
            ['month', '11'],
            ['day', '1'],
          ]),
        ],
      ]),
    ],
    ['(status:(values:List(ACTIVE,PAUSED)))', new Map([['status', new Map([['values', ['ACTIVE', 'PAUSED']]])]])],
    ['List', 'List'],
    ['%28a%3Ab%29', '(a:b)'],
    ['ma%C3%B1ana%27s', "mañana's"],
  ])('%s', (text, value) => {
    expect(decodeRestli(text)).toEqual(value);
  });

  it.each([
    ['urn:li:sponsoredAccount:51', 'expected the end at character 4, found ":"'],
    ['List(a', 'expected ")" at character 7, found the end'],
    ['List(a,)', 'expected a value at character 8, found ")"'],
    ['List(a))', 'expected the end at character 8, found ")"'],
    ['(a)', 'expected ":" at character 3, found ")"'],
    ['(a:1,a:2)', 'the key a stands twice'],
    ['(:1)', 'expected a value at character 2, found ":"'],
    ["it's", 'expected the end at character 3, found "\'"'],
    ['', 'expected a value at character 1, found the end'],
    ['%E0%A4%A', '"%E0%A4%A" is not percent-encoded UTF-8'],
    ['('.repeat(5000), 'expected a value at character'],
    [`${'List('.repeat(5000)}`, 'more than 12 deep'],
  ])('refuses %s', (text, reason) => {
    expect(() => decodeRestli(text)).toThrow(reason);
  });

  it('come back as they were, whatever characters they hold', () => {
    const { value } = fc.letrec<{ value: RestliValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .uniqueArray(fc.tuple(fc.string({ unit: 'grapheme' }), tie('value')), {
            maxLength: 4,
            selector: ([key]) => key,
          })
          .map((entries) => new Map(entries)),
      ),
    }));
    fc.assert(
      fc.property(value, (original) => {
        fc.pre(depthOf(original) <= 12);
        const text = encodeRestli(original);
        expect(decodeRestli(text)).toEqual(original);
        expect(text).toMatch(/^[\w.~%!*'(),:-]*$/);
      }),
    );
  });
});

function depthOf(value: RestliValue): number {
  if (typeof value === 'string') return 0;
  const inner = value instanceof Map ? [...value.values()] : [...(value as readonly RestliValue[])];
  return 1 + Math.max(0, ...inner.map(depthOf));
}
