import { createHash } from 'node:crypto';
import type { Lake, ObjectVersion } from '../../../adapters/lake.ts';
import type { SecretRemoval } from '../../../adapters/secret-removal.ts';
import type { DeletionRecord } from '../../../adapters/stores/deletion-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Key } from '../../../adapters/stores/table.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import type {
  DeleteWorkspaceData,
  DeletionAnswer,
  DeletionProof,
  Inventory,
} from '../../../contracts/workspace-deletion.ts';
import { AppError } from '../../../domain/errors.ts';
import { grains } from '../../../domain/integrations/platform.ts';
import { deleteFactsStatement, lakePlaces } from '../../../domain/integrations/workspace-places.ts';
import { isEmpty, type SecretFolder, type SecretIds, takeInventory } from './inventory.ts';

/** A plan that is not confirmed within an hour is made again: its counts would be old. */
const planMs = 60 * 60_000;
/** The state machine ends every execution by then; an older run that is still open has died. */
const longestRunMs = 6 * 3_600_000;
/** With less time left the call ends, and the next one with the same token goes on. */
const reserveMs = 60_000;
const dayMs = 86_400_000;
/** Objects and items deleted with one request. */
const atOnce = 1_000;

/** What outlives the deletion unseen, and for how long at most. */
const remainders = [
  { what: 'Files of earlier snapshots of the fact tables, until maintenance expires them', days: 7 },
  { what: 'Results of warehouse statements', days: 8 },
  { what: 'Backups of the state table (point-in-time recovery)', days: 35 },
] as const;

export interface DeletionPorts {
  readonly stage: string;
  readonly stores: Stores<'workspace' | 'runs' | 'data', 'deletions'>;
  readonly lake: Pick<Lake, 'listVersions' | 'remove' | 'putJson'>;
  readonly warehouse: Pick<Warehouse, 'query' | 'execute'>;
  readonly secrets: Readonly<Record<SecretFolder, SecretRemoval>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly newToken: () => string;
}

/**
 * Deletes everything of a workspace and proves it. Planning changes nothing. Confirming deletes the workspace itself first, so that
 * nobody signs in and no schedule starts, then secrets, facts, objects and items; it counts again, and writes the proof where
 * nothing of the workspace lies. A confirmation that was cut off goes on when it is repeated; one that is done answers the
 * same proof again.
 */
export async function deleteWorkspace(ports: DeletionPorts, order: DeleteWorkspaceData): Promise<DeletionAnswer> {
  const own = ports.stores.forWorkspace(order.workspaceId);
  return order.step === 'plan' ? plan(ports, own, order) : confirm(ports, own, order);
}

const inventoryPorts = (ports: DeletionPorts, own: WorkspaceStores<'workspace' | 'runs' | 'data'>) => ({
  ...ports,
  workspaceId: own.workspaceId,
  data: own.data,
});

const idsOf = (record: DeletionRecord | undefined): SecretIds => ({
  connections: record?.connectionIds ?? [],
  'alert-webhooks': record?.webhookIds ?? [],
});
const recorded = (ids: SecretIds): Pick<DeletionRecord, 'connectionIds' | 'webhookIds'> => ({
  connectionIds: [...ids.connections],
  webhookIds: [...ids['alert-webhooks']],
});

async function plan(
  ports: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
  { by }: DeleteWorkspaceData,
): Promise<DeletionAnswer> {
  const { workspaceId } = own;
  await refuseUnderWay(ports, own);
  const earlier = await ports.stores.deletions.get(workspaceId);
  if (earlier?.startedAt != null && earlier.proof === null) {
    throw new AppError('conflict', `A deletion of ${workspaceId} is under way. Confirm it again with its token.`);
  }
  const { counts, secretIds } = await takeInventory(inventoryPorts(ports, own), idsOf(earlier));
  const workspace = await own.workspace.get();
  if (workspace === undefined && isEmpty(counts)) {
    throw new AppError('not-found', `There is no workspace ${workspaceId} and nothing of one.`);
  }
  const token = ports.newToken();
  const expiresAt = new Date(ports.now() + planMs).toISOString();
  await ports.stores.deletions.put({
    workspaceId,
    token,
    plannedBy: by,
    expiresAtInstant: expiresAt,
    startedAt: null,
    signedOffBy: null,
    before: null,
    listingSha256: null,
    ...recorded(secretIds),
    proof: null,
  });
  return { state: 'planned', workspaceId, name: workspace?.name ?? null, counts, token, expiresAt };
}

async function confirm(
  ports: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
  order: Extract<DeleteWorkspaceData, { step: 'confirm' }>,
): Promise<DeletionAnswer> {
  const { workspaceId } = own;
  const found = await ports.stores.deletions.get(workspaceId);
  if (found === undefined || found.token !== order.token) {
    throw new AppError('conflict', 'The token is of no plan for this workspace. Plan the deletion first.');
  }
  if (found.proof !== null) {
    return { state: 'deleted', workspaceId, proofKey: proofKey(found.proof), proof: found.proof };
  }
  const record = found.startedAt === null ? await begin(ports, own, found, order.by) : found;
  await deleteEverything(ports, own, record);
  const after = await takeInventory(inventoryPorts(ports, own), idsOf(record));
  if (!isEmpty(after.counts)) return { state: 'under-way', workspaceId, left: after.counts };
  const proof = prove(ports, record, after.counts);
  await ports.lake.putJson(proofKey(proof), proof);
  await ports.stores.deletions.put({ ...record, proof });
  return { state: 'deleted', workspaceId, proofKey: proofKey(proof), proof };
}

