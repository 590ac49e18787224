import type { OpenConnectionWriter } from '../../../adapters/connection-writers.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { AppError } from '../../../domain/errors.ts';
import type { PlatformWriter } from '../../../domain/integrations/platform-writer.ts';
import type { AccountWriter } from './ports.ts';

const closed = (reason: string): AccountWriter => ({
  kind: 'closed',
  problem: { field: 'accountId', reason, platformCode: null },
});

/** Accounts and the writing sides of their connections, each opened once an invocation. */
export function accountWriters(
  stores: WorkspaceStores<'workspace' | 'settings' | 'accounts'>,
  openConnection: OpenConnectionWriter,
) {
  const writers = new Map<string, Promise<PlatformWriter>>();

  async function account(id: string): Promise<AccountRecord> {
    const record = await stores.accounts.get(id);
    if (record === undefined) throw new AppError('not-found', `There is no account ${id} any more.`);
    return record;
  }

  async function writerOf(accountId: string): Promise<AccountWriter> {
    const record = await stores.accounts.get(accountId);
    if (record === undefined) return closed('the account is not in this workspace any more');
    if (record.status !== 'enabled') return closed('the account is disabled on the platform');
    const connection = await stores.workspace.connection(record.connectionId);
    if (connection === undefined) return closed('the connection of this account was removed; authorize one and resume');
    // Asked every time: pausing a connection stops what is under way.
    if (connection.paused) return closed(`the connection ${connection.name} is paused; resume it, then the change`);
    const opened = writers.get(connection.id) ?? openConnection(stores, connection);
    writers.set(connection.id, opened);
    // One that could not be opened is tried afresh.
    opened.catch(() => writers.delete(connection.id));
    const { platformId, currency, timeZone, managerPlatformId } = record;
    return {
      kind: 'open',
      writer: await opened,
      account: { platformId, currency, timeZone, ...(managerPlatformId !== null && { managerPlatformId }) },
    };
  }

  return { account, writerOf };
}
