import type { PolicyRule } from '../policy-rule.ts';
import type { TextKind } from '../text-kinds.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';

/** What stands in the ad itself, not in its pictures. */
const written: readonly TextKind[] = [
  'headline',
  'long-headline',
  'description',
  'body',
  'introduction',
  'name',
  'path',
  'other',
];

/** A call that would fit any ad, by language. */
const emptyCalls = {
  'click here': 'learn more',
  'click now': 'learn more',
  'click this link': 'learn more',
  'click below': 'learn more',
  'hier klicken': 'mehr erfahren',
  'klicken sie hier': 'mehr erfahren',
  'klick hier': 'mehr erfahren',
  'jetzt klicken': 'mehr erfahren',
  'cliquez ici': 'en savoir plus',
  'clique ici': 'en savoir plus',
  'haz clic aqui': 'más información',
  'haga clic aqui': 'más información',
  'pulsa aqui': 'más información',
} as const;

/** Emoji and pictures that stand for words; signs that are text (©, ®, ™, digits) are none. */
const emojiRuns = `(?:(?![©®™])[\\p{Extended_Pictographic}\\u{1f1e6}-\\u{1f1ff}])(?:[\\ufe0f\\u200d\\u{1f3fb}-\\u{1f3ff}]|(?![©®™])[\\p{Extended_Pictographic}\\u{1f1e6}-\\u{1f1ff}]){0,30}`;

const repeatedPunctuation = {
  kind: 'pattern',
  on: 'written',
  source:
    '([!?]{2,20}|[,;:]{2,20}|(?<!\\.)\\.{2}(?!\\.)|\\.{4,20}|\\*{2,20}|[~=]{2,20}|[%$€£]{2,20}|-{3,20}|[#+]{3,20})',
  replacement: 'first-sign',
} as const;

const longCaption =
  'Trail shoes for rainy mornings, light enough for the city and strong enough for the hills around the old town';

const shouting =
  'Words in capitals read as shouting. Write them as in a sentence; acronyms, brands and coupon codes may stay.';
const spelled = 'Letters set apart hide a word from a check, and from readers. Write the word as it is spelled.';

