/** The services that functions behind the API call, on loopback ports, and the environment that points to them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { readConfig } from '../../../adapters/config.ts';
import { createLake, type Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { accountIdOf, mirroredId, newId } from '../../../domain/integrations/ids.ts';
import type { StructureRow } from '../../../domain/integrations/platform.ts';
import { createS3 } from '../../../local/services/s3/s3-service.ts';
import { createSecrets } from '../../../local/services/secrets/secrets-service.ts';
import { PLACE, type ServedService, serveService } from '../../local/services/serve-service.ts';
import { type AllStores, startStateTable } from '../state-table.ts';

export const loadedAt = '2026-11-20T08:00:00.000Z';

export interface ApiWorld {
  readonly stores: AllStores;
  readonly lake: Lake;
  readonly secrets: ServedService;
  /** Executions started, in order: name and input. */
  readonly executions: { readonly name: string; readonly input: unknown }[];
  close(): Promise<void>;
}

/** Step Functions' StartExecution, where a name runs once, and DescribeExecution, where all that were started are under way. */
async function startExecutionRecorder() {
  const executions: { name: string; input: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { name, input, executionArn } = JSON.parse(text);
      if (executionArn !== undefined) {
        const underWay = executions.some((execution) => executionArn.endsWith(`:execution:etl:${execution.name}`));
        response.writeHead(underWay ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(underWay ? { status: 'RUNNING' } : { __type: 'ExecutionDoesNotExist' }));
        return;
      }
      const known = executions.some((execution) => execution.name === name);
      if (!known) executions.push({ name, input: JSON.parse(input) });
      response.writeHead(known ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify(
          known
            ? { __type: 'ExecutionAlreadyExists', message: 'exists' }
            : { executionArn: `arn:aws:states:eu-central-1:000000000000:execution:etl:${name}`, startDate: 1 },
        ),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    executions,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

const bucket = 'lake';

/** Starts everything and sets the environment; handlers are imported afterwards. */
export async function startApiWorld(): Promise<ApiWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'conext-api-'));
  const settings = { ...PLACE, dataDir, clock: Date.now };
  const state = await startStateTable();
  const s3Service = createS3(settings);
  await s3Service.provision({
    type: 'AWS::S3::Bucket',
    stack: 'Data',
    logicalId: 'Lake',
    physicalId: bucket,
    arn: `arn:aws:s3:::${bucket}`,
    properties: { BucketName: bucket },
  });
  const secretsService = createSecrets(settings);
  const [s3, secrets, steps] = [
    await serveService(s3Service),
    await serveService(secretsService),
    await startExecutionRecorder(),
  ];
  const dynamo = await state.client.config.endpoint?.();
  const environment = {
    STATE_TABLE: 'state',
    LAKE_BUCKET: bucket,
    SECRET_PREFIX: 'conext/test',
    ALLOWED_ORIGIN: 'https://app.example',
    ETL_STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:etl',
    AWS_REGION: PLACE.region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${dynamo?.port}`,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    AWS_ENDPOINT_URL: steps.endpoint,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  // Functions log every request to the console, as Lambda wants it.
  const quiet = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  return {
    stores: state.stores,
    lake: createLake(readConfig(['lake', 'aws', 'credentials'], environment)),
    secrets,
    executions: steps.executions,
    async close() {
      quiet.mockRestore();
      vi.unstubAllEnvs();
      await Promise.all([state.close(), s3.close(), secrets.close(), steps.close()]);
      await Promise.all([s3Service.close(), secretsService.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface SeededAccount {
  readonly stores: WorkspaceStores;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly accountPlatformId: string;
  idOf(kind: 'campaign' | 'ad-group' | 'ad', platformId: string, adGroupPlatformId?: string): string;
}

export function newWorkspace(stores: AllStores): WorkspaceStores {
  return stores.forWorkspace(newId('wsp', Date.now()));
}

export async function seedAccount(
  stores: WorkspaceStores,
  platformId: string,
  given: { readonly currency?: string; readonly status?: 'enabled' | 'disabled'; readonly loadedAt?: string } = {},
): Promise<SeededAccount> {
  const { workspaceId } = stores;
  const accountId = accountIdOf(workspaceId, 'google-ads', platformId);
  await stores.accounts.upsert({
    id: accountId,
    platform: 'google-ads',
    platformId,
    name: `Account ${platformId}`,
    currency: given.currency ?? 'EUR',
    timeZone: 'Europe/Berlin',
    status: given.status ?? 'enabled',
    connectionId: 'con_1',
    managerPlatformId: null,
  });
  if (given.loadedAt) {
    await stores.accounts.recordLoaded(accountId, {
      loadedAt: given.loadedAt,
      throughDate: given.loadedAt.slice(0, 10),
    });
  }
  const scope = { workspaceId, platform: 'google-ads', accountPlatformId: platformId };
  return {
    stores,
    workspaceId,
    accountId,
    accountPlatformId: platformId,
    idOf: (kind, id, adGroupPlatformId) =>
      mirroredId(kind, scope, { platformId: id, adGroupPlatformId: adGroupPlatformId ?? null }),
  };
}

type Part = Partial<StructureRow> & Pick<StructureRow, 'platformId'>;

async function* once<T>(rows: T[]): AsyncGenerator<T[]> {
  yield rows;
}

/** Campaigns, ad groups and ads of an account, as a load would write them. */
export async function seedStructure(
  { stores, accountId, workspaceId, accountPlatformId }: SeededAccount,
  parts: { readonly campaigns?: readonly Part[]; readonly adGroups?: readonly Part[]; readonly ads?: readonly Part[] },
): Promise<void> {
  const owner = { workspaceId, platform: 'google-ads' as const, accountPlatformId, accountId, currency: 'EUR' };
  const row = (kind: StructureRow['kind'], part: Part): StructureRow => ({
    kind,
    name: `${kind} ${part.platformId}`,
    status: 'enabled',
    campaignPlatformId: part.platformId,
    adGroupPlatformId: null,
    type: 'search',
    dailyBudgetMicros: null,
    creative: null,
    ...part,
  });
  const { campaigns = [], adGroups = [], ads = [] } = parts;
  await stores.campaigns.synchronise(owner, once(campaigns.map((part) => row('campaign', part))), loadedAt);
  await stores.adGroups.synchronise(owner, once(adGroups.map((part) => row('ad-group', part))), loadedAt);
  await stores.ads.synchronise(owner, once(ads.map((part) => row('ad', part))), loadedAt);
}
