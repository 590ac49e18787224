/**
 * GET /v1/metrics through a running system: gateway, authorizer, function, state and lake are those of the laptop. The numbers are
 * put into state and lake the way a load publishes them, because loading 900,000 facts would measure the load.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { createLake, type Lake } from '../adapters/lake.ts';
import { createAccountStore } from '../adapters/stores/account-store.ts';
import { createRollupStore } from '../adapters/stores/rollup-store.ts';
import { createStores, type WorkspaceStores } from '../adapters/stores/stores.ts';
import { structureStores } from '../adapters/stores/structure-store.ts';
import { Table } from '../adapters/stores/table.ts';
import { encodeRollup, type RollupRow } from '../domain/analysis/rollup.ts';
import { addDays, dayInZone, monthOf } from '../domain/integrations/calendar-day.ts';
import { accountIdOf, mirroredId, newId } from '../domain/integrations/ids.ts';
import { rollupKey } from '../domain/integrations/lake-layout.ts';
import type { StructureRow } from '../domain/integrations/platform.ts';
import { type RunningSystem, startLocal } from '../local/boot/start-local.ts';
import { cdkOut, dashboardDist, root } from '../scripts/build.ts';
import { percentile } from './median.ts';

export interface MetricsFigures {
  readonly campaigns: number;
  readonly facts: number;
  /** The first answer after a new load: rollups are read and decoded. */
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly answerKb: number;
}

const days = 90;
const perAccount = 250;
const pageRows = 1_000;
const calls = 100;
const warmUp = 10;

/** 90 days by campaign, the 1,000 with the most spend with their names, one caller: for 1,000 campaigns and for 10,000. */
export async function measureMetricsApi(
  sizes: readonly number[] = [1_000, 10_000],
): Promise<readonly MetricsFigures[]> {
  const home = await mkdtemp(join(tmpdir(), 'conext-bench-metrics-'));
  const system = await startLocal({
    cdkOut,
    dashboardFolder: dashboardDist,
    home,
    portBase: 0,
    simulator: { program: join(root, 'simulator', 'main.ts'), days: 7 },
    load: false,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const target = await openTarget(system);
    const figures: MetricsFigures[] = [];
    let present = 0;
    for (const campaigns of sizes) {
      for (; present < campaigns; present += perAccount) await publishAccount(target, present / perAccount);
      figures.push(await measure(system, agent, campaigns));
    }
    return figures;
  } finally {
    agent.destroy();
    await system.stop();
    await rm(home, { recursive: true, force: true });
  }
}

interface Target {
  readonly stores: WorkspaceStores<'accounts' | 'campaigns' | 'rollups'>;
  readonly lake: Lake;
  readonly dates: readonly string[];
}

/** The system's state and lake, with the keys of an operator. */
async function openTarget({ aws, region, description }: RunningSystem): Promise<Target> {
  const options = { endpoint: aws.endpointUrl, region, credentials: aws };
  const [dynamo, s3] = [new DynamoDBClient(options), new S3Client({ ...options, forcePathStyle: true })];
  const tables = (await dynamo.send(new ListTablesCommand({}))).TableNames ?? [];
  const buckets = ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name }) => Name);
  const [table, bucket] = [
    tables.find((name) => name.includes('State')) ?? tables[0],
    buckets.find((name) => name?.includes('lake')),
  ];
  if (table === undefined || bucket === undefined) throw new Error('The running system has no state table or no lake.');
  const today = dayInZone(Date.now(), 'UTC');
  return {
    stores: createStores(new Table(table, dynamo), {
      accounts: createAccountStore,
      ...structureStores,
      rollups: createRollupStore,
    }).forWorkspace(description.workspaceId),
    lake: createLake({
      lake: { bucket },
      aws: { region, endpoint: undefined, s3Endpoint: aws.endpointUrl },
      credentials: { ...aws, sessionToken: undefined },
    }),
    dates: Array.from({ length: days }, (_, index) => addDays(today, index - days)),
  };
}

