import { describe, expect, it } from 'vitest';
import type { AdCopy } from '../../../../domain/generation/copy/write-ads.ts';
import { writeAds } from '../../../../domain/generation/copy/write-ads.ts';
import { isWritten } from '../../../../domain/generation/fact.ts';
import { personalise } from '../../../../domain/generation/personalise/personalise.ts';
import { sheetFor } from '../../../../domain/generation/personalise/segment-sheet.ts';
import { evidenceOf, untraced } from '../../../../domain/generation/trace/trace.ts';
import { briefFiles } from '../brief-files.ts';
import { formats, personalised, type Segments } from './personal-world.ts';

const commuters = {
  name: 'Commuters',
  description: 'They pass by twice a day',
  values: { city: ['Leeds', 'York'], keyword: ['dentist', 'check-up'] },
  says: ['benefits.0', 'features.3'],
};
const careful = { name: 'Careful people', description: 'They put it off', says: ['benefits.2'], offered: false };
const segments: Segments = [commuters, careful];

const factsOf = ({ texts }: AdCopy) => new Set(texts.flatMap(({ factIds }) => factIds));
const first = 'brief:audience.segments.0';
const second = 'brief:audience.segments.1';

describe('ads for segments', () => {
  const { result } = personalised('city-dentist', segments, 'responsive-search');

  it('are written for each', () => {
    expect(new Set(result.ads.map(({ segmentId }) => segmentId))).toEqual(new Set([first, second]));
    expect(result.findings).toEqual([]);
  });

  it('say to nobody what is for others', () => {
    for (const ad of result.ads) {
      expect(factsOf(ad).has('brief:benefits.2')).toBe(ad.segmentId === second && factsOf(ad).has('brief:benefits.2'));
      if (ad.segmentId === second) expect(factsOf(ad).has('brief:benefits.0')).toBe(false);
    }
    expect(result.ads.some((ad) => ad.segmentId === second && factsOf(ad).has('brief:benefits.2'))).toBe(true);
  });

  it('keep the offer from those who are not offered it', () => {
    const offers = (segmentId: string) =>
      result.ads.filter((ad) => ad.segmentId === segmentId && factsOf(ad).has('brief:offer.text')).length;
    expect(offers(second)).toBe(0);
    expect(offers(first)).toBeGreaterThan(0);
  });

  it('leave places and search words to Google, with the statement they stand on', () => {
    const texts = result.ads.flatMap((ad) => ad.texts).filter(({ text }) => text.includes('{'));
    expect(texts.map(({ text }) => text)).toContain('Harbour Dental in {LOCATION(City):your city}');
    expect(texts.map(({ text }) => text)).toContain('{KeyWord:Dentist}');
    for (const { text, factIds } of texts) {
      expect(factIds.includes(`${first}.values.city`)).toBe(text.includes('LOCATION'));
    }
  });

  it('tell which statements are covered, and why others are not', () => {
    const { coverage, matrix } = result;
    expect(coverage.said).toBeGreaterThan(coverage.sayable / 2);
    const conflicts = matrix.cells.filter(({ conflict }) => conflict !== null);
    expect(conflicts).toContainEqual({
      segmentId: second,
      factId: 'brief:benefits.0',
      offerId: null,
      conflict: { kind: 'for-others', reason: '"Appointments until 8 pm" is for other segments.' },
    });
    expect(conflicts.some(({ conflict }) => conflict?.kind === 'not-offered')).toBe(true);
  });

  it('warn of people who may be in two segments with different offers, unless places tell them apart', () => {
    expect(result.matrix.overlaps).toHaveLength(1);
    const elsewhere = { ...careful, values: { city: ['Hull'] } };
    expect(personalised('city-dentist', [commuters, elsewhere], 'single-image').result.matrix.overlaps).toEqual([]);
  });
});

describe('where a platform fills in nothing', () => {
  it.each(['in-feed-image', 'single-image'])('%s: the first ad becomes one for each value', (format) => {
    const { result } = personalised('city-dentist', [commuters], format);
    const valued = result.ads.filter(({ values }) => values['segment.city'] !== undefined);
    expect(valued.map(({ values }) => values['segment.city'])).toEqual(['Leeds', 'York']);
    for (const { texts, values } of valued) {
      expect(texts.some(({ text }) => text.includes(values['segment.city'] ?? '?'))).toBe(true);
    }
    expect(result.ads.length).toBeGreaterThan(valued.length);
  });
});