export const editorialRules: readonly PolicyRule[] = [
  {
    id: 'ads.too-long',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'length' },
    severity: 'block',
    message:
      '“{match}” is more than the platform shows in this place: it refuses the ad. Shorten the text; the marked part is what is too much.',
    rewrite: { how: 'by-hand' },
    source: {
      'google-ads': sources.googleStyle,
      'tiktok-ads': sources.tiktokAdText,
      'linkedin-ads': sources.linkedinSpecs,
    },
    validFrom: '2020-01-01',
    passes: [
      passing('Running shoes for wide feet'),
      passing('Bequeme Laufschuhe, die auch bei Regen trocken bleiben', { field: 'descriptions.0' }),
    ],
    fails: [
      failing('Running shoes for wide feet and narrow roads', 'd narrow roads', { field: 'headlines.0' }),
      failing(longCaption, longCaption.slice(100), { platform: 'tiktok-ads', field: 'text' }),
    ],
  },
  {
    id: 'google.capitals',
    platforms: ['google-ads'],
    countries: 'all',
    matcher: { kind: 'capitals' },
    severity: 'block',
    message: `“{match}”: ${shouting}`,
    rewrite: { how: 'matcher' },
    source: sources.googleCapitalization,
    validFrom: '2020-01-01',
    passes: [
      passing('NASA photos as wall art'),
      passing('Use code SPRING20 today', { field: 'descriptions.0' }),
      passing('FAQs on your HDMI cable'),
    ],
    fails: [
      failing('FLOWERS for every day', 'FLOWERS'),
      failing('FlOwErS for every day', 'FlOwErS'),
      failing('Heute SONDERANGEBOT sichern', 'SONDERANGEBOT'),
      failing('BUY NOW and save', 'BUY NOW'),
    ],
  },
  ...(['tiktok-ads', 'linkedin-ads'] as const).map(
    (platform): PolicyRule => ({
      id: `${platform === 'tiktok-ads' ? 'tiktok' : 'linkedin'}.capitals`,
      platforms: [platform],
      countries: 'all',
      kinds: written,
      matcher: { kind: 'capitals' },
      severity: 'warn',
      message: `“{match}”: ${shouting}`,
      rewrite: { how: 'matcher' },
      source: platform === 'tiktok-ads' ? sources.tiktokCreatives : sources.linkedin,
      validFrom: '2020-01-01',
      passes: [
        passing('A CRM that your team will use', { field: 'introduction' }),
        passing('Meet the UNESCO curators', { field: 'introduction' }),
      ],
      fails: [
        failing('LIMITED places for our webinar', 'LIMITED', { field: 'introduction' }),
        failing('Nur HEUTE GRATIS testen', 'HEUTE GRATIS', { field: 'introduction' }),
      ],
    }),
  ),
  {
    id: 'ads.letters-set-apart',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'spelled-out' },
    severity: 'block',
    message: `“{match}”: ${spelled}`,
    rewrite: { how: 'matcher' },
    source: eachPlatform(sources.googlePunctuation),
    validFrom: '2020-01-01',
    passes: [passing('Sizes S M L in stock'), passing('U.S. delivery in 3 days')],
    fails: [
      failing('F.L.O.W.E.R.S from our farm', 'F.L.O.W.E.R.S'),
      failing('Get our f r e e guide', 'f r e e', { platform: 'linkedin-ads', field: 'introduction' }),
    ],
  },
  {
    id: 'ads.signs-for-letters',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'pattern',
      on: 'written',
      source:
        '(?<![\\p{L}\\p{N}@.])(?:[\\p{L}]{1,20}[@$][\\p{L}]{1,20}|[\\p{Ll}\\p{Lu}][\\p{Ll}]{0,20}[01345][\\p{Ll}]{2,20}[01345]?)(?![\\p{L}\\p{N}@.]|\\.[a-z])',
      except:
        '[\\p{L}]{1,20}@[\\p{L}]{1,20}\\.|(?<=\\p{L}|^)(?:log4j|k8s|auto4you|fit4life)|[\\p{L}]{2,20}4(?:you|life|kids|all|fun|sale|less|free)(?!\\p{L})',
    },
    severity: 'block',
    message:
      '“{match}” has a sign or digit in place of a letter. Platforms take it for an attempt to get past their checks: write the word with letters.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googlePunctuation),
    validFrom: '2020-01-01',
    passes: [
      passing('B2B leads for H2O filters'),
      passing('MP3 players with 5G'),
      passing('Write to us: hi@shop.example', { field: 'descriptions.0' }),
    ],
    fails: [failing('Fresh fl@wers daily', 'fl@wers'), failing('Buy f1owers online', 'f1owers')],
  },
  {
    id: 'ads.styled-letters',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'pattern',
      on: 'written',
      source: '[\\u{1d400}-\\u{1d7ff}\\u24b6-\\u24e9\\uff21-\\uff3a\\uff41-\\uff5a\\u{1f130}-\\u{1f189}]{1,100}',
    },
    severity: 'block',
    message:
      '“{match}” is written with signs that only look like letters. Screen readers cannot read them and platforms refuse them: type plain letters.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googlePunctuation),
    validFrom: '2020-01-01',
    passes: [passing('Café crème in Zürich'), passing('Größen von 36 bis 48')],
    fails: [failing('𝗙𝗿𝗲𝗲 delivery on shoes', '𝗙𝗿𝗲𝗲'), failing('ⓢⓐⓛⓔ on shoes', 'ⓢⓐⓛⓔ')],
  },
  {
    id: 'google.exclamation-in-headline',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: ['headline'],
    matcher: { kind: 'pattern', on: 'written', source: '[!¡]{1,20}' },
    severity: 'block',
    message: 'Google Ads takes no exclamation mark in a headline. Leave it out.',
    rewrite: { how: 'drop' },
    source: sources.googlePunctuation,
    validFrom: '2020-01-01',
    passes: [passing('Running shoes on sale'), passing('Run further!', { field: 'descriptions.0' })],
    fails: [failing('Running shoes on sale!', '!'), failing('¡Zapatillas en oferta', '¡')],
  },
  {
    id: 'google.one-exclamation',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: ['long-headline', 'description'],
    matcher: { kind: 'exclamations', most: 1 },
    severity: 'block',
    message: 'An ad on Google Ads may have one exclamation mark. Put a full stop here.',
    rewrite: { how: 'matcher' },
    source: sources.googlePunctuation,
    validFrom: '2020-01-01',
    passes: [
      passing('Order today!', { field: 'descriptions.0' }),
      passing('Order today. Wear tomorrow!', { field: 'descriptions.0' }),
    ],
    fails: [
      failing('Order today! Wear tomorrow! Return for free', '!', { field: 'descriptions.0' }),
      failing('Jetzt bestellen!', '!', {
        field: 'descriptions.1',
        beside: [{ field: 'descriptions.0', text: 'Neu im Laden!' }],
      }),
    ],
  },
  {
    id: 'google.repeated-punctuation',
    platforms: ['google-ads'],
    countries: 'all',
    matcher: repeatedPunctuation,
    severity: 'block',
    message: '“{match}”: Google Ads refuses punctuation that is repeated. One sign, or none, says as much.',
    rewrite: { how: 'matcher' },
    source: sources.googlePunctuation,
    validFrom: '2020-01-01',
    passes: [passing('Ready to run?'), passing('Coffee… and more', { field: 'descriptions.0' })],
    fails: [
      failing('Ready to run??', '??'),
      failing('Flowers!! Fresh daily', '!!', { field: 'descriptions.0' }),
      failing('Soldes ,, tout doit partir', ',,'),
    ],
  },
  {
    id: 'ads.repeated-punctuation',
    platforms: ['tiktok-ads', 'linkedin-ads'],
    countries: 'all',
    matcher: repeatedPunctuation,
    severity: 'warn',
    message:
      '“{match}”: repeated punctuation reads as spam and is a reason to be refused. One sign, or none, says as much.',
    rewrite: { how: 'matcher' },
    source: eachPlatform(sources.googleEditorial),
    validFrom: '2020-01-01',
    passes: [
      passing('Ready to run?', { field: 'text' }),
      passing('New: trail shoes - light and dry', { field: 'text' }),
    ],
    fails: [
      failing('Ready to run???', '???', { field: 'text' }),
      failing('Endlich da!!!', '!!!', { platform: 'linkedin-ads', field: 'introduction' }),
    ],
  },
  {
    id: 'google.bullets-and-symbols',
    platforms: ['google-ads'],
    countries: 'all',
    matcher: {
      kind: 'pattern',
      on: 'written',
      source: '[•►▶▷→➔➜★☆✓✔✅♥♡●○◆■□▪»«<>^{}\\[\\]|~]{1,20}|(?<![\\d\\p{L}*])\\*(?=\\p{L})|(?<=\\p{L})\\*(?=$)',
      except: '«[^»]{1,80}»|(?:\\{(?:KeyWord|keyword|Keyword|KEYWORD|LOCATION|COUNTDOWN|CUSTOMIZER)[^}]{0,80}\\})',
    },
    severity: 'block',
    message:
      '“{match}” is no punctuation of a sentence: Google Ads takes no bullets, arrows, stars or hearts in text. Leave it out.',
    rewrite: { how: 'drop' },
    source: sources.googlePunctuation,
    validFrom: '2020-01-01',
    passes: [passing('5* hotel in Vienna'), passing('Shoes & socks, 20% off'), passing('Le «bon» café')],
    fails: [failing('★ Running shoes', '★'), failing('*Flowers* for you', '*'), failing('Shoes → socks', '→')],
  },
  {
    id: 'google.emoji',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: written,
    matcher: { kind: 'pattern', on: 'written', source: emojiRuns, except: '[★☆✓✔✅♥♡●○◆■□▪▶►•→➔➜]' },
    severity: 'block',
    message: '“{match}”: Google Ads refuses emoji. Leave it out or say it in words.',
    rewrite: { how: 'drop' },
    source: sources.googlePunctuation,
    validFrom: '2020-01-01',
    passes: [passing('Acme® running shoes'), passing('Top 10 running shoes')],
    fails: [failing('Running shoes 🔥', '🔥'), failing('🎉 Neu: Laufschuhe', '🎉')],
  },
  {
    id: 'tiktok.emoji',
    platforms: ['tiktok-ads'],
    countries: 'all',
    kinds: ['body', 'name'],
    matcher: { kind: 'pattern', on: 'written', source: emojiRuns },
    severity: 'block',
    message: '“{match}”: TikTok takes no emoji in the text of an ad. Leave it out; in the video they are fine.',
    rewrite: { how: 'drop' },
    source: sources.tiktokAdText,
    validFrom: '2020-01-01',
    passes: [passing('Fresh trail shoes', { field: 'text' }), passing('Neu: Schuhe, die atmen', { field: 'text' })],
    fails: [
      failing('Fresh trail shoes 😍', '😍', { field: 'text' }),
      failing('👟 Neu im Laden', '👟', { field: 'text' }),
    ],
  },
  {
    id: 'tiktok.links-and-handles',
    platforms: ['tiktok-ads'],
    countries: 'all',
    kinds: ['body'],
    matcher: {
      kind: 'pattern',
      on: 'written',
      source:
        '(?:https?:\\/\\/|www\\.)[^\\s]{1,200}|(?<![\\p{L}\\p{N}.])[@#][\\p{L}\\p{N}_]{1,50}|(?<![\\p{L}\\p{N}@.-])[\\p{L}\\p{N}-]{2,60}\\.(?:com|net|org|shop|store|de|fr|es|co\\.uk|io)(?![\\p{L}\\p{N}])',
    },
    severity: 'block',
    message:
      '“{match}”: TikTok takes no links, @names or #tags in the text of an ad. Leave it out; the button leads to your page.',
    rewrite: { how: 'drop' },
    source: sources.tiktokAdText,
    validFrom: '2020-01-01',
    passes: [
      passing('Shoes for rainy days', { field: 'text' }),
      passing('Write us at any time. We answer', { field: 'text' }),
    ],
    fails: [
      failing('Shoes for rainy days #running', '#running', { field: 'text' }),
      failing('Follow @acme for more', '@acme', { field: 'text' }),
      failing('Mehr auf www.acme.example', 'www.acme.example', { field: 'text' }),
    ],
  },
  {
    id: 'google.phone-number',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: written,
    matcher: {
      kind: 'pattern',
      on: 'written',
      source:
        '(?<![\\p{L}\\p{N}])(?:(?:\\+|00)\\d{1,3}[ .()\\/-]{0,2}(?:\\d[ .()\\/-]{0,2}){6,12}\\d|\\(?0\\d{1,4}\\)?[ .\\/-]{1,2}(?:\\d[ .\\/-]{0,1}){4,9}\\d|0800[ -]?(?:\\d[ -]?){5,8}\\d|1-\\d{3}-\\d{3}-\\d{4}|\\(\\d{3}\\) ?\\d{3}-\\d{4}|\\d{3}-\\d{3}-\\d{4})(?![\\p{L}\\p{N}])',
    },
    severity: 'block',
    message:
      '“{match}” is a phone number, which Google Ads takes in a call asset only. Leave it out of the text and add a call asset.',
    rewrite: { how: 'drop' },
    source: sources.googleStyle,
    validFrom: '2020-01-01',
    passes: [passing('Over 10,000 pairs sold'), passing('Open 24/7 in 2026', { field: 'descriptions.0' })],
    fails: [
      failing('Call us now: +49 30 1234567', '+49 30 1234567', { field: 'descriptions.0' }),
      failing('Shoes? Call 555-123-4567 today', '555-123-4567', { field: 'descriptions.0' }),
    ],
  },
  {
    id: 'google.empty-call',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: written,
    matcher: { kind: 'phrases', any: Object.keys(emptyCalls) },
    severity: 'block',
    message: '“{match}” would fit any ad, and Google Ads refuses it. Say what happens: “See sizes”, “Book a table”.',
    rewrite: { how: 'replace', by: emptyCalls },
    source: sources.googleStyle,
    validFrom: '2020-01-01',
    passes: [passing('Click-through rates, explained'), passing('Clic-clac beds in all sizes')],
    fails: [
      failing('Click here for shoes', 'Click here'),
      failing('Hier klicken für Schuhe', 'Hier klicken'),
      failing('Cliquez ici : chaussures', 'Cliquez ici'),
      failing('Zapatillas: haz clic aquí', 'haz clic aquí'),
    ],
  },
  {
    id: 'ads.repeated-words',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'repeated-words' },
    severity: 'warn',
    message: '“{match}” says the same word over and over, which platforms refuse as gimmicky. Say it once.',
    rewrite: { how: 'matcher' },
    source: eachPlatform(sources.googleEditorial),
    validFrom: '2020-01-01',
    passes: [passing('Better and better shoes'), passing('Win-win for teams')],
    fails: [
      failing('Sale sale sale on shoes', 'Sale sale sale'),
      failing('Gratis Gratis Gratis testen', 'Gratis Gratis Gratis'),
    ],
  },
  {
    id: 'google.repeated-texts',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: ['headline', 'long-headline', 'description'],
    matcher: { kind: 'repeated-texts' },
    severity: 'block',
    message: '“{match}” stands in this ad twice; Google Ads takes each text once. Say something else here.',
    rewrite: { how: 'by-hand' },
    source: sources.googleEditorial,
    validFrom: '2020-01-01',
    passes: [
      passing('Trail shoes', { beside: [{ field: 'headlines.1', text: 'Road shoes' }] }),
      passing('Trail shoes', { beside: [{ field: 'descriptions.0', text: 'Trail shoes' }] }),
    ],
    fails: [
      failing('Trail shoes', 'Trail shoes', {
        field: 'headlines.1',
        beside: [{ field: 'headlines.0', text: 'Trail shoes' }],
      }),
      failing('trail  shoes', 'trail  shoes', {
        field: 'headlines.1',
        beside: [{ field: 'headlines.0', text: 'Trail Shoes' }],
      }),
    ],
  },
  {
    id: 'google.spacing',
    platforms: ['google-ads'],
    countries: 'all',
    kinds: written,
    matcher: {
      kind: 'pattern',
      on: 'written',
      source: '(?<=\\p{L}{2})[,;!?](?=\\p{L}{2})|(?<=\\p{L}) {2,20}(?=\\p{L})',
      replacement: ' ',
    },
    severity: 'warn',
    message: 'Spacing that readers trip over: one space between words, and one behind a comma or full stop.',
    rewrite: { how: 'by-hand' },
    source: sources.googleStyle,
    validFrom: '2020-01-01',
    passes: [passing('Shoes, socks and laces'), passing('Sizes 36-48, 12,50 EUR', { field: 'descriptions.0' })],
    fails: [failing('Shoes,socks and laces', ','), failing('Running   shoes', '   ')],
  },
];
