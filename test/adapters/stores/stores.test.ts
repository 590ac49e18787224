import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../domain/integrations/ids.ts';
import type { StructureRow } from '../../../domain/integrations/platform.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';
import { type StateTable, startStateTable } from '../state-table.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const at = '2026-11-20T08:00:00.000Z';
const later = '2026-11-20T09:00:00.000Z';
const newWorkspace = () => state.stores.forWorkspace(newId('wsp', Date.now()));

async function* chunked<T>(...chunks: T[][]): AsyncGenerator<T[]> {
  yield* chunks;
}

const campaign = (platformId: string, change: Partial<StructureRow> = {}): StructureRow => ({
  kind: 'campaign',
  platformId,
  name: `Campaign ${platformId}`,
  status: 'enabled',
  campaignPlatformId: platformId,
  adGroupPlatformId: null,
  type: 'search',
  dailyBudgetMicros: 10_000_000,
  creative: null,
  ...change,
});

const ownerIn = (workspaceId: string) => ({
  workspaceId,
  platform: 'google-ads' as const,
  accountPlatformId: '111',
  accountId: newId('acc', Date.now()),
  currency: 'EUR',
});

describe('tenancy', () => {
  it('finds a member, a client and every workspace without knowing the tenant, and nothing else across tenants', async () => {
    const one = newWorkspace();
    const other = newWorkspace();
    await one.workspace.put({ name: 'One', currency: 'EUR' });
    await other.workspace.put({ name: 'Other', currency: 'USD' });
    await one.workspace.putMember({ userId: 'user-1', role: 'owner' });
    await one.workspace.putClient({ clientId: 'client-1', scopes: ['metrics.read'] });
    expect(await state.stores.identity.membershipsOf('user-1')).toEqual([
      { workspaceId: one.workspaceId, userId: 'user-1', role: 'owner' },
    ]);
    expect((await state.stores.identity.clientsOf('client-1'))[0]?.scopes).toEqual(['metrics.read']);
    expect(await state.stores.identity.workspaceIds()).toEqual(
      expect.arrayContaining([one.workspaceId, other.workspaceId]),
    );
    expect(await other.workspace.members()).toEqual([]);
    expect((await one.workspace.get())?.name).toBe('One');
  });

  it('refuses anything that is not a workspace id', () => {
    expect(() => state.stores.forWorkspace('wsp_1#RUN')).toThrow();
  });
});

