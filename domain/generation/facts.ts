import type { Brief } from '../../contracts/schemas/briefs.ts';
import { containsBanned } from './banned-words.ts';
import { type Angle, angles, type Fact, type FactKind, type FactValue, isWritten } from './fact.ts';
import type { Finding } from './finding.ts';
import { ruleSources } from './rule-sources.ts';
import { moneyIn } from './trace/amounts.ts';

/** What may be said in one language, and what stands in the way. */
export interface FactSheet {
  readonly language: string;
  readonly facts: readonly Fact[];
  /** Whether the brief has its texts in this language; without them names and numbers alone can be said. */
  readonly translated: boolean;
  readonly findings: readonly Finding[];
  /** Angles that have nothing to say, and what the brief would have to name. */
  readonly missing: readonly { readonly angle: Angle; readonly needs: string }[];
}

interface Entry {
  readonly field: string;
  readonly kind: FactKind;
  readonly text: string;
  readonly value?: FactValue;
  /** True where the text belongs to no language. */
  readonly neutral?: true;
}

/**
 * What a brief, and facts that were read from its landing page, let be said in `language`. `today` is the day in the advertiser's
 * country: an offer that has ended says nothing any more.
 */
export function factSheet(
  brief: Brief,
  language: string,
  today: string,
  fromLandingPage: readonly Fact[] = [],
  alsoBanned: readonly string[] = [],
): FactSheet {
  const own = brief.languages[0] === language;
  const texts = brief.texts[language];
  const translated = own || texts !== undefined;
  const ended = brief.offer?.validUntil !== undefined && brief.offer.validUntil < today;
  const banned = [...brief.bannedWords, ...alsoBanned];
  const spoken = own ? ownTexts(brief) : translatedTexts(brief, language);
  const entries = [...neutralEntries(brief, language), ...spoken].filter(
    (entry) => !(ended && (entry.kind === 'offer' || entry.kind === 'price' || entry.kind === 'urgency')),
  );
  const sayable = entries.filter(({ text }) => containsBanned(text, banned) === null);
  const facts: Fact[] = [
    ...sayable.map(
      ({ field, kind, text, value, neutral }): Fact => ({
        id: `brief:${field}`,
        kind,
        text,
        language: neutral ? null : language,
        source: { from: 'brief', field },
        value: value ?? null,
      }),
    ),
    ...fromLandingPage.filter(
      (fact) => (fact.language === null || fact.language === language) && containsBanned(fact.text, banned) === null,
    ),
  ];
  return {
    language,
    facts,
    translated,
    findings: [
      ...contradictions(brief, today),
      ...bannedFacts(entries, banned),
      ...(translated ? [] : [untranslated(brief, language)]),
      ...(isWritten(language) ? [] : [unwritten(language)]),
    ],
    missing: missingAngles(facts),
  };
}

