import { linkedInAdsWriteRules } from '../../../platforms/linkedin-ads/write-rules.ts';
import { describeWriter } from '../writer-contract.ts';
import { adDraft, adGroupDraft, campaignDraft, euros, openWriting, picture, wellness } from './writing.ts';

describeWriter({
  id: 'linkedin-ads',
  account: wellness,
  rules: linkedInAdsWriteRules,
  plan: {
    campaign: campaignDraft,
    adGroup: adGroupDraft,
    ad: adDraft,
    media: { do: 'upload-asset', kind: 'image', name: 'club.png', bytes: picture('club'), contentType: 'image/png' },
    budget: { level: 'ad-group', value: euros(42.5), tooSmall: euros(9.99) },
    bidding: { level: 'ad-group', value: { strategy: 'manual-cpc', amount: euros(6.25) } },
    targeting: {
      level: 'ad-group',
      value: {
        countries: ['AT', 'CH'],
        ages: ['25-34', '35-44', '45-54'],
        genders: ['female'],
        interests: ['449'],
        audiences: ['10804'],
        companies: ['urn:li:organization:1035', 'urn:li:seniority:6'],
      },
    },
    tooLong: (ad) => {
      if (ad.creative.format !== 'single-image') throw new Error('The plan has single image ads.');
      return { ...ad, creative: { ...ad.creative, introduction: 'x'.repeat(601) } };
    },
    tooLongField: 'creative.introduction',
  },
  async start() {
    const { simulator, writer } = await openWriting(4_000);
    return {
      writer,
      trouble: (kind) =>
        simulator.faults.add({
          kind,
          // Signing in is a call of its own, and no write.
          match: {
            platform: 'linkedin-ads',
            ...(kind === 'token-expired' || kind === 'maintenance' ? { operation: 'adCampaignGroups' } : {}),
          },
          times: 1,
          retryAfterSeconds: 0,
        }),
      arrivals: () => simulator.writes.list().length,
      stop: () => simulator.close(),
    };
  },
});