async function publishAccount({ stores, lake, dates }: Target, index: number): Promise<void> {
  const accountPlatformId = String(9_000_000_000 + index);
  const scope = { workspaceId: stores.workspaceId, platform: 'google-ads' as const, accountPlatformId };
  const accountId = accountIdOf(scope.workspaceId, scope.platform, accountPlatformId);
  const names = Array.from({ length: perAccount }, (_, place) => String(index * perAccount + place + 1));
  await stores.accounts.upsert({
    id: accountId,
    platform: scope.platform,
    platformId: accountPlatformId,
    name: `Account ${index}`,
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    status: 'enabled',
    connectionId: 'con_bench',
    managerPlatformId: null,
  });
  const campaigns = names.map(
    (platformId): StructureRow => ({
      kind: 'campaign',
      platformId,
      name: `Campaign ${platformId}`,
      status: 'enabled',
      campaignPlatformId: null,
      adGroupPlatformId: null,
      type: 'search',
      dailyBudgetMicros: null,
      creative: null,
    }),
  );
  async function* once() {
    yield campaigns;
  }
  const at = new Date().toISOString();
  await stores.campaigns.synchronise({ ...scope, accountId, currency: 'EUR' }, once(), at);

  const runId = newId('run', Date.now());
  for (const [month, inMonth] of Map.groupBy(dates, monthOf)) {
    const rows = names.flatMap((platformId) => {
      const object = { campaignId: mirroredId('campaign', scope, { platformId, adGroupPlatformId: null }), platformId };
      return inMonth.map((date, day): RollupRow => factOf(object, date, Number(platformId), day));
    });
    const place = { workspaceId: scope.workspaceId, accountId, grain: 'campaign' as const, month, runId };
    const key = rollupKey({ ...place, build: 1 });
    const header = {
      grain: place.grain,
      accountId,
      platform: scope.platform,
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      month,
    };
    await lake.putPacked(key, encodeRollup({ ...header, loadedAt: at }, rows));
    await stores.rollups.switch(
      [{ accountId, grain: place.grain, month, key, runId, rows: rows.length, publishedAt: at }],
      [0],
    );
  }
}

const factOf = (object: RollupRow['object'], date: string, campaign: number, day: number): RollupRow => ({
  object,
  date,
  impressions: 1_000 + ((campaign * 7 + day) % 991),
  clicks: (campaign + day) % 97,
  spendMicros: 1_234_567 + campaign * 1_009 + day * 77_777,
  conversionsMicros: ((campaign * day) % 13) * 500_000,
  conversionValueMicros: 5_000_000 + campaign * 31,
  videoViews: campaign % 3 === 0 ? campaign : null,
});

async function measure(system: RunningSystem, agent: Agent, campaigns: number): Promise<MetricsFigures> {
  const today = dayInZone(Date.now(), 'UTC');
  const query = new URLSearchParams({
    from: addDays(today, -days),
    to: addDays(today, -1),
    groupBy: 'campaign',
    currency: 'EUR',
    limit: String(pageRows),
  });
  const target = new URL(`/v1/metrics?${query}`, system.description.apiUrl);
  const token = await system.token('automation');
  const ask = async (): Promise<{ ms: number; text: string }> => {
    const began = performance.now();
    const text = await new Promise<string>((resolve, reject) => {
      request(target, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
        const parts: Buffer[] = [];
        answer
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => {
            const body = Buffer.concat(parts).toString('utf8');
            if (answer.statusCode === 200) resolve(body);
            else reject(new Error(`GET /v1/metrics answered ${answer.statusCode}: ${body.slice(0, 300)}`));
          });
      })
        .on('error', reject)
        .end();
    });
    return { ms: performance.now() - began, text };
  };
  const first = await ask();
  requireWhole(first.text, campaigns);
  for (let call = 0; call < warmUp; call += 1) await ask();
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) times.push((await ask()).ms);
  return {
    campaigns,
    facts: campaigns * days,
    firstMs: first.ms,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    answerKb: Buffer.byteLength(first.text) / 1024,
  };
}

/** A fast answer that lacks rows is no figure: the totals hold every campaign's facts, the page its 1,000 rows with names. */
function requireWhole(text: string, campaigns: number): void {
  const answer = JSON.parse(text) as { rows: { campaignName?: string }[]; totals: { impressions: number } };
  let impressions = 0;
  const today = dayInZone(Date.now(), 'UTC');
  const dates = Array.from({ length: days }, (_, index) => addDays(today, index - days));
  for (const inMonth of Map.groupBy(dates, monthOf).values()) {
    for (let campaign = 1; campaign <= campaigns; campaign += 1) {
      for (let day = 0; day < inMonth.length; day += 1) impressions += 1_000 + ((campaign * 7 + day) % 991);
    }
  }
  const named = answer.rows.filter(({ campaignName }) => campaignName !== undefined).length;
  if (answer.totals.impressions !== impressions || named !== pageRows) {
    throw new Error(`The answer is not whole: ${answer.totals.impressions} impressions, ${named} named rows.`);
  }
}