/** What every language says alike: the name, prices, percentages, dates, ratings. */
function neutralEntries(brief: Brief, language: string): Entry[] {
  const { offer } = brief;
  const neutral = true as const;
  return [
    {
      field: brief.texts[language]?.name === undefined ? 'product.name' : `texts.${language}.name`,
      kind: 'product',
      text: brief.texts[language]?.name ?? brief.product.name,
      neutral,
    },
    ...(offer?.price === undefined
      ? []
      : [
          {
            field: 'offer.price',
            kind: 'price' as const,
            text: `${offer.price.micros / 1_000_000} ${offer.price.currency}`,
            value: {
              is: 'price' as const,
              micros: offer.price.micros,
              currency: offer.price.currency,
              lowest: offer.priceIs === 'from',
              unit: offer.priceUnit ?? ('once' as const),
              whole: offer.holdsFor === 'product',
            },
            neutral,
          },
        ]),
    ...(offer?.discountPercent === undefined
      ? []
      : [
          {
            field: 'offer.discountPercent',
            kind: 'offer' as const,
            text: `${offer.discountIs === 'up-to' ? 'up to ' : ''}${offer.discountPercent} %`,
            value: {
              is: 'discount' as const,
              percent: offer.discountPercent,
              most: offer.discountIs === 'up-to',
              whole: offer.holdsFor === 'product',
            },
            neutral,
          },
        ]),
    ...(offer?.validUntil === undefined
      ? []
      : [
          {
            field: 'offer.validUntil',
            kind: 'urgency' as const,
            text: offer.validUntil,
            value: { is: 'until' as const, date: offer.validUntil },
            neutral,
          },
        ]),
    ...(offer?.code === undefined
      ? []
      : [
          {
            field: 'offer.code',
            kind: 'offer' as const,
            text: offer.code,
            value: { is: 'code' as const, code: offer.code },
            neutral,
          },
        ]),
    ...brief.proof.flatMap(({ rating }, index) =>
      rating === undefined
        ? []
        : [
            {
              field: `proof.${index}.rating`,
              kind: 'proof' as const,
              text: `${rating.value}/${rating.outOf}${rating.reviews === undefined ? '' : ` (${rating.reviews})`}`,
              value: {
                is: 'rating' as const,
                value: rating.value,
                outOf: rating.outOf,
                reviews: rating.reviews ?? null,
              },
              neutral,
            },
          ],
    ),
  ];
}

const ownTexts = (brief: Brief): Entry[] => [
  ...brief.benefits.map((text, index) => ({ field: `benefits.${index}`, kind: 'benefit' as const, text })),
  ...brief.features.map((text, index) => ({ field: `features.${index}`, kind: 'feature' as const, text })),
  ...said('offer.text', 'offer', brief.offer?.text),
  ...said('problem', 'problem', brief.problem),
  ...said('urgency', 'urgency', brief.urgency),
  ...brief.proof.map(({ text, kind }, index) => ({
    field: `proof.${index}.text`,
    kind: kind === 'number' ? ('number' as const) : ('proof' as const),
    text,
  })),
  ...brief.claims.map(({ text }, index) => ({ field: `claims.${index}.text`, kind: 'claim' as const, text })),
];

function translatedTexts(brief: Brief, language: string): Entry[] {
  const texts = brief.texts[language];
  if (texts === undefined) return [];
  const at = `texts.${language}`;
  return [
    ...texts.benefits.map((text, index) => ({ field: `${at}.benefits.${index}`, kind: 'benefit' as const, text })),
    ...texts.features.map((text, index) => ({ field: `${at}.features.${index}`, kind: 'feature' as const, text })),
    ...said(`${at}.offer`, 'offer', texts.offer),
    ...said(`${at}.problem`, 'problem', texts.problem),
    ...said(`${at}.urgency`, 'urgency', texts.urgency),
    ...texts.proof.flatMap((text, index) =>
      said(`${at}.proof.${index}`, brief.proof[index]?.kind === 'number' ? 'number' : 'proof', text ?? undefined),
    ),
    // A translated claim stands on the substantiation of the claim it translates.
    ...texts.claims.flatMap((text, index) =>
      brief.claims[index] === undefined ? [] : said(`${at}.claims.${index}`, 'claim', text ?? undefined),
    ),
  ];
}

const said = (field: string, kind: FactKind, text: string | undefined): Entry[] =>
  text === undefined ? [] : [{ field, kind, text }];

