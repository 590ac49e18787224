import type { GeneratedCreative } from '../../../../../sdks/javascript/src/generated/api.ts';

/** As platforms write them on the button, in English; each shows them in the reader's language. */
export const actionNames: Readonly<Record<GeneratedCreative['callToAction'], string>> = {
  'learn-more': 'Learn more',
  'shop-now': 'Shop now',
  'sign-up': 'Sign up',
  download: 'Download',
  'contact-us': 'Contact us',
  'apply-now': 'Apply now',
  'book-now': 'Book now',
  'get-quote': 'Get a quote',
  subscribe: 'Subscribe',
};
