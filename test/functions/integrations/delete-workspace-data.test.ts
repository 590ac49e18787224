import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLake, type Lake } from '../../../adapters/lake.ts';
import { createSecretRemoval } from '../../../adapters/secret-removal.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { createWarehouse, type Warehouse } from '../../../adapters/warehouse.ts';
import { factColumns, factTable, stagingPrefix } from '../../../contracts/warehouse.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import {
  manifestKey,
  planKey,
  qualityKey,
  quarantineKey,
  rollupKey,
} from '../../../domain/integrations/lake-layout.ts';
import { grains } from '../../../domain/integrations/platform.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { lakePlaces } from '../../../domain/integrations/workspace-places.ts';
import {
  type DeletionPorts,
  deleteWorkspace,
} from '../../../functions/integrations/delete-workspace-data/delete-workspace-data.ts';
import type { LocalService, Provisioner, ResolvedResource } from '../../../local/ports.ts';
import { createAthena } from '../../../local/services/athena/athena-service.ts';
import { createS3, type S3Service } from '../../../local/services/s3/s3-service.ts';
import { createSecrets } from '../../../local/services/secrets/secrets-service.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { PLACE, type ServedService, serveService } from '../../local/services/serve-service.ts';

let dataDir: string;
let state: StateTable;
let s3: S3Service;
let athena: LocalService & Provisioner;
let secretsService: LocalService;
let served: Record<'s3' | 'athena' | 'secrets', ServedService>;
let warehouse: Warehouse;
let lake: Lake;
let secretsClient: SecretsManagerClient;
let clock = Date.parse('2026-11-20T12:00:00.000Z');

const resource = (type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource => ({
  ...{ type, stack: 'Data', logicalId: physicalId, physicalId, arn: `arn:${physicalId}`, properties },
});

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-delete-'));
  state = await startStateTable();
  const settings = { ...PLACE, dataDir, clock: Date.now };
  s3 = createS3(settings);
  athena = createAthena({ ...settings, s3 });
  secretsService = createSecrets(settings);
  await s3.provision(resource('AWS::S3::Bucket', 'lake', {}));
  await athena.provision(resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }));
  for (const grain of grains) {
    const name = factTable(grain);
    const Columns = factColumns(grain).map((column) => ({ Name: column.name, Type: column.type }));
    await athena.provision(
      resource('AWS::Glue::Table', name, {
        DatabaseName: 'conext',
        OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
        TableInput: {
          Name: name,
          TableType: 'EXTERNAL_TABLE',
          StorageDescriptor: { Location: `s3://lake/warehouse/${name}/`, Columns },
        },
      }),
    );
  }
  await athena.provision(
    resource('AWS::Athena::WorkGroup', 'conext', {
      Name: 'conext',
      WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' } },
    }),
  );
  served = {
    s3: await serveService(s3),
    athena: await serveService(athena),
    secrets: await serveService(secretsService),
  };
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local', sessionToken: undefined };
  const aws = { region: PLACE.region, endpoint: served.athena.endpoint, s3Endpoint: served.s3.endpoint };
  warehouse = createWarehouse({ warehouse: { workgroup: 'conext', database: 'conext' }, aws, credentials });
  lake = createLake({ lake: { bucket: 'lake' }, aws, credentials });
  secretsClient = new SecretsManagerClient(served.secrets.client);
}, 30_000);
afterAll(async () => {
  secretsClient.destroy();
  for (const one of Object.values(served)) await one.close();
  await Promise.all([athena.close(), secretsService.close(), s3.close(), state.close()]);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything that a loaded workspace leaves somewhere. */
async function fill(): Promise<WorkspaceStores> {
  const own = state.stores.forWorkspace(newId('wsp', clock));
  const { workspaceId } = own;
  await own.workspace.put({ name: `Shop ${workspaceId}`, currency: 'EUR' });
  await own.workspace.putMember({ userId: `user-${workspaceId}`, role: 'owner' });
  await own.workspace.putClient({ clientId: `client-${workspaceId}`, scopes: ['metrics.read'] });
  for (const id of ['con_1', 'con_2'].map((name) => `${name}-${workspaceId}`)) {
    const createdAt = new Date(clock).toISOString();
    await own.workspace.putConnection({ id, platform: 'google-ads', name: id, managerPlatformId: null, createdAt });
    await secretsClient.send(new CreateSecretCommand({ Name: `conext/test/connections/${id}`, SecretString: '{}' }));
  }
  await own.alertRules.noteSecret(`alw_1-${workspaceId}`);
  await secretsClient.send(
    new CreateSecretCommand({ Name: `conext/test/alert-webhooks/alw_1-${workspaceId}`, SecretString: 'whsec_' }),
  );
  const runId = newId('run', clock);
  const run = { workspaceId, runId, trigger: 'daily' as const, from: null, to: null, accountIds: null };
  await startRun(
    { runs: own.runs, workflows: { startEtl: async () => undefined } },
    { ...run, requestHash: null, at: new Date(clock).toISOString() },
  );
  await own.runs.transition(runId, ['queued'], { status: 'succeeded' });
  const place = { workspaceId, runId, itemId: 'acc-2026-11-01', platform: 'google-ads', accountPlatformId: '111' };
  const leaf = { workspace: workspaceId, run: runId, item: place.itemId };
  const rollup = { workspaceId, accountId: 'acc_1', grain: 'ad', month: '2026-11', runId, build: 1 };
  await lake.putJson(manifestKey(place), {});
  await lake.putJson(manifestKey({ ...place, platform: 'tiktok-ads' }), {});
  await lake.putJson(planKey(workspaceId, runId), []);
  for (const grain of grains) await lake.put(`${stagingPrefix(grain, leaf)}facts.parquet`, 'x');
  await lake.putLines(quarantineKey(place), []);
  await lake.putLines(qualityKey({ workspaceId, runId, subject: 'acc_1' }), []);
  await lake.putPacked(rollupKey(rollup), new Uint8Array([1]));
  for (const grain of ['campaign', 'device'] as const) {
    const columns = factColumns(grain);
    const special: Record<string, string> = {
      date: "DATE '2026-11-01'",
      loaded_at: "TIMESTAMP '2026-11-02 00:00:00'",
      workspace_id: `'${workspaceId}'`,
    };
    const values = columns.map(({ name, type }) => special[name] ?? (type === 'bigint' ? '7' : `'${name}'`)).join(', ');
    await warehouse.execute(
      `INSERT INTO ${factTable(grain)} (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${values})`,
    );
  }
  return own;
}

/** The same text for the same item: maps of DynamoDB have no order. */
const stable = (item: unknown): string =>
  JSON.stringify(item, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)))
      : value,
  );

