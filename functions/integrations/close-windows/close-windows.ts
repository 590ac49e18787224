import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EventDetail } from '../../../contracts/events.ts';
import { latenessMillis, settledMillis } from '../../../contracts/streams/windows.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { zoneWithoutAccount } from '../../../domain/integrations/streaming/admit-event.ts';
import type { HourCounters } from '../../../domain/integrations/streaming/counters.ts';
import { type EndedHour, hourEndedAt, quarterMillis } from '../../../domain/integrations/streaming/ended-hour.ts';

type WindowClosed = EventDetail<'metrics.window.closed'>;

export interface ClosePorts {
  readonly own: WorkspaceStores<'accounts' | 'live' | 'closedWindows'>;
  readonly tell: (detail: WindowClosed) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
}

/** A workspace that was never looked at is told of its last hour; what lies before was nobody's to hear. */
const firstMillis = 3_600_000;
/** After an outage a run catches up by so much; the next one goes on. */
const mostQuarters = 96;

/**
 * Tells which hours of a workspace's clocks are over, settled and not empty, and answers how many. How far it came is kept after they are
 * told: whoever dies in between tells the last ones again, under the same ids.
 */
export async function closeWindows({ own, tell, now, remainingMs }: ClosePorts): Promise<number> {
  const settled = Math.floor((now() - settledMillis) / quarterMillis) * quarterMillis;
  let kept = await own.closedWindows.through();
  const from = kept ?? settled - firstMillis;
  const until = Math.min(settled, from + mostQuarters * quarterMillis);
  if (until <= from) return 0;

  const zones = accountsByZone(await own.accounts.all());
  const days = new Map<string, Promise<readonly HourCounters[]>>();
  const hoursOf = (date: string): Promise<readonly HourCounters[]> => {
    const found = days.get(date) ?? own.live.hours([date]);
    days.set(date, found);
    return found;
  };
  let told = 0;
  let through = from;
  for (let quarter = from + quarterMillis; quarter <= until && remainingMs() > 0; quarter += quarterMillis) {
    const before = told;
    for (const [timeZone, accounts] of zones) {
      const hour = hourEndedAt(quarter, timeZone);
      if (hour === undefined) continue;
      const detail = closedWindow(own.workspaceId, timeZone, hour, accounts, await hoursOf(hour.date));
      if (detail === undefined) continue;
      await tell(detail);
      told += 1;
    }
    through = quarter;
    if (told === before) continue;
    // Another worker was first: it goes on.
    if (!(await own.closedWindows.advance(kept, through))) return told;
    kept = through;
  }
  if (kept !== through) await own.closedWindows.advance(kept, through);
  return told;
}

/** Events that name no account count by a clock of their own. */
function accountsByZone(accounts: readonly AccountRecord[]): Map<string, Map<string, AccountRecord>> {
  const zones = new Map<string, Map<string, AccountRecord>>([[zoneWithoutAccount, new Map()]]);
  for (const account of accounts) {
    const zone = zones.get(account.timeZone) ?? new Map<string, AccountRecord>();
    zones.set(account.timeZone, zone.set(account.id, account));
  }
  return zones;
}

/** Undefined where nothing was counted. */
function closedWindow(
  workspaceId: string,
  timeZone: string,
  { date, hour, from, to }: EndedHour,
  accounts: ReadonlyMap<string, AccountRecord>,
  hours: readonly HourCounters[],
): WindowClosed | undefined {
  const active = new Map<string, AccountRecord>();
  let withoutAccount = false;
  for (const counted of hours) {
    if (counted.date !== date || counted.hour !== hour || counted.counters.events <= 0) continue;
    const account = counted.accountId === null ? undefined : accounts.get(counted.accountId);
    if (account !== undefined) active.set(account.id, account);
    else if (counted.accountId === null && timeZone === zoneWithoutAccount) withoutAccount = true;
  }
  if (active.size === 0 && !withoutAccount) return undefined;
  const iso = (at: number): string => new Date(at).toISOString();
  return {
    id: derivedId('win', [workspaceId, 'hour', timeZone, date, String(hour)]),
    workspaceId,
    grain: 'hour',
    timeZone,
    date,
    hour,
    from: iso(from),
    to: iso(to),
    changesUntil: iso(to + latenessMillis),
    accounts: [...active.values()]
      .map(({ id, platform }) => ({ accountId: id, platform }))
      .sort((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    withoutAccount,
  };
}
