import { describe, expect, it } from 'vitest';
import { type BrandKit, brandKit } from '../../../contracts/schemas/brand-kits.ts';
import { type Brief, brief as briefSchema } from '../../../contracts/schemas/briefs.ts';
import { factSheet } from '../../../domain/generation/facts.ts';
import { briefNamed, today } from './brief-files.ts';

const { brief } = briefNamed('trail-shoes');
const euros = (micros: number) => ({ micros, currency: 'EUR' });
const ruleIds = (changed: Partial<Brief>, language = 'en', day = today) =>
  factSheet({ ...brief, ...changed }, language, day).findings.map(({ ruleId }) => ruleId);

describe('factSheet', () => {
  it('names where each fact was read', () => {
    expect(factSheet(brief, 'en', today).facts).toContainEqual({
      id: 'brief:benefits.0',
      kind: 'benefit',
      text: 'Dry feet in heavy rain',
      language: 'en',
      source: { from: 'brief', field: 'benefits.0' },
      value: null,
    });
    expect(factSheet(brief, 'de', today).facts.map(({ id }) => id)).toContain('brief:texts.de.benefits.0');
  });

  it('says names and numbers alone in a language the brief has no texts in', () => {
    const sheet = factSheet({ ...brief, texts: {} }, 'de', today);
    expect(sheet.facts.every(({ language }) => language === null)).toBe(true);
    expect(sheet.findings.map(({ ruleId }) => ruleId)).toContain('brief/no-texts');
    expect(sheet.missing.map(({ angle }) => angle)).toEqual(['benefit', 'problem']);
  });

  it.each([
    ['an offer that has ended', { offer: { text: 'Sale', validUntil: '2026-11-19' } }, 'brief/offer-ended'],
    ['a price in two currencies', { offer: { text: 'Now $49', price: euros(49_000_000) } }, 'brief/two-currencies'],
    ['two prices', { offer: { text: 'Now 39 €', price: euros(49_000_000) } }, 'brief/two-prices'],
    ['a discount without a price', { offer: { text: 'Sale', discountPercent: 10 } }, 'brief/discount-without-price'],
    ['a banned word in a benefit', { bannedWords: ['rain'] }, 'brief/banned-in-fact'],
  ] as const)('finds %s', (_name, changed, ruleId) => {
    expect(ruleIds(changed as unknown as Partial<Brief>)).toContain(ruleId);
  });

  it('holds an offer on its last day and drops it the day after', () => {
    const kinds = (day: string) => factSheet(brief, 'en', day).facts.map(({ kind }) => kind);
    expect(kinds('2026-12-24')).toContain('offer');
    expect(kinds('2026-12-25')).not.toContain('offer');
  });

  it('marks the banned words in the fact they stand in, and does not say it', () => {
    const sheet = factSheet({ ...brief, bannedWords: ['RAIN'] }, 'en', today);
    const finding = sheet.findings.find(({ ruleId }) => ruleId === 'brief/banned-in-fact');
    expect('Dry feet in heavy rain'.slice(finding?.span.start, finding?.span.end)).toBe('rain');
    expect(sheet.facts.map(({ text }) => text)).not.toContain('Dry feet in heavy rain');
  });
});

describe('schemas', () => {
  it('bound a brief', () => {
    expect(briefSchema.safeParse({ ...brief, benefits: Array(13).fill('More') }).success).toBe(false);
    expect(briefSchema.safeParse({ ...brief, landingPageUrl: 'http://plain.example' }).success).toBe(false);
    expect(briefSchema.safeParse({ ...brief, languages: [] }).success).toBe(false);
  });

  it('take fonts from the closed list alone', () => {
    const kit: BrandKit = {
      name: 'Fernhill',
      businessName: 'Fernhill',
      voice: brief.voice,
      bannedWords: [],
      colours: { primary: '#0b5fff' },
      fonts: { heading: 'inter', body: 'inter' },
      claims: [],
    };
    expect(brandKit.safeParse(kit).success).toBe(true);
    expect(brandKit.safeParse({ ...kit, fonts: { heading: 'wingdings', body: 'inter' } }).success).toBe(false);
  });
});
