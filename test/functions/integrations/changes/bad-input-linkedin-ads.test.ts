import { describeBadInput } from './bad-input.ts';

describeBadInput({
  platform: 'linkedin-ads',
  adGroup: {
    bidding: { strategy: 'maximize-clicks' },
    targeting: { countries: ['DE'], languages: ['de'] },
  },
  creative: (words) => ({
    format: 'single-image',
    page: 'urn:li:organization:10455621',
    introduction: 'Healthy teams run at noon',
    headline: words,
    image: { platformId: 'urn:li:image:any' },
    callToAction: 'learn-more',
    landingPageUrl: 'https://www.strider.example/wellness',
  }),
  textField: 'creative.headline',
  longest: 200,
  tooSmallMicros: 1_000_000,
  least: /at least \d+ EUR/,
  spoiled: { refreshToken: 'gone' },
  spoiledCode: /invalid_grant/,
  maintenance: { code: /SERVICE_UNAVAILABLE/, words: /unavailable|maintenance/i },
});
