import { hashText } from '../market/random.ts';
import type { Campaign } from '../market/world.ts';

/**
 * What a campaign group is for. The market knows one kind of conversion; a group for leads reports them as one-click leads,
 * every other as conversions on the advertiser's website, so that the two never overlap and their sum is the market's.
 */
export type Objective = 'LEAD_GENERATION' | 'WEBSITE_CONVERSION';

export function objectiveOf(group: Campaign): Objective {
  return hashText(`linkedin-objective|${group.id}`) % 3 === 0 ? 'LEAD_GENERATION' : 'WEBSITE_CONVERSION';
}
