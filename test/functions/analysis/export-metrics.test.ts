import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeRollup } from '../../../domain/analysis/rollup.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { rollupKey } from '../../../domain/integrations/lake-layout.ts';
import { installStreaming, isStreaming, ResponseStream } from '../../../local/functions/response-stream.ts';
import { apiEvent, lambdaContext } from '../../adapters/http/api-event.ts';
import {
  type ApiWorld,
  newWorkspace,
  type SeededAccount,
  seedAccount,
  seedStructure,
  startApiWorld,
} from '../../adapters/http/api-world.ts';

type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;
let world: ApiWorld;
let handler: Streaming;
let account: SeededAccount;
let foreign: SeededAccount;
const from = '2026-10-20';
const days = 20;

async function publish(to: SeededAccount, campaigns: readonly string[]) {
  const dates = Array.from({ length: days }, (_, day) => addDays(from, day));
  for (const [month, inMonth] of Map.groupBy(dates, (date) => date.slice(0, 7))) {
    const runId = newId('run', Date.now());
    const place = {
      workspaceId: to.workspaceId,
      accountId: to.accountId,
      grain: 'campaign' as const,
      month,
      runId,
      build: 0,
    };
    const rows = campaigns.flatMap((campaign, at) =>
      inMonth.map((date) => ({
        object: { campaignId: to.idOf('campaign', campaign), platformId: campaign },
        date,
        impressions: 1_000 + at,
        clicks: 0,
        spendMicros: 1_234_500 + at,
        conversionsMicros: 1_500_000,
        conversionValueMicros: null,
        videoViews: null,
      })),
    );
    const header = {
      grain: 'campaign' as const,
      accountId: to.accountId,
      platform: 'google-ads' as const,
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      month,
      loadedAt: null,
    };
    await world.lake.putPacked(rollupKey(place), encodeRollup(header, rows));
    await to.stores.rollups.switch(
      [
        {
          accountId: to.accountId,
          grain: 'campaign',
          month,
          key: rollupKey(place),
          runId,
          rows: rows.length,
          publishedAt: '2026-11-20T08:00:00.000Z',
        },
      ],
      [0],
    );
  }
}

beforeAll(async () => {
  world = await startApiWorld();
  vi.stubGlobal('awslambda', undefined);
  installStreaming();
  handler = (await import('../../../functions/analysis/export-metrics/handler.ts')).handler as unknown as Streaming;
  const stores = newWorkspace(world.stores);
  await stores.workspace.put({ name: 'Acme', currency: 'EUR' });
  account = await seedAccount(stores, '111', {});
  await seedStructure(account, {
    campaigns: [
      { platformId: 'c1', name: '=HYPERLINK("http://x","y")' },
      { platformId: 'c2', name: 'Grün, "new"\nline' },
    ],
  });
  await publish(account, ['c1', 'c2']);
  const elsewhere = newWorkspace(world.stores);
  await elsewhere.workspace.put({ name: 'Other', currency: 'EUR' });
  foreign = await seedAccount(elsewhere, '222');
  await seedStructure(foreign, { campaigns: [{ platformId: 'c1', name: 'Secret' }] });
  await publish(foreign, ['c1']);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await world.close();
});

async function download(query: Record<string, string>) {
  const chunks: Buffer[] = [];
  const stream: ResponseStream = new ResponseStream('request', (message) => {
    if (message.kind === 'chunk') chunks.push(Buffer.from(message.bytes));
    setImmediate(() => stream.taken());
  });
  const event = apiEvent({
    resource: '/v1/metrics/export',
    query: { from, to: addDays(from, days - 1), ...query },
    caller: { workspaceId: account.workspaceId },
  });
  await handler(event, stream, lambdaContext());
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\0'.repeat(8));
  const prelude = JSON.parse(all.subarray(0, end).toString()) as {
    statusCode: number;
    headers: Record<string, string>;
  };
  const body = all.subarray(end + 8);
  return { ...prelude, body, text: body.toString() };
}

