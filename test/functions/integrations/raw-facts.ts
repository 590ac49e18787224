import type { PlatformId, RawRow } from '../../../domain/integrations/platform.ts';
import { sampleRows } from '../../platforms/sample-rows.ts';

/** What a raw row says, in words of no platform; a value of a wrong kind goes to the wire as it is. */
export interface RawFact {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly campaign: unknown;
  readonly impressions: unknown;
  readonly clicks: unknown;
  readonly spend: unknown;
  readonly placement: string;
}

type Writer = (row: Record<string, unknown>, value: never) => void;
const at =
  (path: string): Writer =>
  (row, value) => {
    const keys = path.split('.');
    const last = keys.pop() ?? path;
    let place = row;
    for (const key of keys) place = place[key] as Record<string, unknown>;
    place[last] = value;
  };
const parts = (day: string) => {
  const [year, month, date] = day.split('-').map(Number);
  return { year, month, day: date };
};

/** Where each platform writes it. */
const writers: Readonly<Record<PlatformId, Readonly<Record<keyof RawFact, Writer>>>> = {
  'google-ads': {
    date: at('segments.date'),
    campaign: at('campaign.id'),
    impressions: at('metrics.impressions'),
    clicks: at('metrics.clicks'),
    spend: at('metrics.costMicros'),
    placement: at('segments.adNetworkType'),
  },
  'tiktok-ads': {
    date: (row, value) => at('dimensions.stat_time_day')(row, `${value} 00:00:00` as never),
    campaign: at('dimensions.campaign_id'),
    impressions: at('metrics.impressions'),
    clicks: at('metrics.clicks'),
    spend: at('metrics.spend'),
    placement: at('dimensions.placement'),
  },
  'linkedin-ads': {
    date: (row, value) => at('dateRange')(row, { start: parts(value), end: parts(value) } as never),
    campaign: (row, value) => at('pivotValues.0')(row, `urn:li:sponsoredCampaignGroup:${value}` as never),
    impressions: at('impressions'),
    clicks: at('clicks'),
    spend: at('costInLocalCurrency'),
    placement: at('pivotValues.1'),
  },
};

/** A row of a report as the platform answers it, by the sample of that platform. */
export function rawFact(platform: PlatformId, grain: 'campaign' | 'placement', said: Partial<RawFact>): RawRow {
  const row = structuredClone(sampleRows[platform](grain)) as Record<string, unknown>;
  for (const [name, value] of Object.entries(said)) writers[platform][name as keyof RawFact](row, value as never);
  return row;
}

/** A campaign of the structure as the platform lists it. */
export const rawCampaign: Readonly<Record<PlatformId, (id: string, status: string) => RawRow>> = {
  'google-ads': (id, status) => ({
    campaign: { id, name: `Campaign ${id}`, status, advertisingChannelType: 'SEARCH' },
    campaignBudget: { amountMicros: '5000000', period: 'DAILY' },
  }),
  'tiktok-ads': (id, status) => ({
    campaign_id: id,
    campaign_name: `Campaign ${id}`,
    operation_status: status,
    objective_type: 'TRAFFIC',
    budget_mode: 'BUDGET_MODE_INFINITE',
  }),
  'linkedin-ads': (id, status) => ({
    id: Number(id),
    name: `Campaign ${id}`,
    status,
    objectiveType: 'WEBSITE_VISIT',
  }),
};

/** The status of what is switched on, in the platform's words. */
export const switchedOn: Readonly<Record<PlatformId, string>> = {
  'google-ads': 'ENABLED',
  'tiktok-ads': 'ENABLE',
  'linkedin-ads': 'ACTIVE',
};
