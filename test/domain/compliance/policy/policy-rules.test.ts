import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../../../domain/compliance/policy/policy-rule.ts';
import { policyRules } from '../../../../domain/compliance/policy/policy-rules.ts';
import { check, defaultField, exampleAd } from './policy-world.ts';

/** Examples are the test of a rule: this table runs all of them. */
describe.each(policyRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const ruleOnly = (example: Parameters<typeof exampleAd>[1]) =>
    check(exampleAd(rule, example)).findings.filter(({ ruleId }) => ruleId === id);

  it('has at least two texts that keep it and two that break it', () => {
    expect(rule.passes.length).toBeGreaterThanOrEqual(2);
    expect(rule.fails.length).toBeGreaterThanOrEqual(2);
  });

  it.each(rule.passes)('lets “$text” pass', (example) => {
    expect(ruleOnly(example)).toEqual([]);
  });

  it.each(rule.fails)('objects to “$at” in “$text”', (example) => {
    const [finding] = ruleOnly(example).filter(
      ({ field }) =>
        field === (rule.matcher.kind === 'destination' ? 'destination.url' : (example.field ?? defaultField(rule))),
    );
    const text = finding?.field === 'destination.url' ? (example.destination?.url ?? '') : example.text;
    expect(finding, 'no finding').toBeDefined();
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe(example.at);
    expect(finding?.severity).toBe(rule.severity);
    expect(sourcesOf(rule)).toContainEqual(finding?.source);
    expect(finding?.message).not.toContain('{match}');
  });
});

describe('the table of rules', () => {
  it('has every id once', () => {
    const ids = policyRules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('names a page for every rule and a day from which it holds', () => {
    for (const rule of policyRules) {
      const { id, validFrom, validTo } = rule;
      expect(sourcesOf(rule).length, id).toBeGreaterThan(0);
      for (const { title, url } of sourcesOf(rule)) {
        expect(url, id).toMatch(/^(https:\/\/[a-z.-]+\/|\/docs\/)/);
        expect(title.length, id).toBeGreaterThan(5);
      }
      expect(validFrom, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(validTo === undefined || validTo >= validFrom, id).toBe(true);
    }
  });

  it('suggests rewrites that leave nothing for wording to clear, in every failing example', () => {
    const wordable = new Set(policyRules.filter(({ rewrite }) => rewrite.how !== 'none').map(({ id }) => id));
    let rewritten = 0;
    for (const rule of policyRules) {
      for (const example of rule.fails) {
        const ad = exampleAd(rule, example);
        for (const { field, fix, ruleId } of check(ad).findings) {
          if (fix === null) continue;
          rewritten += 1;
          const again = check({
            ...ad,
            texts: ad.texts.map((one) => (one.field === field ? { field, text: fix.text } : one)),
          });
          const left = again.findings.filter((finding) => finding.field === field && wordable.has(finding.ruleId));
          expect(left, `${ruleId}: “${fix.text}”`).toEqual([]);
          expect(fix.text.trim()).not.toBe('');
        }
      }
    }
    expect(rewritten).toBeGreaterThan(60);
  });
});
