import { describeBadInput } from './bad-input.ts';

describeBadInput({
  platform: 'tiktok-ads',
  adGroup: { bidding: { strategy: 'maximize-clicks' }, targeting: { countries: ['DE'] } },
  creative: (words) => ({
    format: 'in-feed-image',
    text: words,
    media: { platformId: 'any' },
    identity: 'any',
    callToAction: 'shop-now',
    landingPageUrl: 'https://strider.example/',
  }),
  textField: 'creative.text',
  longest: 100,
  tooSmallMicros: 49_990_000,
  least: /at least 50 EUR/,
  spoiled: { accessToken: 'gone', refreshToken: 'gone' },
  spoiledCode: /401\d\d/,
  maintenance: { code: /60001/, words: /under maintenance/ },
});