/** Everything there is of a workspace, found without the code under test: by its id anywhere. */
async function traces(workspaceId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of lake.list('')) {
    if (key.includes(workspaceId) && !key.startsWith('proofs/') && !key.startsWith('athena-results/')) found.push(key);
  }
  for await (const item of state.table.each({ pk: `WS#${workspaceId}` })) found.push(stable(item));
  for (const grain of grains) {
    const sql = `SELECT * FROM ${factTable(grain)} WHERE workspace_id = '${workspaceId}'`;
    for await (const row of warehouse.query(sql)) found.push(JSON.stringify(row));
  }
  const { SecretList = [] } = await secretsClient.send(new ListSecretsCommand({}));
  found.push(...SecretList.map(({ Name = '' }) => Name).filter((name) => name.includes(workspaceId)));
  return found.sort();
}

let tokens = 0;
const ports = (over: Partial<DeletionPorts> = {}): DeletionPorts => ({
  stage: 'test',
  stores: state.stores,
  lake,
  warehouse,
  secrets: {
    connections: createSecretRemoval({ secrets: { prefix: 'conext/test' } }, 'connections', secretsClient),
    'alert-webhooks': createSecretRemoval({ secrets: { prefix: 'conext/test' } }, 'alert-webhooks', secretsClient),
  },
  now: () => clock,
  remainingMs: () => 600_000,
  newToken: () => {
    tokens += 1;
    return `token-${tokens}`;
  },
  ...over,
});
const plan = async (workspaceId: string, over: Partial<DeletionPorts> = {}) => {
  const answer = await deleteWorkspace(ports(over), { step: 'plan', workspaceId, by: 'ada' });
  if (answer.state !== 'planned') throw new Error(`It is ${answer.state}.`);
  return answer;
};
const confirm = (workspaceId: string, token: string, over: Partial<DeletionPorts> = {}) =>
  deleteWorkspace(ports(over), { step: 'confirm', workspaceId, by: 'grace', token });

