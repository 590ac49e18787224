import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardrailDefaults } from '../../../contracts/guardrails.ts';
import { guardrails } from '../../../contracts/schemas/guardrails.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
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
let account: SeededAccount;

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/integrations/manage-guardrails/handler.ts'));
});
afterAll(() => world.close());
beforeEach(async () => {
  account = await seedAccount(newWorkspace(world.stores), '1234567890');
});

const call = (given: Partial<Call> = {}) =>
  callApi(handler, { resource: '/v1/guardrails', caller: { workspaceId: account.workspaceId }, ...given });
const patch = async (policy: unknown, given: { tag?: string; reason?: string } = {}) =>
  call({
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'if-match': given.tag ?? (await call()).headers['etag'] ?? '' },
    body: JSON.stringify({ reason: given.reason ?? 'a busy season', policy }),
  });

describe('guardrails', () => {
  it('are safe where nobody has set anything', async () => {
    const { status, body } = await call();
    expect(status).toBe(200);
    expect(guardrails.parse(body)).toEqual({
      policy: guardrailDefaults,
      defaults: guardrailDefaults,
      changedAt: null,
      changedBy: null,
    });
    expect(guardrailDefaults).toMatchObject({ maxRaiseShare: 0.5, maxRaiseShareIn24Hours: 1, maxCutShare: 0.8 });
  });

  it('keep what a change does not name', async () => {
    await patch({ maxRaiseShare: 0.2 });
    const ceiling = { dailyMicros: 100_000_000, monthlyMicros: null };
    const { status, body } = await patch({ accountCeilings: { [account.accountId]: ceiling } });
    expect(status).toBe(200);
    const { policy, changedBy } = guardrails.parse(body);
    expect(policy).toEqual({
      ...guardrailDefaults,
      maxRaiseShare: 0.2,
      accountCeilings: { [account.accountId]: ceiling },
    });
    expect(changedBy).toBe('user-1');
  });

  it('refuse what would bound nothing, all at once, and change nothing', async () => {
    const campaign = account.idOf('campaign', 'nobody');
    const { status, body } = await patch({
      quietHours: { from: '22:00', to: '22:00', timeZone: 'Mars/Olympus' },
      accountCeilings: { acc_00000000000000000000000000: { dailyMicros: 1, monthlyMicros: null } },
      protectedCampaigns: [campaign],
    });
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.map(({ field }) => field)).toEqual([
      'policy.quietHours.timeZone',
      'policy.quietHours.to',
      'policy.accountCeilings.acc_00000000000000000000000000',
      'policy.protectedCampaigns[0]',
    ]);
    expect(guardrails.parse((await call()).body).changedAt).toBeNull();
  });

  it('refuse values out of range by field', async () => {
    const { status, body } = await patch({ maxCutShare: 1.5, minutesBetweenChanges: -1 });
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.map(({ field }) => field)).toEqual([
      'policy.maxCutShare',
      'policy.minutesBetweenChanges',
    ]);
  });

  it('are changed by whoever read them as they stand, and says why', async () => {
    const tag = (await call()).headers['etag'] ?? '';
    expect((await patch({ maxRaiseShare: 0.3 }, { tag })).status).toBe(200);
    expect((await patch({ maxRaiseShare: 0.9 }, { tag })).status).toBe(412);
    expect((await patch({ maxRaiseShare: 0.9 }, { reason: ' ' })).status).toBe(400);
    const bare = { 'content-type': 'application/json' };
    expect((await call({ method: 'PATCH', headers: bare, body: '{"reason":"x","policy":{}}' })).status).toBe(428);
  });

  it('leave in the audit trail what was changed, why, and what was loosened', async () => {
    await patch({ maxRaiseShare: 0.9, maxCutShare: 0.5, decreasesAtOnce: true }, { reason: 'Black Friday' });
    const { audit } = world.stores.forWorkspace(account.workspaceId);
    const { items } = await audit.list({ limit: 10 });
    expect(items).toMatchObject([
      {
        action: 'guardrails.changed',
        actor: 'user-1',
        reason: 'Black Friday',
        before: { maxRaiseShare: 0.5, maxCutShare: 0.8 },
        after: { maxRaiseShare: 0.9, maxCutShare: 0.5, loosened: ['maxRaiseShare'] },
      },
    ]);
    expect((await audit.verify()).valid).toBe(true);
    await patch({ maxRaiseShare: 0.9 });
    expect((await audit.list({ limit: 10 })).items).toHaveLength(1);
  });

  it('are one workspace’s own, and not the managers’ to move', async () => {
    await patch({ maxRaiseShare: 0.1 });
    const other = await call({ caller: { workspaceId: newWorkspace(world.stores).workspaceId } });
    expect(guardrails.parse(other.body).policy.maxRaiseShare).toBe(0.5);
    const reader = { workspaceId: account.workspaceId, scopes: ['guardrails.read'] as const };
    expect((await call({ caller: reader })).status).toBe(200);
    const body = '{"reason":"x","policy":{}}';
    const headers = { 'content-type': 'application/json' };
    expect((await call({ method: 'PATCH', headers, body, caller: reader })).status).toBe(403);
  });
});
