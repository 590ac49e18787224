/**
 * One worker of the load in a process of its own: extract, transform and load of one item, as the three functions do them, over
 * services that run elsewhere. What the process holds at its peak is what a worker needs.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Config } from '../adapters/config.ts';
import { createLake } from '../adapters/lake.ts';
import { createRunStore } from '../adapters/stores/run-store.ts';
import { createStores } from '../adapters/stores/stores.ts';
import { structureStores } from '../adapters/stores/structure-store.ts';
import { Table } from '../adapters/stores/table.ts';
import { createWarehouse } from '../adapters/warehouse.ts';
import type { EtlItem } from '../contracts/etl.ts';
import { factTable } from '../contracts/warehouse.ts';
import type { PlatformReader } from '../domain/integrations/platform.ts';
import { extractReport } from '../functions/integrations/extract-report/extract-report.ts';
import { loadFacts } from '../functions/integrations/load-facts/load-facts.ts';
import { transformReport } from '../functions/integrations/transform-report/transform-report.ts';
import { descriptors, mappings } from '../platforms/registry.ts';
import { adPages, benchGrain } from './etl-pages.ts';
import { spentMs } from './processor-time.ts';

export interface WorkerOrder {
  readonly config: Config<'lake' | 'warehouse' | 'aws' | 'credentials'>;
  readonly state: { readonly endpoint: string; readonly table: string };
  readonly item: EtlItem;
  readonly rows: number;
}

export interface WorkerFigures {
  readonly extractMs: number;
  readonly transformMs: number;
  readonly loadMs: number;
  /** Processor time of the three. */
  readonly cpuMs: number;
  readonly rowsLoaded: number;
  readonly peakMb: number;
}

async function work({ config, state, item, rows }: WorkerOrder): Promise<WorkerFigures> {
  const client = new DynamoDBClient({
    endpoint: state.endpoint,
    region: config.aws.region,
    credentials: { accessKeyId: config.credentials.accessKeyId, secretAccessKey: config.credentials.secretAccessKey },
  });
  const stores = createStores(new Table(state.table, client), {
    runs: createRunStore,
    ...structureStores,
  }).forWorkspace(item.workspaceId);
  const [lake, warehouse] = [createLake(config), createWarehouse(config)];
  const mapping = mappings[item.platform];
  const descriptor = descriptors[item.platform];
  const now = Date.now;
  const reader: PlatformReader = {
    listAccounts: async () => [],
    async *report() {
      yield* adPages(rows);
    },
  };
  const timed = async <T>(step: () => Promise<T>): Promise<[number, T]> => {
    const began = performance.now();
    const result = await step();
    return [performance.now() - began, result];
  };
  // The script's database is open before its clock starts; so are the stores here, and what Node loads at the first request.
  await Promise.all([
    stores.runs.get(item.runId),
    lake.getJson('bench/none.json'),
    warehouse.columns(factTable(benchGrain)),
  ]);
  const began = process.cpuUsage();
  const [extractMs] = await timed(() =>
    extractReport(
      {
        runs: stores.runs,
        lake,
        openReader: async () => reader,
        descriptorOf: () => descriptor,
        mappingOf: () => mapping,
        permits: { before: async () => undefined, used: async () => undefined },
        now,
        wait: async () => undefined,
        remainingMs: () => 600_000,
      },
      item,
    ),
  );
  const [transformMs, { loads }] = await timed(() => transformReport({ stores, lake, mapping, descriptor, now }, item));
  const [loadMs, { rowsLoaded }] = await timed(() => loadFacts({ runs: stores.runs, warehouse, now }, { item, loads }));
  const cpuMs = spentMs(began);
  client.destroy();
  return { extractMs, transformMs, loadMs, cpuMs, rowsLoaded, peakMb: process.resourceUsage().maxRSS / 1024 };
}

process.once('message', async (order) => {
  process.send?.(await work(order as WorkerOrder));
  process.disconnect();
});
