/** Personal data that can be told from other text by its form and, where there is one, by its check digits. Pure. */

export type PersonalDataKind =
  | 'e-mail address'
  | 'card number'
  | 'bank account'
  | 'telephone number'
  | 'identity number';

export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

interface Form {
  readonly kind: PersonalDataKind;
  /** Quantifiers are bounded: a text cannot make it slow. */
  readonly pattern: RegExp;
  readonly holds?: (match: string) => boolean;
  /** Words after it may look like a part of it: it is tried without them too. */
  readonly cut?: true;
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** The first that takes a place keeps it: what has check digits goes before what has none. */
const forms: readonly Form[] = [
  { kind: 'e-mail address', pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g },
  {
    kind: 'bank account',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/gi,
    holds: isIban,
    cut: true,
  },
  { kind: 'card number', pattern: /(?<![\d.,€$£])\d(?:[ -]?\d){12,18}(?![\d.,]?\d)/g, holds: isCard },
  // Steuer-Identifikationsnummer, § 139b AO.
  { kind: 'identity number', pattern: /(?<!\d)\d{2} ?\d{3} ?\d{3} ?\d{3}(?!\d)/g, holds: isGermanTaxId },
  // NHS number, Data Dictionary: modulus 11. Spaced as it is printed: ten digits in a row are many other things.
  { kind: 'identity number', pattern: /(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)/g, holds: isNhsNumber },
  // NIR: 13 digits and a key of two.
  { kind: 'identity number', pattern: /(?<!\d)[12] ?\d{2} ?\d{2} ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g, holds: isNir },
  // DNI and NIE: a letter that follows from the number.
  { kind: 'identity number', pattern: /\b(?:\d{8}|\d{2}\.\d{3}\.\d{3}|[XYZ]\d{7})-?[A-Z]\b/gi, holds: isDni },
  { kind: 'identity number', pattern: /\b(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g },
  // International, or with an area code in brackets or set apart: a bare number of an offer is none.
  {
    kind: 'telephone number',
    pattern:
      /(?<![\w+.,]|\d )(?:\+\d{1,3}[ .-]?(?:\(0\) ?)?|\(0\d{1,5}\) ?|0\d{1,4}(?: \/ |[ /-]))\d(?:[ ./-]?\d){5,12}(?!\d)/g,
    holds: (match) => !isDate(match) && digitsOf(match).length >= 8 && digitsOf(match).length <= 15,
  },
  // In one piece: mobiles of Germany and Britain, any number of France, and what begins with the sign of abroad.
  {
    kind: 'telephone number',
    pattern: /(?<![\d.,])(?:01[5-7]\d{8,9}|07\d{9}|0[1-9]\d{8}|00[1-9]\d{9,12})(?![\d.,]?\d)/g,
  },
  { kind: 'telephone number', pattern: /(?<![\w-])\(?[2-9]\d{2}\)?[ .-]\d{3}[.-]\d{4}(?![\d-])/g },
  // French mobiles and landlines: five pairs.
  { kind: 'telephone number', pattern: /(?<!\d)0[1-9](?:[ .-]\d{2}){4}(?!\d)/g },
];

/** `allowed`: what its owner may show, in any spacing: the shop's own number. */
export function findPersonalData(text: string, allowed: readonly string[] = []): readonly PersonalData[] {
  const found: PersonalData[] = [];
  for (const { kind, pattern, holds, cut } of forms) {
    for (const { 0: whole, index } of text.matchAll(pattern)) {
      const match = [whole, ...(cut ? shorter(whole) : [])].find((one) => holds === undefined || holds(one));
      if (match === undefined) continue;
      const end = index + match.length;
      if (found.some((other) => other.start < end && index < other.end)) continue;
      if (!allowed.some((own) => isSame(own, match, kind))) found.push({ kind, start: index, end });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** Personal data that stand in texts of the advertiser: they may be shown in ads too. */
export const ownPersonalData = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => findPersonalData(text).map(({ start, end }) => text.slice(start, end)));

const compact = (text: string): string => text.toLowerCase().replaceAll(/[\s()./-]/g, '');

/** The same match without its last word, the last two, and so on. */
const shorter = (match: string): string[] => {
  const words = match.split(' ');
  return words.slice(1).map((_, left) => words.slice(0, words.length - 1 - left).join(' '));
};

/** Digits that a telephone number has at home and abroad: no zero in brackets, none before it. */
const significant = (number: string): string => digitsOf(number.replace('(0)', '')).replace(/^0+/, '');
const leastSignificant = 6;

function isSame(own: string, match: string, kind: PersonalDataKind): boolean {
  if (compact(own) === compact(match)) return true;
  if (kind !== 'telephone number') return false;
  const [a, b] = [significant(own), significant(match)];
  return Math.min(a.length, b.length) >= leastSignificant && (a.endsWith(b) || b.endsWith(a));
}

/** `01/12/2026`, `05-11-26`: day, month and year in any order that people write. */
const isDate = (match: string): boolean => /^\d{1,2}([/-])\d{1,2}\1(?:\d{2}|\d{4})$/.test(match);

/** ISO 7064 MOD 97-10, as ISO 13616 asks. */
function isIban(match: string): boolean {
  const account = match.replaceAll(' ', '').toUpperCase();
  if (account.length < 15 || account.length > 34) return false;
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = sign >= 'A' ? sign.charCodeAt(0) - 55 : Number(sign);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Issuers by how their numbers begin, with their lengths (ISO/IEC 7812): a tenth of all other numbers has the check digit by chance. */
const issuers =
  /^(?:4(?:\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|35\d{14}|3(?:0[0-5]|[68]\d)\d{11})$/;

/** Luhn, ISO/IEC 7812-1; one digit over and over is a placeholder. */
function isCard(match: string): boolean {
  const digits = [...digitsOf(match)].map(Number);
  if (!issuers.test(digits.join('')) || new Set(digits).size === 1) return false;
  const sum = digits.toReversed().reduce((total, digit, place) => {
    const weighed = place % 2 === 1 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

/** Eleven digits, the first not 0, one of them twice or three times among the first ten; ISO 7064 MOD 11,10. */
function isGermanTaxId(match: string): boolean {
  const digits = [...digitsOf(match)].map(Number);
  const first = digits.slice(0, 10);
  const most = Math.max(...first.map((digit) => first.filter((other) => other === digit).length));
  if (digits.length !== 11 || digits[0] === 0 || most < 2 || most > 3) return false;
  let product = 10;
  for (const digit of first) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits[10];
}

function isNhsNumber(match: string): boolean {
  const digits = [...digitsOf(match)].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === digits[9];
}

function isNir(match: string): boolean {
  const digits = digitsOf(match);
  const month = Number(digits.slice(3, 5));
  return month >= 1 && month <= 12 && 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
}

function isDni(match: string): boolean {
  const plain = match.replaceAll(/[.-]/g, '').toUpperCase();
  const number = Number(plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain.at(-1);
}
