import type { RuleSource as Source, SourceByPlatform } from '../policy-rule.ts';

const google = (title: string, answer: number): Source => ({
  title: `Google Ads policies: ${title}`,
  url: `https://support.google.com/adspolicy/answer/${answer}`,
});
const tiktok = (title: string, page: string): Source => ({
  title: `TikTok advertising policies: ${title}`,
  url: `https://ads.tiktok.com/help/article/${page}`,
});

/** The public pages that rules stand on, each named once. */
export const sources = {
  googleEditorial: google('Editorial', 6021546),
  googlePunctuation: google('Punctuation and symbols', 14847994),
  googleCapitalization: google('Capitalization', 14848295),
  googleStyle: google('Style and spelling', 14848297),
  googleMisrepresentation: google('Misrepresentation', 6020955),
  googleInappropriate: google('Inappropriate content', 6015406),
  googleDangerous: google('Dangerous products or services', 6014299),
  googleDishonest: google('Enabling dishonest behavior', 6016086),
  googleCounterfeit: google('Counterfeit goods', 176017),
  googleAlcohol: google('Alcohol', 6012382),
  googleGambling: google('Gambling and games', 6018017),
  googleHealth: google('Healthcare and medicines', 176031),
  googleFinance: google('Financial products and services', 2464998),
  googlePolitical: google('Political content', 6014595),
  googleSexual: google('Sexual content', 6023699),
  googleTrademarks: google('Trademarks', 6118),
  googleDestination: google('Destination requirements', 6368661),
  googlePersonalized: google('Personalized advertising', 143465),
  tiktokCreatives: tiktok('Ad creatives', 'tiktok-advertising-policies-ad-creatives-landing-page-prohibited-content'),
  tiktokRestricted: tiktok(
    'Restricted content',
    'tiktok-advertising-policies-ad-creatives-landing-page-restricted-content',
  ),
  tiktokIndustry: tiktok('Industry entry', 'tiktok-advertising-policies-industry-entry'),
  tiktokAdText: {
    title: 'TikTok: specifications of in-feed ads',
    url: 'https://ads.tiktok.com/help/article/tiktok-auction-in-feed-ads',
  },
  linkedin: { title: 'LinkedIn advertising policies', url: 'https://www.linkedin.com/legal/ads-policy' },
  linkedinSpecs: {
    title: 'LinkedIn: specifications of single image ads',
    url: 'https://www.linkedin.com/help/lms/answer/a426534',
  },
  ftcReviews: {
    title: 'US FTC, 16 CFR Part 465: consumer reviews and testimonials',
    url: 'https://www.ecfr.gov/current/title-16/chapter-I/subchapter-D/part-465',
  },
  ftcEndorsements: {
    title: 'US FTC, 16 CFR 255.2: consumer endorsements',
    url: 'https://www.ecfr.gov/current/title-16/chapter-I/subchapter-B/part-255/section-255.2',
  },
  medicinesDirective: {
    title: 'Directive 2001/83/EC, Article 88: no advertising of prescription medicines to the public',
    url: 'https://eur-lex.europa.eu/eli/dir/2001/83/oj',
  },
  ukMedicines: {
    title: 'UK CAP Code, section 12: medicines, health and slimming',
    url: 'https://www.asa.org.uk/type/non_broadcast/code_section/12.html',
  },
  euPolitical: {
    title: 'Regulation (EU) 2024/900 on the transparency and targeting of political advertising',
    url: 'https://eur-lex.europa.eu/eli/reg/2024/900/oj',
  },
  aiAct: {
    title: 'Regulation (EU) 2024/1689 (AI Act), Article 50',
    url: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj',
  },
  mica: {
    title: 'Regulation (EU) 2023/1114 (MiCA), Article 7: marketing communications',
    url: 'https://eur-lex.europa.eu/eli/reg/2023/1114/oj',
  },
  esmaCfd: {
    title: 'ESMA: risk warnings on contracts for differences',
    url: 'https://www.esma.europa.eu/press-news/esma-news/esma-adopts-final-product-intervention-measures-cfds-and-binary-options',
  },
  atMedicines: {
    title: 'Arzneimittelgesetz (Österreich), V. Abschnitt: Werbebeschränkungen',
    url: 'https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=10010441',
  },
  atCredit: {
    title: 'Verbraucherkreditgesetz (Österreich), § 5',
    url: 'https://www.ris.bka.gv.at/eli/bgbl/i/2010/28',
  },
  chMedicines: {
    title: 'Arzneimittel-Werbeverordnung (Schweiz), Art. 16',
    url: 'https://lawbrary.ch/law/art/AWV-v2020.01-de-art-16',
  },
  chCredit: {
    title: 'Bundesgesetz gegen den unlauteren Wettbewerb (Schweiz), Art. 3 Abs. 1 lit. n',
    url: 'https://www.fedlex.admin.ch/eli/cc/1988/223_223_223/de#art_3',
  },
  frAlcohol: {
    title: 'Code de la santé publique, articles L3323-2 to L3323-4 (loi Évin)',
    url: 'https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006688014',
  },
  frGambling: {
    title: 'Autorité nationale des jeux: publicité et messages de mise en garde',
    url: 'https://anj.fr/cadre-juridique-de-la-publicite',
  },
  frMedicines: {
    title: 'ANSM: publicité pour les médicaments (Code de la santé publique, R5122-4)',
    url: 'https://ansm.sante.fr/vos-demarches/industriel/controle-a-priori-de-la-publicite-pour-les-medicaments',
  },
  frCredit: {
    title: 'Code de la consommation, article L312-5',
    url: 'https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032226642',
  },
  frFood: {
    title: 'Arrêté du 27 février 2007: messages sanitaires (manger bouger)',
    url: 'https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000426255',
  },
  frCars: {
    title: 'Arrêté du 28 décembre 2021: publicité pour les véhicules motorisés',
    url: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000044554020',
  },
  deMedicines: {
    title: 'Heilmittelwerbegesetz, § 4 Abs. 3',
    url: 'https://www.gesetze-im-internet.de/heilmwerbg/__4.html',
  },
  deGambling: {
    title: 'Glücksspielstaatsvertrag 2021, § 5 and § 7',
    url: 'https://www.gesetze-bayern.de/Content/Document/StVGlueStV2021',
  },
  deCredit: { title: 'Preisangabenverordnung, § 17', url: 'https://www.gesetze-im-internet.de/pangv_2022/__17.html' },
  esGambling: {
    title: 'Real Decreto 958/2020, de comunicaciones comerciales de las actividades de juego',
    url: 'https://www.boe.es/eli/es/rd/2020/11/03/958',
  },
  esMedicines: {
    title: 'Real Decreto 1416/1994, de publicidad de los medicamentos de uso humano',
    url: 'https://www.boe.es/buscar/act.php?id=BOE-A-1994-17681',
  },
  esCredit: {
    title: 'Ley 16/2011, de contratos de crédito al consumo, artículo 9',
    url: 'https://www.boe.es/eli/es/l/2011/06/24/16',
  },
  gbCredit: { title: 'UK FCA Handbook, CONC 3.5', url: 'https://www.handbook.fca.org.uk/handbook/CONC/3/5.html' },
  gbCrypto: { title: 'UK FCA Handbook, COBS 4.12A', url: 'https://www.handbook.fca.org.uk/handbook/COBS/4/12A.html' },
  gbInvestments: {
    title: 'UK FCA Handbook, COBS 4.5A',
    url: 'https://www.handbook.fca.org.uk/handbook/COBS/4/5A.html',
  },
  gbGambling: {
    title: 'UK CAP Code, section 16: gambling',
    url: 'https://www.asa.org.uk/type/non_broadcast/code_section/16.html',
  },
  gbAlcohol: {
    title: 'UK CAP Code, section 18: alcohol',
    url: 'https://www.asa.org.uk/type/non_broadcast/code_section/18.html',
  },
  ieGambling: {
    title: 'Ireland: Gambling Regulation Act 2024',
    url: 'https://www.irishstatutebook.ie/eli/2024/act/35/enacted/en/html',
  },
  ieCredit: {
    title: 'Central Bank of Ireland: Consumer Protection Code',
    url: 'https://www.centralbank.ie/regulation/consumer-protection/consumer-protection-codes-regulations',
  },
  brand: { title: 'The brand’s own list of words', url: '/docs/policies.md#the-brands-own-words' },
} as const satisfies Record<string, Source>;

/** One rule that every platform has a page of its own about. */
export const eachPlatform = (googlePage: Source, tiktokPage: Source = sources.tiktokCreatives): SourceByPlatform => ({
  'google-ads': googlePage,
  'tiktok-ads': tiktokPage,
  'linkedin-ads': sources.linkedin,
});
