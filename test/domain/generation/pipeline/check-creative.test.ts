import { describe, expect, it } from 'vitest';
import type { CreativeRecord } from '../../../../contracts/schemas/creatives.ts';
import { type CheckContext, checkCreative } from '../../../../domain/generation/pipeline/check-creative.ts';
import { withModeration } from '../../../../domain/generation/pipeline/with-moderation.ts';
import { copyFormats } from '../../../../platforms/registry.ts';
import { policy } from '../../compliance/policy/policy-world.ts';

const format = copyFormats['linkedin-ads'][0];
if (format === undefined) throw new Error('LinkedIn has no format to write for.');
const context: CheckContext = {
  ...{ policy, format, facts: [], businessName: 'Domaine Dupuis', bannedWords: ['bargain'], trademarksAllowed: [] },
  ...{ destination: undefined, today: '2026-11-20' },
};
const textOf = (field: string, text: string, limit: number): CreativeRecord['texts'][number] => ({
  ...{ field, text, limit, length: text.length, factIds: [], angle: 'category' },
});

function adWith(shown: CreativeRecord['images'][number]['texts'], introduction = 'Vins de Loire'): CreativeRecord {
  return {
    ...{ id: 'crt_01', runId: 'run_01', round: 1, campaignKey: 'l', adGroupKey: 'l', platform: 'linkedin-ads' },
    ...{ accountId: 'acc_01', format: 'single-image', language: 'fr', countries: ['FR'], angle: 'category' },
    ...{ segment: null, callToAction: 'learn-more', hashtags: [], landingPageUrl: 'https://dupuis.example/' },
    ...{
      facts: [],
      findings: [],
      verdict: 'pass',
      repairs: [],
      status: 'draft',
      review: null,
      changeId: null,
      edited: false,
    },
    texts: [textOf('introduction', introduction, 600), textOf('headline', 'Domaine Dupuis', 200)],
    images: [{ assetId: 'ast_01', size: { width: 1200, height: 628 }, altText: 'Vins', url: '', texts: shown }],
    strength: { score: 0.5, low: 0.4, high: 0.6, reasons: [] },
    writtenBy: { model: 'built-in', promptVersion: '1', fallback: null },
    ...{ version: 1, createdAt: '2026-11-20T10:00:00.000Z', updatedAt: '2026-11-20T10:00:00.000Z' },
  };
}

const due = (findings: CreativeRecord['findings']) =>
  findings.filter(({ ruleId }) => ruleId === 'disclosure.alcohol-fr');

describe('the words of a picture', () => {
  const notice = 'L’abus d’alcool est dangereux pour la santé.';

  it('carry a notice as well as the words beside it', () => {
    const ad = adWith([
      { part: 'headline', text: 'Domaine Dupuis' },
      { part: 'legal', text: notice },
    ]);
    const { findings, repairs, status } = checkCreative(ad, context);
    expect([due(findings), repairs, status]).toEqual([[], [], 'draft']);
  });

  it('are held against the rules, and what they break is left for a person: nobody repaints by a click', () => {
    const checked = checkCreative(adWith([{ part: 'headline', text: 'A real bargain' }], 'Vinaigre de cidre'), context);
    expect(checked.findings).toContainEqual(
      expect.objectContaining({ field: 'images.0.headline', ruleId: 'brand.banned-words', fixable: false }),
    );
    expect(checked.status).toBe('needs-review');
  });
});

it('mends a text whose suggestion has room and is true, and says what it changed', () => {
  const checked = checkCreative(adWith([]), context);
  expect(checked.repairs.map(({ field, before, ruleId }) => [field, before, ruleId])).toEqual([
    ['introduction', 'Vins de Loire', 'disclosure.alcohol-fr'],
  ]);
  expect(due(checked.findings)).toEqual([]);
});

describe('what moderation finds', () => {
  const found = (category: 'profanity' | 'hate', detector: 'rules' | 'guardrail') => ({
    ...{ category, detector, severity: 'block' as const, confidence: null, field: 'introduction' },
    ...{ span: null, message: 'Not fit to be shown.' },
  });

  it('stands beside what rules say, and a swearword is told once', () => {
    const swearing = checkCreative(adWith([], 'Vinaigre de merde'), context);
    const ids = (ad: CreativeRecord) =>
      ad.findings.filter(({ severity }) => severity === 'block').map((one) => one.ruleId);
    expect(ids(swearing)).toEqual(['people.profanity']);
    const both = withModeration(swearing, [found('profanity', 'rules'), found('hate', 'guardrail')]);
    expect(ids(both)).toEqual(['people.profanity', 'moderation.hate']);
  });

  it('keeps an ad from being launched, whatever else passes', () => {
    const clean = checkCreative(adWith([], 'Vinaigre de cidre'), context);
    expect(clean.status).toBe('draft');
    expect(withModeration(clean, [found('hate', 'guardrail')])).toMatchObject({
      ...{ verdict: 'block', status: 'needs-review' },
    });
    expect(withModeration(clean, [])).toBe(clean);
  });
});
