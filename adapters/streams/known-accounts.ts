import type { CountedAccount } from '../../domain/integrations/streaming/admit-event.ts';
import type { Stores } from '../stores/stores.ts';

/** An account that a workspace got meanwhile is found after this long at the latest. */
const unknownForMillis = 10_000;
/** Currency and time zone of an account do not change on the platforms we know; what was read is read again now and then all the same. */
const knownForMillis = 15 * 60_000;
const mostWorkspaces = 2_000;

interface Known {
  readonly accounts: ReadonlyMap<string, CountedAccount>;
  readonly readAt: number;
}

/** Accounts of workspaces as a warm worker remembers them: one read a workspace and quarter of an hour. `now` in epoch milliseconds. */
export function knownAccounts(
  stores: Stores<'accounts'>,
  now: () => number,
): (workspaceId: string, accountId: string) => Promise<CountedAccount | undefined> {
  const workspaces = new Map<string, Promise<Known>>();
  const read = (workspaceId: string): Promise<Known> => {
    if (workspaces.size >= mostWorkspaces) workspaces.clear();
    const reading = stores
      .forWorkspace(workspaceId)
      .accounts.all()
      .then((all) => ({ accounts: new Map(all.map((account) => [account.id, account])), readAt: now() }));
    workspaces.set(workspaceId, reading);
    reading.catch(() => workspaces.delete(workspaceId));
    return reading;
  };
  return async (workspaceId, accountId) => {
    const reading = workspaces.get(workspaceId) ?? read(workspaceId);
    const known = await reading;
    const found = known.accounts.get(accountId);
    const age = now() - known.readAt;
    if (age <= (found === undefined ? unknownForMillis : knownForMillis)) return found;
    // Of all that wait for it one reads.
    const latest = workspaces.get(workspaceId);
    return (await (latest === undefined || latest === reading ? read(workspaceId) : latest)).accounts.get(accountId);
  };
}
