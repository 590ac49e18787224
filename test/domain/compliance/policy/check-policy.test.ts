import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../../../../domain/compliance/policy/compile-policy.ts';
import { policyRules } from '../../../../domain/compliance/policy/policy-rules.ts';
import { textLimits } from '../../../../platforms/registry.ts';
import { adOf, check, policy } from './policy-world.ts';

const one = (text: string, given: Parameters<typeof adOf>[0] = {}) =>
  check(adOf({ texts: [{ field: 'descriptions.0', text }], ...given }));
const spans = (text: string, ruleId: string) =>
  one(text)
    .findings.filter((finding) => finding.ruleId === ruleId)
    .map(({ span }) => text.slice(span.start, span.end));

describe('a finding', () => {
  it.each([
    ['letters set apart', 'Play C a s i n o tonight', 'C a s i n o'],
    ['dots between letters', 'Play c.a.s.i.n.o tonight', 'c.a.s.i.n.o'],
    ['a Cyrillic letter', 'Play cаsino tonight', 'cаsino'],
    ['a hidden character', 'Play cas\u200bino tonight', 'cas\u200bino'],
    ['full-width letters', 'Play ｃａｓｉｎｏ tonight', 'ｃａｓｉｎｏ'],
    ['digits for letters', 'Play c4s1n0 tonight', 'c4s1n0'],
    ['a starred letter', 'Play c*sino tonight', 'c*sino'],
    ['letters in circles', 'Play ⓒⓐⓢⓘⓝⓞ tonight', 'ⓒⓐⓢⓘⓝⓞ'],
    ['mathematical letters', 'Play 𝗰𝗮𝘀𝗶𝗻𝗼 tonight', '𝗰𝗮𝘀𝗶𝗻𝗼'],
    ['words run together', 'Play b e s t c a s i n o tonight', 'c a s i n o'],
  ])('points into the original text through %s', (_trick, text, at) => {
    expect(spans(text, 'gambling.google')).toEqual([at]);
  });

  it('is said once where a trick gives a text two readings', () => {
    expect(spans('Casino and c4sino', 'gambling.google')).toEqual(['Casino', 'c4sino']);
  });

  it('names the countries of the ad that its rule is about', () => {
    const { findings } = one('Vins de Loire', { countries: ['US', 'FR'], platform: 'linkedin-ads' });
    expect(findings.map(({ ruleId, country, countries }) => [ruleId, country, countries])).toEqual([
      ['alcohol.tiktok-linkedin', null, []],
      ['disclosure.alcohol-fr', 'FR', ['FR']],
    ]);
  });

  it('leaves weaker rules about the same product unsaid', () => {
    const { findings } = one('Vote for Anna', { countries: ['DE'] });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['political.google-eu']);
  });

  it('is given at most ten times a rule and field', () => {
    const { findings } = one('casino, '.repeat(400), { platform: 'linkedin-ads' });
    expect(findings.filter(({ ruleId }) => ruleId === 'gambling.linkedin')).toHaveLength(10);
  });
});

describe('a rewrite', () => {
  it.each([
    ['FREE!!! Click here for the best shoes', 'Free! Learn more for the shoes'],
    ['JETZT SPAREN bei Schuhen', 'Jetzt sparen bei Schuhen'],
    ['Are you diabetic? Recipes that taste of summer.', 'Recipes that taste of summer.'],
    ['Les meilleures chaussures de Lyon', 'Chaussures de Lyon'],
    ['★ Shoes ★ for rain', 'Shoes for rain'],
    ['Order now! Wear it tomorrow! Enjoy', 'Order now! Wear it tomorrow. Enjoy'],
  ])('turns “%s” into “%s”', (text, expected) => {
    const fixes = new Set(one(text).findings.map(({ fix }) => fix?.text));
    expect([...fixes]).toEqual([expected]);
  });

  it('adds the notice that is due where there is room, and leaves it to a person where there is none', () => {
    const beer = { countries: ['FR'], platform: 'linkedin-ads' } as const;
    const [wide] = check(adOf({ ...beer, texts: [{ field: 'introduction', text: 'Vins de Loire' }] })).findings.filter(
      ({ ruleId }) => ruleId === 'disclosure.alcohol-fr',
    );
    expect(wide?.fix).toEqual({ text: 'Vins de Loire. L’abus d’alcool est dangereux pour la santé.' });
    const [narrow] = check(
      adOf({ countries: ['FR'], texts: [{ field: 'headlines.0', text: 'Vins de Loire' }] }),
    ).findings.filter(({ ruleId }) => ruleId === 'disclosure.alcohol-fr');
    expect(narrow?.fix).toBeNull();
  });

  it('is suggested in the language of the ad where its country has several', () => {
    const texts = [{ field: 'introduction', text: 'Spray nasal pour la nuit.' }];
    const suggested = (language: string) =>
      check(adOf({ texts, platform: 'linkedin-ads', countries: ['CH'], language })).findings[0]?.fix?.text;
    expect(suggested('fr')).toContain('Ceci est un médicament autorisé.');
    expect(suggested('de')).toContain('Dies ist ein zugelassenes Arzneimittel.');
  });

  it('accepts a notice that stands in the image', () => {
    const { findings } = one('Vins de Loire', {
      countries: ['FR'],
      imageTexts: [{ field: 'image.0', text: 'L’abus d’alcool est dangereux pour la santé' }],
    });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['alcohol.google']);
  });

  it('clears the wording and keeps what is about the product', () => {
    const fix = 'Gambling tips. Over 18s only. Please gamble responsibly: GambleAware.org';
    const { findings } = one('GAMBLING tips');
    expect(findings.map(({ ruleId, fix: suggested }) => [ruleId, suggested?.text ?? null])).toEqual([
      ['gambling.google', null],
      ['google.capitals', fix],
      ['disclosure.gambling-gb', fix],
    ]);
  });
});