describe('the export of a metrics question', () => {
  it('is a stream, as Lambda sees the handler', () => expect(isStreaming(handler)).toBe(true));

  it('is CSV with a header, exact decimals, the currency, quoted cells and no formulas', async () => {
    const { statusCode, headers, text } = await download({ format: 'csv', groupBy: 'date,campaign' });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="conext-metrics_date-campaign_2026-10-20_2026-11-08.csv"',
    });
    const [header, ...lines] = text.split('\r\n');
    expect(header).toBe(
      'date,campaign_id,campaign_name,currency,impressions,clicks,spend,conversions,conversion_value,video_views,ctr,cpc,cpa,roas,unreported',
    );
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(2 * days + 1);
    const [c1, c2] = ['c1', 'c2'].map((id) => account.idOf('campaign', id));
    expect(lines.find((line) => line.includes('HYPER'))).toBe(
      `2026-10-20,${c1},"'=HYPERLINK(""http://x"",""y"")",EUR,1000,0,1.2345,1.5,,,0,,0.823,,`,
    );
    expect(text).toContain(`2026-11-08,${c2},"Grün, ""new""\nline",EUR,1001,0,1.234501,1.5,`);
    // Slices follow each other in the order of the days.
    const seen = lines.slice(0, -1).map((line) => line.slice(0, 10));
    expect(seen).toEqual(seen.toSorted());
    expect(text).not.toContain('Secret');
  });

  it('begins with a byte order mark where one is asked for', async () => {
    expect((await download({ format: 'csv', bom: 'true' })).body.subarray(0, 4).toString('hex')).toBe('efbbbf63');
    expect((await download({ format: 'csv' })).text.startsWith('currency,')).toBe(true);
    expect((await download({ format: 'jsonl', bom: 'true' })).statusCode).toBe(400);
  });

  it('is JSON lines as the API answers rows, in the order asked for', async () => {
    const { text } = await download({ format: 'jsonl', groupBy: 'date,campaign', sort: '-date' });
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(2 * days);
    expect(rows[0]).toMatchObject({
      date: '2026-11-08',
      currency: 'EUR',
      values: { clicks: 0, conversions: 1.5, videoViews: null },
    });
    expect(rows.map(({ date }) => date)).toEqual(
      rows
        .map(({ date }) => date)
        .toSorted()
        .toReversed(),
    );
  });

  it('is Parquet with days, whole numbers and nulls as such, read by another reader', async () => {
    const { body, headers } = await download({ format: 'parquet', groupBy: 'date,campaign' });
    expect(headers['content-type']).toBe('application/vnd.apache.parquet');
    const path = join(tmpdir(), `conext-export-${process.pid}.parquet`);
    await writeFile(path, body);
    const database = await DuckDBInstance.create(':memory:');
    const connection = await database.connect();
    try {
      const result = await connection.runAndReadAll(
        `SELECT count(*) AS rows, sum(spend_micros)::BIGINT AS spend, max(date) AS day, max(campaign_name) AS name,
           count(conversion_value_micros) AS value FROM '${path}' WHERE currency = 'EUR'`,
      );
      expect(result.getRowObjectsJson()).toEqual([
        {
          rows: '40',
          spend: String(days * (2 * 1_234_500 + 1)),
          day: '2026-11-08',
          name: 'Grün, "new"\nline',
          value: '0',
        },
      ]);
    } finally {
      connection.closeSync();
      database.closeSync();
      await rm(path, { force: true });
    }
  });

  it('compares with the period before in columns of its own', async () => {
    const { text } = await download({
      format: 'csv',
      from: '2026-11-01',
      to: '2026-11-05',
      grain: 'campaign',
      compare: 'previous-period',
    });
    const [header, line] = text.split('\r\n').map((each) => each.split(','));
    expect(line?.[header?.indexOf('previous_spend') ?? -1]).toBe('12.345005');
  });

  it('refuses with a problem before the first byte', async () => {
    const wrong = await download({ format: 'xml' });
    expect([wrong.statusCode, wrong.headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect((await download({ format: 'csv', limit: '5' })).statusCode).toBe(400);
    expect((await download({ format: 'csv', accountId: foreign.accountId })).statusCode).toBe(404);
  });
});
