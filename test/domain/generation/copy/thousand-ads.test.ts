import { describe, expect, it } from 'vitest';
import { checkTexts } from '../../../../domain/generation/copy/policy-gate.ts';
import { readingEase } from '../../../../domain/generation/copy/readability.ts';
import { distinctness } from '../../../../domain/generation/copy/similarity.ts';
import { type AdCopy, writeAds } from '../../../../domain/generation/copy/write-ads.ts';
import { isWritten } from '../../../../domain/generation/fact.ts';
import { factSheet } from '../../../../domain/generation/facts.ts';
import { evidenceOf, untraced } from '../../../../domain/generation/trace/trace.ts';
import { copyFormats } from '../../../../platforms/registry.ts';
import { policy } from '../../compliance/policy/policy-world.ts';
import { type BriefFile, briefFiles, today } from '../brief-files.ts';

/**
 * Limits as the platforms publish them and a counter of our own: nothing of the product's measures is used here.
 * Google: responsive search ads and Performance Max asset requirements; TikTok: ad text 100; LinkedIn: introduction 600, headline 200.
 */
const published: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'google-ads': { headline: 30, description: 90, longHeadline: 90, shortDescription: 60, businessName: 25 },
  'tiktok-ads': { text: 100 },
  'linkedin-ads': { introduction: 600, headline: 200 },
};

function independentCount(platform: string, text: string): number {
  const shown = text.replace(/\{keyword:([^}]*)\}/gi, '$1');
  let count = 0;
  for (const character of Array.from(shown)) {
    const code = character.codePointAt(0) ?? 0;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xff01 && code <= 0xff60) ||
      code >= 0x1f300;
    count += wide && platform !== 'linkedin-ads' ? 2 : 1;
  }
  return count;
}

const written = briefFiles.flatMap((file) =>
  file.brief.languages.map((language) => ({ file, language, ads: all(file, language) })),
);

function all({ brief, businessName }: BriefFile, language: string): readonly AdCopy[] {
  const sheet = factSheet(brief, language, today);
  return Object.values(copyFormats)
    .flat()
    .flatMap((format) => {
      const outcome = writeAds({
        brief,
        sheet,
        voice: brief.voice,
        businessName,
        bannedWords: brief.bannedWords,
        format,
        variants: 5,
      });
      return outcome.kind === 'written' ? outcome.ads : [];
    });
}

describe('a thousand ads of twenty briefs in four languages', () => {
  const ads = written.flatMap((one) => one.ads);

  it('gives ads of every format for every brief in every language', () => {
    expect(briefFiles).toHaveLength(20);
    expect(ads.length).toBeGreaterThanOrEqual(1_000);
    for (const { file, language, ads: some } of written) {
      expect(new Set(some.map(({ format }) => format)).size, `${file.file} ${language}`).toBe(5);
    }
  });

  it('keeps every text within the published limit, counted independently', () => {
    const over = ads.flatMap(({ platform, texts }) =>
      texts.filter(({ slot, text }) => independentCount(platform, text) > (published[platform]?.[slot] ?? 0)),
    );
    expect(over.map(({ text, slot }) => `${slot}: ${text}`)).toEqual([]);
  });

  it('says nothing that no fact of its brief says', () => {
    const loose = written.flatMap(({ file, language, ads: some }) => {
      const evidence = evidenceOf(factSheet(file.brief, language, today).facts, [file.businessName]);
      return some.flatMap(({ texts }) =>
        texts.flatMap(({ text }) =>
          untraced('text', text, language, evidence).map(({ message }) => `${text} → ${message}`),
        ),
      );
    });
    expect(loose).toEqual([]);
  });

  it('cites facts of the sheet alone, and the facts whose numbers it says', () => {
    for (const { file, language, ads: some } of written) {
      const facts = new Map(factSheet(file.brief, language, today).facts.map((fact) => [fact.id, fact]));
      for (const { texts } of some) {
        for (const { text, factIds } of texts) {
          const cited = factIds.flatMap((id) => facts.get(id) ?? []);
          expect(cited, text).toHaveLength(factIds.length);
          expect(
            untraced(
              'text',
              text,
              language,
              evidenceOf([...facts.values()].filter(({ kind }) => kind === 'product').concat(cited), [
                file.businessName,
              ]),
            ),
            text,
          ).toEqual([]);
        }
      }
    }
  });

  it('keeps editorial rules: no exclamation in headlines, one in an ad, nothing said twice in an ad', () => {
    for (const { platform, texts } of ads) {
      const everything = texts.map(({ text }) => text);
      expect(everything.join('').split('!').length - 1).toBeLessThanOrEqual(1);
      if (platform === 'google-ads') {
        expect(texts.filter(({ slot, text }) => /eadline/.test(slot) && text.includes('!'))).toEqual([]);
      }
      const bySlot = texts
        .filter(({ slot }) => slot !== 'businessName')
        .map(({ slot, text }) => `${slot} ${text.toLowerCase()}`);
      expect(new Set(bySlot).size).toBe(bySlot.length);
    }
  });

  it('says no banned word', () => {
    for (const { file, ads: some } of written) {
      for (const word of file.brief.bannedWords) {
        expect(
          some.flatMap(({ texts }) => texts).filter(({ text }) => text.toLowerCase().includes(word.toLowerCase())),
        ).toEqual([]);
      }
    }
  });

  it('breaks no rule of the platforms or of the countries it is shown in', () => {
    const broken = written.flatMap(({ file: { brief, businessName }, language, ads: some }) => {
      const gate = { policy, today, trademarksAllowed: [brief.product.name, businessName] };
      const { facts } = factSheet(brief, language, today);
      return some.flatMap(({ platform, format: name, texts }) => {
        const format = copyFormats[platform].find((one) => one.format === name);
        if (format === undefined) throw new Error(`${platform} has no ${name}.`);
        const ad = { format, countries: brief.countries, texts, facts, bannedWords: brief.bannedWords };
        return checkTexts(gate, ad).map(({ place, finding }) => `${texts[place ?? 0]?.text} → ${finding.message}`);
      });
    });
    expect(broken).toEqual([]);
  });

  it('writes ads that differ and read easily', () => {
    const distances = written.flatMap(({ ads: some }) =>
      Object.values(Object.groupBy(some, ({ format }) => format)).flatMap(
        (group) => distinctness(group.map(({ texts }) => texts.map(({ text }) => text).join(' '))) ?? [],
      ),
    );
    const eases = written.flatMap(({ language, ads: some }) =>
      isWritten(language)
        ? some.flatMap(({ texts }) => readingEase(texts.map(({ text }) => text).join('. '), language) ?? [])
        : [],
    );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    process.stdout.write(
      `${ads.length} ads, distinctness ${mean(distances).toFixed(2)}, reading ease ${mean(eases).toFixed(0)}\n`,
    );
    expect(mean(distances)).toBeGreaterThan(0.4);
    expect(mean(eases)).toBeGreaterThan(45);
  });
});
