import type { PolicyRule } from '../policy-rule.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';
import { words } from './words.ts';

/**
 * Well-known marks as of November 2026 that mean nothing else: "Apple", "Puma" and "Uber" are words of their own and are left out. Each
 * is registered in the EU, the UK and the US (EUIPO eSearch, UK IPO, USPTO).
 */
const marks = words(`
  adidas, airbnb, airpods, asics, bmw, botox, burberry, burger king, cartier, chanel, coca cola, converse all star,
  dior, disney, dyson, ferrari, fitbit, garmin, gucci, harry potter, hermes paris, ikea, ipad, iphone, kitchenaid,
  lamborghini, lego, louis vuitton, lululemon, macbook, mcdonald s, mcdonalds, mercedes benz, microsoft, moncler,
  nespresso, netflix, new balance, nike, nintendo, nutella, pandora jewellery, pepsi, photoshop, playstation,
  porsche, prada, ray ban, red bull, rolex, samsung, spotify, starbucks, star wars, swarovski, tesla model,
  thermomix, toyota, tupperware, versace, volkswagen, xbox, youtube, zalando
`);

/** Saying what a thing fits or what one repairs is allowed by trademark law and by the platforms. */
const fits = words(`
  for, fits, compatible with, works with, für, passend für, kompatibel mit, passt zu, pour, compatible avec, para,
  compatible con, your, dein, Ihr, votre, tu, repair, réparation, reparación, used, gebraucht, occasion, on
`);
const fitting = fits.flatMap((word) => marks.map((mark) => `${word} ${mark}`));

export const trademarkRules: readonly PolicyRule[] = [
  {
    id: 'trademarks',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'trademark', marks, except: fitting },
    severity: 'warn',
    message:
      '“{match}” is somebody’s trademark. If it is yours or its owner agreed, list it among the allowed ones; else name the kind of product, or what it fits (“for …”).',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleTrademarks),
    validFrom: '2020-01-01',
    passes: [
      passing('Cases for iPhone and others'),
      passing('New Nike shoes', { trademarksAllowed: ['Nike'] }),
      passing('Hüllen für iPhone in Leder'),
    ],
    fails: [failing('New Nike shoes', 'Nike'), failing('Taschen wie von Louis Vuitton', 'Louis Vuitton')],
  },
];

export const brandRules: readonly PolicyRule[] = [
  {
    id: 'brand.banned-words',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'banned-words' },
    severity: 'block',
    message: '“{match}” is on the brand’s list of words that are not to be used. Word it in another way.',
    rewrite: { how: 'by-hand' },
    source: sources.brand,
    validFrom: '2020-01-01',
    passes: [
      passing('Affordable shoes', { bannedWords: ['cheap'] }),
      passing('Cheapside, London', { bannedWords: ['cheap'] }),
    ],
    fails: [
      failing('Cheap shoes', 'Cheap', { bannedWords: ['cheap'] }),
      failing('Sehr b i l l i g', 'b i l l i g', { bannedWords: ['billig'] }),
    ],
  },
];
