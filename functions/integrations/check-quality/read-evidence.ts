import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import { structureStoreOf } from '../../../adapters/stores/structure-store.ts';
import { quarantinedRow } from '../../../contracts/schemas/pipelines.ts';
import { decodeRollup, type Rollup } from '../../../domain/analysis/rollup.ts';
import { addDays, dayInZone, monthsIn } from '../../../domain/integrations/calendar-day.ts';
import { importedConnection } from '../../../domain/integrations/imports/downloaded-report.ts';
import { quarantineKey } from '../../../domain/integrations/lake-layout.ts';
import type { DateWindow, Grain } from '../../../domain/integrations/platform.ts';
import { digestGrain, type GrainDigest } from '../../../domain/integrations/quality/digest.ts';
import type { AccountEvidence, RefusedRow } from '../../../domain/integrations/quality/evidence.ts';
import { historyWeeks, referencedLevels, rowTests } from '../../../domain/integrations/quality/run-checks.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';
import type { CheckQualityPorts } from './check-quality.ts';

/** Days that are judged whatever the run loaded: an hourly run does not make the month before it unknown. */
const usualDays = 30;
/** A longer back-fill is judged by its last days. */
const mostDays = 400;
/** Objects of a level that are looked up, those with the most spend first; the rest is taken as known. */
const mostObjects = 10_000;
const stagesOfFailure: ReadonlySet<string> = new Set(['failed', 'cancelled']);

/** Reads what is known of one account, a grain at a time: of each only the digest stays. */
export async function readEvidence(
  ports: CheckQualityPorts,
  {
    runId,
    account,
    items,
    imported,
    ofImport,
  }: {
    readonly runId: string;
    readonly account: AccountRecord;
    readonly items: readonly ItemProgress[];
    /** Days that imported reports of the account brought. */
    readonly imported: readonly DateWindow[];
    /** Whether an import is judged and no load of the API. */
    readonly ofImport: boolean;
  },
): Promise<AccountEvidence> {
  const descriptor = ports.descriptorOf(account.platform);
  const window = judgedDays(account, items, imported, ports.now());
  const grains = new Map<Grain, GrainDigest>();
  for (const grain of descriptor.supports.grains) {
    const rollups = await readRollups(ports, account.id, grain, window);
    if (rollups) grains.set(grain, digestGrain(grain, rollups, window, rowTests));
  }
  const before = { from: addDays(window.to, -7 * historyWeeks), to: window.to };
  const earlier = await readRollups(ports, account.id, 'account', before);
  const { refused, refusedBeyond } = await readRefused(ports, runId, items, ofImport);
  // Names come with the API alone: until then every object would be unknown.
  const known =
    account.connectionId === importedConnection
      ? { ids: {}, campaignTypes: new Map<string, string>() }
      : await knownObjects(ports, grains);
  return {
    window,
    currency: account.currency,
    imported,
    failure: failureOf(account, items),
    rowsExtracted: items.reduce((sum, item) => sum + item.rowsExtracted, 0),
    refused,
    refusedBeyond,
    grains,
    history: earlier && digestGrain('account', earlier, before, []),
    known: known.ids,
    campaignTypes: known.campaignTypes,
    gaps: descriptor.spendGaps ?? [],
  };
}

function judgedDays(
  { timeZone, connectionId }: AccountRecord,
  items: readonly ItemProgress[],
  imported: readonly DateWindow[],
  now: number,
): DateWindow {
  const yesterday = addDays(dayInZone(now, timeZone), -1);
  // What only imports know is expected up to the last day that somebody imported.
  const last = [...imported, ...items].flatMap(({ to }) => to ?? []).reduce((a, b) => (a > b ? a : b), '');
  const to = connectionId === importedConnection && last !== '' && last < yesterday ? last : yesterday;
  const first = items.flatMap(({ from }) => from ?? []).reduce((a, b) => (a < b ? a : b), addDays(to, -usualDays + 1));
  const limit = addDays(to, -mostDays + 1);
  return { from: first < limit ? limit : first, to };
}

function failureOf(account: AccountRecord, items: readonly ItemProgress[]): string | undefined {
  if (items.length === 0) return account.lastError ?? 'The run did not come to this account.';
  const failed = items.find(({ stage }) => stagesOfFailure.has(stage));
  return failed && (failed.error ?? 'The account was not loaded.');
}

/** The published rollups of a grain, `undefined` when none was ever published. */
async function readRollups(
  { stores, lake }: CheckQualityPorts,
  accountId: string,
  grain: Grain,
  window: DateWindow,
): Promise<Rollup[] | undefined> {
  const rollups: Rollup[] = [];
  for (const month of monthsIn(window.from, window.to)) {
    const pointer = await stores.rollups.get(accountId, grain, month);
    const bytes = pointer && (await lake.getPacked(pointer.key));
    if (bytes) rollups.push(decodeRollup(bytes));
  }
  return rollups.length === 0 ? undefined : rollups;
}

async function readRefused(
  { stores, lake }: CheckQualityPorts,
  runId: string,
  items: readonly ItemProgress[],
  ofImport: boolean,
): Promise<Pick<AccountEvidence, 'refused' | 'refusedBeyond'>> {
  const refused: RefusedRow[] = [];
  let counted = 0;
  for (const { itemId, rowsQuarantined } of items) {
    if (rowsQuarantined === 0) continue;
    counted += rowsQuarantined;
    // Of a file they are not kept: whoever imports it sees them in the preview.
    if (ofImport) continue;
    for await (const line of lake.readLines(quarantineKey({ workspaceId: stores.workspaceId, runId, itemId }))) {
      const { report, field, reason, refusal } = quarantinedRow.parse(line);
      // Rows of earlier releases do not say; nearly all of them could not be read.
      refused.push({ report, field, reason, refusal: refusal ?? 'schema' });
    }
  }
  return { refused, refusedBeyond: Math.max(0, counted - refused.length) };
}

async function knownObjects(
  { stores }: CheckQualityPorts,
  grains: ReadonlyMap<Grain, GrainDigest>,
): Promise<{ ids: AccountEvidence['known']; campaignTypes: ReadonlyMap<string, string> }> {
  const ids: { -readonly [level in keyof AccountEvidence['known']]: ReadonlySet<string> } = {};
  const campaignTypes = new Map<string, string>();
  for (const { level, grain } of referencedLevels) {
    const objects = grains.get(grain)?.objects[level];
    if (!objects) continue;
    const ordered = [...objects].sort(([, a], [, b]) => b - a).map(([id]) => id);
    const found = await structureStoreOf(stores, level).getMany(ordered.slice(0, mostObjects));
    ids[level] = new Set([...found.keys(), ...ordered.slice(mostObjects)]);
    if (level === 'campaign') for (const [id, { type }] of found) campaignTypes.set(id, type);
  }
  return { ids, campaignTypes };
}
