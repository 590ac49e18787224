/** Raw pages of Google's report by ad, ready in memory page by page: reading them costs neither side anything but making them. */
import { addDays } from '../domain/integrations/calendar-day.ts';
import type { RawRow } from '../domain/integrations/platform.ts';

export const benchGrain = 'ad';
export const days = 30;
export const firstDay = '2026-10-01';
export const lastDay = addDays(firstDay, days - 1);
/** The account's resource name, as Google writes it. */
export const account = 'customers/4210000001';
/** As readers hand out a long answer. */
const pageRows = 5_000;
const dates = Array.from({ length: days }, (_, day) => addDays(firstDay, day));

/** `rows` facts: ads of 20 an ad group and 100 a campaign, day by day, with counts and money that differ from row to row. */
export function* adPages(rows: number): Generator<readonly RawRow[]> {
  const ads = Math.ceil(rows / days);
  let page: RawRow[] = [];
  for (let index = 0; index < rows; index += 1) {
    page.push(adRow(index % ads, Math.floor(index / ads)));
    if (page.length === pageRows) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
}

function adRow(ad: number, day: number): RawRow {
  const impressions = 1_000 + ((ad * 31 + day * 7) % 9_001);
  return {
    customer: { resourceName: account, currencyCode: 'EUR' },
    campaign: {
      resourceName: `${account}/campaigns/${11_000_000_000 + Math.floor(ad / 100)}`,
      id: String(11_000_000_000 + Math.floor(ad / 100)),
    },
    adGroup: { id: String(22_000_000_000 + Math.floor(ad / 20)) },
    adGroupAd: { ad: { id: String(33_000_000_000 + ad) } },
    segments: { date: dates[day] ?? lastDay },
    metrics: {
      impressions: String(impressions),
      clicks: String((ad + day) % 97),
      costMicros: String(1_234_567 + ad * 1_009 + day * 77_777),
      conversions: ((ad * 13 + day) % 400) / 100,
      conversionsValue: ((ad * 7_919 + day * 104_729) % 1_000_000) / 100,
      videoTrueviewViews: String(impressions % 11),
    },
  };
}
