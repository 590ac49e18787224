import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mail, Mailed } from '../../../../adapters/mail.ts';
import type { Posted } from '../../../../adapters/outside-post.ts';
import { alertMail } from '../../../../functions/analysis/deliver-alerts/alert-mail.ts';
import { type DeliverPorts, deliverAlerts } from '../../../../functions/analysis/deliver-alerts/deliver-alerts.ts';
import { evaluateWorkspace } from '../../../../functions/analysis/evaluate-alerts/evaluate-workspace.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { alertWorld, minute, units } from './alert-world.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An alert that was opened and is to be sent to a webhook and to two people; what the outside answers is the test's to say. */
async function openedAlert(answers: { post?: () => Posted; mail?: () => Mailed; from?: string | null } = {}) {
  const world = await alertWorld(state);
  await world.count({ spendMicros: units(80), conversionsMicros: units(2) });
  const rule = await world.rule(
    {
      condition: {
        kind: 'threshold',
        metric: 'cpaMicros',
        window: { unit: 'minutes', length: 30 },
        is: 'above',
        value: units(30),
      },
      emails: ['a@example.com', 'b@example.com'],
    },
    'https://hooks.example/alerts',
  );
  await evaluateWorkspace(world.ports, 'minute');
  const posts: Posting[] = [];
  const givenUp: string[] = [];
  const mails: Mail[] = [];
  const ports: DeliverPorts = {
    // Only this test's: the outbox is the whole stage's.
    due: {
      due: async (before, limit) =>
        (await state.stores.dueAlerts.due(before, 1_000))
          .filter(({ workspaceId }) => workspaceId === world.workspaceId)
          .slice(0, limit),
    },
    alertsOf: (id) => state.stores.forWorkspace(id).alerts,
    post: async (url, headers, body) => {
      posts.push({ url, headers, body });
      return answers.post?.() ?? { kind: 'accepted', status: 200 };
    },
    secrets: { get: async (id) => (id === rule.webhooks[0]?.id ? secret : undefined) },
    mail: async (mail) => {
      mails.push(mail);
      return answers.mail?.() ?? { kind: 'sent', messageId: 'm' };
    },
    tell: world.ports.tell,
    mailFrom: async () => (answers.from === undefined ? 'alerts@conext.example' : answers.from),
    dashboard: 'https://app.example',
    now: () => world.clock.now,
    remainingMs: () => 60_000,
    failed: (_, error) => {
      throw error;
    },
    gaveUp: ({ channel }, reason) => void givenUp.push(`${channel}: ${reason}`),
  };
  const [alert] = (await world.own.alerts.list({ limit: 1 })).items;
  if (alert === undefined) throw new Error('No alert was opened.');
  const stateOf = async (channel: string) =>
    (await world.own.alerts.deliveries(alert.id)).find((one) => one.channel === channel);
  return { world, ports, posts, givenUp, mails, alert, stateOf };
}

describe('an alert', () => {
  it('is posted once by many workers, signed over its id, time and body', async () => {
    const { ports, posts, alert, stateOf, world } = await openedAlert();
    await Promise.all([deliverAlerts(ports), deliverAlerts(ports), deliverAlerts(ports)]);
    expect(posts).toHaveLength(1);
    const { url, headers, body } = posts[0] ?? { url: '', headers: {}, body: '' };
    expect(url).toBe('https://hooks.example/alerts');
    const id = headers['webhook-id'] ?? '';
    const seconds = String(Math.floor(world.clock.now / 1_000));
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
    expect(headers).toMatchObject({ 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` });
    expect(JSON.parse(body)).toMatchObject({ type: 'alert.opened', data: { id: alert.id, status: 'open' } });
    expect(await stateOf('webhook')).toMatchObject({ id, state: 'delivered', attempts: 1 });
  });

  it('is tried again under the same id and with the same body, for about an hour and no longer', async () => {
    const { ports, posts, givenUp, stateOf, world } = await openedAlert({
      post: () => ({ kind: 'refused', reason: 'the address answers 500', final: false }),
    });
    const started = world.clock.now;
    for (let minutes = 0; minutes < 90; minutes += 1) {
      await deliverAlerts(ports);
      world.clock.now += minute;
    }
    expect(posts).toHaveLength(8);
    expect(new Set(posts.map(({ headers, body }) => headers['webhook-id'] + body)).size).toBe(1);
    expect(await stateOf('webhook')).toMatchObject({
      state: 'failed',
      attempts: 8,
      lastError: 'the address answers 500',
      dueAt: null,
    });
    expect(givenUp).toEqual(['webhook: the address answers 500']);
    expect(world.clock.now - started).toBeGreaterThan(60 * minute);
  });

  it('is not tried again where the receiver is gone', async () => {
    const { ports, posts, stateOf, world } = await openedAlert({
      post: () => ({ kind: 'refused', reason: 'the address answers 410', final: true }),
    });
    await deliverAlerts(ports);
    world.clock.now += 10 * minute;
    await deliverAlerts(ports);
    expect(posts).toHaveLength(1);
    expect(await stateOf('webhook')).toMatchObject({ state: 'failed' });
  });

  it('is taken over from a worker that died while it sent', async () => {
    const { ports, posts, stateOf, world } = await openedAlert();
    const webhook = await stateOf('webhook');
    if (webhook === undefined) throw new Error('There is no delivery.');
    const dueAt = new Date(world.clock.now + minute).toISOString();
    await world.own.alerts.changeDelivery(webhook, { attempts: 1, dueAt });
    await deliverAlerts(ports);
    expect(posts).toHaveLength(0);
    world.clock.now += minute;
    await deliverAlerts(ports);
    expect(posts).toHaveLength(1);
  });

  it('is mailed in one mail that can be threaded by the alert', async () => {
    const { ports, mails, alert } = await openedAlert();
    await deliverAlerts(ports);
    await deliverAlerts(ports);
    expect(mails).toMatchObject([
      {
        from: 'alerts@conext.example',
        to: ['a@example.com', 'b@example.com'],
        subject: 'Critical: CPA above 30 – Account 1234567890',
        reference: alert.id,
      },
    ]);
    expect(mails[0]?.text).toContain('Money at risk: 40.00 EUR an hour.');
  });

  it('waits for a sender where no operator has set one, and says so', async () => {
    const { ports, mails, stateOf } = await openedAlert({ from: null });
    await deliverAlerts(ports);
    expect(mails).toEqual([]);
    expect(await stateOf('email')).toMatchObject({
      state: 'pending',
      lastError: expect.stringContaining('alerts.mailFrom'),
    });
  });

  it('cannot bring markup or header lines of its own into a mail', async () => {
    const { alert } = await openedAlert();
    const name = 'x"><script>alert(1)</script>\r\nBcc: everybody@example.com';
    const mail = alertMail({ ...alert, object: { ...alert.object, name }, ruleName: name }, 'opened', {
      from: 'a@example.com',
      to: ['b@example.com'],
      dashboard: 'https://app.example',
    });
    expect(mail.html).not.toContain('<script>');
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });
});
