import { createHash } from 'node:crypto';
import type { Lake } from '../../../adapters/lake.ts';
import type { SecretRemoval } from '../../../adapters/secret-removal.ts';
import type { WorkspaceData } from '../../../adapters/stores/workspace-data.ts';
import type { Warehouse } from '../../../adapters/warehouse.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import type { Inventory } from '../../../contracts/workspace-deletion.ts';
import { type Grain, grains } from '../../../domain/integrations/platform.ts';
import { countFactsStatement, lakePlaces } from '../../../domain/integrations/workspace-places.ts';

/** Secrets of a workspace by their folder, and the kind of item that names each. */
const secretFolders = { connections: 'CONNECTION', 'alert-webhooks': 'ALERT-WEBHOOK' } as const;
export type SecretFolder = keyof typeof secretFolders;
export type SecretIds = Readonly<Record<SecretFolder, readonly string[]>>;

export interface InventoryPorts {
  readonly workspaceId: string;
  readonly lake: Pick<Lake, 'listVersions'>;
  readonly warehouse: Pick<Warehouse, 'query'>;
  readonly data: Pick<WorkspaceData, 'keys' | 'counterKeys'>;
  readonly secrets: Readonly<Record<SecretFolder, SecretRemoval>>;
}

export interface Counted {
  readonly counts: Inventory;
  readonly listingSha256: string;
  /** As the workspace's items name them. */
  readonly secretIds: SecretIds;
}

/** Everything there is of a workspace, counted by kind and listed into one digest. `known` are secrets found earlier. */
export async function takeInventory(ports: InventoryPorts, known: SecretIds): Promise<Counted> {
  const counts: Record<string, number> = {};
  const listing = createHash('sha256');
  const count = (kind: string, line: string, by = 1): void => {
    counts[kind] = (counts[kind] ?? 0) + by;
    listing.update(`${kind} ${line}\n`);
  };
  for (const grain of grains) {
    const rows = await countFacts(ports, grain);
    count(`facts/${factTable(grain)}`, String(rows), rows);
  }
  for (const [kind, prefixesOf] of Object.entries(lakePlaces)) {
    counts[`lake/${kind}`] = 0;
    for (const prefix of prefixesOf(ports.workspaceId)) {
      for await (const { key, version, bytes } of ports.lake.listVersions(prefix)) {
        count(`lake/${kind}`, `${key} ${version} ${bytes}`);
      }
    }
  }
  const found = { connections: new Set(known.connections), 'alert-webhooks': new Set(known['alert-webhooks']) };
  const folders = Object.keys(secretFolders) as readonly SecretFolder[];
  for await (const { sk } of ports.data.keys()) {
    const [kind = '', id = ''] = sk.split('#');
    count(`state/${kind}`, sk);
    const folder = folders.find((name) => secretFolders[name] === kind);
    if (folder !== undefined) found[folder].add(id);
  }
  for await (const { pk, sk } of ports.data.counterKeys()) {
    // `WS#wsp_…#MINUTES#…`
    count(`state/${pk.split('#')[2] ?? ''}`, `${pk} ${sk}`);
  }
  for (const folder of folders) {
    counts[`secrets/${folder}`] = 0;
    for (const id of [...found[folder]].sort()) {
      if (await ports.secrets[folder].exists(id)) count(`secrets/${folder}`, ports.secrets[folder].nameOf(id));
    }
  }
  return {
    counts,
    listingSha256: listing.digest('hex'),
    secretIds: { connections: [...found.connections].sort(), 'alert-webhooks': [...found['alert-webhooks']].sort() },
  };
}

async function countFacts({ warehouse, workspaceId }: InventoryPorts, grain: Grain): Promise<number> {
  for await (const row of warehouse.query(countFactsStatement(grain, workspaceId))) return Number(row.n ?? 0);
  return 0;
}

export const isEmpty = (counts: Inventory): boolean => Object.values(counts).every((count) => count === 0);
