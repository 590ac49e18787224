import { describe, expect, it } from 'vitest';
import { RawFields, UnusableField } from '../../platforms/raw-fields.ts';

const fields = (raw: Readonly<Record<string, unknown>>, absentTexts: readonly string[] = []) =>
  new RawFields(raw, { absentTexts });

function refusal(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof UnusableField) return `${error.rejection.field}: ${error.rejection.reason}`;
    throw error;
  }
  return undefined;
}

describe('money and fractions', () => {
  it.each<[unknown, number]>([
    ['12.34', 12_340_000],
    ['0.000001', 1],
    ['1234', 1_234_000_000],
    ['9007199254.740991', 9_007_199_254_740_991],
    // The nearest double prints as 8999999999.123459.
    ['8999999999.123458', 8_999_999_999_123_458],
    ['0.0000005', 0],
    ['0.0000015', 2],
    ['0E-7', 0],
    ['1.5E+3', 1_500_000_000],
    [1.5, 1_500_000],
    ['-12.5', -12_500_000],
  ])('%j is %i millionths exactly, or rounded half to even once', (value, millionths) => {
    expect(fields({ value }).signedMillionths('value')).toBe(millionths);
  });

  it.each(['', 'n/a', '1,50', '1.', '.5', '0x10', ' 1', '1e999', 'NaN', '9007199254.740992', null, true])(
    '%j is no amount',
    (value) => {
      expect(refusal(() => fields({ value }).signedMillionths('value'))).toMatch(/^value: /);
    },
  );

  it('below zero are refused where they cannot be', () => {
    expect(refusal(() => fields({ value: '-0.01' }).millionths('value'))).toBe(
      'value: a number of 0 or more expected, got "-0.01"',
    );
  });
});

describe('what is absent', () => {
  it('is what the platform writes for no value, and never zero', () => {
    const tiktok = fields({ metrics: { clicks: '-', spend: '0' } }, ['-']);
    expect(tiktok.has('metrics.clicks')).toBe(false);
    expect(refusal(() => tiktok.whole('metrics.clicks'))).toBe(
      'metrics.clicks: missing; a whole number of 0 or more expected',
    );
    expect(tiktok.has('metrics.spend')).toBe(true);
    expect(tiktok.optionalText('metrics.clicks')).toBeUndefined();
  });

  it('is not a dash where the platform means a dash', () => {
    expect(fields({ name: '-' }).text('name')).toBe('-');
  });

  it('is null, a missing key, a key below something else, and what every object inherits', () => {
    const raw = { none: null, list: ['a'], text: 'x', made: JSON.parse('{ "__proto__": { "id": "7" } }') as object };
    for (const path of [
      'none',
      'gone',
      'text.length',
      'list.1',
      'list.length.x',
      'made.id',
      'made.toString',
      'list.at',
      'constructor.name',
      '__proto__.x',
    ]) {
      expect(fields(raw).has(path), path).toBe(false);
    }
    expect(fields(raw).has('list.0')).toBe(true);
  });
});

describe('dates', () => {
  it('are read in the shape they have and in no other', () => {
    const raw = {
      iso: '2026-02-28',
      midnight: '2026-02-28 00:00:00',
      parts: { year: 2026, month: 2, day: 8 },
      impossible: { year: 2026, month: 2, day: 30 },
      noon: '2026-02-28 12:00:00',
    };
    expect([fields(raw).date('iso'), fields(raw).midnight('midnight'), fields(raw).dateParts('parts')]).toEqual([
      '2026-02-28',
      '2026-02-28',
      '2026-02-08',
    ]);
    expect(refusal(() => fields(raw).date('midnight'))).toMatch(/^midnight: a calendar date/);
    expect(refusal(() => fields(raw).midnight('iso'))).toMatch(/midnight/);
    expect(refusal(() => fields(raw).midnight('noon'))).toMatch(/midnight/);
    expect(refusal(() => fields(raw).dateParts('impossible'))).toMatch(/^impossible: a calendar date in year/);
    expect(refusal(() => fields(raw).dateParts('iso'))).toMatch(/year, month and day/);
  });
});

describe('ids', () => {
  it('are digits of any length up to 64 bits, alone or behind a prefix', () => {
    const raw = { id: '7012345678901234567', urns: ['urn:li:sponsoredCampaign:123', 'urn:li:organization:9'] };
    expect(fields(raw).id('id')).toBe('7012345678901234567');
    expect(fields(raw).idAfter('urns.0', 'urn:li:sponsoredCampaign:')).toBe('123');
    expect(refusal(() => fields(raw).idAfter('urns.1', 'urn:li:sponsoredCampaign:'))).toBe(
      'urns.1: urn:li:sponsoredCampaign:<id> expected, got "urn:li:organization:9"',
    );
  });

  it.each(['0', '007', '-5', '1.5', '', 'abc', 2 ** 53, 1.5, '12345678901234567890'])('%j is none', (id) => {
    expect(refusal(() => fields({ id }).id('id'))).toMatch(/^id: an id expected/);
  });
});

describe('segments', () => {
  const words = { FEMALE: 'female' };
  it.each([
    ['FEMALE', 'female'],
    ['DIVERSE', 'other:DIVERSE'],
    [7, 'other:7'],
    ['toString', 'other:toString'],
  ])('%j is %s', (value, word) => {
    expect(fields({ value }).segment('value', words)).toBe(word);
  });

  it.each(['', null, {}, true])('%j is none', (value) => {
    expect(refusal(() => fields({ value }).segment('value', words))).toMatch(/^value: /);
  });
});

describe('lists of texts', () => {
  it('are flat or objects that hold their text, without the empty ones', () => {
    const raw = { plain: ['a', '', 'b'], deep: [{ text: 'a' }, {}, { text: 'b' }], single: 'a', wrong: [7] };
    expect(fields(raw).texts('plain')).toEqual(['a', 'b']);
    expect(fields(raw).texts('deep', 'text')).toEqual(['a', 'b']);
    expect(fields(raw).texts('gone')).toEqual([]);
    expect(refusal(() => fields(raw).texts('single'))).toMatch(/^single: a list expected/);
    expect(refusal(() => fields(raw).texts('wrong'))).toMatch(/^wrong\.0: text expected/);
  });
});
