import type { PolicyRule } from './policy-rule.ts';
import { categoryRules, targetingRules } from './rules/categories.ts';
import { claimRules } from './rules/claims.ts';
import { destinationRules } from './rules/destination.ts';
import { disclosureRules } from './rules/disclosures.ts';
import { editorialRules } from './rules/editorial.ts';
import { goodsRules } from './rules/goods.ts';
import { lendingRules } from './rules/lending.ts';
import { peopleRules } from './rules/people.ts';
import { brandRules, trademarkRules } from './rules/trademarks.ts';

/** Every rule that ads are checked against. To add one, add it to its table: its examples are its test. */
export const policyRules: readonly PolicyRule[] = [
  ...editorialRules,
  ...claimRules,
  ...peopleRules,
  ...goodsRules,
  ...lendingRules,
  ...categoryRules,
  ...targetingRules,
  ...disclosureRules,
  ...trademarkRules,
  ...brandRules,
  ...destinationRules,
];
