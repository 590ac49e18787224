import type { MarketRow } from '../../market/market.ts';
import { hashText, uniform } from '../../market/random.ts';
import { type Account, billableMicros } from '../../market/world.ts';

/** LinkedIn's device types by the market's words; `mobile-web` is a part of its `mobile`. */
export const deviceTypes: Readonly<Record<string, string>> = {
  mobile: 'MOBILE_APP',
  'mobile-web': 'MOBILE_WEB',
  tablet: 'TABLET_APP',
  desktop: 'DESKTOP_WEB',
  'connected-tv': 'CONNECTED_TV',
};

/** Part of the phones read LinkedIn in their browser: a tenth to a quarter of a campaign group's, to the last cent. */
export function appAndWeb(account: Account, row: MarketRow): readonly MarketRow[] {
  if (row.segment !== 'mobile') return [row];
  const share = 0.1 + 0.15 * uniform(hashText(`mobile-web|${row.campaignId}`));
  const cent = billableMicros(account.currency);
  const impressions = Math.floor(row.impressions * share);
  if (impressions === 0) return [row];
  const web = {
    impressions,
    clicks: Math.floor(row.clicks * share),
    costMicros: Math.floor((row.costMicros / cent) * share) * cent,
    videoViews: Math.floor(row.videoViews * share),
  };
  const app = {
    impressions: row.impressions - web.impressions,
    clicks: row.clicks - web.clicks,
    costMicros: row.costMicros - web.costMicros,
    videoViews: row.videoViews - web.videoViews,
  };
  const none = { conversionsMicros: 0, valueMicros: 0 };
  return [
    { ...row, ...app },
    { ...row, ...web, ...none, segment: 'mobile-web' },
  ];
}
