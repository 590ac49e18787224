import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../domain/integrations/calendar-day.ts';
import { qualityChecks } from '../../../../domain/integrations/quality/checks.ts';
import type { AccountEvidence } from '../../../../domain/integrations/quality/evidence.ts';
import { runChecks } from '../../../../domain/integrations/quality/run-checks.ts';
import { googleAdsDescriptor } from '../../../../platforms/google-ads/descriptor.ts';
import { linkedInAdsDescriptor } from '../../../../platforms/linkedin-ads/descriptor.ts';
import { tiktokAdsDescriptor } from '../../../../platforms/tiktok-ads/descriptor.ts';
import { adGroupId, campaignId, digestOf, evidence, type Row, window } from './evidence.ts';

const verdicts = (given: AccountEvidence, check: string) => runChecks(given).filter((one) => one.check === check);
const day = '2026-11-05';
const everyDay = (row: Omit<Row, 'date'> = {}): Row[] =>
  Array.from({ length: 10 }, (_, index) => ({ ...row, date: addDays(window.from, index) }));

describe('the table of checks', () => {
  it('names every check once', () => {
    const ids = qualityChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('finds nothing wrong with data that agrees', () => {
    const rows = everyDay({ spend: 3_000_000 });
    const inCampaign = rows.map((row) => ({ ...row, campaign: 'a' }));
    const found = runChecks(
      evidence(
        { account: rows, campaign: inCampaign, age: inCampaign.map((row) => ({ ...row, segment: '25-34' })) },
        { known: { campaign: new Set([campaignId('a')]) } },
      ),
    );
    expect(found.filter(({ severity }) => severity !== 'ok')).toEqual([]);
    expect(found.length).toBeGreaterThan(8);
  });

  it('judges an account that was not loaded by that and by its refused rows', () => {
    const found = runChecks(evidence({ account: everyDay() }, { failure: 'Connect again.' }));
    expect(found.filter(({ severity }) => severity !== 'ok')).toMatchObject([
      { check: 'account-loaded', severity: 'error', message: 'Connect again.', expected: 1, found: 0 },
    ]);
    expect(found.some(({ check }) => check === 'days-present')).toBe(false);
  });
});

describe('totals between grains', () => {
  it('show what is missing as a rest of its own, with the days and campaigns it is on', () => {
    const given = evidence({
      campaign: [
        { campaign: 'a', date: day, spend: 50_000_000 },
        { campaign: 'b', date: day, spend: 20_000_000 },
      ],
      'ad-group': [
        { campaign: 'a', adGroup: 'a1', date: day, spend: 30_000_000 },
        { campaign: 'b', adGroup: 'b1', date: day, spend: 20_000_000 },
      ],
    });
    expect(verdicts(given, 'spend-of-ad-group')).toMatchObject([
      {
        severity: 'error',
        expected: 70_000_000,
        found: 50_000_000,
        unexplainedMicros: 20_000_000,
        explained: [],
        sample: [{ date: day, campaignId: campaignId('a'), restMicros: 20_000_000 }],
      },
    ]);
  });

  it('are held against the platform’s own account total', () => {
    const given = evidence({
      account: [{ date: day, spend: 10_000_000 }],
      campaign: [{ campaign: 'a', date: day, spend: 9_000_000 }],
    });
    expect(verdicts(given, 'spend-of-campaign')).toMatchObject([
      { severity: 'error', unexplainedMicros: 1_000_000, sample: [{ date: day, campaignId: null }] },
    ]);
  });

  it('compare an imported day with what else is known of that day alone', () => {
    const account = [{ date: day, spend: 10_000_000 }];
    const campaign = [
      { campaign: 'a', date: day, spend: 4_000_000 },
      { campaign: 'a', date: '2026-11-02', spend: 9_000_000 },
    ];
    const imported = [{ from: '2026-11-01', to: '2026-11-02' }];
    expect(verdicts(evidence({ account, campaign }, { imported }), 'spend-of-campaign')).toMatchObject([
      { severity: 'error', expected: 10_000_000, found: 4_000_000, unexplainedMicros: 6_000_000 },
    ]);
    const apart = evidence({ account, campaign: campaign.slice(1) }, { imported: [{ from: '2026-11-01', to: day }] });
    expect(verdicts(apart, 'spend-of-campaign')).toEqual([]);
    expect(verdicts(evidence({ account, campaign }), 'spend-of-campaign')).toMatchObject([
      { found: 13_000_000, unexplainedMicros: -3_000_000 },
    ]);
  });

  it('take what a platform leaves out by name for explained, in campaigns of that type alone', () => {
    const gaps = googleAdsDescriptor.spendGaps ?? [];
    const campaign = [
      { campaign: 'max', date: day, spend: 40_000_000 },
      { campaign: 'search', date: day, spend: 10_000_000 },
    ];
    const types = { max: 'performance-max', search: 'search' };
    const campaignTypes = new Map(Object.entries(types).map(([name, type]) => [campaignId(name), type]));
    const found = [{ campaign: 'search', adGroup: 's1', date: day, spend: 10_000_000 }];
    const whole = evidence({ campaign, 'ad-group': found }, { gaps, campaignTypes });
    expect(verdicts(whole, 'spend-of-ad-group')).toMatchObject([
      {
        severity: 'ok',
        unexplainedMicros: 0,
        explained: [{ micros: 40_000_000, reason: expect.stringContaining('Performance Max') }],
      },
    ]);
    const short = evidence({ campaign, 'ad-group': [] }, { gaps, campaignTypes });
    expect(verdicts(short, 'spend-of-ad-group')).toMatchObject([
      { severity: 'error', unexplainedMicros: 10_000_000, explained: [{ micros: 40_000_000 }] },
    ]);
  });

  it('never let too much on one day make up for too little on another', () => {
    const given = evidence({
      account: [
        { date: '2026-11-04', spend: 10_000_000 },
        { date: day, spend: 10_000_000 },
      ],
      campaign: [
        { campaign: 'a', date: '2026-11-04', spend: 5_000_000 },
        { campaign: 'a', date: day, spend: 15_000_000 },
      ],
    });
    expect(verdicts(given, 'spend-of-campaign')).toMatchObject([
      { severity: 'error', unexplainedMicros: 0, sample: [{ date: '2026-11-04' }, { date: day }] },
    ]);
  });

  it('forgive the half cents that rounding leaves a row, and still name them', () => {
    const given = evidence({
      account: [{ date: day, spend: 10_000 }],
      campaign: [{ campaign: 'a', date: day, spend: 14_000 }],
    });
    expect(verdicts(given, 'spend-of-campaign')).toMatchObject([{ severity: 'ok', unexplainedMicros: -4_000 }]);
  });

  it('ask of keywords that they hold no more than their ad groups, and say how much they leave', () => {
    const group = [{ campaign: 'a', adGroup: 'a1', date: day, spend: 10_000_000 }];
    const keyword = (spend: number) => [{ campaign: 'a', adGroup: 'a1', date: day, spend }];
    expect(verdicts(evidence({ 'ad-group': group, keyword: keyword(4_000_000) }), 'spend-of-keyword')).toMatchObject([
      { severity: 'info', unexplainedMicros: 6_000_000 },
    ]);
    expect(verdicts(evidence({ 'ad-group': group, keyword: keyword(14_000_000) }), 'spend-of-keyword')).toMatchObject([
      { severity: 'error', unexplainedMicros: -4_000_000 },
    ]);
  });

  it('take noise that a platform adds for explained in either direction', () => {
    const gaps = linkedInAdsDescriptor.spendGaps ?? [];
    const campaign = [{ campaign: 'a', date: day, spend: 10_000_000 }];
    const country = [{ campaign: 'a', segment: 'DE', date: day, spend: 10_300_000 }];
    expect(verdicts(evidence({ campaign, country }, { gaps }), 'spend-of-country')).toMatchObject([
      { severity: 'ok', unexplainedMicros: 0, explained: [{ micros: -300_000 }] },
    ]);
    expect(verdicts(evidence({ campaign, country }), 'spend-of-country')).toMatchObject([{ severity: 'error' }]);
  });

  it('take what comes later for explained on the newest day alone', () => {
    const gaps = tiktokAdsDescriptor.spendGaps ?? [];
    const late = (date: string) => {
      const campaign = everyDay({ campaign: 'a', spend: 10_000_000 });
      const age = campaign.filter((row) => row.date !== date).map((row) => ({ ...row, segment: '25-34' }));
      return verdicts(evidence({ campaign, age }, { gaps }), 'spend-of-age');
    };
    expect(late(window.to)).toMatchObject([
      { severity: 'ok', unexplainedMicros: 0, explained: [{ reason: gaps[0]?.reason, micros: 10_000_000 }] },
    ]);
    expect(late(addDays(window.to, -1))).toMatchObject([
      { severity: 'error', unexplainedMicros: 10_000_000, explained: [] },
    ]);
  });

  it('always add up: expected is found, explained and unexplained', () => {
    const amount = fc.integer({ min: 0, max: 1e9 });
    const row = fc.record({
      campaign: fc.constantFrom('a', 'b', 'max'),
      date: fc.integer({ min: 0, max: 9 }).map((offset) => addDays(window.from, offset)),
      spend: amount,
    });
    const rows = fc.uniqueArray(row, { selector: ({ campaign, date }) => `${campaign} ${date}`, maxLength: 20 });
    const gaps = googleAdsDescriptor.spendGaps ?? [];
    const campaignTypes = new Map([[campaignId('max'), 'performance-max']]);
    fc.assert(
      fc.property(rows, rows, (campaign, adGroup) => {
        const [found] = verdicts(
          evidence(
            { campaign, 'ad-group': adGroup.map((one) => ({ ...one, adGroup: one.campaign })) },
            { gaps, campaignTypes },
          ),
          'spend-of-ad-group',
        );
        const explained = (found?.explained ?? []).reduce((sum, { micros }) => sum + micros, 0);
        expect((found?.found ?? 0) + explained + (found?.unexplainedMicros ?? 0)).toBe(found?.expected);
      }),
    );
  });
});

describe('rows', () => {
  it('with spend and without impressions, and with more clicks than impressions, are counted and stay', () => {
    const given = evidence({
      campaign: [
        { campaign: 'a', date: day, spend: 5_000_000, impressions: 0, clicks: 0 },
        { campaign: 'b', date: day, spend: 1, impressions: 3, clicks: 4 },
        { campaign: 'c', date: day, spend: 1 },
      ],
    });
    expect(verdicts(given, 'spend-with-impressions')).toMatchObject([
      { severity: 'warning', grain: 'campaign', found: 1, sample: [{ platformId: 'a', spendMicros: 5_000_000 }] },
    ]);
    expect(verdicts(given, 'clicks-within-impressions')).toMatchObject([
      { severity: 'warning', found: 1, sample: [{ platformId: 'b', clicks: 4 }] },
    ]);
  });

  it('that stand twice are an error', () => {
    const twice = [
      { campaign: 'a', date: day, spend: 5 },
      { campaign: 'a', date: day, spend: 5 },
    ];
    expect(verdicts(evidence({ campaign: twice }), 'facts-once')).toMatchObject([{ severity: 'error', found: 1 }]);
  });

  it('that were refused are told by reason, and many of them are an error', () => {
    const refused = (rows: number, refusal: 'schema' | 'range' | 'duplicate') =>
      Array.from({ length: rows }, () => ({
        refusal,
        report: 'metrics/ad',
        field: 'clicks',
        reason: 'is negative: -1',
      }));
    const given = evidence({}, { refused: [...refused(2, 'range'), ...refused(9, 'schema')] });
    expect(verdicts(given, 'rows-in-range')).toMatchObject([
      { severity: 'warning', found: 2, sample: [{ report: 'metrics/ad', field: 'clicks', rows: 2 }] },
    ]);
    expect(verdicts(given, 'rows-readable')).toMatchObject([{ severity: 'error', found: 9 }]);
    expect(verdicts(given, 'rows-once')).toMatchObject([{ severity: 'ok', found: 0 }]);
  });

  it('of objects that the structure does not know are found, with their spend', () => {
    const rows = ['a1', 'a2'].map((adGroup) => ({ campaign: 'a', adGroup, date: day, spend: 7 }));
    const given = evidence({ 'ad-group': rows }, { known: { 'ad-group': new Set([adGroupId('a1')]) } });
    expect(verdicts(given, 'known-ad-groups')).toMatchObject([
      { severity: 'warning', expected: 2, found: 1, sample: [{ id: adGroupId('a2'), spendMicros: 7 }] },
    ]);
  });
});

describe('days', () => {
  it('without facts are missing when the account has them on most days', () => {
    const holed = everyDay().filter(({ date }) => date !== day);
    expect(verdicts(evidence({ account: holed }), 'days-present')).toMatchObject([
      { severity: 'warning', expected: 10, found: 9, sample: [{ date: day }] },
    ]);
  });

  it('at the end of the window are missing too', () => {
    const short = everyDay().slice(0, 9);
    expect(verdicts(evidence({ account: short }), 'days-present')).toMatchObject([
      { severity: 'warning', sample: [{ date: window.to }] },
    ]);
  });

  it('before the first fact are not, nor those of an account that runs now and then', () => {
    expect(verdicts(evidence({ account: everyDay().slice(6) }), 'days-present')).toMatchObject([{ severity: 'ok' }]);
    const now = everyDay().filter((_, index) => index % 3 === 0);
    expect(verdicts(evidence({ account: now }), 'days-present')).toMatchObject([{ severity: 'info' }]);
  });
});

describe('volume', () => {
  const history = (weeks: readonly number[], last: number) => ({
    history: digestOf(
      'account',
      [last, ...weeks].map((spend, index) => ({ date: addDays(window.to, -7 * index), spend })),
      { from: '2026-01-01', to: window.to },
    ),
  });
  const usual = [100, 104, 98, 101, 97, 103, 99, 102].map((euros) => euros * 1_000_000);
  const spend = (given: Partial<AccountEvidence>) => verdicts(evidence({}, given), 'usual-spend')[0];

  it.each([
    ['like the weeks before', 105, 'ok'],
    ['half as much again, within the share', 149, 'ok'],
    ['a tenth of the usual', 10, 'warning'],
    ['three times the usual', 300, 'warning'],
  ] as const)('that is %s is %s', (_, euros, severity) => {
    expect(spend(history(usual, euros * 1_000_000))?.severity).toBe(severity);
  });

  it('is not judged by one odd week', () => {
    const odd = [...usual.slice(0, 7), 9_000_000_000];
    expect(spend(history(odd, 102_000_000))).toMatchObject({ severity: 'ok', expected: 100_500_000 });
  });

  it('says when there is too little history instead of judging', () => {
    expect(spend(history(usual.slice(0, 3), 1))).toMatchObject({
      severity: 'info',
      expected: null,
      message: expect.stringContaining('3 of the 4 weeks'),
    });
  });

  it('is judged by the share alone where every week was the same', () => {
    const same = usual.map(() => 100_000_000);
    expect(spend(history(same, 140_000_000))?.severity).toBe('ok');
    expect(spend(history(same, 160_000_000))?.severity).toBe('warning');
  });
});