describe('ads that are not targeted by place', () => {
  it.each(['responsive-search', 'in-feed-image'])('name none (%s)', (format) => {
    const { result } = personalised('city-dentist', [commuters], format, 'en', 3, []);
    const texts = result.ads.flatMap((ad) => ad.texts.map(({ text }) => text)).join(' ');
    expect(texts).not.toMatch(/Leeds|York|LOCATION|your city/);
    expect(result.ads).not.toEqual([]);
  });
});

describe('an ad that tells its readers what they are', () => {
  const imply = (text: string, language: string) => {
    const { request } = personalised('city-dentist', [{ ...careful, offered: true }], 'single-image', language);
    const written = writeAds({ ...request, variants: 1 });
    const [plain] = written.kind === 'written' ? written.ads : [];
    if (plain === undefined) throw new Error('Nothing was written.');
    const ad = { ...plain, texts: plain.texts.map((one, index) => (index === 0 ? { ...one, text } : one)) };
    return personalise({ ...request, variants: 1 }, [ad]);
  };

  it.each([
    ['en', 'Are you diabetic? We take our time.'],
    ['en', 'As a Muslim you will like this.'],
    ['de', 'Sind Sie Diabetiker? Wir nehmen uns Zeit.'],
    ['de', 'Haben Sie Schulden? Wir helfen.'],
    ['fr', 'Êtes-vous diabétique ? Prenez votre temps.'],
    ['es', '¿Es usted diabético? Le atendemos con calma.'],
  ])('does not leave (%s: %s)', (language, text) => {
    const { ads, refused } = imply(text, language);
    expect(ads).toEqual([]);
    expect(refused).toMatchObject([{ segmentId: first, text, finding: { ruleId: 'people.personal-attribute' } }]);
  });

  it.each([
    ['en', 'A dentist with time for questions.'],
    ['de', 'Zeit für Ihre Fragen.'],
    ['fr', 'Du temps pour vos questions.'],
    ['es', 'Tiempo para sus preguntas.'],
  ])('leaves where it speaks of the product (%s)', (language, text) => {
    expect(imply(text, language)).toMatchObject({ ads: [{ segmentId: first }], refused: [] });
  });
});

describe('every brief in every language', () => {
  it('gives ads for a place that stay within limits, cite facts alone and say nothing else', () => {
    let count = 0;
    let turn = 0;
    for (const { file, brief, businessName } of briefFiles) {
      const some: Segments = [
        { name: 'Here', description: '', values: { city: ['Köln', 'Le Mans', 'San Sebastián'] } },
      ];
      for (const language of brief.languages) {
        // Two of the formats in turn: all of them with every brief, most of them in every language.
        turn += 1;
        for (const format of formats.filter((_, index) => (index + turn) % formats.length < 2)) {
          const { request, result } = personalised(file.replace('.json', ''), some, format.format, language, 1);
          const [segment] = result.matrix.segments;
          if (segment === undefined) throw new Error('There is no segment.');
          const sheet = sheetFor(segment, request.sheet);
          const known = new Set(sheet.facts.map(({ id }) => id));
          const evidence = evidenceOf(sheet.facts, [businessName]);
          expect(result.ads.length, `${file} ${language} ${format.format}`).toBeGreaterThan(0);
          for (const { texts } of result.ads) {
            for (const { text, slot: name, factIds } of texts) {
              count += 1;
              const shown = text
                .replace(/\{(?:[A-Za-z]+|LOCATION\(City\)):([^}]*)\}/g, '$1')
                .replace(/\{COUNT[^}]*\}/, '59 minutes');
              const limit = format.slots.find((slot) => slot.name === name)?.limit ?? 0;
              expect([...shown].length, text).toBeLessThanOrEqual(limit);
              expect(
                factIds.every((id) => known.has(id)),
                text,
              ).toBe(true);
              expect(isWritten(language) ? untraced('text', text, language, evidence) : [], text).toEqual([]);
            }
          }
        }
      }
    }
    expect(count).toBeGreaterThan(1_000);
  });
});
