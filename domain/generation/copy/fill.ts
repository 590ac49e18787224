import type { Voice } from '../../../contracts/schemas/briefs.ts';
import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';
import { containsBanned } from '../banned-words.ts';
import type { Angle, Fact } from '../fact.ts';
import { type AmountWords, amountWords } from './amount-words.ts';
import { type CallAction, waysByCategory } from './calls.ts';
import type { Call, LanguagePack, Noun, Template } from './language-pack.ts';

/** Everything that templates of one language are filled from. */
export interface Filling {
  readonly pack: LanguagePack;
  readonly words: AmountWords;
  readonly facts: readonly Fact[];
  readonly voice: Voice;
  readonly action: CallAction;
  readonly place: boolean;
  readonly noun: Noun | null;
  readonly name: Fact;
  /** Who sells it; null where only the product's name is known. */
  readonly brand: string | null;
  readonly banned: readonly string[];
}

export interface Candidate {
  readonly text: string;
  readonly factIds: readonly string[];
  readonly angle: Angle;
  /** The language and the pattern: what one learns about a template is kept under it. */
  readonly template: string;
}

export interface FillingInput {
  readonly pack: LanguagePack;
  readonly facts: readonly Fact[];
  readonly voice: Voice;
  readonly category: ProductCategory;
  readonly countries: readonly string[];
  readonly businessName: string | null;
  readonly banned: readonly string[];
}

/** Null where there is no name to write about. */
export function openFilling(input: FillingInput): Filling | null {
  const { pack, facts, category, banned } = input;
  const name = facts.find(({ kind }) => kind === 'product');
  if (name === undefined) return null;
  const way = waysByCategory[category];
  return {
    pack,
    facts,
    banned,
    words: amountWords(pack, input.countries),
    voice: input.voice,
    action: way.action,
    place: way.kind === 'place',
    noun: category === 'other' ? null : pack.nouns[category],
    name,
    brand: input.businessName ?? (way.kind === 'place' ? name.text : null),
  };
}

interface Piece {
  readonly text: string;
  readonly factIds: readonly string[];
}

const hole = /\{([a-zA-Z]+(?: [a-z]+)?)(?::([a-z]+))?\}/g;
/** Lexical words at the start of a text are written large; names and statements keep their writing. */
const startsSmall = /^\{(?:category|your category|a category|of category|priceFrom|discountMost)\}/;

/** Every text a template makes of the facts: none where a hole cannot be filled. */
export function fill(filling: Filling, template: Template, role: string): Candidate[] {
  const { pack, voice, action } = filling;
  if (template.address !== undefined && template.address !== voice.formality) return [];
  if (template.tones !== undefined && !template.tones.includes(voice.tone)) return [];
  if (template.actions !== undefined && !template.actions.includes(action)) return [];
  const holes = [...template.pattern.matchAll(hole)];
  if (clashes(filling, template.pattern) || hidesCode(filling, template.pattern)) return [];
  let filled: readonly Piece[] = [{ text: '', factIds: [] }];
  let from = 0;
  for (const match of holes) {
    const between = template.pattern.slice(from, match.index);
    const afterColon = /:\s$/.test(template.pattern.slice(0, match.index));
    from = match.index + match[0].length;
    const pieces = piecesFor(filling, match[1] ?? '', match[2] === 'question', afterColon);
    filled = filled.flatMap((before) =>
      pieces
        .filter(({ factIds }) => !factIds.some((id) => before.factIds.includes(id)))
        .map((piece) => ({
          text: before.text + between + piece.text,
          factIds: [...before.factIds, ...piece.factIds],
        })),
    );
  }
  const rest = template.pattern.slice(from);
  return filled.flatMap(({ text, factIds }) => {
    const whole = finished(text + rest, startsSmall.test(template.pattern));
    return containsBanned(whole, filling.banned) === null
      ? [{ text: whole, factIds, angle: template.angle, template: `${pack.language}/${role}/${template.pattern}` }]
      : [];
  });
}

/** Calls are not claims: they carry no fact. */
export const callsOf = ({ pack, action, voice, banned }: Filling): readonly Call[] =>
  pack.calls[action].filter(
    ({ text, address, tones }) =>
      (address === undefined || address === voice.formality) &&
      (tones === undefined || tones.includes(voice.tone)) &&
      containsBanned(text, banned) === null,
  );

