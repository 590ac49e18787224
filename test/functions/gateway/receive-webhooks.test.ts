/** Webhooks over the wire: the simulated platforms sign and send, the product verifies and counts. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicHandler } from '../../../adapters/http/public-handler.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { receiveWebhooksRoutes } from '../../../contracts/routes/receive-webhooks.ts';
import { accountIdOf, mirroredId } from '../../../domain/integrations/ids.ts';
import type { StructureRow } from '../../../domain/integrations/platform.ts';
import { receiveWebhooks } from '../../../functions/gateway/receive-webhooks/receive-webhooks.ts';
import { challenges, webhooks } from '../../../platforms/webhooks.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { apiEvent, callApi, type Handler, lambdaContext } from '../../adapters/http/api-event.ts';
import { newWorkspace } from '../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { type RecordedStream, recordedStream } from '../../adapters/streams/recorded-stream.ts';

let state: StateTable;
let simulator: Simulator;
let server: Server;
let recorded: RecordedStream;
let handler: unknown;
let lines: string[];
let serial = 0;

beforeAll(async () => {
  [state, simulator] = await Promise.all([startStateTable(), createSimulator({ days: 2, speed: 0 })]);
  // What the gateway does: the body as text, the headers as they came.
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = apiEvent({
      method: request.method ?? 'POST',
      resource: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString('utf8'),
      caller: null,
    });
    const answer = await (handler as Handler)(event, lambdaContext());
    response.writeHead(answer.statusCode).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await Promise.all([state.close(), simulator.close()]);
});
beforeEach(() => {
  recorded = recordedStream();
  lines = [];
  serial += 1;
  const telemetry = createTelemetry({ stage: 'test' }, (line) => void lines.push(line));
  const { stores } = state;
  const apps: Record<string, Record<string, string>> = {
    'tiktok-ads': { appId: simulator.tiktok.appId, appSecret: simulator.tiktok.appSecret },
    'linkedin-ads': { clientId: simulator.linkedIn.clientId, clientSecret: simulator.linkedIn.clientSecret },
  };
  handler = publicHandler(
    receiveWebhooksRoutes,
    receiveWebhooks({
      webhooks,
      challengeOf: challenges['linkedin-ads'],
      appOf: async (platform) => apps[platform],
      owners: stores.accountOwners,
      places: createPlaceDirectory(stores, Date.now),
      stream: recorded.stream,
      telemetry,
      now: Date.now,
    }),
    { mostBytes: 262_144, telemetry },
  );
});

/** An account of a workspace, with what a load has seen of it. */
async function loaded(platform: 'tiktok-ads' | 'linkedin-ads', platformId: string) {
  const own = newWorkspace(state.stores);
  const { workspaceId } = own;
  const accountId = accountIdOf(workspaceId, platform, platformId);
  await own.accounts.upsert({
    ...{ id: accountId, platform, platformId, name: 'Shop', currency: 'EUR', timeZone: 'Europe/Berlin' },
    ...{ status: 'enabled' as const, connectionId: 'con_1', managerPlatformId: null },
  });
  const scope = { workspaceId, platform, accountPlatformId: platformId };
  const row = {
    ...{ name: 'One', status: 'enabled' as const, type: 'search', dailyBudgetMicros: null, creative: null },
    campaignPlatformId: '11',
  } as const;
  const rows = async function* (one: StructureRow) {
    yield [one];
  };
  const owner = { ...scope, accountId, currency: 'EUR' };
  const at = '2026-11-20T08:00:00.000Z';
  await own.campaigns.synchronise(
    owner,
    rows({ ...row, kind: 'campaign', platformId: '11', adGroupPlatformId: null }),
    at,
  );
  await own.adGroups.synchronise(
    owner,
    rows({ ...row, kind: 'ad-group', platformId: '21', adGroupPlatformId: '21' }),
    at,
  );
  return {
    workspaceId,
    accountId,
    campaignId: mirroredId('campaign', scope, { platformId: '11', adGroupPlatformId: null }),
  };
}

async function send(body: Record<string, unknown>) {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`${simulator.control}/control/webhooks`, {
    method: 'POST',
    body: JSON.stringify({ url: `http://127.0.0.1:${port}/v1/hooks/${String(body.platform)}`, ...body }),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { status: number; body: string };
}
const told = (name: string) =>
  lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => name in line)
    .map(({ platform, reason }) => [platform, reason]);
const account = () => `70000000000000${String(serial).padStart(5, '0')}`;

