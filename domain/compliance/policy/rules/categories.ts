import type { AdCategory, FindingSeverity } from '../../../../contracts/schemas/policies.ts';
import type { PlatformId } from '../../../integrations/platform.ts';
import type { ExampleAd, FailingExample, PolicyRule } from '../policy-rule.ts';
import { europeanUnion } from './countries.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';

interface CategoryExamples {
  readonly passes: readonly ExampleAd[];
  readonly fails: readonly FailingExample[];
}

/** Texts that are about a category and texts that only sound like it, for every rule about the category. */
const examples: Readonly<
  Record<Exclude<AdCategory, 'housing' | 'employment' | 'food' | 'cars' | 'medicines'>, CategoryExamples>
> = {
  alcohol: {
    passes: [
      passing('Wine vinegar for salads'),
      passing('Ginger beer, brewed fresh'),
      passing('Alkoholfreies Bier'),
      passing('Vinaigre de cidre'),
    ],
    fails: [
      failing('Red wine from Rioja', 'Red wine'),
      failing('Craftbier im Paket', 'Craftbier'),
      failing('Vins de Loire', 'Vins'),
      failing('Cerveza artesana', 'Cerveza'),
    ],
  },
  gambling: {
    passes: [passing('Poker face: portraits'), passing('Alles auf eine Karte'), passing('Help for gambling addiction')],
    fails: [
      failing('Free spins at our casino', 'Free spins'),
      failing('Sportwetten ab 1 Euro', 'Sportwetten'),
      failing('C a s i n o nights', 'C a s i n o'),
      failing('Apuestas en vivo', 'Apuestas'),
    ],
  },
  'prescription-drugs': {
    passes: [passing('Find a specialist near you'), passing('Lunettes sans ordonnance')],
    fails: [
      failing('Order Viagra online', 'Viagra'),
      failing('V1agra for less', 'V1agra'),
      failing('Schlaftabletten ohne Rezept', 'ohne Rezept'),
    ],
  },
  'weight-loss': {
    passes: [passing('Deckel abnehmen und spülen'), passing('Light shoes for walkers')],
    fails: [
      failing('Slimming tea for you', 'Slimming tea'),
      failing('Schlankheitspillen im Abo', 'Schlankheitspillen'),
      failing('Pastillas para adelgazar', 'Pastillas para adelgazar'),
    ],
  },
  credit: {
    passes: [passing('No credit card required'), passing('Empruntez des livres'), passing('Books on loan for a month')],
    fails: [
      failing('Personal loans from our bank', 'Personal loans'),
      failing('Ratenkredit in Minuten', 'Ratenkredit'),
      failing('Préstamos sin papeleo', 'Préstamos'),
    ],
  },
  investments: {
    passes: [passing('Trading cards for fans'), passing('Fair trading of coffee')],
    fails: [
      failing('CFDs on 500 markets', 'CFDs'),
      failing('Aktien ohne Gebühren', 'Aktien'),
      failing('Invertir en bolsa hoy', 'Invertir en bolsa'),
    ],
  },
  crypto: {
    passes: [passing('Cryptography for developers'), passing('Die Krypta von St. Gereon')],
    fails: [
      failing('Buy bitcoin in minutes', 'bitcoin'),
      failing('Kryptowährungen handeln', 'Kryptowährungen'),
      failing('B1tcoin wallet', 'B1tcoin'),
    ],
  },
  political: {
    passes: [passing('Vote for your favourite flavour'), passing('Candidate screening software')],
    fails: [
      failing('Vote for Anna Meyer', 'Vote for'),
      failing('Votez Martin dimanche', 'Votez'),
      failing('Bundestagswahl: Grün', 'Bundestagswahl'),
    ],
  },
  weapons: {
    passes: [passing('Glue guns for crafts'), passing('Explosive growth in sales'), passing('Pistola de silicona')],
    fails: [
      failing('Handguns and holsters', 'Handguns'),
      failing('Schlagringe im Angebot', 'Schlagringe'),
      failing('Munitions de chasse', 'Munitions'),
    ],
  },
  tobacco: {
    passes: [passing('Nicotine patches to quit'), passing('Allume-cigare 12 V')],
    fails: [
      failing('Disposable vapes in stock', 'Disposable vapes'),
      failing('Zigaretten im Abo', 'Zigaretten'),
      failing('E-liquides à la menthe', 'E-liquides'),
    ],
  },
  drugs: {
    passes: [passing('Offices in the Sydney CBD'), passing('Une héroïne de roman'), passing('Weed killer for lawns')],
    fails: [
      failing('Buy weed online', 'Buy weed'),
      failing('THC gummies by post', 'THC gummies'),
      failing('Hachís a domicilio', 'Hachís'),
    ],
  },
  adult: {
    passes: [passing('Ford Escort parts'), passing('Essex flower delivery'), passing('Paint stripper for doors')],
    fails: [
      failing('Hot cam girls tonight', 'cam girls'),
      failing('P0rn in HD', 'P0rn'),
      failing('Sexspielzeug diskret', 'Sexspielzeug'),
    ],
  },
  dating: {
    passes: [passing('Carbon dating of bones'), passing('Hit singles of 1985')],
    fails: [
      failing('Meet singles near you', 'Meet singles'),
      failing('Partnersuche ab 50', 'Partnersuche'),
      failing('Site de rencontre sérieux', 'Site de rencontre'),
    ],
  },
};

