import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { createLaneStore } from '../../../adapters/stores/lane-store.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { countEvents } from '../../../adapters/streams/count-events.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import {
  alertRule,
  alertRuleList,
  alertRulePreview,
  alertRuleSuggestions,
  createdAlertWebhook,
} from '../../../contracts/schemas/alert-rules.ts';
import { alert, alertDeliveryList, alertPage } from '../../../contracts/schemas/alerts.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { evaluateWorkspace } from '../../../functions/analysis/evaluate-alerts/evaluate-workspace.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';
import { sampleEvent } from '../../adapters/streams/sample-events.ts';

let world: ApiWorld;
let handler: unknown;
let account: SeededAccount;

beforeAll(async () => {
  world = await startApiWorld();
  ({ handler } = await import('../../../functions/analysis/manage-alerts/handler.ts'));
});
afterAll(() => world.close());
beforeEach(async () => {
  account = await seedAccount(newWorkspace(world.stores), '1234567890');
  await seedStructure(account, { campaigns: [{ platformId: '42', name: 'Autumn' }] });
});

const units = (amount: number) => amount * 1_000_000;
const call = (resource: string, given: Partial<Call> = {}) =>
  callApi(handler, { resource, caller: { workspaceId: account.workspaceId }, ...given });
const post = (resource: string, body: unknown, more: Partial<Call> & { key?: string } = {}) =>
  call(resource, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(more.key !== undefined && { 'idempotency-key': more.key }) },
    body: JSON.stringify(body),
    ...more,
  });
const patch = (resource: string, path: Record<string, string>, body: unknown, tag: string) =>
  call(resource, {
    method: 'PATCH',
    path,
    headers: { 'content-type': 'application/json', 'if-match': tag },
    body: JSON.stringify(body),
  });

const spendRule = (given: Record<string, unknown> = {}) => ({
  name: 'Campaign spends too much',
  scope: { each: 'campaign', currency: 'EUR' },
  condition: {
    kind: 'threshold',
    metric: 'spendMicros',
    window: { unit: 'minutes', length: 60 },
    is: 'above',
    value: units(100),
  },
  ...given,
});
const made = async (given: Record<string, unknown> = {}) =>
  alertRule.parse((await post('/v1/alert-rules', spendRule(given))).body);

/** Spend of the campaign 42, so many minutes ago. */
async function spend(amount: number, minutesAgo: number): Promise<void> {
  const now = () => Date.now();
  const event = sampleEvent({
    workspaceId: account.workspaceId,
    id: `spend-${amount}-${minutesAgo}`,
    occurredAt: Date.now() - minutesAgo * 60_000,
    accountId: account.accountId,
    campaignId: account.idOf('campaign', '42'),
    currency: 'EUR',
    measures: { spendMicros: units(amount) },
  });
  const table = new Table('state');
  const lanes = new LaneCache((workspaceId, lane) => createLaneStore(table, { workspaceId, lane }, now));
  const { counted } = await countEvents([{ event, timeZone: 'Europe/Berlin' }], lanes, { now });
  expect(counted).toHaveLength(1);
}

async function openAlert() {
  const rule = await made({ emails: ['team@example.com'] });
  await spend(250, 10);
  await evaluateWorkspace(
    {
      own: account.stores,
      rollups: createRollupCache(async () => undefined, 1),
      tell: async () => undefined,
      now: Date.now,
      remainingMs: () => 60_000,
      warn: () => undefined,
    },
    'minute',
  );
  const { items } = alertPage.parse((await call('/v1/alerts', { query: { status: 'open' } })).body);
  const [first] = items;
  if (first === undefined) throw new Error('No alert was opened.');
  return { rule, alert: first };
}