/** Statements of one brief that cannot both hold, or that may not be said as they stand. */
function contradictions(brief: Brief, today: string): Finding[] {
  const { offer } = brief;
  if (offer === undefined) return [];
  const findings: Finding[] = [];
  if (offer.validUntil !== undefined && offer.validUntil < today) {
    findings.push(
      finding('offer-ended', 'offer.validUntil', offer.validUntil, 'warn', {
        message: `The offer ended on ${offer.validUntil}; nothing of it is said. Set a later day or remove the offer.`,
        source: ruleSources.misleading,
      }),
    );
  }
  const inText = moneyIn(offer.text);
  for (const { currency, micros, start, end } of inText) {
    if (offer.price !== undefined && currency !== offer.price.currency) {
      findings.push({
        ...finding('two-currencies', 'offer.text', offer.text, 'block', {
          message: `The offer says ${offer.text.slice(start, end)}, its price is in ${offer.price.currency}. Say one currency.`,
          source: ruleSources.misleading,
        }),
        span: { start, end },
      });
    } else if (offer.price !== undefined && inText.length === 1 && micros !== offer.price.micros) {
      findings.push({
        ...finding('two-prices', 'offer.text', offer.text, 'warn', {
          message: `The offer says ${offer.text.slice(start, end)}, its price is ${offer.price.micros / 1_000_000} ${offer.price.currency}. If both hold, say what each is for.`,
          source: ruleSources.misleading,
        }),
        span: { start, end },
      });
    }
  }
  if (offer.discountPercent !== undefined && offer.price !== undefined && inText.length === 0) {
    findings.push(
      finding('discount-and-price', 'offer.discountPercent', String(offer.discountPercent), 'info', {
        message:
          'A discount and a price stand side by side: state in the offer’s text which price is meant, before or after. They are not said in one sentence.',
        source: ruleSources.priceReduction,
      }),
    );
  }
  if (offer.discountPercent !== undefined && offer.price === undefined) {
    findings.push(
      finding('discount-without-price', 'offer.discountPercent', String(offer.discountPercent), 'info', {
        message:
          'A discount without a price: the landing page has to show the lowest price of the last 30 days beside the new one (EU).',
        source: ruleSources.priceReduction,
      }),
    );
  }
  return findings;
}

const bannedFacts = (entries: readonly Entry[], banned: readonly string[]): Finding[] =>
  entries.flatMap(({ field, text }) => {
    const found = containsBanned(text, banned);
    return found === null
      ? []
      : [
          {
            ...finding('banned-in-fact', field, text, 'warn', {
              message: `"${text.slice(found.start, found.end)}" is among the banned words: this is not said in any ad. Rephrase it or lift the ban.`,
              source: ruleSources.misleading,
            }),
            span: found,
          },
        ];
  });

const untranslated = (brief: Brief, language: string): Finding =>
  finding('no-texts', `texts.${language}`, '', 'warn', {
    message: `The brief is written in ${brief.languages[0]} and has no texts in ${language}: ads in ${language} say the name, price, dates and ratings only. Add texts.${language}.`,
    source: ruleSources.substantiation,
  });

const unwritten = (language: string): Finding =>
  finding('language-not-written', 'languages', language, 'warn', {
    message: `The built-in writer does not write ${language}; it writes English, German, French and Spanish.`,
    source: ruleSources.substantiation,
  });

const finding = (
  ruleId: string,
  field: string,
  text: string,
  severity: Finding['severity'],
  rest: Pick<Finding, 'message' | 'source'>,
): Finding => ({
  ruleId: `brief/${ruleId}`,
  platform: null,
  country: null,
  field,
  span: { start: 0, end: text.length },
  severity,
  fix: null,
  ...rest,
});

/** Kinds of facts of which an angle needs one, and how it is asked for. */
const angleNeeds: Readonly<Record<Angle, { readonly kinds: readonly FactKind[]; readonly needs: string }>> = {
  benefit: { kinds: ['benefit', 'feature'], needs: 'a benefit or a feature' },
  offer: { kinds: ['offer', 'price'], needs: 'an offer, a price or a discount' },
  problem: { kinds: ['problem'], needs: 'the problem that the product solves' },
  proof: { kinds: ['proof', 'number', 'claim'], needs: 'a rating, an award, a number or a claim with its proof' },
  urgency: { kinds: ['urgency'], needs: 'a last day of the offer or a reason to act now' },
  category: { kinds: ['product'], needs: 'a product name' },
};

const missingAngles = (facts: readonly Fact[]): FactSheet['missing'] =>
  angles.flatMap((angle) => {
    const { kinds, needs } = angleNeeds[angle];
    return facts.some(({ kind }) => kinds.includes(kind)) ? [] : [{ angle, needs }];
  });
