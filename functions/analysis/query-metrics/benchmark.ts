import { answerMetrics } from '../../../domain/analysis/answer-metrics.ts';
import type { RateTable } from '../../../domain/analysis/currency-conversion.ts';
import { decodeRollup, encodeRollup, type Rollup } from '../../../domain/analysis/rollup.ts';
import { pageOfRows } from '../../../domain/analysis/sort-rows.ts';
import { addDays, monthOf } from '../../../domain/integrations/calendar-day.ts';

export interface MetricsTiming {
  readonly campaigns: number;
  readonly days: number;
  /** Facts summed. */
  readonly rows: number;
  /** Milliseconds of the best and the middle of the repetitions; grouped by campaign, a page of 1,000 sorted by spend. */
  readonly bestMillis: number;
  readonly medianMillis: number;
  readonly converted: boolean;
}

const firstDay = '2026-01-01';

/** Facts in US dollars over three accounts, a rollup an account and month, as the lake holds them. */
function exampleRollups(campaigns: number, days: number): Rollup[] {
  const rollups: Rollup[] = [];
  const dates = Array.from({ length: days }, (_, day) => addDays(firstDay, day));
  for (let account = 0; account < 3; account += 1) {
    for (const [month, inMonth] of Map.groupBy(dates, monthOf)) {
      const rows = [];
      for (let campaign = account; campaign < campaigns; campaign += 3) {
        const object = { campaignId: `cmp_${String(campaign).padStart(26, '0')}`, platformId: String(campaign) };
        for (const [day, date] of inMonth.entries()) {
          rows.push({
            object,
            date,
            impressions: 1_000 + ((campaign * 7 + day) % 991),
            clicks: (campaign + day) % 97,
            spendMicros: 1_234_567 + campaign * 1_009 + day * 77_777,
            conversionsMicros: ((campaign * day) % 13) * 500_000,
            conversionValueMicros: 5_000_000 + campaign * 31,
            videoViews: null,
          });
        }
      }
      const header = {
        grain: 'campaign',
        accountId: `acc_${String(account).padStart(26, '0')}`,
        platform: 'google-ads',
        currency: 'USD',
        timeZone: 'America/New_York',
        month,
        loadedAt: null,
      } as const;
      rollups.push(decodeRollup(encodeRollup(header, rows)));
    }
  }
  return rollups;
}

/**
 * The time of one warm answer in this process, without the network: summing, converting, deriving, sorting and paging.
 * `converted` answers in euros, which converts both amounts of every fact.
 */
export function measureMetrics(
  campaigns: number,
  days = 90,
  converted = true,
  repetitions = 9,
  now: () => number = () => performance.now(),
): MetricsTiming {
  const rollups = exampleRollups(campaigns, days);
  const rates: RateTable = {
    base: 'EUR',
    days: new Map(
      Array.from({ length: days }, (_, day) => [addDays(firstDay, day), { USD: `1.0${String(801 + day)}` }]),
    ),
  };
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const start = now();
    const answer = answerMetrics(rollups, {
      period: { from: firstDay, to: addDays(firstDay, days - 1) },
      groupBy: ['campaign'],
      currency: converted ? 'EUR' : 'USD',
      rates,
    });
    if (answer.kind !== 'answered' || answer.rows.length !== campaigns)
      throw new Error('The benchmark answers wrongly.');
    const order = { by: 'spendMicros', descending: true } as const;
    pageOfRows(answer.rows, { order, groupBy: ['campaign'], after: undefined, limit: 1_000 });
    times.push(now() - start);
  }
  times.sort((a, b) => a - b);
  return {
    campaigns,
    days,
    rows: campaigns * days,
    bestMillis: times[0] ?? 0,
    medianMillis: times[Math.floor(times.length / 2)] ?? 0,
    converted,
  };
}
