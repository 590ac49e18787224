import { describe, expect, it } from 'vitest';
import { mostExpanded, renderTokens } from '../../../../domain/generation/personalise/render-tokens.ts';
import { formatNamed, formats } from './personal-world.ts';

const search = formatNamed('responsive-search');
const inFeed = formatNamed('in-feed-image');
const slotOf = (format: typeof search, name: string) => {
  const slot = format.slots.find((one) => one.name === name);
  if (slot === undefined) throw new Error(`There is no ${name}.`);
  return slot;
};
const headline = slotOf(search, 'headline');
const caption = slotOf(inFeed, 'text');

const valuesOf = (segment: Readonly<Record<string, readonly string[]>>, until: string | null = null) => ({
  segment,
  until,
  language: 'en',
});
const texts = (pattern: string, values: ReturnType<typeof valuesOf>, format = search, slot = headline) => {
  const rendering = renderTokens(pattern, values, format, slot);
  return rendering.kind === 'rendered' ? rendering.texts.map(({ text }) => text) : rendering.reason;
};
const cities = { city: ['Leeds', 'York'] };

describe('a text with tokens', () => {
  it.each([
    ['is filled in by Google', 'Dentist in {segment.city|your city}', ['Dentist in {LOCATION(City):your city}']],
    ['takes search words', '{segment.keyword|Dentist} online', ['{KeyWord:Dentist} online']],
    ['takes both', '{segment.keyword|Dentist} {segment.city|near}', ['{KeyWord:Dentist} {LOCATION(City):near}']],
  ])('%s', (_name, pattern, expected) => {
    expect(texts(pattern, valuesOf({ ...cities, keyword: ['dentist'] }))).toEqual(expected);
  });

  it('counts down to the last day where Google does, and nowhere else', () => {
    const values = valuesOf({}, '2026-12-24');
    expect(texts('Ends in {offer.countdown}', values)).toEqual(['Ends in {COUNTDOWN(2026-12-24 23:59:59,5)}']);
    expect(texts('Ends in {offer.countdown}', values, inFeed, caption)).toMatch(/say the day itself/);
    expect(texts('Ends in {offer.countdown}', valuesOf({}))).toMatch(/no last day/);
  });

  it('is a text for each value where the platform fills in nothing', () => {
    const said = texts('Dentist in {segment.city|your city}.', valuesOf(cities), inFeed, caption);
    expect(said).toEqual(['Dentist in Leeds.', 'Dentist in York.']);
  });

  it('expands a value that the platform does not know', () => {
    expect(texts('Made for {segment.sport|you}', valuesOf({ sport: ['runners', 'climbers'] }))).toEqual([
      'Made for runners',
      'Made for climbers',
    ]);
  });

  it('says the fallback where there is no value, and for a value that is too long', () => {
    expect(texts('Made for {segment.sport|you}', valuesOf({}))).toEqual(['Made for you']);
    expect(
      renderTokens('Made for {segment.sport|you}', valuesOf({ sport: ['x'.repeat(40), 'us'] }), search, headline),
    ).toEqual({
      kind: 'rendered',
      way: 'expanded',
      texts: [
        { text: 'Made for us', values: { 'segment.sport': 'us' } },
        { text: 'Made for you', values: {} },
      ],
      tooLong: ['x'.repeat(40)],
    });
  });

  it('is not left to the platform where its longest value is over the limit', () => {
    const values = valuesOf({ city: ['Leeds', 'Llanfairpwllgwyngyll'] });
    expect(texts('Dental practice in {segment.city|town}', values)).toEqual([
      'Dental practice in Leeds',
      'Dental practice in town',
    ]);
  });

  it.each([
    ['no fallback', 'In {segment.city|}', /no fallback/],
    ['no fallback at all', 'In {segment.city}', /brace of no token/],
    ['a brace left open', 'In {segment.city|town', /brace of no token/],
    ['a code of its own', '{KeyWord:Dentist}', /brace of no token/],
    ['three tokens', '{segment.aa|x}{segment.bb|x}{segment.cc|x}', /takes 2/],
    ['a fallback over the limit', `{segment.city|${'x'.repeat(31)}}`, /does not fit/],
  ])('is refused with %s', (_name, pattern, reason) => {
    expect(texts(pattern, valuesOf(cities))).toMatch(reason);
  });
});

describe('whatever the values', () => {
  /** mulberry32: the same sequence everywhere. */
  const random = (seed: number) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const alphabet = [...'abc ÄßéñŒ靴東京 -.,!?{}|👟'];

  it('no text is empty, over its limit or without its fallback, and their number is bounded', () => {
    const next = random(42);
    const pick = (most: number) => Math.floor(next() * most);
    const word = (most: number) => Array.from({ length: pick(most) }, () => alphabet[pick(alphabet.length)]).join('');
    const plain = (most: number) => word(most).replace(/[{}|]/g, '');
    let rendered = 0;
    for (let round = 0; round < 4_000; round += 1) {
      const format = formats[pick(formats.length)] ?? search;
      const slot = format.slots[pick(format.slots.length)] ?? headline;
      const segment = {
        city: Array.from({ length: pick(40) }, () => word(20)),
        keyword: Array.from({ length: pick(3) }, () => word(12)),
      };
      const pattern = `${plain(8)}{segment.city|a${word(10)}}${plain(6)}${pick(2) === 0 ? '' : `{segment.keyword|${word(8)}}`}`;
      const rendering = renderTokens(pattern, valuesOf(segment), format, slot);
      if (rendering.kind === 'refused') {
        expect(rendering.reason).not.toBe('');
        continue;
      }
      rendered += 1;
      expect(rendering.texts.length).toBeGreaterThan(0);
      expect(rendering.texts.length).toBeLessThanOrEqual(mostExpanded + 1);
      for (const { text } of rendering.texts) {
        const shown = text.replace(/\{(?:KeyWord|LOCATION\(City\)):([^}]*)\}/g, '$1');
        expect(shown.trim()).not.toBe('');
        expect([...shown].length, text).toBeLessThanOrEqual(slot.limit);
        expect(text).not.toContain('segment.');
        if (rendering.way === 'expanded') expect(shown).not.toMatch(/[{}|]/);
      }
    }
    expect(rendered).toBeGreaterThan(200);
  });
});
