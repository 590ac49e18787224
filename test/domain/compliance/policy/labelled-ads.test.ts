import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyRules } from '../../../../domain/compliance/policy/policy-rules.ts';
import { type LabelledAd, measureLabelled } from './labelled-ads.ts';

const ads = JSON.parse(readFileSync(new URL('../labelled-ads.json', import.meta.url), 'utf8')) as readonly LabelledAd[];

describe('the labelled ads', () => {
  it('are many, in four languages, a fair part of them harmless texts that look like violations', () => {
    expect(ads.length).toBeGreaterThanOrEqual(320);
    for (const language of ['en', 'de', 'fr', 'es']) {
      expect(ads.filter((ad) => ad.language === language).length).toBeGreaterThanOrEqual(50);
    }
    expect(ads.filter(({ expected }) => expected.length === 0).length).toBeGreaterThanOrEqual(ads.length * 0.3);
    const known = new Set(policyRules.map(({ id }) => id));
    expect(ads.flatMap(({ expected }) => expected).filter((id) => !known.has(id))).toEqual([]);
  });

  it('are told apart with precision of at least 0.95 and recall of at least 0.9', () => {
    const [dev, held] = (['dev', 'held-out'] as const).map((part) =>
      measureLabelled(ads.filter((ad) => ad.part === part)),
    );
    const all = measureLabelled(ads);
    process.stdout.write(
      `${[all, dev, held].map((one) => `${one?.ads} ads: precision ${one?.precision.toFixed(3)}, recall ${one?.recall.toFixed(3)}`).join('; ')} (all; dev; held-out)\n`,
    );
    expect(all.precision).toBeGreaterThanOrEqual(0.95);
    expect(all.recall).toBeGreaterThanOrEqual(0.9);
  });
});
