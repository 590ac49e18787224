import type { SimulatorOptions } from '../../../simulator/options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { answered, noon } from '../open.ts';

export const europe = '7012345678901230001';
export const america = '7012345678901230002';
export const japan = '7012345678901230003';
export const outlet = '7012345678901230004';

/** A simulator whose clock stands still and whose rate limits refuse nobody, and a caller with its long-term token. */
export async function open(tiktok: SimulatorOptions['tiktok'] = {}, more: Omit<SimulatorOptions, 'tiktok'> = {}) {
  const simulator = await createSimulator({
    startAt: noon,
    speed: 0,
    ...more,
    tiktok: { rateLevel: 'unlimited', taskMs: 0, ...tiktok },
  });
  return { simulator, call: caller(simulator) };
}

export type Caller = ReturnType<typeof caller>;

/** Parameters that are no text go as JSON, as TikTok reads them. */
export function caller(simulator: Simulator, token: string | undefined = simulator.tiktok.accessToken) {
  const headers: Record<string, string> = token === '' ? {} : { 'Access-Token': token };
  return {
    get: (operation: string, parameters: Readonly<Record<string, unknown>> = {}) => {
      const query = new URLSearchParams(
        Object.entries(parameters)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
      );
      return answered(fetch(`${simulator.rest}/open_api/v1.3/${operation}/?${query}`, { headers }));
    },
    post: (operation: string, body: unknown) =>
      answered(
        fetch(`${simulator.rest}/open_api/v1.3/${operation}/`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
  };
}

/** A BASIC report of campaigns by day, three days of November. */
export const campaignReport = {
  advertiser_id: europe,
  service_type: 'AUCTION',
  report_type: 'BASIC',
  data_level: 'AUCTION_CAMPAIGN',
  dimensions: ['campaign_id', 'stat_time_day'],
  metrics: ['spend', 'impressions', 'clicks', 'conversion', 'total_purchase_value', 'video_play_actions', 'currency'],
  start_date: '2026-11-10',
  end_date: '2026-11-12',
  page_size: 1000,
};

export const withDeleted = (level: 'campaign' | 'adgroup' | 'ad') => [
  { field_name: `${level}_status`, filter_type: 'IN', filter_value: '["STATUS_ALL"]' },
];
