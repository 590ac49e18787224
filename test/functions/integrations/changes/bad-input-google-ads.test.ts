import { describeBadInput } from './bad-input.ts';

describeBadInput({
  platform: 'google-ads',
  adGroup: { bidding: { strategy: 'manual-cpc', amount: { micros: 1_000_000, currency: 'EUR' } } },
  creative: (words) => ({
    format: 'responsive-search',
    headlines: [words, 'Free returns', 'Made for wet rock'],
    descriptions: ['Light shoes for long days.', 'Order today.'],
    landingPageUrl: 'https://strider.example/',
  }),
  textField: 'creative.headlines.0',
  longest: 30,
  tooSmallMicros: 1_000,
  least: /0\.01/,
  spoiled: { refreshToken: 'gone' },
  spoiledCode: /invalid_grant/,
  maintenance: { code: /TRANSIENT_ERROR/, words: /A transient internal error has occurred/ },
});