/** What there is, once more and with its digest, before the first deletion. */
async function begin(
  ports: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
  planned: DeletionRecord,
  by: string,
): Promise<DeletionRecord> {
  if (planned.expiresAtInstant < new Date(ports.now()).toISOString()) {
    throw new AppError('conflict', 'The plan is older than an hour. Plan the deletion again and look at its counts.');
  }
  await refuseUnderWay(ports, own);
  const { counts, listingSha256, secretIds } = await takeInventory(inventoryPorts(ports, own), idsOf(planned));
  const record: DeletionRecord = {
    ...planned,
    startedAt: new Date(ports.now()).toISOString(),
    signedOffBy: by,
    before: counts,
    listingSha256,
    ...recorded(secretIds),
  };
  await ports.stores.deletions.put(record);
  return record;
}

/** A load under way would write what was just deleted. */
async function refuseUnderWay(
  { now }: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
): Promise<void> {
  const since = new Date(now() - longestRunMs).toISOString();
  for (const status of ['queued', 'running'] as const) {
    const open = (await own.runs.list({ status, limit: 20 })).items.find((run) => run.startedAt >= since);
    if (open !== undefined) {
      throw new AppError('conflict', `Run ${open.id} is under way. Cancel it, or wait until it has ended.`);
    }
  }
}

/** Each step goes on where an earlier call stopped: what is gone is not found again. */
async function deleteEverything(
  ports: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
  record: DeletionRecord,
): Promise<void> {
  await removeItems(ports, own, (sk) => doors.some((door) => sk.startsWith(door)));
  for (const connectionId of record.connectionIds) await ports.secrets.connections.remove(connectionId);
  for (const webhookId of record.webhookIds) await ports.secrets['alert-webhooks'].remove(webhookId);
  for (const grain of grains) {
    if (ports.remainingMs() < reserveMs) return;
    if ((record.before?.[`facts/${factTable(grain)}`] ?? 0) > 0) {
      await ports.warehouse.execute(deleteFactsStatement(grain, own.workspaceId));
    }
  }
  for (const prefix of Object.values(lakePlaces).flatMap((prefixesOf) => prefixesOf(own.workspaceId))) {
    await inChunks(ports, ports.lake.listVersions(prefix), (some: ObjectVersion[]) => ports.lake.remove(some));
  }
  await removeItems(ports, own, () => true);
  await inChunks(ports, own.data.counterKeys(), (some: Key[]) => own.data.remove(some));
}

/** Who may enter and what starts loads. */
const doors = ['WORKSPACE', 'MEMBER#', 'CLIENT#', 'CONNECTION#'];

async function removeItems(
  ports: DeletionPorts,
  own: WorkspaceStores<'workspace' | 'runs' | 'data'>,
  which: (sk: string) => boolean,
): Promise<void> {
  async function* matching(): AsyncGenerator<Key> {
    for await (const key of own.data.keys()) if (which(key.sk)) yield key;
  }
  await inChunks(ports, matching(), (some: Key[]) => own.data.remove(some));
}

async function inChunks<T>(
  { remainingMs }: DeletionPorts,
  source: AsyncIterable<T>,
  remove: (some: T[]) => Promise<void>,
): Promise<void> {
  let some: T[] = [];
  for await (const one of source) {
    if (some.push(one) < atOnce) continue;
    if (remainingMs() < reserveMs) return;
    await remove(some);
    some = [];
  }
  if (some.length > 0 && remainingMs() >= reserveMs) await remove(some);
}

function prove({ stage, now }: DeletionPorts, record: DeletionRecord, after: Inventory): DeletionProof {
  const finished = now();
  const body = {
    stage,
    workspaceId: record.workspaceId,
    plannedBy: record.plannedBy,
    signedOffBy: record.signedOffBy ?? '',
    startedAt: record.startedAt ?? '',
    finishedAt: new Date(finished).toISOString(),
    before: record.before ?? {},
    after: { ...Object.fromEntries(Object.keys(record.before ?? {}).map((kind) => [kind, 0])), ...after },
    listingSha256: record.listingSha256 ?? '',
    remains: remainders.map(({ what, days }) => ({ what, until: new Date(finished + days * dayMs).toISOString() })),
  };
  return { ...body, sha256: createHash('sha256').update(JSON.stringify(body)).digest('hex') };
}

const proofKey = ({ workspaceId, finishedAt }: DeletionProof): string =>
  `proofs/deleted-workspaces/${workspaceId}/${finishedAt.replaceAll(/[:.]/g, '-')}.json`;
