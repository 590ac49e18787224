import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../adapters/settings.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { SettingValues } from '../../../contracts/settings.ts';
import { connectionState } from '../../../domain/integrations/connections.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import {
  type DiscoveredAccount,
  type PlatformDescriptor,
  PlatformError,
  type PlatformId,
} from '../../../domain/integrations/platform.ts';
import { resolveSettings } from '../../../domain/integrations/resolved-settings.ts';
import { checkConnections } from '../../../functions/integrations/check-connections/check-connections.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

const now = Date.parse('2026-11-22T02:40:00.000Z');
const account: DiscoveredAccount = {
  platformId: '1',
  name: 'Shop',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  status: 'enabled',
};

let state: StateTable;
let workspaceId: string;
let lines: Record<string, unknown>[];
/** What each connection answers, by its id. */
let answers: Map<string, readonly DiscoveredAccount[] | PlatformError>;

beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());
beforeEach(async () => {
  workspaceId = newId('wsp', Date.now());
  lines = [];
  answers = new Map();
  await state.stores.forWorkspace(workspaceId).workspace.put({ name: 'Acme', currency: 'EUR' });
});

let made = 0;
async function connection(platform: PlatformId, more: object = {}): Promise<string> {
  made += 1;
  const id = `con_${made}`;
  await state.stores.forWorkspace(workspaceId).workspace.putConnection({
    id,
    platform,
    name: id,
    managerPlatformId: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...more,
  });
  return id;
}

const settingsOf = (operators: Partial<SettingValues>): Settings => {
  const resolved = resolveSettings({ 'parameter-store': operators });
  return { shared: async () => resolved, forWorkspace: async () => resolved };
};
const check = (
  given: {
    readonly settings?: Partial<SettingValues>;
    readonly descriptorOf?: (platform: PlatformId) => PlatformDescriptor;
    readonly remainingMs?: number;
  } = {},
) =>
  checkConnections({
    stores: {
      forWorkspace: (id) => state.stores.forWorkspace(id),
      // Tables are shared by the tests of this file: each looks at its own workspace.
      identity: { ...state.stores.identity, workspaceIds: async () => [workspaceId] },
    },
    settings: settingsOf(given.settings ?? {}),
    openConnection: async (_stores, { id }) => ({
      async listAccounts() {
        const answer = answers.get(id) ?? [account];
        if (answer instanceof PlatformError) throw answer;
        return answer;
      },
      async *report() {},
    }),
    descriptorOf: given.descriptorOf ?? ((platform) => descriptors[platform]),
    telemetry: createTelemetry({ stage: 'test' }, (line) => lines.push(JSON.parse(line))),
    now: () => now,
    remainingMs: () => given.remainingMs ?? 600_000,
  });
const find = async (id: string) => {
  const record = await state.stores.forWorkspace(workspaceId).workspace.connection(id);
  if (record === undefined) throw new Error(`There is no connection ${id}.`);
  return record;
};
const metrics = () =>
  lines.flatMap((line) => {
    const names = ['daysUntilSunset', 'connectionsFailing', 'grantsNearEnd', 'versionsNearSunset'];
    const name = '_aws' in line ? names.find((one) => one in line) : undefined;
    return name === undefined ? [] : [[name, line[name], line['platform']]];
  });

describe('the daily check', () => {
  it('writes down how each connection fares, and lets none keep the others waiting', async () => {
    const [good, bad, paused] = [
      await connection('google-ads'),
      await connection('tiktok-ads'),
      await connection('google-ads', { paused: true }),
    ];
    answers.set(good, [account, { ...account, platformId: '2' }]);
    answers.set(
      bad,
      new PlatformError('unauthorized', 'The grant was taken back; connect it again.', { platform: 'tiktok-ads' }),
    );
    expect(await check()).toMatchObject({ connections: 2, failing: 1, left: 0 });
    const at = '2026-11-22T02:40:00.000Z';
    expect(await find(good)).toMatchObject({ lastSuccessAt: at, accountsReached: 2, lastFailureAt: null });
    expect(await find(bad)).toMatchObject({
      lastFailureAt: at,
      lastFailure: expect.stringContaining('connect it again'),
    });
    expect([connectionState(await find(good)), connectionState(await find(bad))]).toEqual(['healthy', 'failing']);
    expect(await find(paused)).toMatchObject({ lastSuccessAt: null, lastFailureAt: null });
    expect(metrics()).toContainEqual(['connectionsFailing', 1, undefined]);
  });

  it.each([
    ['2027-01-06', 45, 1],
    ['2027-01-07', 46, 0],
    ['2026-11-20', -2, 1],
  ])('tells the days until a platform gives up the version in use: %s', async (apiVersionSunset, days, near) => {
    await connection('linkedin-ads');
    const descriptorOf = (platform: PlatformId) => ({ ...descriptors[platform], apiVersionSunset });
    expect(await check({ descriptorOf })).toMatchObject({
      daysUntilSunset: { 'linkedin-ads': days },
      versionsNearSunset: near,
    });
    expect(metrics()).toContainEqual(['daysUntilSunset', days, 'linkedin-ads']);
    expect(metrics()).toContainEqual(['versionsNearSunset', near, undefined]);
  });

  it('is silent on platforms without a connection, and on a version that was moved on', async () => {
    await connection('linkedin-ads');
    const descriptorOf = (platform: PlatformId) => ({ ...descriptors[platform], apiVersionSunset: '2026-12-01' });
    const moved = { 'apiVersion.linkedin-ads': '202704' };
    expect(await check({ descriptorOf, settings: moved })).toMatchObject({
      daysUntilSunset: {},
      versionsNearSunset: 0,
    });
  });

  it('counts grants that end within the days set for it', async () => {
    await connection('linkedin-ads', { tokenExpiresAt: '2026-12-20T00:00:00.000Z' });
    expect((await check()).grantsNearEnd).toBe(0);
    expect((await check({ settings: { 'alarm.grant.daysBefore': 30 } })).grantsNearEnd).toBe(1);
  });

  it('says how many it could not ask in its time', async () => {
    await connection('google-ads');
    expect(await check({ remainingMs: 10_000 })).toMatchObject({ connections: 1, failing: 0, left: 1 });
  });
});