function piecesFor(filling: Filling, name: string, question: boolean, afterColon: boolean): readonly Piece[] {
  const { facts, words, pack, noun, voice } = filling;
  const statements = (fits: (fact: Fact) => boolean): Piece[] =>
    facts
      .filter((fact) => fact.value === null && fact.language !== null && fits(fact))
      .map(({ id, text }) => {
        const said = statement(pack, text, afterColon);
        return { text: question ? asked(pack, said) : said, factIds: [id] };
      });
  const kinds = (...wanted: readonly Fact['kind'][]) => statements(({ kind }) => wanted.includes(kind));
  const values = (say: (value: NonNullable<Fact['value']>) => string | null): Piece[] =>
    facts.flatMap(({ id, value }) => {
      const text = value === null ? null : say(value);
      return text === null ? [] : [{ text, factIds: [id] }];
    });
  const lexical = (form: 'bare' | 'your' | 'a' | 'of') =>
    noun === null ? [] : [{ text: pack.noun(noun, form, voice.formality), factIds: [] }];
  switch (name) {
    case 'name':
      return [{ text: filling.name.text, factIds: [filling.name.id] }];
    case 'brand':
      return filling.brand === null ? [] : [{ text: filling.brand, factIds: [] }];
    case 'category':
      return lexical('bare');
    case 'your category':
      return filling.place ? lexical('your') : [];
    case 'a category':
      return lexical('a');
    case 'of category':
      return lexical('of');
    case 'call':
      return callsOf(filling).map(({ text }) => ({
        text: afterColon ? lowered(pack, text, true) : text,
        factIds: [],
      }));
    case 'benefit':
      return kinds('benefit');
    case 'feature':
      return kinds('feature');
    case 'offer':
      return kinds('offer', 'price');
    case 'problem':
      return kinds('problem');
    case 'urgency':
      return kinds('urgency');
    case 'proof':
      return kinds('proof', 'number');
    case 'claim':
      return kinds('claim');
    case 'price':
      return values((value) => (value.is === 'price' && value.whole && !value.lowest ? words.price(value) : null));
    case 'priceFrom':
      return values((value) => (value.is === 'price' && value.whole && value.lowest ? words.price(value) : null));
    case 'discount':
      return values((value) => (value.is === 'discount' && value.whole && !value.most ? words.discount(value) : null));
    case 'discountMost':
      return values((value) => (value.is === 'discount' && value.whole && value.most ? words.discount(value) : null));
    case 'until':
      return values((value) => (value.is === 'until' ? words.until(value.date) : null));
    case 'code':
      return values((value) => (value.is === 'code' ? value.code : null));
    case 'rating':
      return values((value) => (value.is === 'rating' ? words.rating(value) : null));
    case 'reviews':
      return facts.flatMap(({ value }) =>
        // The rating's own fact stands for both of its numbers.
        value?.is === 'rating' && value.reviews !== null ? [{ text: words.count(value.reviews), factIds: [] }] : [],
      );
    default:
      throw new Error(`No fact fills {${name}}: see piecesFor in domain/generation/copy/fill.ts.`);
  }
}

/** A statement as part of a text: no full stop, no shouting, large or small as its place asks. */
function statement(pack: LanguagePack, text: string, afterColon: boolean): string {
  const plain = text
    .trim()
    .replace(/[.;,!\s]+$/, '')
    .replace(/[!¡]/g, '');
  return afterColon ? lowered(pack, plain, false) : enlarged(plain);
}

const enlarged = (text: string): string =>
  /^\p{Ll}+(?:[^\p{L}]|$)/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;

/** Small after a colon where the language wants it and the word is no name. German imperatives stay large: a sentence follows. */
function lowered(pack: LanguagePack, text: string, always: boolean): string {
  const first = /^[\p{L}-]+/u.exec(text)?.[0] ?? '';
  const small = first.toLowerCase();
  const may = always ? pack.language !== 'de' : pack.lowerable.has(small);
  return may && first.slice(1) === small.slice(1) ? small + text.slice(first.length) : text;
}

const asked = (pack: LanguagePack, text: string): string => pack.question(text.replace(/^¿|\s*\?$/g, ''));

const finished = (text: string, enlarge: boolean): string => {
  const tidy = text.replace(/([?!])\./g, '$1').replace(/ {2,}/g, ' ');
  return enlarge ? tidy.charAt(0).toUpperCase() + tidy.slice(1) : tidy;
};

/** "Shoes from Luna Shoes": a name that says the category is not set beside it. */
function clashes({ noun, name, brand }: Filling, pattern: string): boolean {
  if (noun === null || !pattern.includes('category}')) return false;
  const names = [pattern.includes('{name}') ? name.text : '', pattern.includes('{brand}') ? (brand ?? '') : ''].join(
    ' ',
  );
  const stems = noun.text
    .toLowerCase()
    .split(' ')
    .map((word) => word.slice(0, 5));
  return stems.some((stem) => stem.length > 3 && names.toLowerCase().includes(stem));
}

/** A discount that takes a code is not promised without it. */
const hidesCode = ({ facts }: Filling, pattern: string): boolean =>
  pattern.includes('{discount') && !pattern.includes('{code}') && facts.some(({ value }) => value?.is === 'code');
