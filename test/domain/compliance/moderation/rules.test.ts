import { describe, expect, it } from 'vitest';
import { judged, unchecked, verdictOf } from '../../../../domain/compliance/moderation/judge.ts';
import { moderateByRules } from '../../../../domain/compliance/moderation/moderate-text.ts';
import { ownPersonalData } from '../../../../domain/compliance/moderation/personal-data.ts';
import { labelledTexts } from './labelled-texts.ts';

const found = (text: string, allowed: readonly string[] = []) => moderateByRules({ field: 'text', text }, allowed);
const place = { field: 'text', detector: 'guardrail' } as const;

describe('rules about what is fit to be shown', () => {
  it.each(labelledTexts.filter(([, expected]) => expected === null))('have nothing against “%s”', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each(labelledTexts.filter(([, expected]) => expected !== null))('find what is in “%s”', (text, expected) => {
    const findings = found(text);
    expect(findings.map(({ category }) => category)).toEqual([expected]);
    const { start, end } = findings[0]?.span ?? { start: 0, end: 0 };
    expect(end).toBeGreaterThan(start);
    expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
  });

  it('let a business show its own number, however it is spaced', () => {
    const own = ownPersonalData(['Call us: +49 30 1234 5678 or shop@example.org']);
    for (const text of ['Ruf an: +49 (0)30 12345678', 'Call +49 30 12345678', 'Tel. 030 12345678']) {
      expect(found(text, own)).toEqual([]);
    }
    expect(found('Tel. 030 12345679', own)).toHaveLength(1);
    expect(found('Write to SHOP@example.org', own)).toEqual([]);
    expect(found('Write to anna@example.org', own)).toHaveLength(1);
  });
});

describe('what models have seen', () => {
  const thresholds = { review: 0.6, block: 0.9 };
  const seen = (confidence: number) => judged([{ category: 'insult', confidence }], thresholds, place);

  it('passes below the first threshold, is looked at above it, and is not shown above the second', () => {
    expect([0.5, 0.6, 0.9].map((confidence) => verdictOf(seen(confidence)))).toEqual(['pass', 'review', 'block']);
  });

  it('does not pass because nobody could look', () => {
    expect(verdictOf([unchecked(place, 'the service is away')])).toBe('review');
  });
});
