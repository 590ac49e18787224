import type { PolicyRule } from '../policy-rule.ts';
import { alcoholDisclosures } from './disclosures/alcohol.ts';
import { creditDisclosures } from './disclosures/credit.ts';
import { gamblingDisclosures } from './disclosures/gambling.ts';
import { investmentDisclosures } from './disclosures/investments.ts';
import { medicineDisclosures } from './disclosures/medicines.ts';
import { otherDisclosures } from './disclosures/other-goods.ts';

/** Notices that the law, or a code that advertisers are bound to, wants in ads of a kind. */
export const disclosureRules: readonly PolicyRule[] = [
  ...alcoholDisclosures,
  ...gamblingDisclosures,
  ...medicineDisclosures,
  ...creditDisclosures,
  ...investmentDisclosures,
  ...otherDisclosures,
];
