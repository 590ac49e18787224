/** The API of changes and its worker over simulated platforms: everything as it is deployed but the gateway and the clock. */
import { createConnectionWriters } from '../../../../adapters/connection-writers.ts';
import { createAssetReader } from '../../../../adapters/generation/generated-assets.ts';
import { apiHandler } from '../../../../adapters/http/api-handler.ts';
import type { FetchAsset } from '../../../../adapters/outside-fetch.ts';
import type { WorkspaceStores } from '../../../../adapters/stores/stores.ts';
import type { LaunchAnswer, LaunchRequest } from '../../../../contracts/generation.ts';
import { manageChangesRoutes } from '../../../../contracts/routes/manage-changes.ts';
import { type ChangeDetail, changeDetail } from '../../../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../../../contracts/schemas/changes.ts';
import { accountIdOf, mirroredId } from '../../../../domain/integrations/ids.ts';
import {
  type AccountRef,
  type PlatformId,
  platformIds,
  type StructureRow,
} from '../../../../domain/integrations/platform.ts';
import { resolveSettings } from '../../../../domain/integrations/resolved-settings.ts';
import { accountWriters } from '../../../../functions/integrations/apply-changes/account-writers.ts';
import { applyChange } from '../../../../functions/integrations/apply-changes/apply-change.ts';
import { mirrorOperation } from '../../../../functions/integrations/apply-changes/mirror-operation.ts';
import { launchChange } from '../../../../functions/integrations/manage-changes/launch-change.ts';
import { manageChanges } from '../../../../functions/integrations/manage-changes/manage-changes.ts';
import { writeRules } from '../../../../platforms/registry.ts';
import { openWriter } from '../../../../platforms/writers.ts';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { type Answer, callApi } from '../../../adapters/http/api-event.ts';
import { type ApiWorld, loadedAt, newWorkspace, startApiWorld } from '../../../adapters/http/api-world.ts';

const startAt = Date.parse('2026-11-20T11:00:00Z');

const accounts = {
  'google-ads': {
    platformId: '4210000001',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    managerPlatformId: '9100000001',
  },
  'tiktok-ads': { platformId: '7012345678901230001', currency: 'EUR', timeZone: 'Europe/Berlin' },
  'linkedin-ads': { platformId: '507400001', currency: 'EUR', timeZone: 'UTC' },
} as const satisfies Record<PlatformId, AccountRef>;
/** Of the campaigns that each platform lets be made. */
export const campaignTypes = {
  'google-ads': 'search',
  'tiktok-ads': 'in-feed',
  'linkedin-ads': 'sponsored-content',
} as const;

export interface Desk {
  readonly simulator: Simulator;
  readonly world: ApiWorld;
  readonly stores: WorkspaceStores;
  /** Credentials as secrets hold them now; a test may spoil them. */
  readonly credentials: Record<PlatformId, Record<string, string>>;
  /** Epoch milliseconds; everything but the simulator goes by it. */
  now: number;
  fetchAsset: FetchAsset;
  /** Of a preview. */
  patienceMs: number;
  accountOf(platform: PlatformId): string;
  /** Mirrors an object as a load would have, and gives our id of it. */
  mirror(platform: PlatformId, row: Pick<StructureRow, 'kind' | 'platformId'> & Partial<StructureRow>): Promise<string>;
  call(method: string, resource: string, given?: { id?: string; body?: unknown }): Promise<Answer>;
  preview(operations: readonly Operation[]): Promise<ChangeDetail>;
  confirm(change: ChangeDetail): Promise<Answer>;
  get(change: ChangeDetail): Promise<ChangeDetail>;
  /** Works on a change until nothing of it is due any more, going forward in time to whatever is. */
  work(change: ChangeDetail): Promise<void>;
  /** As the state machine of campaigns asks for a change. */
  launch(request: LaunchRequest): Promise<LaunchAnswer>;
  close(): Promise<void>;
}

