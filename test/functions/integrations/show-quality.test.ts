import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type QualityResult, qualityPage } from '../../../contracts/schemas/quality.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  startApiWorld,
} from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let handler: unknown;
let mine: SeededAccount;
let foreign: SeededAccount;
const runId = newId('run', Date.now());

const result = (accountId: string, over: Partial<QualityResult> = {}): QualityResult => ({
  runId,
  checkedAt: '2026-11-20T08:00:00.000Z',
  check: 'spend-of-campaign',
  step: 'publish',
  severity: 'ok',
  message: 'Spend by campaign and by account agree.',
  platform: 'google-ads',
  accountId,
  accountName: 'Shop',
  grain: 'campaign',
  from: '2026-11-01',
  to: '2026-11-19',
  unit: 'micros',
  expected: 5_000_000,
  found: 4_000_000,
  currency: 'EUR',
  explained: [],
  unexplainedMicros: 1_000_000,
  sample: Array.from({ length: 40 }, (_, index) => ({ date: '2026-11-05', index })),
  ...over,
});

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/integrations/show-quality/handler.ts'));
  mine = await seedAccount(newWorkspace(world.stores), '111');
  foreign = await seedAccount(newWorkspace(world.stores), '222');
  for (const { stores, accountId } of [mine, foreign]) {
    await stores.quality.put(runId, accountId, [
      result(accountId),
      result(accountId, { check: 'spend-of-ad', severity: 'error' }),
    ]);
  }
});
afterAll(() => world.close());

const get = (query: Record<string, string> = {}, given: Partial<Call> = {}) =>
  callApi(handler, { resource: '/v1/quality', query, caller: { workspaceId: mine.workspaceId }, ...given });

describe('the quality of data', () => {
  it('is told of the own workspace alone, with the largest of what was found', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    const { items, nextCursor } = qualityPage.parse(body);
    expect(items.map(({ accountId, check }) => [accountId, check])).toEqual([
      [mine.accountId, 'spend-of-campaign'],
      [mine.accountId, 'spend-of-ad'],
    ]);
    expect(items[0]?.sample).toHaveLength(10);
    expect(nextCursor).toBeNull();
  });

  it('is narrowed by severity and account, and paged', async () => {
    const errors = qualityPage.parse((await get({ severity: 'error', accountId: mine.accountId })).body);
    expect(errors.items.map(({ check }) => check)).toEqual(['spend-of-ad']);
    const first = qualityPage.parse((await get({ limit: '1' })).body);
    expect(first.items.map(({ check }) => check)).toEqual(['spend-of-campaign']);
    const second = qualityPage.parse((await get({ limit: '1', cursor: first.nextCursor ?? '' })).body);
    expect(second).toMatchObject({ items: [{ check: 'spend-of-ad' }], nextCursor: null });
  });

  it('of an account or a run that is not in the workspace is not found', async () => {
    expect((await get({ accountId: foreign.accountId })).status).toBe(404);
    expect((await get({ runId: newId('run', 1) })).status).toBe(404);
  });

  it('is refused to who asks for a severity that does not exist', async () => {
    expect((await get({ severity: 'fatal' })).status).toBe(400);
  });
});
