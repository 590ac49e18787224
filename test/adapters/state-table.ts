import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { createAccountOwners, createAccountStore } from '../../adapters/stores/account-store.ts';
import { createAlertRuleStore } from '../../adapters/stores/alert-rule-store.ts';
import { createAlertStore, createDueAlertStore } from '../../adapters/stores/alert-store.ts';
import { createAssetStore } from '../../adapters/stores/asset-store.ts';
import { createAuditStore } from '../../adapters/stores/audit-store.ts';
import { createAuthorizationStore } from '../../adapters/stores/authorization-store.ts';
import { createBrandKitStore, createBriefStore } from '../../adapters/stores/brief-store.ts';
import { createCallStore } from '../../adapters/stores/call-store.ts';
import { createChangeStore } from '../../adapters/stores/change-store.ts';
import { createClosedWindowStore } from '../../adapters/stores/closed-window-store.ts';
import { createCreativeStore } from '../../adapters/stores/creative-store.ts';
import { createDeletionStore } from '../../adapters/stores/deletion-store.ts';
import { createGenerationRunStore } from '../../adapters/stores/generation-run-store.ts';
import { createGuardrailStore } from '../../adapters/stores/guardrail-store.ts';
import { createIdentityStore } from '../../adapters/stores/identity-store.ts';
import { createImportStore } from '../../adapters/stores/import-store.ts';
import { createLiveStore } from '../../adapters/stores/live-store.ts';
import { createOperationsStore } from '../../adapters/stores/operations-store.ts';
import { createDueStore, createOutboxStore } from '../../adapters/stores/outbox-store.ts';
import { createPixelOwners, createPixelStore } from '../../adapters/stores/pixel-store.ts';
import { createPollStore } from '../../adapters/stores/poll-store.ts';
import { createQualityStore } from '../../adapters/stores/quality-store.ts';
import { createQuotaStore } from '../../adapters/stores/quota-store.ts';
import { createRateStore } from '../../adapters/stores/rate-store.ts';
import { createReviewStore } from '../../adapters/stores/review-store.ts';
import { createRollupStore } from '../../adapters/stores/rollup-store.ts';
import { createRunStore } from '../../adapters/stores/run-store.ts';
import { createSettingsStore } from '../../adapters/stores/settings-store.ts';
import { createStores, type SharedKind, type Stores, type TenantKind } from '../../adapters/stores/stores.ts';
import { structureStores } from '../../adapters/stores/structure-store.ts';
import { Table } from '../../adapters/stores/table.ts';
import { createWorkspaceData } from '../../adapters/stores/workspace-data.ts';
import { createWorkspaceStore } from '../../adapters/stores/workspace-store.ts';

/** Stores of every kind. */
export type AllStores = Stores<TenantKind, SharedKind>;

export interface StateTable {
  readonly stores: AllStores;
  readonly table: Table;
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const allStores = (table: Table): AllStores =>
  createStores(
    table,
    {
      workspace: createWorkspaceStore,
      authorizations: createAuthorizationStore,
      settings: createSettingsStore,
      guardrails: createGuardrailStore,
      audit: createAuditStore,
      changes: createChangeStore,
      outbox: createOutboxStore,
      accounts: createAccountStore,
      ...structureStores,
      runs: createRunStore,
      rollups: createRollupStore,
      quality: createQualityStore,
      calls: createCallStore,
      imports: createImportStore,
      live: createLiveStore,
      quotas: createQuotaStore,
      pixels: createPixelStore,
      polls: createPollStore,
      closedWindows: createClosedWindowStore,
      alertRules: createAlertRuleStore,
      alerts: createAlertStore,
      briefs: createBriefStore,
      brandKits: createBrandKitStore,
      generationRuns: createGenerationRunStore,
      creatives: createCreativeStore,
      reviews: createReviewStore,
      assets: createAssetStore,
      data: createWorkspaceData,
    },
    {
      identity: createIdentityStore,
      rates: createRateStore,
      operations: createOperationsStore,
      deletions: createDeletionStore,
      due: createDueStore,
      pixelOwners: createPixelOwners,
      accountOwners: createAccountOwners,
      dueAlerts: createDueAlertStore,
    },
  );

/** A DynamoDB of its own, in memory, with the state table's keys. */
export async function startStateTable(): Promise<StateTable> {
  const binary = join(dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  const port = await freePort();
  const child: ChildProcess = spawn(binary, ['serve', '--port', String(port), '--host', '127.0.0.1'], {
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(new ListTablesCommand({}));
      break;
    } catch (error) {
      if (attempt === 200) throw error;
      await wait(25);
    }
  }
  const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: 'state',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(string),
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'gsi1', KeySchema: keys('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  const table = new Table('state', client);
  return {
    stores: allStores(table),
    table,
    client,
    async close() {
      client.destroy();
      child.kill('SIGKILL');
      await exited;
    },
  };
}
