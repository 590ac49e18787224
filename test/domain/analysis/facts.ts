import fc from 'fast-check';
import { decodeRollup, encodeRollup, type Rollup, type RollupRow } from '../../../domain/analysis/rollup.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';

const body = (number: number): string => String(number).padStart(26, '0');
export const accountIdOf = (number: number): string => `acc_${body(number)}`;
export const campaignIdOf = (number: number): string => `cmp_${body(number)}`;

export interface Fact {
  readonly account: number;
  readonly campaign: number;
  readonly date: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly spendMicros: number;
  readonly conversionsMicros: number | null;
  readonly conversionValueMicros: number | null;
  readonly videoViews: number | null;
}

/** Accounts by number: their currencies. */
export const currencies = ['EUR', 'USD', 'JPY'] as const;

export const fact = (given: Partial<Fact>): Fact => ({
  account: 0,
  campaign: 0,
  date: '2026-11-02',
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: 0,
  conversionValueMicros: 0,
  videoViews: null,
  ...given,
});

/** Facts as the lake holds them: encoded and decoded, one rollup an account and month, campaign grain. */
export function rollupsOf(facts: readonly Fact[]): Rollup[] {
  const parts = Map.groupBy(facts, ({ account, date }) => `${account} ${date.slice(0, 7)}`);
  return [...parts].map(([part, rows]) => {
    const account = Number(part.split(' ')[0]);
    return decodeRollup(
      encodeRollup(
        {
          grain: 'campaign',
          accountId: accountIdOf(account),
          platform: 'google-ads',
          currency: currencies[account] ?? 'EUR',
          timeZone: 'Europe/Berlin',
          month: part.split(' ')[1] ?? '',
          loadedAt: null,
        },
        rows.map(
          ({ account: owner, campaign, ...row }): RollupRow => ({
            ...row,
            object: { campaignId: campaignIdOf(owner * 100 + campaign), platformId: String(campaign) },
          }),
        ),
      ),
    );
  });
}

const count = fc.integer({ min: 0, max: 1_000_000 });
const money = fc.integer({ min: 0, max: 5_000_000_000 });

/** Facts over eight weeks around a new year: 2026-12-01 to 2027-01-25. */
export const someFacts = fc.uniqueArray(
  fc.record({
    account: fc.integer({ min: 0, max: currencies.length - 1 }),
    campaign: fc.integer({ min: 0, max: 4 }),
    date: fc.integer({ min: 0, max: 55 }).map((day) => addDays('2026-12-01', day)),
    impressions: count,
    clicks: count,
    spendMicros: money,
    conversionsMicros: fc.option(count),
    conversionValueMicros: fc.option(money),
    videoViews: fc.option(count),
  }),
  { maxLength: 60, selector: ({ account, campaign, date }) => `${account} ${campaign} ${date}` },
);
