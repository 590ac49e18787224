import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as contract from '../../../contracts/schemas/structure.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: unknown;
let mine: SeededAccount;
let second: SeededAccount;
let foreign: SeededAccount;

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/integrations/browse-structure/handler.ts'));
  const stores = newWorkspace(world.stores);
  mine = await seedAccount(stores, '111');
  second = await seedAccount(stores, '222', { status: 'disabled' });
  foreign = await seedAccount(newWorkspace(world.stores), '333');
  for (const account of [mine, foreign]) {
    await seedStructure(account, {
      campaigns: [1, 2, 3, 4, 5].map((id) => ({ platformId: `c${id}`, status: id > 3 ? 'paused' : 'enabled' })),
      adGroups: [
        { platformId: 'g1', campaignPlatformId: 'c1' },
        { platformId: 'g2', campaignPlatformId: 'c2' },
      ],
      ads: [{ platformId: 'a1', campaignPlatformId: 'c1', adGroupPlatformId: 'g1' }],
    });
  }
});
afterAll(() => world.close());

const get = (resource: string, given: Partial<Call> = {}) =>
  callApi(handler, { resource, caller: { workspaceId: mine.workspaceId }, ...given });

describe('lists', () => {
  it('show the accounts of the workspace as the contract has them, and nothing of the connection', async () => {
    const { status, body } = await get('/v1/accounts');
    expect(status).toBe(200);
    const { items, nextCursor } = contract.accountPage.parse(body);
    expect(nextCursor).toBeNull();
    expect(items.map(({ id }) => id).toSorted()).toEqual([mine.accountId, second.accountId].toSorted());
    expect(JSON.stringify(body)).not.toContain('connectionId');
  });

  it('show each campaign once over the pages', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '2', ...(cursor !== null && { cursor }) };
      const page = contract.campaignPage.parse((await get('/v1/campaigns', { query })).body);
      seen.push(...page.items.map(({ platformId }) => platformId));
      cursor = page.nextCursor;
    } while (cursor !== null && seen.length < 20);
    expect(seen.toSorted()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5']);
  });

  it('filter by status and parents', async () => {
    const paused = await get('/v1/campaigns', { query: { status: 'paused', accountId: mine.accountId } });
    expect(
      contract.campaignPage
        .parse(paused.body)
        .items.map(({ platformId }) => platformId)
        .toSorted(),
    ).toEqual(['c4', 'c5']);
    const groups = await get('/v1/ad-groups', { query: { campaignId: mine.idOf('campaign', 'c1') } });
    expect(contract.adGroupPage.parse(groups.body).items.map(({ platformId }) => platformId)).toEqual(['g1']);
    const ads = await get('/v1/ads', { query: { adGroupId: mine.idOf('ad-group', 'g1') } });
    expect(contract.adPage.parse(ads.body).items.map(({ platformId }) => platformId)).toEqual(['a1']);
    const none = await get('/v1/ads', { query: { accountId: second.accountId } });
    expect(none.body).toEqual({ items: [], nextCursor: null });
  });
});

describe('one campaign', () => {
  const show = (campaignId: string) => get('/v1/campaigns/{campaignId}', { path: { campaignId } });

  it('is shown to its workspace', async () => {
    const { status, body } = await show(mine.idOf('campaign', 'c1'));
    expect([status, contract.campaign.parse(body).name]).toEqual([200, 'campaign c1']);
  });

  it('of another workspace is not found, like one that does not exist', async () => {
    const other = await show(foreign.idOf('campaign', 'c1'));
    const none = await show(newId('cmp', Date.now()));
    expect([other.status, none.status]).toEqual([404, 404]);
    expect(other.text).not.toContain('campaign c1');
  });
});

describe('refusals', () => {
  it.each([
    ['/v1/campaigns', () => ({ accountId: foreign.accountId })],
    ['/v1/ad-groups', () => ({ campaignId: foreign.idOf('campaign', 'c1') })],
    ['/v1/ads', () => ({ adGroupId: foreign.idOf('ad-group', 'g1') })],
  ])('answer 404 for a filter of another workspace on %s', async (resource, query) => {
    expect((await get(resource, { query: query() })).status).toBe(404);
  });

  it('answer 400 for a cursor of another list, workspace or none at all', async () => {
    const first = await get('/v1/campaigns', { query: { limit: '2' } });
    const cursor = contract.campaignPage.parse(first.body).nextCursor ?? '';
    const elsewhere = [
      get('/v1/campaigns', { query: { cursor, status: 'paused' } }),
      get('/v1/accounts', { query: { cursor } }),
      get('/v1/campaigns', { query: { cursor }, caller: { workspaceId: foreign.workspaceId } }),
      get('/v1/campaigns', { query: { cursor: 'garbage' } }),
      get('/v1/campaigns', { query: { cursor: `${cursor.slice(0, -4)}AAAA` } }),
    ];
    for (const { status, body } of await Promise.all(elsewhere)) {
      expect([status, body]).toMatchObject([400, { errors: [{ field: 'cursor' }] }]);
    }
  });

  it('answer 403 without the scope', async () => {
    const caller = { workspaceId: mine.workspaceId, scopes: ['metrics.read'] } as const;
    expect((await get('/v1/ads', { caller })).status).toBe(403);
  });
});