interface Restriction {
  readonly category: keyof typeof examples;
  readonly suffix?: string;
  readonly platforms: readonly PlatformId[] | 'all';
  readonly countries: readonly string[] | 'all';
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly source: PolicyRule['source'];
  readonly validFrom?: string;
}

const europe = [...europeanUnion, 'GB', 'CH', 'NO', 'IS', 'LI', 'IL'];

/** What platforms and laws say of whole kinds of products. A row here is a rule; `{match}` is the word that shows the kind. */
const restrictions: readonly Restriction[] = [
  {
    category: 'alcohol',
    platforms: ['google-ads'],
    countries: 'all',
    severity: 'warn',
    source: sources.googleAlcohol,
    message:
      '“{match}” is about alcohol: Google Ads shows it in some countries only, never to minors. Aim at adults in countries on its list.',
  },
  {
    category: 'alcohol',
    suffix: 'europe',
    platforms: ['tiktok-ads'],
    countries: europe,
    severity: 'block',
    source: sources.tiktokRestricted,
    message:
      '“{match}” is about alcohol, which TikTok does not show in Europe and Israel. Choose another platform for it.',
  },
  {
    category: 'alcohol',
    platforms: ['tiktok-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleAlcohol, sources.tiktokIndustry),
    message:
      '“{match}” is about alcohol: the platform shows it where law allows, after approval, to adults only. Ask for approval first.',
  },
  {
    category: 'gambling',
    platforms: ['google-ads'],
    countries: 'all',
    severity: 'warn',
    source: sources.googleGambling,
    message:
      '“{match}” is about gambling: Google Ads shows it only of certified advertisers with a licence in the country. Get the certificate first.',
  },
  {
    category: 'gambling',
    platforms: ['tiktok-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.tiktokIndustry,
    message:
      '“{match}” is about gambling, which TikTok does not take from advertisers on their own. Choose another platform for it.',
  },
  {
    category: 'gambling',
    platforms: ['linkedin-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.linkedin,
    message: '“{match}” is about gambling, which LinkedIn does not show. Choose another platform for it.',
  },
  {
    category: 'prescription-drugs',
    suffix: 'law',
    platforms: 'all',
    countries: europeanUnion,
    severity: 'block',
    source: sources.medicinesDirective,
    validFrom: '2001-12-18',
    message:
      '“{match}”: the law forbids ads for prescription medicines to the public here. Speak of the treatment or the consultation, not the medicine.',
  },
  {
    category: 'prescription-drugs',
    suffix: 'law-gb',
    platforms: 'all',
    countries: ['GB'],
    severity: 'block',
    source: sources.ukMedicines,
    validFrom: '2012-08-14',
    message:
      '“{match}”: the law forbids ads for prescription medicines to the public here. Speak of the treatment or the consultation, not the medicine.',
  },
  {
    category: 'prescription-drugs',
    platforms: ['google-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleHealth, sources.tiktokIndustry),
    message:
      '“{match}” is a prescription medicine: platforms show it of certified pharmacies and makers in few countries. Get certified, or leave the name out.',
  },
  {
    category: 'prescription-drugs',
    platforms: ['tiktok-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.tiktokIndustry,
    message: '“{match}” is a prescription medicine, which TikTok does not show. Leave it out.',
  },
  {
    category: 'weight-loss',
    platforms: ['tiktok-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.tiktokIndustry,
    message:
      '“{match}”: TikTok does not show products for losing weight. Speak of food or movement without a promise about the body.',
  },
  {
    category: 'weight-loss',
    platforms: ['google-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleHealth, sources.tiktokIndustry),
    message:
      '“{match}” is about losing weight: platforms look at it closely, and no result may be promised. Say what the programme contains.',
  },
  {
    category: 'credit',
    platforms: 'all',
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleFinance, sources.tiktokIndustry),
    message:
      '“{match}” is about credit: platforms want a verified lender and, on the page, rates, fees and terms. Show them there before you start.',
  },
  {
    category: 'investments',
    platforms: 'all',
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleFinance, sources.tiktokIndustry),
    message:
      '“{match}” is about investing: platforms want a verified, licensed firm, and the law a note on risk. Have both ready.',
  },
  {
    category: 'crypto',
    platforms: ['google-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleFinance, sources.tiktokIndustry),
    message:
      '“{match}” is about crypto: platforms show it of certified and registered firms only. Get the certificate for each country first.',
  },
  {
    category: 'crypto',
    platforms: ['tiktok-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.tiktokIndustry,
    message: '“{match}” is about crypto, which TikTok does not take. Choose another platform for it.',
  },
  {
    category: 'political',
    platforms: ['google-ads'],
    countries: 'all',
    severity: 'warn',
    source: sources.googlePolitical,
    message:
      '“{match}” reads as political: Google Ads shows it of verified advertisers in some countries only. Get verified, or word it without politics.',
  },
  {
    category: 'political',
    platforms: ['tiktok-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'block',
    source: eachPlatform(sources.googleAlcohol, sources.tiktokIndustry),
    message:
      '“{match}” reads as political, and this platform shows no political ads anywhere. Word it without politics.',
  },
  {
    category: 'political',
    suffix: 'eu',
    platforms: ['google-ads'],
    countries: europeanUnion,
    severity: 'block',
    source: sources.euPolitical,
    validFrom: '2025-10-10',
    message:
      '“{match}” reads as political: since Regulation (EU) 2024/900 applies, Google Ads shows no political ads in the EU. Leave the EU out or word it without politics.',
  },
  {
    category: 'weapons',
    platforms: 'all',
    countries: 'all',
    severity: 'block',
    source: eachPlatform(sources.googleDangerous, sources.tiktokIndustry),
    message: '“{match}” is about weapons, which no platform shows. It cannot be advertised this way.',
  },
  {
    category: 'tobacco',
    platforms: 'all',
    countries: 'all',
    severity: 'block',
    source: eachPlatform(sources.googleDangerous, sources.tiktokIndustry),
    message: '“{match}” is about tobacco or nicotine, which no platform shows. Help with quitting may be advertised.',
  },
  {
    category: 'drugs',
    platforms: 'all',
    countries: 'all',
    severity: 'block',
    source: eachPlatform(sources.googleDangerous, sources.tiktokIndustry),
    message: '“{match}” is about drugs, which platforms do not show, legal or not. It cannot be advertised this way.',
  },
  {
    category: 'adult',
    platforms: ['tiktok-ads', 'linkedin-ads'],
    countries: 'all',
    severity: 'block',
    source: eachPlatform(sources.googleAlcohol, sources.tiktokIndustry),
    message: '“{match}” is about sex or nudity, which this platform does not show. It cannot be advertised here.',
  },
  {
    category: 'adult',
    platforms: ['google-ads'],
    countries: 'all',
    severity: 'block',
    source: sources.googleSexual,
    message:
      '“{match}” is sexual content: Google Ads refuses it in text, and shows some of its products under limits. Word it without.',
  },
  {
    category: 'dating',
    platforms: 'all',
    countries: 'all',
    severity: 'warn',
    source: eachPlatform(sources.googleSexual, sources.tiktokIndustry),
    message:
      '“{match}” is about dating: platforms show it to adults, after approval. Ask for it first, and keep the text modest.',
  },
];

const shortNames: Readonly<Record<PlatformId, string>> = {
  'google-ads': 'google',
  'tiktok-ads': 'tiktok',
  'linkedin-ads': 'linkedin',
};

/** `gambling.tiktok`, `alcohol.tiktok-europe`, `weapons`. */
function idOf({ category, suffix, platforms }: Restriction): string {
  const who = platforms === 'all' ? [] : platforms.map((platform) => shortNames[platform]);
  return [category, [...who, ...(suffix === undefined ? [] : [suffix])].join('-')]
    .filter((part) => part !== '')
    .join('.');
}

export const categoryRules: readonly PolicyRule[] = restrictions.map((restriction) => ({
  id: idOf(restriction),
  platforms: restriction.platforms,
  countries: restriction.countries,
  matcher: { kind: 'category', category: restriction.category },
  severity: restriction.severity,
  message: restriction.message,
  rewrite: { how: 'none' },
  source: restriction.source,
  validFrom: restriction.validFrom ?? '2020-01-01',
  ...examples[restriction.category],
}));

const inUs = { countries: ['US'] };
const targetingExamples: Readonly<Record<'housing' | 'employment' | 'credit', CategoryExamples>> = {
  housing: {
    passes: [passing('Learn to let go', inUs), passing('Curtains for every window', inUs)],
    fails: [
      failing('Apartments for rent downtown', 'Apartments for rent', inUs),
      failing('Sunny room for rent', 'room for rent', inUs),
    ],
  },
  employment: {
    passes: [passing('Good job: shoes for nurses', inUs), passing('Paint jobs for vintage vans', inUs)],
    fails: [failing('We are hiring nurses', 'We are hiring', inUs), failing('Warehouse jobs in Ohio', 'jobs', inUs)],
  },
  credit: {
    passes: [passing('No credit card required', inUs), passing('Books on loan for a month', inUs)],
    fails: [
      failing('Personal loans from our bank', 'Personal loans', inUs),
      failing('Compare mortgages online', 'mortgages', inUs),
    ],
  },
};

/** Homes, jobs and credit in North America may not be aimed by age, gender, family or postcode. */
export const targetingRules: readonly PolicyRule[] = (['housing', 'employment', 'credit'] as const).map(
  (category): PolicyRule => ({
    id: `${category}.targeting`,
    platforms: 'all',
    countries: ['US', 'CA'],
    matcher: { kind: 'category', category },
    severity: 'info',
    message:
      '“{match}”: for homes, jobs and credit in the US and Canada, platforms allow no targeting by age, gender, family, or postcode. Set the audience by interest and place.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googlePersonalized),
    validFrom: '2020-10-19',
    ...targetingExamples[category],
  }),
);