describe('structure', () => {
  it('writes what changed, leaves the rest alone and marks what vanished as removed', async () => {
    const stores = newWorkspace();
    const owner = ownerIn(stores.workspaceId);
    const rows = [campaign('1'), campaign('2'), campaign('3')];
    expect(await stores.campaigns.synchronise(owner, chunked(rows), at)).toEqual({
      written: 3,
      unchanged: 0,
      removed: 0,
    });
    expect(await stores.campaigns.synchronise(owner, chunked(rows), later)).toEqual({
      written: 0,
      unchanged: 3,
      removed: 0,
    });
    const changed = [campaign('1', { name: 'Renamed' }), campaign('2')];
    expect(await stores.campaigns.synchronise(owner, chunked(changed), later)).toEqual({
      written: 1,
      unchanged: 1,
      removed: 1,
    });
    const listed = await stores.campaigns.list({ limit: 10 });
    expect(listed.items.map((item) => [item.name, item.status, item.updatedAt])).toEqual(
      expect.arrayContaining([
        ['Renamed', 'enabled', later],
        ['Campaign 2', 'enabled', at],
        ['Campaign 3', 'removed', later],
      ]),
    );
  });

  it('pages through 60 campaigns of mixed status once each, by every filter', async () => {
    const stores = newWorkspace();
    const owner = ownerIn(stores.workspaceId);
    const other = { ...ownerIn(stores.workspaceId), accountPlatformId: '222' };
    const status = (index: number) => (['enabled', 'paused', 'removed'] as const)[index % 3] ?? 'enabled';
    const rows = Array.from({ length: 60 }, (_, index) => campaign(String(index), { status: status(index) }));
    await stores.campaigns.synchronise(owner, chunked(rows.slice(0, 30), rows.slice(30)), at);
    await stores.campaigns.synchronise(other, chunked([campaign('1')]), at);
    const pages = async (query: { accountId?: string; status?: 'paused' }) => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await stores.campaigns.list({ ...query, limit: 7, ...(cursor && { cursor }) });
        expect(page.items.length).toBeLessThanOrEqual(7);
        ids.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(ids).size).toBe(ids.length);
      return ids.length;
    };
    expect(await pages({})).toBe(61);
    expect(await pages({ accountId: owner.accountId })).toBe(60);
    expect(await pages({ status: 'paused' })).toBe(20);
    expect(await pages({ accountId: other.accountId, status: 'paused' })).toBe(0);
  });

  it('finds ads by their ad group alone and nothing when the filters contradict each other', async () => {
    const stores = newWorkspace();
    const owner = ownerIn(stores.workspaceId);
    await stores.campaigns.synchronise(owner, chunked([campaign('1'), campaign('2')]), at);
    const group = campaign('10', { kind: 'ad-group', campaignPlatformId: '1', adGroupPlatformId: '10' });
    await stores.adGroups.synchronise(owner, chunked([group]), at);
    const ad = campaign('100', { kind: 'ad', campaignPlatformId: '1', adGroupPlatformId: '10' });
    await stores.ads.synchronise(owner, chunked([ad]), at);
    const [stored] = (await stores.adGroups.list({ limit: 5 })).items;
    const campaigns = await stores.campaigns.list({ limit: 5 });
    const foreign = campaigns.items.find((item) => item.platformId === '2');
    const found = await stores.ads.list({ adGroupId: stored?.id ?? '', limit: 5 });
    expect(found.items.map((item) => item.platformId)).toEqual(['100']);
    expect(found.items[0]?.adGroupId).toBe(stored?.id);
    expect(
      (await stores.ads.list({ adGroupId: stored?.id ?? '', campaignId: foreign?.id ?? '', limit: 5 })).items,
    ).toEqual([]);
  });

  it('refuses a cursor of another filter, of another workspace and one that was made up', async () => {
    const stores = newWorkspace();
    const owner = ownerIn(stores.workspaceId);
    await stores.campaigns.synchronise(owner, chunked([campaign('1'), campaign('2')]), at);
    const { nextCursor } = await stores.campaigns.list({ limit: 1 });
    const cursor = nextCursor ?? '';
    const refusal = { code: 'invalid-request', fields: [{ field: 'cursor' }] };
    await expect(stores.campaigns.list({ limit: 1, status: 'paused', cursor })).rejects.toMatchObject(refusal);
    await expect(newWorkspace().campaigns.list({ limit: 1, cursor })).rejects.toMatchObject(refusal);
    await expect(stores.campaigns.list({ limit: 1, cursor: 'bm90IG91cnM' })).rejects.toMatchObject(refusal);
  });
});

describe('ads', () => {
  it('keep what they show, and are written again when that alone changes', async () => {
    const { ads, workspaceId } = newWorkspace();
    const owner = ownerIn(workspaceId);
    const ad = (headline: string): StructureRow => ({
      ...campaign('9', { kind: 'ad', campaignPlatformId: '7', adGroupPlatformId: '8', dailyBudgetMicros: null }),
      creative: {
        platformId: null,
        headlines: [headline],
        bodies: [],
        callToAction: 'SHOP_NOW',
        landingPageUrl: 'https://shop.example/',
        imageUrl: null,
        videoId: null,
      },
    });
    expect(await ads.synchronise(owner, chunked([ad('Old')]), at)).toMatchObject({ written: 1 });
    expect(await ads.synchronise(owner, chunked([ad('Old')]), later)).toMatchObject({ written: 0, unchanged: 1 });
    expect(await ads.synchronise(owner, chunked([ad('New')]), later)).toMatchObject({ written: 1 });
    const { items } = await ads.list({ limit: 5 });
    expect(items).toMatchObject([{ creative: { headlines: ['New'], callToAction: 'SHOP_NOW' }, updatedAt: later }]);
    expect(await ads.names(items.map(({ id }) => id))).toEqual(new Map([[items[0]?.id, 'Campaign 9']]));
  });
});

