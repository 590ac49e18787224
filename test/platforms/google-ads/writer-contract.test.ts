import { googleAdsWriteRules } from '../../../platforms/google-ads/write-rules.ts';
import { describeWriter } from '../writer-contract.ts';
import { account, euros, mutates, searchAd, searchCampaign, startWriting, trailGroup } from './writing.ts';

describeWriter({
  id: 'google-ads',
  account,
  rules: googleAdsWriteRules,
  plan: {
    campaign: searchCampaign,
    adGroup: trailGroup,
    ad: (_name, adGroup) => searchAd(adGroup),
    media: null,
    budget: { level: 'campaign', value: euros(60), tooSmall: { micros: 1_000, currency: 'EUR' } },
    bidding: { level: 'ad-group', value: { strategy: 'manual-cpc', amount: euros(2) } },
    targeting: {
      level: 'ad-group',
      value: {
        ages: ['25-34', '35-44'],
        genders: ['female', 'unknown'],
        audiences: ['123456789'],
        keywords: [
          { text: 'trail running shoes', match: 'phrase' },
          { text: 'trail shoes', match: 'exact' },
        ],
        negativeKeywords: [{ text: 'used', match: 'broad' }],
      },
    },
    tooLong: (ad) =>
      ad.creative.format === 'responsive-search'
        ? { ...ad, creative: { ...ad.creative, headlines: ['x'.repeat(31), ...ad.creative.headlines.slice(1)] } }
        : ad,
    tooLongField: 'creative.headlines.0',
  },
  async start() {
    const { simulator, writer } = await startWriting();
    return {
      writer,
      trouble: (kind) => simulator.faults.add({ kind, match: { operation: 'mutate' }, times: 1, retryAfterSeconds: 0 }),
      arrivals: () => mutates(simulator),
      stop: () => simulator.close(),
    };
  },
});
