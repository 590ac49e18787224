import { describe, expect, it } from 'vitest';
import { acceptAds, type Proposal } from '../../../../domain/generation/copy/accept-ads.ts';
import { factSheet } from '../../../../domain/generation/facts.ts';
import { copyFormats } from '../../../../platforms/registry.ts';
import { policy } from '../../compliance/policy/policy-world.ts';
import { briefNamed, today } from '../brief-files.ts';

const { brief, businessName } = briefNamed('trail-shoes');
const gate = { policy, today, trademarksAllowed: [] };

function accepted(platform: keyof typeof copyFormats, texts: readonly Record<string, string>[]) {
  const [format] = copyFormats[platform];
  if (format === undefined) throw new Error(`${platform} has no format.`);
  const sheet = factSheet(brief, 'en', today);
  const proposals = texts.map(
    (slots): Proposal => ({
      angle: 'benefit',
      texts: Object.entries(slots).map(([slot, text]) => ({
        slot: slot.replace(/\d$/, ''),
        text,
        factIds: ['brief:benefits.0'],
      })),
    }),
  );
  const request = { brief, sheet, voice: brief.voice, businessName, bannedWords: [], format, variants: 5 };
  return acceptAds(request, proposals, 'a-model a-prompt/1', gate);
}

describe('a text that a rule blocks', () => {
  it('takes the wording that the rule suggests where that may leave', () => {
    const { ads, refused } = accepted('google-ads', [{ description1: 'WATCH your feet stay dry in heavy rain.' }]);
    expect(refused).toMatchObject([{ text: 'WATCH your feet stay dry in heavy rain.' }]);
    const texts = ads[0]?.texts ?? [];
    expect(texts.map(({ text }) => text)).toContain('Watch your feet stay dry in heavy rain.');
    expect(texts.filter(({ slot }) => slot === 'headline').length).toBeGreaterThanOrEqual(3);
  });

  it('gives way to a text of the built-in writer where a person would have to word it', () => {
    const { ads, refused } = accepted('tiktok-ads', [{ text: 'Damn it, dry feet in heavy rain.' }]);
    expect(refused).toMatchObject([{ slot: 'text', reason: expect.stringContaining('swear word') }]);
    expect(ads[0]?.texts).toHaveLength(1);
    expect(ads[0]?.texts[0]?.template).toMatch(/^en\//);
  });

  it('is taken from the others, which stay as they were proposed', () => {
    const { ads } = accepted('linkedin-ads', [
      { introduction: 'Dry feet in heavy rain, whatever the path.', headline: 'Are you overweight? Dry feet' },
    ]);
    const [first, second] = ads[0]?.texts ?? [];
    expect(first).toMatchObject({ template: 'a-model a-prompt/1', text: 'Dry feet in heavy rain, whatever the path.' });
    expect(second?.text).not.toContain('overweight');
  });
});

describe('exclamation marks', () => {
  it('are one in an ad, the first', () => {
    const { ads, refused } = accepted('linkedin-ads', [
      { introduction: 'Dry feet in heavy rain!', headline: 'Heavy rain, dry feet!' },
    ]);
    expect(
      ads[0]?.texts
        .map(({ text }) => text)
        .join('')
        .split('!'),
    ).toHaveLength(2);
    expect(refused).toMatchObject([{ slot: 'headline', reason: 'The ad has its one exclamation mark already.' }]);
  });
});

describe('ads of a model', () => {
  it('differ, or are one', () => {
    const { ads, refused } = accepted('tiktok-ads', [
      { text: 'Dry feet in heavy rain, all day.' },
      { text: 'Dry feet in heavy rain, all day' },
      { text: 'Rain on the path? Nothing gets in.' },
    ]);
    expect(ads).toHaveLength(2);
    expect(refused).toMatchObject([{ slot: 'ad', reason: 'It says the same as another ad.' }]);
  });
});