describe('accounts', () => {
  const discovered = (workspaceId: string) => ({
    id: ownerIn(workspaceId).accountId,
    platform: 'google-ads' as const,
    platformId: '111',
    name: 'Shop',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    status: 'enabled' as const,
    connectionId: 'con_1',
    managerPlatformId: null,
  });

  it('keeps what was loaded when the platform tells its story again, and the newest load when an older one comes late', async () => {
    const { accounts, workspaceId } = newWorkspace();
    const account = discovered(workspaceId);
    await accounts.upsert(account);
    await accounts.recordError(account.id, 'refused');
    await accounts.recordLoaded(account.id, { loadedAt: later, throughDate: '2026-11-20' });
    await accounts.recordLoaded(account.id, { loadedAt: at, throughDate: '2026-11-10' });
    await accounts.upsert({ ...account, name: 'Shop 2' });
    expect(await accounts.get(account.id)).toEqual({
      ...account,
      name: 'Shop 2',
      lookBackDays: null,
      conversionTypes: null,
      lastLoadedAt: later,
      lastError: null,
      throughDate: '2026-11-20',
    });
  });

  it('are found by what the platform calls them, in all workspaces that have them, those of earlier releases after a load', async () => {
    const [first, second] = [newWorkspace(), newWorkspace()];
    const platformId = String(Math.floor(Math.random() * 1e15));
    const account = (workspaceId: string) => ({ ...discovered(workspaceId), platformId });
    await first.accounts.upsert(account(first.workspaceId));
    // As a release without the second key wrote it.
    const { id, ...fields } = {
      ...account(second.workspaceId),
      lastLoadedAt: null,
      lastError: null,
      throughDate: null,
    };
    await state.table.put({ pk: `WS#${second.workspaceId}`, sk: `ACCOUNT#${id}`, id, ...fields });
    const owners = () => state.stores.accountOwners.workspacesOf('google-ads', platformId);
    expect(await owners()).toEqual([first.workspaceId]);
    await second.accounts.upsert(account(second.workspaceId));
    expect((await owners()).sort()).toEqual([first.workspaceId, second.workspaceId].sort());
    expect(await state.stores.accountOwners.workspacesOf('tiktok-ads', platformId)).toEqual([]);
  });
});

