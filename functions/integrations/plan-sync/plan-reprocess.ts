import type { Lake } from '../../../adapters/lake.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EtlInput, EtlItem } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { manifest } from '../../../domain/integrations/lake-layout.ts';
import { type Grain, grainsAsked, type PlatformDescriptor } from '../../../domain/integrations/platform.ts';
import {
  manifestOf,
  newestSpansByFamily,
  newestStructure,
  type RawWindow,
  rawWindowsFrom,
  rawWindowsPrefix,
  readRawWindow,
} from '../../../domain/integrations/raw-windows.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';

export interface PlanReprocessPorts {
  readonly stores: Pick<WorkspaceStores<'workspace' | 'settings' | 'accounts' | 'runs'>, 'workspaceId' | 'accounts'>;
  readonly lake: Pick<Lake, 'list' | 'getJson'>;
  readonly descriptorOf: (platform: AccountRecord['platform']) => PlatformDescriptor;
  /** Epoch milliseconds of the run's start. */
  readonly startedAt: number;
  /** Of a progress entry that has not begun. */
  readonly waiting: Omit<ItemProgress, 'itemId' | 'accountId' | 'accountName' | 'platform'>;
}

interface Planned {
  readonly items: readonly EtlItem[];
  readonly progress: readonly ItemProgress[];
}

/**
 * One item for each stretch of days that one extraction is the newest word on. Nobody is called: accounts are those that are
 * known, answers those that are kept. An account without any is skipped by name.
 */
export async function planReprocess(ports: PlanReprocessPorts, input: EtlInput): Promise<Planned> {
  const { from } = input;
  if (from === null) throw new AppError('invalid-request', 'Reprocessing needs the first day.');
  const planned: Planned[] = [];
  for (const account of await ports.stores.accounts.all()) {
    if (input.accountIds && !input.accountIds.includes(account.id)) continue;
    planned.push(await planAccount(ports, input, account, from));
  }
  return { items: planned.flatMap((one) => one.items), progress: planned.flatMap((one) => one.progress) };
}

async function planAccount(
  ports: PlanReprocessPorts,
  input: EtlInput,
  account: AccountRecord,
  from: string,
): Promise<Planned> {
  const place = {
    workspaceId: ports.stores.workspaceId,
    platform: account.platform,
    accountPlatformId: account.platformId,
  };
  const windows: RawWindow[] = [];
  for await (const { key } of ports.lake.list(rawWindowsPrefix(place), { after: rawWindowsFrom(place, from) })) {
    const window = readRawWindow(key);
    if (window !== undefined) windows.push(window);
  }
  const today = dayInZone(ports.startedAt, account.timeZone);
  const to = input.to !== null && input.to < today ? input.to : today;
  const wanted = input.grains;
  const spans = newestSpansByFamily({ from, to }, windows).filter(
    ({ families }) => wanted === undefined || families.includes(wanted),
  );
  const base = { ...ports.waiting, accountId: account.id, accountName: account.name, platform: account.platform };
  if (spans.length === 0) {
    const error = 'No raw answers of these days are kept: load them instead.';
    return { items: [], progress: [{ ...base, itemId: account.id, stage: 'skipped', error }] };
  }
  const structure = newestStructure(windows);
  const { supports } = ports.descriptorOf(account.platform);
  const items: EtlItem[] = [];
  for (const [index, { window, raw, families }] of spans.entries()) {
    const key = manifestOf(place, raw);
    const asked = new Set(
      families
        .filter((family) => wanted === undefined || family === wanted)
        .flatMap((family) => grainsAsked(supports.grains, family)),
    );
    const last = index === spans.length - 1 && structure !== undefined;
    items.push({
      workspaceId: place.workspaceId,
      runId: input.runId,
      // Two families of the same days may have different newest answers.
      itemId: [account.id, window.from, ...(families.length === 1 ? families : [])].join('-'),
      connectionId: account.connectionId,
      platform: account.platform,
      accountId: account.id,
      accountPlatformId: account.platformId,
      accountName: account.name,
      managerPlatformId: account.managerPlatformId,
      currency: account.currency,
      timeZone: account.timeZone,
      ...window,
      grains: (await grainsIn(ports.lake, key)).filter((grain) => asked.has(grain)),
      withStructure: last,
      source: {
        manifestKey: key,
        from: raw.from,
        to: raw.to,
        structureKey: last ? manifestOf(place, structure) : null,
      },
    });
  }
  return {
    items,
    progress: items.map(({ itemId, from: first, to: end }) => ({ ...base, itemId, from: first, to: end })),
  };
}

/** Answers from before a grain was known have no report of it. */
async function grainsIn(lake: PlanReprocessPorts['lake'], key: string): Promise<Grain[]> {
  const found = await lake.getJson(key);
  if (found === undefined) return [];
  return manifest
    .parse(found)
    .reports.filter(({ report }) => report.startsWith('metrics/'))
    .map(({ report }) => report.slice('metrics/'.length) as Grain);
}