describe('deleting a workspace', () => {
  it('plans without changing anything, and counts what there is by kind', async () => {
    const own = await fill();
    const before = await traces(own.workspaceId);
    const { counts, name } = await plan(own.workspaceId);
    expect(name).toBe(`Shop ${own.workspaceId}`);
    expect(counts).toMatchObject({
      'facts/fact_campaign_daily': 1,
      'facts/fact_device_daily': 1,
      'facts/fact_ad_daily': 0,
      'lake/raw': 2,
      'lake/runs': 1,
      'lake/staging': grains.length,
      'lake/quarantine': 1,
      'lake/rollups': 1,
      'lake/quality': 1,
      'state/WORKSPACE': 1,
      'state/MEMBER': 1,
      'state/CONNECTION': 2,
      'state/RUN': 1,
      'secrets/connections': 2,
      'secrets/alert-webhooks': 1,
    });
    expect(await traces(own.workspaceId)).toEqual(before);
  });

  it('leaves nothing of it, and every row, object, item and secret of another workspace as it was', async () => {
    const [gone, stays] = [await fill(), await fill()];
    const kept = await traces(stays.workspaceId);
    expect(kept.length).toBeGreaterThan(20);
    const { token } = await plan(gone.workspaceId);
    const answer = await confirm(gone.workspaceId, token);
    expect(answer.state).toBe('deleted');
    expect(await traces(gone.workspaceId)).toEqual([]);
    expect(await traces(stays.workspaceId)).toEqual(kept);
    expect(await state.stores.identity.membershipsOf(`user-${gone.workspaceId}`)).toEqual([]);
  });

  it('leaves a proof apart from what it deleted, whose digests can be checked, and gives it again', async () => {
    const own = await fill();
    const planned = await plan(own.workspaceId);
    const answer = await confirm(own.workspaceId, planned.token);
    if (answer.state !== 'deleted') throw new Error(`It is ${answer.state}.`);
    const { sha256, ...body } = answer.proof;
    expect(createHash('sha256').update(JSON.stringify(body)).digest('hex')).toBe(sha256);
    expect(body).toMatchObject({ stage: 'test', plannedBy: 'ada', signedOffBy: 'grace', before: planned.counts });
    expect(new Set(Object.values(body.after))).toEqual(new Set([0]));
    expect(body.listingSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(body.remains.map(({ until }) => until).every((until) => until > body.finishedAt)).toBe(true);
    expect(await lake.getJson(answer.proofKey)).toEqual(answer.proof);
    clock += 60_000;
    expect(await confirm(own.workspaceId, planned.token)).toEqual(answer);
    await expect(plan(own.workspaceId)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('goes on where it was cut off, and proves what there was at the start', async () => {
    const own = await fill();
    const { token, counts } = await plan(own.workspaceId);
    const broken = { ...lake, remove: () => Promise.reject(new Error('cut off')) };
    await expect(confirm(own.workspaceId, token, { lake: broken })).rejects.toThrow('cut off');
    await expect(plan(own.workspaceId)).rejects.toThrow('under way');
    clock += 2 * 3_600_000;
    const hurried = await confirm(own.workspaceId, token, { remainingMs: () => 0 });
    expect(hurried).toMatchObject({ state: 'under-way', left: { 'lake/raw': 2, 'secrets/connections': 0 } });
    const answer = await confirm(own.workspaceId, token);
    expect(answer).toMatchObject({ state: 'deleted', proof: { before: counts } });
    expect(await traces(own.workspaceId)).toEqual([]);
  });

  it('is refused without the plan’s token, after an hour, and while a load is under way', async () => {
    const own = await fill();
    const before = await traces(own.workspaceId);
    await expect(confirm(own.workspaceId, 'guessed')).rejects.toThrow('Plan the deletion first');
    const { token } = await plan(own.workspaceId);
    await expect(confirm(own.workspaceId, 'guessed')).rejects.toThrow('Plan the deletion first');
    const late = () => clock + 3_600_001;
    await expect(confirm(own.workspaceId, token, { now: late })).rejects.toThrow('older than an hour');
    expect(await traces(own.workspaceId)).toEqual(before);
    const runId = newId('run', clock);
    const run = { workspaceId: own.workspaceId, runId, trigger: 'daily' as const, from: null, to: null };
    await startRun(
      { runs: own.runs, workflows: { startEtl: async () => undefined } },
      { ...run, accountIds: null, requestHash: null, at: new Date(clock).toISOString() },
    );
    await expect(confirm(own.workspaceId, token)).rejects.toThrow(`Run ${runId} is under way`);
    await expect(plan(own.workspaceId)).rejects.toThrow(`Run ${runId} is under way`);
  });
});

it('knows every folder of the lake that holds data of a workspace', async () => {
  const own = await fill();
  const prefixes = Object.values(lakePlaces).flatMap((prefixesOf) => prefixesOf(own.workspaceId));
  const known = (await traces(own.workspaceId)).filter((trace) => prefixes.some((prefix) => trace.startsWith(prefix)));
  expect(known).toHaveLength(2 + 1 + grains.length + 1 + 1 + 1);
  expect(prefixes.every((prefix) => prefix.endsWith(`workspace=${own.workspaceId}/`))).toBe(true);
});
