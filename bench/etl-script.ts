/**
 * The simplest script that loads the same pages and may be run twice: each page into a file of JSON lines, then one transaction
 * in which DuckDB replaces the account's days. It keeps no raw answers, checks nothing and knows neither duplicates nor restated rows.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { account, adPages, firstDay, lastDay } from './etl-pages.ts';
import { spentMs } from './processor-time.ts';

export interface ScriptFigures {
  readonly ms: number;
  /** Processor time. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly rows: number;
  readonly spendMicros: string;
}

const table = `CREATE TABLE facts (account VARCHAR, campaign VARCHAR, ad_group VARCHAR, ad VARCHAR, date DATE, impressions BIGINT, clicks BIGINT,
  spend_micros BIGINT, conversions_micros BIGINT, value_micros BIGINT, video_views BIGINT, currency VARCHAR)`;
const insert = (
  files: string,
) => `INSERT INTO facts SELECT customer.resourceName, campaign.id, adGroup.id, adGroupAd.ad.id, segments.date,
  metrics.impressions::BIGINT, metrics.clicks::BIGINT, metrics.costMicros::BIGINT, round(metrics.conversions * 1e6)::BIGINT,
  round(metrics.conversionsValue * 1e6)::BIGINT, metrics.videoTrueviewViews::BIGINT, customer.currencyCode
  FROM read_json('${files}', format = 'newline_delimited')`;

async function load(rows: number): Promise<ScriptFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'conext-bench-script-'));
  const database = await DuckDBInstance.create(join(folder, 'facts.duckdb'), {
    memory_limit: '512MB',
    threads: '2',
    autoinstall_known_extensions: 'false',
  });
  const connection = await database.connect();
  try {
    await connection.run(table);
    const [began, cpuBegan] = [performance.now(), process.cpuUsage()];
    let number = 0;
    for (const page of adPages(rows)) {
      number += 1;
      writeFileSync(join(folder, `page-${number}.jsonl`), page.map((row) => `${JSON.stringify(row)}\n`).join(''));
    }
    await connection.run('BEGIN');
    await connection.run(
      `DELETE FROM facts WHERE account = '${account}' AND date BETWEEN '${firstDay}' AND '${lastDay}'`,
    );
    await connection.run(insert(join(folder, '*.jsonl')));
    await connection.run('COMMIT');
    const [ms, cpuMs] = [performance.now() - began, spentMs(cpuBegan)];
    const [loaded] = (
      await connection.runAndReadAll('SELECT count(*)::INTEGER, sum(spend_micros)::VARCHAR FROM facts')
    ).getRowsJson();
    return {
      ms,
      cpuMs,
      peakMb: process.resourceUsage().maxRSS / 1024,
      rows: Number(loaded?.[0]),
      spendMicros: String(loaded?.[1]),
    };
  } finally {
    connection.closeSync();
    database.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.once('message', async (rows) => {
  process.send?.(await load(rows as number));
  process.disconnect();
});