describe('runs', () => {
  const record = (id: string, startedAt: string) => ({
    id,
    pipeline: 'etl' as const,
    trigger: 'daily' as const,
    status: 'queued' as const,
    from: null,
    to: null,
    accounts: { total: 0, loaded: 0, failed: 0, skipped: 0 },
    rowsExtracted: 0,
    rowsLoaded: 0,
    rowsQuarantined: 0,
    error: null,
    startedAt,
    finishedAt: null,
    requestHash: null,
  });
  const item = (itemId: string, accountId: string): ItemProgress => ({
    itemId,
    accountId,
    accountName: 'Shop',
    platform: 'google-ads',
    stage: 'waiting',
    from: '2026-11-01',
    to: '2026-11-10',
    rowsExtracted: 0,
    rowsLoaded: 0,
    rowsQuarantined: 0,
    error: null,
    updatedAt: at,
  });

  it('lists newest first across statuses and pages without gap or repetition', async () => {
    const { runs } = newWorkspace();
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const id = newId('run', index);
      ids.unshift(id);
      await runs.create(record(id, `2026-11-0${index + 1}T00:00:00.000Z`));
      if (index % 2 === 0) await runs.transition(id, ['queued'], { status: 'failed', error: 'no' });
    }
    const first = await runs.list({ limit: 4 });
    const second = await runs.list({ limit: 4, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((run) => run.id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    expect((await runs.list({ status: 'failed', limit: 10 })).items).toHaveLength(4);
  });

  it('creates a run once and lets it leave a status once', async () => {
    const { runs } = newWorkspace();
    const id = newId('run', 1);
    expect(await runs.create(record(id, at))).toBe(true);
    expect(await runs.create(record(id, later))).toBe(false);
    expect(await runs.transition(id, ['queued'], { status: 'running' })).toBe(true);
    expect(await runs.transition(id, ['queued'], { status: 'running' })).toBe(false);
    expect((await runs.get(id))?.startedAt).toBe(at);
  });

  it('counts accounts and rows from the items, however often a step is repeated', async () => {
    const { runs } = newWorkspace();
    const id = newId('run', 1);
    const [one, two] = [newId('acc', 1), newId('acc', 2)];
    await runs.create(record(id, at));
    await runs.transition(id, ['queued'], { status: 'running' });
    await runs.planItems(id, [item('a', one), item('b', one), item('c', two)]);
    const loaded = { stage: 'loaded' as const, rowsExtracted: 5, rowsLoaded: 4, rowsQuarantined: 1, updatedAt: later };
    expect(await runs.advance(id, 'a', loaded)).toBe(true);
    expect(await runs.advance(id, 'a', loaded)).toBe(false);
    await runs.advance(id, 'c', { stage: 'failed', error: 'refused', updatedAt: later });
    await runs.planItems(id, [item('a', one), item('b', one), item('c', two)]);
    const detail = await runs.detail(id);
    expect(detail).toMatchObject({ accounts: { total: 2, loaded: 0, failed: 1, skipped: 0 }, rowsLoaded: 4 });
    expect((await runs.list({ limit: 1 })).items[0]).toMatchObject({ rowsExtracted: 5, rowsQuarantined: 1 });
  });

  it('lets a late failure never undo a load, and a late load undo a failure', async () => {
    const { runs } = newWorkspace();
    const id = newId('run', 1);
    await runs.planItems(id, [item('a', newId('acc', 1)), item('b', newId('acc', 2))]);
    await runs.advance(id, 'a', { stage: 'loaded', updatedAt: at });
    expect(await runs.advance(id, 'a', { stage: 'failed', error: 'timeout', updatedAt: later })).toBe(false);
    await runs.advance(id, 'b', { stage: 'failed', error: 'timeout', updatedAt: at });
    expect(await runs.advance(id, 'b', { stage: 'loaded', error: null, updatedAt: later })).toBe(true);
  });
});

describe('rollup pointers', () => {
  it('switch together or not at all, and only from the version they were built after', async () => {
    const { rollups } = newWorkspace();
    const account = newId('acc', 1);
    const pointer = (month: string, key: string) => ({
      accountId: account,
      grain: 'campaign' as const,
      month,
      key,
      runId: newId('run', 1),
      rows: 1,
      publishedAt: at,
    });
    expect(await rollups.switch([pointer('2026-10', 'a'), pointer('2026-11', 'b')], [0, 0])).toBe(true);
    expect(await rollups.switch([pointer('2026-10', 'c'), pointer('2026-11', 'd')], [1, 0])).toBe(false);
    expect(await rollups.switch([pointer('2026-11', 'e')], [1])).toBe(true);
    const listed = await rollups.list({ grain: 'campaign', fromMonth: '2026-10', toMonth: '2026-11' });
    expect(listed.map((one) => [one.month, one.key, one.version])).toEqual([
      ['2026-10', 'a', 1],
      ['2026-11', 'e', 2],
    ]);
    expect(await rollups.list({ grain: 'account', fromMonth: '2026-10', toMonth: '2026-11' })).toEqual([]);
  });
});

describe('rates', () => {
  it('keeps a day as published and replaces it when it is published again', async () => {
    const day = (date: string, usd: string) => ({ date, base: 'EUR' as const, rates: { USD: usd }, source: 'ecb' });
    await state.stores.rates.put([day('2026-11-19', '1.1'), day('2026-11-20', '1.2')]);
    await state.stores.rates.put([day('2026-11-20', '1.25')]);
    expect((await state.stores.rates.between('2026-11-18', '2026-11-21')).map((one) => one.rates.USD)).toEqual([
      '1.1',
      '1.25',
    ]);
  });
});
