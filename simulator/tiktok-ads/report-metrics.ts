import type { Measures } from '../market/measures.ts';
import type { Account } from '../market/world.ts';
import { objectiveOf } from './entities.ts';
import { ratio, units } from './money.ts';
import type { Subject } from './status.ts';

/** What one row of a report is about: the account alone at advertiser level. */
export interface Reported {
  readonly account: Account;
  readonly subject: Partial<Subject>;
  readonly measures: Measures;
}

/** TikTok's sign for a value it does not have. */
export const missing = '-';

const money = (micros: number, { account }: Reported) => units(micros, account.currency);
const count = (number: number) => String(Math.round(number));
const conversions = ({ measures }: Reported) => measures.conversionsMicros / 1_000_000;
/** Money of one out of several, rounded to what the currency bills. */
const each = (micros: number, parts: number, row: Reported) =>
  parts === 0 ? money(0, row) : money(micros / parts, row);
const hasVideo = ({ subject }: Reported) =>
  subject.campaign === undefined || subject.campaign.channel !== 'in-feed-image';

/** Every metric is a text; attributes of a level the row does not have are missing. */
export const metrics: Readonly<Record<string, (row: Reported) => string>> = {
  spend: (row) => money(row.measures.costMicros, row),
  impressions: ({ measures }) => count(measures.impressions),
  clicks: ({ measures }) => count(measures.clicks),
  ctr: ({ measures }) => ratio(measures.clicks * 100, measures.impressions),
  cpc: (row) => each(row.measures.costMicros, row.measures.clicks, row),
  cpm: (row) => each(row.measures.costMicros * 1000, row.measures.impressions, row),
  conversion: (row) => count(conversions(row)),
  cost_per_conversion: (row) => each(row.measures.costMicros, conversions(row), row),
  conversion_rate: (row) => ratio(conversions(row) * 100, row.measures.clicks),
  complete_payment: (row) => count(conversions(row)),
  total_purchase_value: (row) => money(row.measures.valueMicros, row),
  /** The shop sells; it gathers no leads here. */
  total_sales_lead_value: (row) => money(0, row),
  video_play_actions: (row) => (hasVideo(row) ? count(row.measures.videoViews) : missing),
  currency: ({ account }) => account.currency,
  timezone: ({ account }) => account.timeZone,
  advertiser_id: ({ account }) => account.id,
  advertiser_name: ({ account }) => account.name,
  campaign_id: ({ subject }) => subject.campaign?.id ?? missing,
  campaign_name: ({ subject }) => subject.campaign?.name ?? missing,
  objective_type: ({ subject }) => (subject.campaign === undefined ? missing : objectiveOf(subject.campaign)),
  adgroup_id: ({ subject }) => subject.adGroup?.id ?? missing,
  adgroup_name: ({ subject }) => subject.adGroup?.name ?? missing,
  ad_id: ({ subject }) => subject.ad?.id ?? missing,
  ad_name: ({ subject }) => subject.ad?.name ?? missing,
  ad_text: ({ subject }) => subject.ad?.descriptions[0] ?? missing,
};
