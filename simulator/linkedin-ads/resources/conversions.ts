import { hashText } from '../../market/random.ts';
import type { Account } from '../../market/world.ts';
import { objectiveOf } from '../objectives.ts';
import { accountUrn, campaignsOf, campaignUrn, stamps, type View } from './subject.ts';

/** Windows LinkedIn lets an advertiser choose, in days. */
const windows = [7, 30, 90] as const;

/**
 * The conversion rules of an account: one on its website, with windows of its own. Leads from LinkedIn's forms need no rule.
 * learn.microsoft.com/linkedin/marketing/integrations/ads-reporting/conversion-tracking
 */
export function conversionRecords(view: View, account: Account) {
  const { created } = stamps(view, account);
  const latest = view.market.world.maxConversionDelayDays;
  // No window is shorter than the world's longest delay, as far as LinkedIn has one: what is counted lies within it.
  const clickDays = windows.find((days) => days >= latest) ?? 90;
  const site = campaignsOf(account).filter(({ group }) => objectiveOf(group) !== 'LEAD_GENERATION');
  const campaigns = site.map(({ campaign }) => campaignUrn(campaign));
  const id = 10_000_000 + (hashText(`linkedin-conversion|${account.id}`) % 80_000_000);
  const conversion = `urn:lla:llaPartnerConversion:${id}`;
  return [
    {
      id,
      name: 'Order on the website',
      account: accountUrn(account),
      type: 'PURCHASE',
      conversionMethod: 'INSIGHT_TAG',
      attributionType: 'LAST_TOUCH_BY_CAMPAIGN',
      postClickAttributionWindowSize: clickDays,
      viewThroughAttributionWindowSize: 7,
      valueType: 'DYNAMIC',
      enabled: true,
      campaigns,
      associatedCampaigns: campaigns.map((campaign) => ({ campaign, conversion, associatedAt: created })),
      created,
      lastModified: created,
    },
  ];
}
