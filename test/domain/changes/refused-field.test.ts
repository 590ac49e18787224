import { expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { refusedField } from '../../../domain/changes/refused-field.ts';

const group: Operation = { do: 'create-ad-group', ref: 'g', campaign: { ref: 'c' }, name: 'Shoes', targeting: {} };

it.each([
  ['TikTok Ads COUNTRY_NOT_SERVED: targeting.countries: TikTok shows this account no ads in KP', 'targeting.countries'],
  ['TikTok Ads AMBIGUOUS_NAME: name: there are 2 ad groups of this name', 'name'],
  // The platform's own field.
  ['TikTok Ads 40002: budget: Missing data for required field.', 'target'],
  ['TikTok Ads BUDGET_MISSING: dailyBudget: the ad group needs its own', 'dailyBudget'],
  ['TikTok Ads ANY: headline: of another kind of ad', 'target'],
  ['Google Ads TRANSIENT_ERROR: A transient internal error has occurred.', 'target'],
])('%s is about %s', (message, field) => {
  expect(refusedField(message, group)).toBe(field);
});
