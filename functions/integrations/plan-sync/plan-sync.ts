import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import type { EtlInput, EtlItem, EtlPlan } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { errorMessage } from '../../../domain/integrations/failure-message.ts';
import { accountIdOf } from '../../../domain/integrations/ids.ts';
import { importedConnection } from '../../../domain/integrations/imports/downloaded-report.ts';
import { planKey } from '../../../domain/integrations/lake-layout.ts';
import { lookBackDaysOf, planWindows } from '../../../domain/integrations/plan-windows.ts';
import {
  type DiscoveredAccount,
  grainsAsked,
  type PlatformDescriptor,
  type PlatformReader,
} from '../../../domain/integrations/platform.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';
import { planReprocess } from './plan-reprocess.ts';
import { itemsLeft, keptPlan } from './plan-resumed.ts';

export interface PlanSyncPorts {
  readonly stores: WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'runs'>;
  readonly lake: Pick<Lake, 'bucket' | 'putJson' | 'getJson' | 'list'>;
  readonly openReader: (connection: ConnectionRecord) => Promise<PlatformReader>;
  readonly descriptorOf: (platform: ConnectionRecord['platform']) => PlatformDescriptor;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly telemetry: Telemetry;
  readonly signal?: AbortSignal;
}

interface Planning extends PlanSyncPorts {
  /** Epoch milliseconds of the run's start: a repeat after midnight plans the same days. */
  readonly startedAt: number;
}

interface Planned {
  readonly items: readonly EtlItem[];
  readonly progress: readonly ItemProgress[];
}

/**
 * Writes one item an account and window: of the accounts that the platforms list, or of the raw answers that are kept when the
 * run makes facts again. A connection that fails is written down and the others go on. Repeating it gives the same items; a
 * resumed run goes on with those that are left of its plan.
 */
export async function planSync(ports: PlanSyncPorts, input: EtlInput): Promise<EtlPlan> {
  const { stores, lake } = ports;
  const begun = await stores.runs.transition(input.runId, ['queued', 'running'], { status: 'running' });
  const run = await stores.runs.get(input.runId);
  if (!begun || !run) throw new AppError('conflict', 'This run does not exist or is over.', { retryable: false });
  const planning: Planning = { ...ports, startedAt: Date.parse(run.startedAt) };

  const resumed = (input.attempt ?? 1) > 1;
  const kept = resumed ? await keptPlan(ports, input) : undefined;
  const items = kept ?? (await planAfresh(planning, input));
  const left = resumed ? await itemsLeft(ports, input, items) : items;
  const itemsKey = planKey(stores.workspaceId, input.runId, input.attempt ?? 1);
  if (resumed) await lake.putJson(itemsKey, left);
  return {
    workspaceId: stores.workspaceId,
    runId: input.runId,
    bucket: lake.bucket,
    itemsKey,
    itemCount: left.length,
  };
}

/** Plans the run, keeps the plan and writes its items' progress. */
async function planAfresh(ports: Planning, input: EtlInput): Promise<EtlItem[]> {
  const { stores, lake } = ports;
  const planned =
    input.mode === 'reprocess'
      ? [await planReprocess({ ...ports, waiting: waiting(ports) }, input)]
      : await planFromPlatforms(ports, input);
  const items = inTurn(planned.map((one) => one.items));
  await lake.putJson(planKey(stores.workspaceId, input.runId), items);
  await stores.runs.planItems(
    input.runId,
    planned.flatMap((one) => one.progress),
  );
  return items;
}