describe('figures', () => {
  const facts = [{ id: 'f1', kind: 'price', text: 'Price: EUR 1,299.00, 20 % off, 4.8 stars of 1,250 reviews' }];
  it.each([
    ['1.299 €', []],
    ['1 299,00 EUR', []],
    ['€1,299', []],
    ['20%', []],
    ['4,8 Sterne', []],
    ['1.250 Bewertungen', []],
    ['$1,299', ['$1,299']],
    ['1.298 €', ['1.298 €']],
    ['21 Prozent', ['21 Prozent']],
    ['half price', ['half price']],
    ['5,000 runners', ['5,000']],
    ['24/7 since 1998, in 3 colours', []],
  ])('“%s” against the facts: %j', (text, expected) => {
    const ad = adOf({ texts: [{ field: 'descriptions.0', text }], facts });
    const found = check(ad).findings.filter(({ ruleId }) => ruleId === 'claims.figure-without-fact');
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual(expected);
  });

  it('are left alone where nobody said the facts', () => {
    expect(one('Shoes from €89.90, 20% off').findings).toEqual([]);
  });
});

describe('texts that mean to be slow', () => {
  const long = 100_000;
  it.each([
    ['single letters', 'a '.repeat(long / 2)],
    ['one letter', 'a'.repeat(long)],
    ['signs for letters', 'a1'.repeat(long / 2)],
    ['exclamation marks', '!'.repeat(long)],
    ['capitals', 'AB '.repeat(long / 3)],
    ['numbers', '1.'.repeat(long / 2)],
    ['grouped numbers', '1 234 '.repeat(long / 6)],
    ['phone numbers', '0 30 1'.repeat(long / 6)],
    ['stars', 'a*'.repeat(long / 2)],
    ['matches', 'casino are you your '.repeat(long / 20)],
    ['halves of phrases', 'lose up to 1 kg in are you '.repeat(long / 27)],
    ['links', 'www.'.repeat(long / 4)],
    ['marks', 'e\u0301\u0301'.repeat(long / 3)],
  ])('take time by their length alone: %s', (_what, text) => {
    const timed = (length: number) => {
      const ad = adOf({ platform: 'google-ads', texts: [{ field: 'note', text: text.slice(0, length) }] });
      const began = performance.now();
      check(ad);
      return performance.now() - began;
    };
    timed(long / 10);
    const [short, whole] = [Math.min(timed(long / 10), timed(long / 10)), timed(long)];
    // Ten times the length: a square would take a hundred times as long.
    expect(whole).toBeLessThan(Math.max(40 * short, 400));
    expect(whole).toBeLessThan(3_000);
  });
});

describe('a table of rules', () => {
  it('is refused when a pattern repeats without an end', () => {
    const [rule] = policyRules;
    if (rule === undefined) throw new Error('There are no rules.');
    const slow = { ...rule, matcher: { kind: 'pattern', on: 'written', source: '(a+)+b' } } as const;
    expect(() => compilePolicy([slow], textLimits)).toThrow(/repeats without an end/);
  });

  it('has another version once a rule changes', () => {
    const [first, ...rest] = policyRules;
    if (first === undefined) throw new Error('There are no rules.');
    expect(compilePolicy(policyRules, textLimits).version).toBe(policy.version);
    expect(compilePolicy([{ ...first, severity: 'info' }, ...rest], textLimits).version).not.toBe(policy.version);
  });
});

describe('what Google fills in', () => {
  const found = (text: string) =>
    check(adOf({ texts: [{ field: 'headlines.0', text }] })).findings.map(({ ruleId, span, fix }) => ({
      ruleId,
      span,
      fix,
    }));

  it.each([
    '{KeyWord:Dentist} in Leeds',
    'Dentist in {LOCATION(City):your city}',
    'Ends in {COUNTDOWN(2026-12-24 23:59:59,5)}',
  ])('%s is no shouting and no figure', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is read by its default, and the whole text is meant', () => {
    const text = '{KeyWord:AMAZING} SHOES';
    expect(found(text)).toEqual([{ ruleId: 'google.capitals', span: { start: 0, end: text.length }, fix: null }]);
  });
});