describe('leads', () => {
  it('of TikTok are counted in every workspace that has the account, without what people typed in', async () => {
    const first = await loaded('tiktok-ads', account());
    const second = await loaded('tiktok-ads', account());
    const lead = { platform: 'tiktok-ads', account: account(), campaign: '11', adGroup: '21', ad: '99', id: 'lead-1' };
    expect(await send(lead)).toEqual({ status: 200, body: '{"received":2}' });
    expect(recorded.events.map(({ workspaceId }) => workspaceId).sort()).toEqual(
      [first.workspaceId, second.workspaceId].sort(),
    );
    const mine = recorded.events.find(({ workspaceId }) => workspaceId === first.workspaceId);
    expect(mine).toMatchObject({
      id: 'tiktok-lead-lead-1',
      kind: 'lead',
      source: 'webhook',
      platform: 'tiktok-ads',
      accountId: first.accountId,
      campaignId: first.campaignId,
      adId: null,
      measures: { leads: 1, spendMicros: 0 },
      attributes: { leadId: 'lead-1', formId: '7300000000000000001' },
    });
    expect([...recorded.wire, ...lines].join('\n')).not.toMatch(/mustermann/i);
  });

  it('of LinkedIn are known by the account they were given to', async () => {
    const { accountId } = await loaded('linkedin-ads', account());
    expect((await send({ platform: 'linkedin-ads', account: account(), ad: '55', id: 'f-1' })).status).toBe(200);
    expect(recorded.events).toMatchObject([
      { id: 'linkedin-lead-f-1', accountId, measures: { leads: 1 }, attributes: { formId: '9191', creativeId: '55' } },
    ]);
  });

  it('are the same event when they are delivered again', async () => {
    await loaded('linkedin-ads', account());
    const lead = { platform: 'linkedin-ads', account: account(), id: 'f-2', secondsAgo: 30 };
    await send(lead);
    await send({ ...lead, secondsAgo: 30 });
    const [first, again] = recorded.events;
    expect(again?.id).toBe(first?.id);
  });

  it('of an account that nobody has are answered, counted and kept nowhere', async () => {
    expect(await send({ platform: 'tiktok-ads', account: account(), id: 'lead-2' })).toEqual({
      status: 200,
      body: '{"received":0}',
    });
    expect(told('webhooksIgnored')).toEqual([['tiktok-ads', 'unknown-account']]);
    expect(recorded.events).toEqual([]);
  });

  it('are asked for again while the stream has no room', async () => {
    await loaded('tiktok-ads', account());
    recorded.full.add('tiktok-lead-lead-3');
    expect((await send({ platform: 'tiktok-ads', account: account(), id: 'lead-3' })).status).toBe(503);
  });
});

it('tells which status an object has now', async () => {
  const { campaignId } = await loaded('tiktok-ads', account());
  await send({
    platform: 'tiktok-ads',
    kind: 'status',
    account: account(),
    campaign: '11',
    id: 's',
    status: 'AUDIT_DENY',
  });
  expect(recorded.events).toMatchObject([
    { kind: 'status', campaignId, measures: { leads: 0 }, attributes: { status: 'AUDIT_DENY' } },
  ]);
});

describe('a delivery is not believed', () => {
  it('when it is older than five minutes', async () => {
    await loaded('tiktok-ads', account());
    const { status } = await send({ platform: 'tiktok-ads', account: account(), id: 'old', secondsAgo: 301 });
    expect([status, told('webhooksRefused')]).toEqual([403, [['tiktok-ads', 'replayed']]]);
  });

  it.each(['tiktok-ads', 'linkedin-ads'])('without a signature of %s, or with another', async (platform) => {
    const call = { method: 'POST', resource: `/v1/hooks/${platform}`, body: '{}', caller: null };
    const at = Math.floor(Date.now() / 1_000);
    const forged = { 'tiktok-signature': `t=${at},s=${'0'.repeat(64)}`, 'x-li-signature': '0'.repeat(64) };
    expect((await callApi(handler, call)).status).toBe(403);
    expect((await callApi(handler, { ...call, headers: forged })).status).toBe(403);
    expect(told('webhooksRefused')).toEqual([
      [platform, 'unsigned'],
      [platform, 'forged'],
    ]);
    expect(recorded.events).toEqual([]);
  });
});

it('answers the challenge of LinkedIn', async () => {
  const { status, body } = await callApi(handler, {
    resource: '/v1/hooks/linkedin-ads',
    query: { challengeCode: '890e4665-4dfe-4ab1-b689-ed553bceeed0' },
    caller: null,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ challengeResponse: expect.stringMatching(/^[0-9a-f]{64}$/) });
});