/** Each connection's items spread evenly over the run: while one platform makes us wait for its permits, others are asked. */
function inTurn(lists: readonly (readonly EtlItem[])[]): EtlItem[] {
  return lists
    .flatMap((items) => items.map((item, index) => ({ item, at: (index + 0.5) / items.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function planFromPlatforms(ports: Planning, input: EtlInput): Promise<Planned[]> {
  const { stores } = ports;
  const planned: Planned[] = [];
  const connections = await stores.workspace.connections();
  const silent = new Set<string>();
  /** Accounts by the connection that lists them: two managers may reach one account, and it is loaded once. */
  const listed = new Set<string>();
  for (const connection of await touchedBy(stores, input, connections)) {
    if (connection.paused) continue;
    try {
      planned.push(await planConnection(ports, input, connection, listed));
    } catch (error) {
      silent.add(connection.id);
      ports.telemetry.error('a connection failed', error, { connectionId: connection.id });
      planned.push(await failedConnection(ports, connection, errorMessage(error)));
    }
  }
  planned.push(await planUnlisted(ports, input, { connections, silent, listed }));
  return planned;
}

/** Connections that a run for some accounts does not touch are left alone. */
async function touchedBy(
  stores: WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'runs'>,
  input: EtlInput,
  connections: readonly ConnectionRecord[],
): Promise<readonly ConnectionRecord[]> {
  if (!input.accountIds) return connections;
  const wanted = new Set(input.accountIds);
  const accounts = await stores.accounts.all();
  const touched = new Set(accounts.filter((account) => wanted.has(account.id)).map((account) => account.connectionId));
  return connections.filter((connection) => touched.has(connection.id));
}

async function planConnection(
  ports: Planning,
  input: EtlInput,
  connection: ConnectionRecord,
  listed: Set<string>,
): Promise<Planned> {
  const reader = await ports.openReader(connection);
  const discovered = await reader.listAccounts(ports.signal ? { signal: ports.signal } : {});
  await ports.stores.workspace.recordContact(connection.id, {
    at: new Date(ports.now()).toISOString(),
    accountsReached: discovered.length,
  });
  const { limits } = ports.descriptorOf(connection.platform);
  const planned: Planned[] = [];
  for (const found of discovered) {
    const id = accountIdOf(ports.stores.workspaceId, connection.platform, found.platformId);
    if (listed.has(id)) continue;
    listed.add(id);
    const account = await withKnownTypes(ports, id, found);
    await ports.stores.accounts.upsert({
      id,
      platform: connection.platform,
      platformId: account.platformId,
      name: account.name,
      currency: account.currency,
      timeZone: account.timeZone,
      status: account.status,
      connectionId: connection.id,
      managerPlatformId: account.managerPlatformId ?? null,
      lookBackDays: account.lookBackDays ?? lookBackDaysOf(limits, account.conversionTypes),
      conversionTypes: account.conversionTypes?.map((type) => ({ ...type })) ?? null,
    });
    if (input.accountIds && !input.accountIds.includes(id)) continue;
    planned.push(planAccount(ports, input, connection, id, account));
  }
  return { items: planned.flatMap((one) => one.items), progress: planned.flatMap((one) => one.progress) };
}

/** An account that does not tell its conversion types this time still counts what it told before. */
async function withKnownTypes(ports: Planning, id: string, account: DiscoveredAccount): Promise<DiscoveredAccount> {
  if (account.conversionTypes !== undefined) return account;
  const known = (await ports.stores.accounts.get(id))?.conversionTypes;
  return known ? { ...account, conversionTypes: known } : account;
}

function planAccount(
  ports: Planning,
  input: EtlInput,
  connection: ConnectionRecord,
  accountId: string,
  account: DiscoveredAccount,
): Planned {
  const descriptor = ports.descriptorOf(connection.platform);
  const base = {
    ...waiting(ports),
    accountId,
    accountName: account.name,
    platform: connection.platform,
  };
  const only = (stage: 'skipped' | 'failed', error: string): Planned => ({
    items: [],
    progress: [{ ...base, itemId: accountId, stage, error }],
  });
  if (account.status === 'disabled') return only('skipped', `The account is disabled on ${descriptor.name}.`);

  let windows: ReturnType<typeof planWindows>;
  const limits = {
    ...descriptor.limits,
    lookBackDays: account.lookBackDays ?? lookBackDaysOf(descriptor.limits, account.conversionTypes),
  };
  try {
    windows = planWindows({ ...input, now: ports.startedAt, timeZone: account.timeZone, limits });
  } catch {
    return only('failed', `${descriptor.name} gives the account a time zone nobody knows: ${account.timeZone}.`);
  }
  if (windows.length === 0) return only('skipped', 'The days asked for lie in the future of this account.');
  const grains = grainsAsked(descriptor.supports.grains, input.grains);
  if (grains.length === 0) return only('skipped', `${descriptor.name} reports none of these grains.`);
  const items = windows.map(
    (window, index): EtlItem => ({
      workspaceId: ports.stores.workspaceId,
      runId: input.runId,
      itemId: `${accountId}-${window.from}`,
      connectionId: connection.id,
      platform: connection.platform,
      accountId,
      accountPlatformId: account.platformId,
      accountName: account.name,
      managerPlatformId: account.managerPlatformId ?? null,
      currency: account.currency,
      timeZone: account.timeZone,
      from: window.from,
      to: window.to,
      grains,
      withStructure: index === windows.length - 1 && input.grains !== 'segments',
    }),
  );
  return { items, progress: items.map(({ itemId, from, to }) => ({ ...base, itemId, from, to })) };
}

/**
 * Accounts that were known and are listed by nobody any more: removed from the manager, or their connection is gone. They
 * are asked for no longer and the run says so; one that is listed again is enabled by that.
 */
async function planUnlisted(
  ports: PlanSyncPorts,
  input: EtlInput,
  seen: {
    readonly connections: readonly ConnectionRecord[];
    readonly silent: ReadonlySet<string>;
    readonly listed: ReadonlySet<string>;
  },
): Promise<Planned> {
  const connections = new Map(seen.connections.map((connection) => [connection.id, connection]));
  const progress: ItemProgress[] = [];
  for (const account of await ports.stores.accounts.all()) {
    if (input.accountIds && !input.accountIds.includes(account.id)) continue;
    if (account.connectionId === importedConnection) continue;
    if (seen.listed.has(account.id) || seen.silent.has(account.connectionId)) continue;
    const connection = connections.get(account.connectionId);
    if (!connection?.paused) {
      const { lastLoadedAt: _, lastError: __, throughDate: ___, ...known } = account;
      await ports.stores.accounts.upsert({ ...known, status: 'disabled' });
    }
    progress.push({
      ...waiting(ports),
      itemId: account.id,
      accountId: account.id,
      accountName: account.name,
      platform: account.platform,
      stage: 'skipped',
      error: whyUnlisted(connection),
    });
  }
  return { items: [], progress };
}

function whyUnlisted(connection: ConnectionRecord | undefined): string {
  if (connection === undefined) return 'The connection of this account was removed.';
  return connection.paused
    ? `The connection ${connection.name} is paused.`
    : `The connection ${connection.name} no longer reaches this account.`;
}

async function failedConnection(ports: PlanSyncPorts, connection: ConnectionRecord, message: string): Promise<Planned> {
  await ports.stores.workspace.recordContact(connection.id, {
    at: new Date(ports.now()).toISOString(),
    failure: message,
  });
  for (const account of await ports.stores.accounts.all()) {
    if (account.connectionId === connection.id) await ports.stores.accounts.recordError(account.id, message);
  }
  return {
    items: [],
    progress: [
      {
        ...waiting(ports),
        itemId: `connection-${connection.id}`,
        accountId: null,
        accountName: connection.name,
        platform: connection.platform,
        stage: 'failed',
        error: message,
      },
    ],
  };
}

const waiting = (ports: PlanSyncPorts) => ({
  stage: 'waiting' as const,
  from: null,
  to: null,
  rowsExtracted: 0,
  rowsLoaded: 0,
  rowsQuarantined: 0,
  error: null,
  updatedAt: new Date(ports.now()).toISOString(),
});
