import type { Campaign } from '../market/world.ts';

/**
 * What a campaign group is for. The market knows one kind of conversion; a group for leads reports them as one-click leads,
 * every other as conversions on the advertiser's website, so that the two never overlap and their sum is the market's. The
 * shop has given its leads a value.
 */
export type Objective = 'LEAD_GENERATION' | 'BRAND_AWARENESS' | 'WEBSITE_CONVERSION' | 'WEBSITE_VISIT';

/** Objectives that can be written; leads need a form, which the simulator does not model. */
export const writableObjectives = ['BRAND_AWARENESS', 'WEBSITE_CONVERSION', 'WEBSITE_VISIT'] as const;

/** Buttons of ads that open LinkedIn's own form. */
const formButtons: readonly (string | undefined)[] = ['request-demo', 'sign-up'];

export function objectiveOf(group: Campaign): Objective {
  const written = writableObjectives.find((known) => known === group.own?.['objectiveType']);
  if (written !== undefined) return written;
  // What the first ad asks for, all of the group's campaigns do.
  if (formButtons.includes(group.adGroups[0]?.ads[0]?.callToAction)) return 'LEAD_GENERATION';
  return group.bidding === 'target-cpm' ? 'BRAND_AWARENESS' : 'WEBSITE_CONVERSION';
}
