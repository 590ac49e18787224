import type { ExampleAd } from '../../policy-rule.ts';

/** What a notice that the law, or a code that advertisers are bound to, wants in ads of a kind says to who forgot it. */
export const due = (what: string, why: string): string =>
  `${what} has to stand in the ad or its image: ${why}. Add it as the suggestion shows, or in the image where the text has no room.`;

/** Where the examples run. */
const shownIn = (country: string): Omit<ExampleAd, 'text'> => ({
  countries: [country],
  field: 'text',
  platform: 'linkedin-ads',
});

export const FR = shownIn('FR');
export const DE = shownIn('DE');
export const ES = shownIn('ES');
export const GB = shownIn('GB');
export const IE = shownIn('IE');
export const AT = shownIn('AT');
export const CH = shownIn('CH');
