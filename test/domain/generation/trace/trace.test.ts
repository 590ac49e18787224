import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../../domain/generation/fact.ts';
import { evidenceOf, untraced } from '../../../../domain/generation/trace/trace.ts';

const fact = (text: string, language: string, kind: Fact['kind'] = 'benefit', value: Fact['value'] = null): Fact => ({
  id: text,
  kind,
  text,
  language: kind === 'product' || value !== null ? null : language,
  source: { from: 'brief', field: 'benefits.0' },
  value,
});
const price = (micros: number, lowest = false): Fact =>
  fact('price', 'en', 'price', { is: 'price', micros, currency: 'EUR', lowest, unit: 'once', whole: true });
const discount = (percent: number, most = false): Fact =>
  fact('discount', 'en', 'offer', { is: 'discount', percent, most, whole: true });
const until = fact('2026-12-31', 'en', 'urgency', { is: 'until', date: '2026-12-31' });

/** Language, text, facts, and what of the text no fact says. */
const cases: readonly (readonly [string, string, readonly Fact[], readonly string[]])[] = [
  ['de', 'Sofa für 1.299,00 €', [price(1_299_000_000)], []],
  ['fr', 'Canapé à 1 299 €', [price(1_299_000_000)], []],
  ['en', 'Sofa for €1,299', [price(1_299_000_000)], []],
  ['es', 'Sofá por 1299 euros', [price(1_299_000_000)], []],
  ['en', 'Sofa for $1,299', [price(1_299_000_000)], ['$1,299']],
  ['de', 'Sofa für 1.199 €', [price(1_299_000_000)], ['1.199 €']],
  ['de', 'Sofas ab 499 €', [price(499_000_000, true)], []],
  ['de', 'Sofas für 499 €', [price(499_000_000, true)], ['499 €']],
  ['en', 'All coffee half price', [discount(50)], []],
  ['de', 'Kaffee zum halben Preis', [discount(50)], []],
  ['fr', 'Café à moitié prix', [discount(50)], []],
  ['es', 'Café a mitad de precio', [discount(50)], []],
  ['en', 'All coffee half price', [discount(20)], ['half price']],
  ['de', 'Bis zu 30 % sparen', [discount(30, true)], []],
  ['de', 'Jetzt 30 % sparen', [discount(30, true)], ['30 %']],
  ['en', 'Offer ends December 31', [until], []],
  ['de', 'Gilt bis 31.12.2026', [until], []],
  ['fr', 'Jusqu’au 31 décembre', [until], []],
  ['es', 'Hasta el 30 de diciembre', [until], ['30 de diciembre']],
  ['en', 'The best coffee in town', [], ['best']],
  ['de', 'Der günstigste Umzug Berlins', [], ['günstigste']],
  ['fr', 'Le meilleur café de Lyon', [], ['meilleur']],
  ['es', 'El mejor café de Madrid', [], ['mejor']],
  ['de', 'Das gemütlichste Café', [], ['gemütlichste']],
  ['de', 'Jetzt online bestellen', [], []],
  ['en', 'Free delivery', [fact('Free delivery in two days', 'en')], []],
  ['en', 'Free returns', [fact('Free delivery in two days', 'en')], ['Free']],
  ['de', 'Kostenlose Lieferung', [fact('Free delivery in two days', 'en')], []],
  ['es', 'Envío gratis', [], ['gratis']],
  ['en', 'Delivered in 2 days', [fact('Free delivery in two days', 'en')], []],
  ['en', 'Delivered in 2 hours', [fact('Free delivery in two days', 'en')], ['2']],
  ['fr', 'Livré en 2 jours', [fact('Free delivery in two days', 'en')], []],
  ['en', '10,000 customers', [fact('Over 10,000 customers', 'en', 'number')], []],
  ['en', 'Over 10,000 customers', [fact('10,000 customers', 'en', 'number')], ['10,000']],
  ['en', 'Last chance to book', [], ['Last chance']],
  ['de', 'Nur noch wenige Plätze', [], ['Nur noch']],
  ['en', 'Trail 2 keeps feet dry', [fact('Trail 2', 'en', 'product')], []],
  ['en', '{KeyWord:Best shoes} online', [], ['{KeyWord:Best shoes} online']],
];

describe('untraced', () => {
  it.each(cases)('%s: "%s"', (language, text, facts, expected) => {
    const findings = untraced('headlines.0', text, language, evidenceOf(facts));
    expect(findings.map(({ span }) => text.slice(span.start, span.end))).toEqual(expected);
  });

  it('blocks what it finds and says what to do', () => {
    const [finding] = untraced('headlines.0', 'Now 50% off', 'en', evidenceOf([]));
    expect(finding).toMatchObject({ ruleId: 'trace/percentage', severity: 'block', field: 'headlines.0' });
    expect(finding?.message).toContain('"50%"');
  });

  it('reads a page of nested numbers in time that grows with its length', () => {
    const evidence = evidenceOf([]);
    const hostile = '1.'.repeat(20_000) + 'mas '.repeat(5_000);
    const started = performance.now();
    untraced('text', hostile, 'es', evidence);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