export async function openDesk(fetchAsset: FetchAsset): Promise<Desk> {
  const [simulator, world] = await Promise.all([
    createSimulator({ startAt, speed: 0, days: 10, tiktok: { rateLevel: 'unlimited', taskMs: 0 } }),
    startApiWorld(),
  ]);
  const stores = newWorkspace(world.stores);
  await stores.workspace.put({ name: 'Test', currency: 'EUR' });
  const { clientId, clientSecret, refreshToken, developerToken } = simulator.credentials;
  const linkedIn = simulator.linkedIn;
  const credentials: Desk['credentials'] = {
    'google-ads': { clientId, clientSecret, refreshToken, developerToken },
    'tiktok-ads': { ...simulator.tiktok },
    'linkedin-ads': {
      clientId: linkedIn.clientId,
      clientSecret: linkedIn.clientSecret,
      refreshToken: linkedIn.refreshToken,
    },
  };
  const endpoints = { api: simulator.rest, oauth: simulator.rest, grpc: `http://${simulator.grpc}` };
  for (const platform of platformIds) {
    const managerPlatformId = platform === 'google-ads' ? accounts[platform].managerPlatformId : null;
    await stores.workspace.putConnection({
      ...{ id: `con_${platform}`, platform, name: platform, managerPlatformId },
      createdAt: new Date(startAt).toISOString(),
    });
    const { platformId, currency, timeZone } = accounts[platform];
    await stores.accounts.upsert({
      ...{
        id: accountIdOf(stores.workspaceId, platform, platformId),
        platform,
        platformId,
        name: `Shop on ${platform}`,
      },
      ...{ currency, timeZone, status: 'enabled', connectionId: `con_${platform}`, managerPlatformId },
    });
  }
  const openConnection = createConnectionWriters({
    secrets: {
      connection: async (_id, platform) => credentials[platform as PlatformId],
      forget: () => undefined,
    },
    parameters: { endpoints: async () => Object.fromEntries(platformIds.map((one) => [one, endpoints])) },
    settings: { shared: async () => resolveSettings({}), forWorkspace: async () => resolveSettings({}) },
    openWriter,
  });

  const accountOf = (platform: PlatformId): string =>
    accountIdOf(stores.workspaceId, platform, accounts[platform].platformId);
  const desk: Desk = {
    ...{ simulator, world, stores, credentials, now: startAt, fetchAsset, accountOf, patienceMs: 20_000 },
    async mirror(platform, given) {
      const { platformId: accountPlatformId, currency } = accounts[platform];
      const row: StructureRow = {
        ...{ name: given.platformId, status: 'enabled', campaignPlatformId: null, adGroupPlatformId: null },
        ...{ type: campaignTypes[platform], dailyBudgetMicros: null, creative: null },
        ...given,
      };
      const scope = { workspaceId: stores.workspaceId, platform, accountPlatformId };
      const store = { campaign: stores.campaigns, 'ad-group': stores.adGroups, ad: stores.ads }[row.kind];
      await store.synchronise({ ...scope, accountId: accountOf(platform), currency }, one(row), loadedAt, () => false);
      return mirroredId(row.kind, scope, row);
    },
    call: (method, resource, { id, body } = {}) =>
      callApi(handler, {
        ...{ method, resource, caller: { workspaceId: stores.workspaceId } },
        ...(id !== undefined && { path: { changeId: id } }),
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    async preview(operations) {
      const { status, text } = await desk.call('POST', '/v1/changes', { body: { reason: 'a test', operations } });
      if (status !== 201) throw new Error(text);
      return changeDetail.parse(JSON.parse(text));
    },
    confirm: (change) => desk.call('POST', '/v1/changes/{changeId}/confirm', { id: change.id ?? '' }),
    get: async (change) =>
      changeDetail.parse((await desk.call('GET', '/v1/changes/{changeId}', { id: change.id ?? '' })).body),
    async work(change) {
      // As a worker that was just started: nothing it knew of a connection is left.
      const writers = accountWriters(stores, openConnection);
      for (let turn = 0; turn < 100; turn += 1) {
        const { nextAt } = await applyChange(
          {
            workspaceId: stores.workspaceId,
            outbox: stores.outbox,
            writerOf: writers.writerOf,
            readAsset: createAssetReader(world.lake),
            fetchAsset: (...given) => desk.fetchAsset(...given),
            mirror: async (record, operation, written) =>
              mirrorOperation(
                ...([stores, await writers.account(record.accountId), record, operation, written] as const),
                new Date(desk.now).toISOString(),
              ),
            now: () => desk.now,
            deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
            remainingMs: () => 300_000,
            warn: () => undefined,
          },
          change.id ?? '',
        );
        if (nextAt === null) return;
        desk.now = Math.max(desk.now, nextAt);
      }
      throw new Error('The change comes to no end.');
    },
    launch: (request) => launchChange(ports, request),
    close: async () => {
      await Promise.all([world.close(), simulator.close()]);
    },
  };
  const ports = {
    stores: world.stores,
    openWriter: openConnection,
    fetchAsset: (...given: Parameters<FetchAsset>) => desk.fetchAsset(...given),
    readAsset: createAssetReader(world.lake),
    lake: world.lake,
    rulesOf: (platform: PlatformId) => writeRules[platform],
    now: () => desk.now,
    get patienceMs() {
      return desk.patienceMs;
    },
  };
  const handler = apiHandler(manageChangesRoutes, manageChanges(ports), { allowedOrigin: 'https://app.example' });
  return desk;
}

async function* one(row: StructureRow): AsyncGenerator<StructureRow[]> {
  yield [row];
}
