import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ResolvedResource } from '../../../local/ports.ts';
import { proxyTo, resource, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const functions = functionsOf({
  ok: (event) => ({
    statusCode: 200,
    body: JSON.stringify((event as { requestContext: { identity: unknown } }).requestContext.identity),
  }),
});
const open = { Integration: proxyTo('ok') };
const keyed = { ...open, ApiKeyRequired: true };

const stageWith = (...settings: Record<string, unknown>[]): ResolvedResource =>
  resource('Stage', 'v1', { RestApiId: 'api', StageName: 'v1', MethodSettings: settings });

function planWith(properties: Record<string, unknown>): ResolvedResource[] {
  return [
    resource('ApiKey', 'key', { Name: 'partner', Value: 'k'.repeat(20), Enabled: true }),
    resource('ApiKey', 'other', { Value: 'o'.repeat(20), Enabled: true }),
    resource('ApiKey', 'off', { Value: 'f'.repeat(20), Enabled: false }),
    resource('ApiKey', 'planless', { Value: 'p'.repeat(20), Enabled: true }),
    resource('UsagePlan', 'plan', properties),
    ...['key', 'other', 'off'].map((id) =>
      resource('UsagePlanKey', `plan ${id}`, { KeyId: id, KeyType: 'API_KEY', UsagePlanId: 'plan' }),
    ),
  ];
}

/** Statuses of so many requests, one after the other. */
async function statuses(url: string, count: number, key?: string): Promise<number[]> {
  const seen: number[] = [];
  for (let at = 0; at < count; at += 1) {
    seen.push((await fetch(url, key === undefined ? {} : { headers: { 'x-api-key': key } })).status);
  }
  return seen;
}

describe('stage throttling', () => {
  it('lets the burst through, then as many a second as the rate', async () => {
    let now = 1_000_000;
    const { url } = await startGateway(
      [
        ...route('/a', 'GET', open),
        stageWith({ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 2, ThrottlingBurstLimit: 3 }),
      ],
      functions,
      { clock: () => now },
    );
    expect(await statuses(`${url}/a`, 4)).toEqual([200, 200, 200, 429]);
    now += 499;
    expect(await statuses(`${url}/a`, 1)).toEqual([429]);
    now += 1;
    expect(await statuses(`${url}/a`, 2)).toEqual([200, 429]);
    now += 60_000;
    expect(await statuses(`${url}/a`, 4)).toEqual([200, 200, 200, 429]);
  });

  it("prefers a method's own setting and counts each method apart", async () => {
    const { url } = await startGateway(
      [
        ...route('/v1/accounts', 'GET', open),
        ...route('/v1/accounts/{id}', 'GET', open),
        stageWith(
          { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
          { ResourcePath: '/~1v1~1accounts', HttpMethod: 'GET', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
        ),
      ],
      functions,
      { clock: () => 5 },
    );
    expect(await statuses(`${url}/v1/accounts`, 2)).toEqual([200, 429]);
    expect(await statuses(`${url}/v1/accounts/7`, 3)).toEqual([200, 200, 429]);
  });
});

describe('usage plans', () => {
  it('admit only enabled keys of a plan where a method requires one', async () => {
    const { url } = await startGateway([...route('/a', 'GET', keyed), ...planWith({})], functions);
    expect(await statuses(`${url}/a`, 1)).toEqual([403]);
    for (const wrong of ['f'.repeat(20), 'p'.repeat(20), 'unknown'])
      expect(await statuses(`${url}/a`, 1, wrong)).toEqual([403]);
    const response = await fetch(`${url}/a`, { headers: { 'x-api-key': 'k'.repeat(20) } });
    expect(await response.json()).toMatchObject({ apiKey: 'k'.repeat(20), apiKeyId: 'key' });
  });

  it('draw the value of a key that the template leaves open, and keep it', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'conext-gateway-'));
    const resources = [
      ...route('/a', 'GET', keyed),
      resource('ApiKey', 'drawn', { Name: 'drawn' }),
      resource('UsagePlan', 'plan', {}),
      resource('UsagePlanKey', 'link', { KeyId: 'drawn', KeyType: 'API_KEY', UsagePlanId: 'plan' }),
    ];
    const first = await startGateway(resources, functions, { dataDir });
    const second = await startGateway(resources, functions, { dataDir });
    const value = first.apiKeys[0]?.value ?? '';
    expect(value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(second.apiKeys).toEqual(first.apiKeys);
    expect(await statuses(`${second.url}/a`, 1, value)).toEqual([200]);
    rmSync(dataDir, { recursive: true });
  });

  it('throttle each key by itself', async () => {
    const { url } = await startGateway(
      [...route('/a', 'GET', keyed), ...planWith({ Throttle: { RateLimit: 1, BurstLimit: 2 } })],
      functions,
      { clock: () => 5 },
    );
    expect(await statuses(`${url}/a`, 3, 'k'.repeat(20))).toEqual([200, 200, 429]);
    expect(await statuses(`${url}/a`, 1, 'o'.repeat(20))).toEqual([200]);
  });

  it("keep a method's own limit within the plan", async () => {
    const plan = planWith({
      ApiStages: [{ ApiId: 'api', Stage: 'v1', Throttle: { '/a/GET': { RateLimit: 1, BurstLimit: 1 } } }],
    });
    const { url } = await startGateway(
      [...route('/a', 'GET', keyed), ...route('/b', 'GET', keyed), ...plan],
      functions,
      { clock: () => 5 },
    );
    expect(await statuses(`${url}/a`, 2, 'k'.repeat(20))).toEqual([200, 429]);
    expect(await statuses(`${url}/b`, 2, 'k'.repeat(20))).toEqual([200, 200]);
  });

  it('start the quota anew with the day, UTC', async () => {
    let now = Date.UTC(2026, 10, 22, 23, 59, 59);
    const { url } = await startGateway(
      [...route('/a', 'GET', keyed), ...planWith({ Quota: { Limit: 2, Period: 'DAY' } })],
      functions,
      { clock: () => now },
    );
    expect(await statuses(`${url}/a`, 3, 'k'.repeat(20))).toEqual([200, 200, 429]);
    const refused = await fetch(`${url}/a`, { headers: { 'x-api-key': 'k'.repeat(20) } });
    expect(refused.headers.get('x-amzn-errortype')).toBe('LimitExceededException');
    now += 1_000;
    expect(await statuses(`${url}/a`, 1, 'k'.repeat(20))).toEqual([200]);
  });
});
