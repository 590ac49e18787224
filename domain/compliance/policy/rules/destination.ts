import type { PolicyRule } from '../policy-rule.ts';
import { superlativeWords } from './claims.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';

const page = (text: string, more: { url?: string; status?: number } = {}) => ({
  destination: { url: 'https://shop.example/shoes', status: 200, ...more, text },
});
/** Findings about the address point into it, not into a text of the ad. */
const address = (url: string, more: { status?: number; landingPageUrl?: string } = {}) => ({
  destination: { url, ...(more.status !== undefined && { status: more.status }) },
  ...(more.landingPageUrl !== undefined && { landingPageUrl: more.landingPageUrl }),
});

export const destinationRules: readonly PolicyRule[] = [
  {
    id: 'destination.not-https',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'destination', is: 'not-https' },
    severity: 'block',
    message:
      '“{match}” is not a secure address. Visitors would be warned by their browser: use one that begins with https://.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDestination),
    validFrom: '2020-01-01',
    passes: [passing('Shoes', address('https://shop.example/')), passing('Shoes')],
    fails: [
      failing('Shoes', 'http://shop.example/', address('http://shop.example/')),
      failing('Shoes', 'shop.example', address('shop.example')),
    ],
  },
  {
    id: 'destination.broken',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'destination', is: 'broken' },
    severity: 'block',
    message:
      '“{match}” did not answer with a page (status other than 200). Platforms refuse ads that lead nowhere: repair the page or take another.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDestination),
    validFrom: '2020-01-01',
    passes: [
      passing('Shoes', address('https://shop.example/', { status: 200 })),
      passing('Shoes', address('https://shop.example/')),
    ],
    fails: [
      failing('Shoes', 'https://shop.example/', address('https://shop.example/', { status: 404 })),
      failing('Shoes', 'https://shop.example/', address('https://shop.example/', { status: 503 })),
    ],
  },
  {
    id: 'destination.other-site',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'destination', is: 'other-site' },
    severity: 'block',
    message:
      '“{match}” is another site than the one the ad names. Platforms refuse ads that lead elsewhere: use one and the same site.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDestination),
    validFrom: '2020-01-01',
    passes: [
      passing('Shoes', address('https://www.shop.example/', { landingPageUrl: 'https://shop.example/' })),
      passing('Shoes', address('https://shop.example/de', { landingPageUrl: 'https://shop.example/en' })),
    ],
    fails: [
      failing(
        'Shoes',
        'https://other.test/',
        address('https://other.test/', { landingPageUrl: 'https://shop.example/' }),
      ),
      failing(
        'Shoes',
        'https://shop.test/',
        address('https://shop.test/', { landingPageUrl: 'https://shop.example/' }),
      ),
    ],
  },
  {
    id: 'destination.raw-address',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'destination', is: 'raw-address' },
    severity: 'block',
    message:
      '“{match}” is a number instead of a name, which platforms take for a hidden destination. Use the site’s domain.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDestination),
    validFrom: '2020-01-01',
    passes: [passing('Shoes', address('https://shop.example/')), passing('Shoes', address('https://4711.example/'))],
    fails: [
      failing('Shoes', 'https://203.0.113.7/', address('https://203.0.113.7/')),
      failing('Shoes', 'https://[2001:db8::1]/', address('https://[2001:db8::1]/')),
    ],
  },
  {
    id: 'destination.shortened',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'destination', is: 'shortened' },
    severity: 'warn',
    message: '“{match}” hides where it leads, which platforms distrust. Use the address of the page itself.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDestination),
    validFrom: '2020-01-01',
    passes: [passing('Shoes', address('https://shop.example/')), passing('Shoes', address('https://bit.ly.example/'))],
    fails: [
      failing('Shoes', 'https://bit.ly/abc', address('https://bit.ly/abc')),
      failing('Shoes', 'https://www.tinyurl.com/abc', address('https://www.tinyurl.com/abc')),
    ],
  },
  {
    id: 'destination.price-missing',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'figures', against: 'page', of: ['price'] },
    severity: 'block',
    message:
      '“{match}” does not stand on the page behind the ad. Visitors must find the same price there: correct the one or the other.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('Shoes from €89.90', page('Trail shoes, 89,90 €, free delivery')),
      passing('Shoes from 1.299 €', page('Only 1,299.00 EUR')),
    ],
    fails: [
      failing('Shoes from €79.90', '€79.90', page('Trail shoes, 89,90 €')),
      failing('Chaussures à 49 €', '49 €', page('Chaussures à 59 €')),
    ],
  },
  {
    id: 'destination.offer-missing',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'figures', against: 'page', of: ['percent'] },
    severity: 'block',
    message:
      '“{match}” does not stand on the page behind the ad. An offer must be found where the click leads: put it there, or take it out here.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('20% off all shoes', page('Autumn sale: 20 % off')),
      passing('Half price socks', page('Socks now 50% off')),
    ],
    fails: [
      failing('30% off all shoes', '30%', page('Autumn sale: 20 % off')),
      failing('50 % Rabatt auf alles', '50 %', page('Neue Schuhe')),
    ],
  },
  {
    id: 'destination.claim-missing',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'superlative', ...superlativeWords, against: 'page' },
    severity: 'warn',
    message:
      '“{match}” is not claimed on the page behind the ad. Put the claim there with its proof, or take it out here.',
    rewrite: { how: 'matcher' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('Award-winning trail shoes', page('Our award-winning trail shoes')),
      passing('Light trail shoes', page('Shoes')),
    ],
    fails: [
      failing('Award-winning trail shoes', 'Award-winning', page('Our trail shoes')),
      failing('Die beliebtesten Schuhe', 'beliebtesten', page('Unsere Schuhe')),
    ],
  },
];
