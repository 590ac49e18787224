import { tiktokAdsWriteRules } from '../../../platforms/tiktok-ads/write-rules.ts';
import { identitiesOf } from '../../../simulator/tiktok-ads/identities.ts';
import { describeWriter } from '../writer-contract.ts';
import { europe, euros, openWriting, picture } from './writing.ts';

const identity = identitiesOf({ id: europe.platformId })[0]?.identity_id ?? '';

describeWriter({
  id: 'tiktok-ads',
  account: europe,
  rules: tiktokAdsWriteRules,
  plan: {
    campaign: (name) => ({
      do: 'create-campaign',
      name,
      type: 'in-feed',
      objective: 'traffic',
      politicalAdvertising: 'none',
    }),
    adGroup: (name, campaign) => ({
      do: 'create-ad-group',
      campaign,
      name,
      dailyBudget: euros(30),
      bidding: { strategy: 'maximize-clicks' },
      targeting: { countries: ['DE'] },
    }),
    ad: (name, parent, mediaId) => ({
      do: 'create-ad',
      parent,
      name,
      creative: {
        format: 'in-feed-image',
        text: 'Run further than yesterday',
        media: { platformId: mediaId },
        identity,
        callToAction: 'shop-now',
        landingPageUrl: 'https://www.strider.example/shoes',
      },
    }),
    media: { do: 'upload-asset', kind: 'image', name: 'shoe.png', bytes: picture('shoe'), contentType: 'image/png' },
    budget: { level: 'ad-group', value: euros(42.5), tooSmall: euros(19.99) },
    bidding: { level: 'ad-group', value: { strategy: 'maximize-clicks', amount: euros(0.9) } },
    targeting: {
      level: 'ad-group',
      value: {
        countries: ['AT', 'CH'],
        languages: ['de'],
        ages: ['25-34', '35-44'],
        genders: ['female'],
        interests: ['11100'],
      },
    },
    tooLong: (ad) => {
      if (ad.creative.format !== 'in-feed-image') throw new Error('The plan has image ads.');
      return { ...ad, creative: { ...ad.creative, text: 'x'.repeat(101) } };
    },
    tooLongField: 'creative.text',
  },
  async start() {
    const { simulator, open } = await openWriting();
    return {
      writer: await open({}, 4_000),
      trouble: (kind) =>
        simulator.faults.add({ kind, match: { platform: 'tiktok-ads' }, times: 1, retryAfterSeconds: 0 }),
      arrivals: () => simulator.writes.list().length,
      stop: () => simulator.close(),
    };
  },
});
