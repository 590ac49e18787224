import { blockMillis } from '../../contracts/streams/windows.ts';
import { type ExchangeRate, rateMaxAgeDays, rateOn } from '../../domain/analysis/currency-conversion.ts';
import { historyDaysRead, SpendHistory } from '../../domain/analysis/live/spend-history.ts';
import { addDays } from '../../domain/integrations/calendar-day.ts';
import type { HourCounters, MinuteCounters } from '../../domain/integrations/streaming/counters.ts';
import type { LiveStore } from '../stores/live-store.ts';
import type { PollStore } from '../stores/poll-store.ts';
import type { RateStore } from '../stores/rate-store.ts';
import { keptFor } from './kept-for.ts';
import { enabledCampaigns } from './live-structure.ts';

/** Workspaces that are remembered at once: the past of a thousand campaigns takes some 5 MB. */
const mostWorkspaces = 20;
/** Late events change the day before still, by little. */
const historyMillis = 600_000;
const structureMillis = 30_000;
const pollMillis = 10_000;
const ratesMillis = 600_000;
/** A block nobody changed is what it was; a workspace looks at up to nineteen. */
const blockKeptMillis = 3_600_000;
const mostBlocks = 40;
/** Hours of days that are in memory at the same time while they are folded. */
const daysAtOnce = 4;
const pollsAtOnce = 16;

/** What changes slower than minutes are counted. Keys hold the workspace, so nothing crosses tenants. */
export function createLiveMemory(now: () => number) {
  const histories = keptFor<SpendHistory>(historyMillis, mostWorkspaces, now);
  const blocks = keptFor<readonly MinuteCounters[]>(blockKeptMillis, mostBlocks, now);
  const days = keptFor<readonly HourCounters[]>(structureMillis, mostWorkspaces, now);
  const structures = keptFor<Awaited<ReturnType<typeof enabledCampaigns>>>(structureMillis, mostWorkspaces, now);
  const polls = keptFor<ReadonlyMap<string, number>>(pollMillis, mostWorkspaces, now);
  const rates = keptFor<(from: string, to: string) => ExchangeRate | undefined>(ratesMillis, 4, now);
  return {
    /**
     * Minutes of whole blocks, those that changed read anew, and the hours of the days. Hours are read again when a minute of these
     * changed; what comes late into an earlier hour is seen within half a minute.
     */
    async windows(
      live: LiveStore,
      workspaceId: string,
      { from, to, dates }: { from: number; to: number; dates: readonly string[] },
    ) {
      const starts: number[] = [];
      for (let start = Math.floor(from / blockMillis) * blockMillis; start < to; start += blockMillis)
        starts.push(start);
      const stamps = await Promise.all(starts.map((start) => live.stamp(start, start + blockMillis)));
      const [minutes, hours] = await Promise.all([
        Promise.all(
          starts.map((start, index) =>
            blocks.get(`${workspaceId} ${start} ${stamps[index]}`, () => live.minutes(start, start + blockMillis)),
          ),
        ),
        days.get(`${workspaceId} ${dates.join()} ${stamps.join()}`, () => live.hours(dates)),
      ]);
      return { minutes: minutes.flat(), hours };
    },
    /** Days before `newest`, and as many more before `oldest` as an account there looks back. */
    history(live: LiveStore, workspaceId: string, oldest: string, newest: string): Promise<SpendHistory> {
      return histories.get(`${workspaceId} ${oldest} ${newest}`, async () => {
        const dates: string[] = [];
        for (let date = addDays(oldest, -historyDaysRead); date < newest; date = addDays(date, 1)) dates.push(date);
        const history = new SpendHistory();
        for (let start = 0; start < dates.length; start += daysAtOnce) {
          history.add(await live.hours(dates.slice(start, start + daysAtOnce)));
        }
        return history;
      });
    },
    campaigns: (workspaceId: string, stores: Parameters<typeof enabledCampaigns>[0]) =>
      structures.get(workspaceId, () => enabledCampaigns(stores)),
    /** When each account was last asked for its running day, epoch milliseconds. */
    polledAt(workspaceId: string, store: PollStore, days: readonly { readonly id: string; readonly date: string }[]) {
      const question = days.map(({ id, date }) => `${id}@${date}`).join();
      return polls.get(`${workspaceId} ${question}`, async () => {
        const asked = new Map<string, number>();
        for (let start = 0; start < days.length; start += pollsAtOnce) {
          const some = days.slice(start, start + pollsAtOnce);
          for (const state of await Promise.all(some.map(({ id, date }) => store.get(id, date)))) {
            if (state !== undefined && state.askedAt > 0) asked.set(state.accountId, state.askedAt);
          }
        }
        return asked;
      });
    },
    rates: (store: RateStore, date: string) =>
      rates.get(date, async () => {
        const published = await store.between(addDays(date, -rateMaxAgeDays), date);
        const table = { base: 'EUR', days: new Map(published.map((day) => [day.date, day.rates])) };
        const known = new Map<string, ExchangeRate | undefined>();
        return (from: string, to: string) => {
          const pair = `${from}>${to}`;
          if (!known.has(pair)) known.set(pair, rateOn(table, from, to, date));
          return known.get(pair);
        };
      }),
  };
}
