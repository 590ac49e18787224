/** Personal data that can be told from other text for certain: by its form and, where there is one, by its check digits. */

/** As Bedrock names its entities. */
export type PersonalDataType =
  | 'EMAIL'
  | 'CREDIT_DEBIT_CARD_NUMBER'
  | 'INTERNATIONAL_BANK_ACCOUNT_NUMBER'
  | 'US_SOCIAL_SECURITY_NUMBER'
  | 'IP_ADDRESS'
  | 'PHONE';

export interface PersonalData {
  readonly type: PersonalDataType;
  readonly match: string;
}

const FORMS: readonly {
  readonly type: PersonalDataType;
  readonly form: RegExp;
  readonly holds?: (match: string) => boolean;
}[] = [
  { type: 'EMAIL', form: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g },
  {
    type: 'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
    form: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    holds: isIban,
  },
  { type: 'CREDIT_DEBIT_CARD_NUMBER', form: /(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]?\d)/g, holds: isCard },
  { type: 'US_SOCIAL_SECURITY_NUMBER', form: /\b(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g },
  { type: 'IP_ADDRESS', form: /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g },
  // International, or with an area code: a bare number of an offer is none.
  { type: 'PHONE', form: /(?<![\w+])(?:\+\d{1,3}[ .-]?(?:\(0\))?|\(?0\d{1,4}\)?[ /.-])\d[\d ./-]{5,14}\d(?!\d)/g },
  { type: 'PHONE', form: /(?<![\w-])\(?[2-9]\d{2}\)?[ .-]\d{3}[.-]\d{4}(?![\d-])/g },
];

/** In the order of the table; what one form has taken no later one takes. */
export function findPersonalData(text: string): readonly PersonalData[] {
  const found: PersonalData[] = [];
  let left = text;
  for (const { type, form, holds } of FORMS) {
    left = left.replace(form, (match) => {
      if (holds !== undefined && !holds(match)) return match;
      found.push({ type, match });
      return ' '.repeat(match.length);
    });
  }
  return found;
}

/** Luhn's check digit, ISO/IEC 7812-1. */
function isCard(match: string): boolean {
  const digits = [...match.replaceAll(/\D/g, '')].map(Number).reverse();
  const sum = digits.reduce((total, digit, at) => {
    const weighed = at % 2 === 1 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

/** ISO 7064 MOD 97-10, as ISO 13616 asks. */
function isIban(match: string): boolean {
  const compact = match.replaceAll(' ', '');
  const digits = [...compact.slice(4), ...compact.slice(0, 4)].map((one) => Number.parseInt(one, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