describe('alert rules', () => {
  it('are made once under a key, with defaults, and listed', async () => {
    const first = await post('/v1/alert-rules', spendRule(), { key: 'one' });
    expect(first.status).toBe(201);
    const rule = alertRule.parse(first.body);
    expect(rule).toMatchObject({ severity: 'warning', cooldownMinutes: 60, recoveryMinutes: 15, webhooks: [] });
    expect(alertRule.parse((await post('/v1/alert-rules', spendRule(), { key: 'one' })).body)).toEqual(rule);
    expect((await post('/v1/alert-rules', spendRule({ name: 'Other' }), { key: 'one' })).status).toBe(422);
    expect(alertRuleList.parse((await call('/v1/alert-rules')).body).items).toEqual([rule]);
  });

  it.each([
    ['money without a currency', { scope: { each: 'campaign' } }, ['scope.currency']],
    ['money of the whole workspace', { scope: { each: 'workspace' } }, ['scope.each']],
    [
      'an account of somebody else',
      { scope: { each: 'account', currency: 'EUR', accountId: 'acc_00000000000000000000000000' } },
      ['scope.accountId'],
    ],
    [
      'orders of loaded facts',
      {
        scope: { each: 'account' },
        condition: { kind: 'threshold', metric: 'orders', window: { unit: 'days', length: 1 }, is: 'below', value: 1 },
      },
      ['condition.window.unit'],
    ],
    [
      'a window longer than minutes are looked at',
      { condition: { ...spendRule().condition, window: { unit: 'hours', length: 73 } } },
      ['condition.window.length'],
    ],
    ['more recipients than ten', { emails: Array.from({ length: 11 }, (_, i) => `a${i}@example.com`) }, ['emails']],
    ['a recipient with a line of its own', { emails: ['a@example.com\nBcc: b@example.com'] }, ['emails[0]']],
  ])('refuse %s', async (_, given, fields) => {
    const { status, body } = await post('/v1/alert-rules', spendRule(given));
    expect(status).toBe(400);
    expect(problem.parse(body).errors?.map(({ field }) => field.replace(/\.(\d+)/g, '[$1]'))).toEqual(fields);
  });

  it('are changed by whoever read them as they are, and by nobody else', async () => {
    const { id } = await made();
    const path = { ruleId: id };
    const { headers } = await call('/v1/alert-rules/{ruleId}', { path });
    const tag = headers['etag'] ?? '';
    const changed = await patch('/v1/alert-rules/{ruleId}', path, { enabled: false }, tag);
    expect(alertRule.parse(changed.body)).toMatchObject({ enabled: false, name: 'Campaign spends too much' });
    expect((await patch('/v1/alert-rules/{ruleId}', path, { enabled: true }, tag)).status).toBe(412);
  });

  it('are of one workspace alone', async () => {
    const { id } = await made();
    const other = newWorkspace(world.stores).workspaceId;
    const answer = await call('/v1/alert-rules/{ruleId}', { path: { ruleId: id }, caller: { workspaceId: other } });
    expect(answer.status).toBe(404);
  });

  it('are suggested for the currencies there are, each fit to be made', async () => {
    const { items } = alertRuleSuggestions.parse((await call('/v1/alert-rules/suggestions')).body);
    expect(items.length).toBeGreaterThan(4);
    for (const { rule } of items) expect((await post('/v1/alert-rules', rule)).status).toBe(201);
  });

  it('tell how often they would have fired of late', async () => {
    await spend(250, 30);
    const { condition, scope } = spendRule();
    const { status, body } = await post('/v1/alert-rules/preview', { condition, scope });
    expect(status).toBe(200);
    const preview = alertRulePreview.parse(body);
    expect(preview).toMatchObject({ fired: 1, objects: 1, examples: [{ object: 'Autumn' }] });
    expect(preview.note).toContain('3 days');
    expect(alertRuleList.parse((await call('/v1/alert-rules')).body).items).toEqual([]);
  });
});

describe('webhooks of a rule', () => {
  const secrets = () => new SecretsManagerClient({ maxAttempts: 1 });
  const held = (id: string) =>
    secrets().send(new GetSecretValueCommand({ SecretId: `conext/test/alert-webhooks/${id}` }));

  it('have a secret that is shown once, and gone with them', async () => {
    const { id: ruleId } = await made();
    const path = { ruleId };
    const body = { url: 'https://hooks.example/alerts' };
    const first = await post('/v1/alert-rules/{ruleId}/webhooks', body, { path, key: 'a' });
    expect(first.status).toBe(201);
    const webhook = createdAlertWebhook.parse(first.body);
    expect((await held(webhook.id)).SecretString).toBe(webhook.secret);
    const seen = await call('/v1/alert-rules/{ruleId}', { path });
    expect(JSON.stringify(seen.body)).not.toContain(webhook.secret);
    expect((await post('/v1/alert-rules/{ruleId}/webhooks', body, { path, key: 'a' })).status).toBe(409);
    const remove = { method: 'DELETE', path: { ruleId, webhookId: webhook.id } };
    expect((await call('/v1/alert-rules/{ruleId}/webhooks/{webhookId}', remove)).status).toBe(200);
    await expect(held(webhook.id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each(['http://hooks.example/a', 'https://169.254.169.254/latest', 'https://10.1.2.3/a'])(
    'are not made for %s',
    async (url) => {
      const { id: ruleId } = await made();
      expect((await post('/v1/alert-rules/{ruleId}/webhooks', { url }, { path: { ruleId } })).status).toBe(400);
    },
  );
});

describe('alerts', () => {
  it('are acknowledged and muted, and say what was sent of them', async () => {
    const { alert: open } = await openAlert();
    expect(open).toMatchObject({ object: { name: 'Autumn' }, moneyAtRisk: { microsPerHour: units(150) } });
    const path = { alertId: open.id };
    const { headers } = await call('/v1/alerts/{alertId}', { path });
    const mutedUntil = new Date(Date.now() + 3_600_000).toISOString();
    const body = { acknowledged: true, mutedUntil };
    const changed = await patch('/v1/alerts/{alertId}', path, body, headers['etag'] ?? '');
    expect(alert.parse(changed.body)).toMatchObject({ acknowledgedBy: 'user-1', mutedUntil });
    expect((await patch('/v1/alerts/{alertId}', path, body, headers['etag'] ?? '')).status).toBe(412);
    const sent = alertDeliveryList.parse((await call('/v1/alerts/{alertId}/deliveries', { path })).body);
    expect(sent.items).toMatchObject([{ channel: 'email', to: 'team@example.com', state: 'pending' }]);
  });

  it('are changed by nobody who may only read them', async () => {
    const { alert: open } = await openAlert();
    const viewer = { workspaceId: account.workspaceId, role: 'viewer' as const, scopes: ['alerts.read' as const] };
    const answer = await call('/v1/alerts/{alertId}', {
      method: 'PATCH',
      path: { alertId: open.id },
      headers: { 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify({ acknowledged: true }),
      caller: viewer,
    });
    expect(answer.status).toBe(403);
    expect((await call('/v1/alerts', { caller: viewer })).status).toBe(200);
  });
});
