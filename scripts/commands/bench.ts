import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type BundleFigure, measureBundles } from '../../bench/bundles.ts';
import { measureCopy } from '../../bench/copy.ts';
import { measureCrashHistories } from '../../bench/crash-histories.ts';
import { measureEtl } from '../../bench/etl.ts';
import { type LoadFigures, measureGateway } from '../../bench/gateway.ts';
import { measureMetricsApi } from '../../bench/metrics.ts';
import { measureRateUse } from '../../bench/rate-use.ts';
import { measureStart } from '../../bench/start.ts';
import { measureStreamFaults } from '../../bench/stream-faults.ts';
import { measureStreamHandler } from '../../bench/stream-handler.ts';
import { measureStreamLive } from '../../bench/stream-live.ts';
import { measureStreamView } from '../../bench/stream-view.ts';
import { measureWriteRate } from '../../bench/write-rate.ts';
import { measureStepFunctions } from '../../local/step-functions/measure.ts';
import { build, root } from '../build.ts';
import { announce, orOneSentence } from '../progress.ts';

const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

const bundleRow = (figure: BundleFigure) => ({
  function: figure.name,
  'size KB': figure.totalKb,
  'size ×': rounded(figure.sizeRatio, 2),
  'at import KB': figure.importedKb,
  'import ms': rounded(figure.importMs),
  'import ×': rounded(figure.importRatio, 2),
  'import × in chunks': rounded(figure.importRatioSplit, 2),
});

const loadRow = (name: string, figures: LoadFigures) => ({
  call: name,
  'per second': Math.round(figures.perSecond),
  'p50 ms': rounded(figures.p50Ms, 2),
  'p95 ms': rounded(figures.p95Ms, 2),
  'p99 ms': rounded(figures.p99Ms, 2),
});

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};

async function measure(): Promise<void> {
  process.stdout.write(
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}\n`,
  );
  announce('Starting twice');
  const start = await measureStart();
  console.table([
    {
      'first start s': rounded(start.firstSeconds),
      'second start s': rounded(start.secondSeconds),
      'peak MB': Math.round(start.peakMegabytes),
      'at rest MB': Math.round(start.restMegabytes),
    },
  ]);
  await build(announce);

  announce('Importing every bundle');
  const bundles = await measureBundles();
  console.table(
    [bundles.baseline, bundles.baselineSplit, ...bundles.functions.filter((figure) => !figure.withGoogle)].map(
      bundleRow,
    ),
  );
  process.stdout.write('With the Google client, loaded when a call needs it:\n');
  console.table(bundles.functions.filter((figure) => figure.withGoogle).map(bundleRow));

  announce('Running state machines');
  const stepFunctions = await measureStepFunctions();
  console.table([
    {
      'transitions per second': Math.round(stepFunctions.transitionsPerSecond),
      'Map of': stepFunctions.map.items,
      'Map s': rounded(stepFunctions.map.milliseconds / 1000, 2),
      'Map transitions per second': Math.round(stepFunctions.map.transitionsPerSecond),
      'Map MB': rounded(stepFunctions.map.megabytes),
    },
  ]);

  announce('Calling the gateway');
  const gateway = await measureGateway();
  console.table([loadRow('GET /v1/accounts', gateway.gateway), loadRow('the worker alone', gateway.worker)]);

  announce('Asking for metrics');
  const metrics = await measureMetricsApi();
  console.table(
    metrics.map((figures) => ({
      campaigns: figures.campaigns,
      facts: figures.facts,
      'first ms': rounded(figures.firstMs),
      'p50 ms': rounded(figures.p50Ms),
      'p95 ms': rounded(figures.p95Ms),
      'answer KB': Math.round(figures.answerKb),
    })),
  );

  announce('Loading what a platform answered, beside the simplest script');
  const etl = await measureEtl();
  console.table(
    etl.map((one) => ({
      rows: one.rows,
      'rows per second': Math.round(one.rowsPerSecond),
      'extract s': rounded(one.extractMs / 1000),
      'transform s': rounded(one.transformMs / 1000),
      'load s': rounded(one.loadMs / 1000),
      'worker peak MB': Math.round(one.peakMb),
      'script rows per second': Math.round(one.script.rowsPerSecond),
      '× the script': rounded(one.ratio, 2),
    })),
  );

  announce('Reading 200 TikTok accounts under the Basic limits');
  const rateUse = await measureRateUse();
  console.table([
    {
      accounts: rateUse.accounts,
      calls: rateUse.calls,
      seconds: rounded(rateUse.seconds),
      'share of the rate %': rounded(100 * rateUse.shareUsed),
      refused: rateUse.refused,
      restrictions: rateUse.restrictions,
      'table writes': rateUse.tableWrites,
    },
  ]);

  announce('Deciding and applying changes with processes that are killed');
  const crashes = await measureCrashHistories();
  console.table([
    {
      histories: crashes.histories,
      operations: crashes.operations,
      applied: crashes.applied,
      resumed: crashes.resumed,
      undone: crashes.undoings,
      awaits: crashes.steps,
      kills: crashes.kills,
      'longer than a lease': crashes.stalls,
      'wrong histories': crashes.wrong,
      seconds: rounded(crashes.seconds),
    },
  ]);

  announce('Applying a thousand operations over three platforms within their limits');
  const writeRate = await measureWriteRate();
  console.table(
    writeRate.platforms.map((one) => ({
      platform: one.platform,
      operations: one.operations,
      applied: one.applied,
      calls: one.calls,
      seconds: rounded(one.seconds),
      'share of the rate %': rounded(100 * one.shareUsed),
      'from the start %': rounded(100 * one.shareFromStart),
      'refused in the first minute': one.refused.firstMinute,
      'refused later': one.refused.later,
    })),
  );

  announce('Counting a stream, beside one update an event');
  const streamHandler = await measureStreamHandler();
  console.table(
    [
      { what: 'handler, 10,000 records a second', ...streamHandler.handler },
      { what: 'handler, 500 records a second', ...streamHandler.quiet },
      { what: 'baseline', ...streamHandler.baseline },
    ].map((one) => ({
      what: one.what,
      records: one.records,
      'records per second': Math.round(one.recordsPerSecond),
      'calls per record': rounded(one.callsPerRecord, 4),
      'items per record': rounded(one.itemsPerRecord, 4),
      'write units per record': rounded(one.writeUnitsPerRecord, 3),
    })),
  );
  process.stdout.write(`${rounded(streamHandler.ratio)} × the baseline\n`);

  announce('Counting a stream with workers that are killed');
  const streamFaults = await measureStreamFaults();
  console.table([streamFaults]);

  announce('Looking at a thousand campaigns live');
  const streamView = await measureStreamView();
  console.table([streamView]);

  announce('Sending 500 events a second for five minutes and looking for them in the live view');
  const streamLive = await measureStreamLive();
  console.table([
    {
      events: streamLive.events,
      'events per second': rounded(streamLive.perSecond),
      'p50 ms': Math.round(streamLive.p50Ms),
      'p95 ms': Math.round(streamLive.p95Ms),
      'most ms': Math.round(streamLive.mostMs),
      lost: streamLive.lost,
      'counted twice': streamLive.countedTwice,
    },
  ]);

  announce('Writing ads from twenty briefs in four languages');
  const copy = await measureCopy();
  console.table([
    {
      briefs: copy.briefs,
      ads: copy.ads,
      'ads per second': Math.round(copy.adsPerSecond),
      distinctness: rounded(copy.distinctness, 2),
      'reading ease': Math.round(copy.readingEase),
    },
  ]);

  await mkdir(join(root, 'bench'), { recursive: true });
  await writeFile(
    join(root, 'bench', 'results.json'),
    `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, start, bundles, stepFunctions, gateway, metrics, etl, rateUse, crashes, writeRate, streamHandler, streamFaults, streamView, streamLive, copy }, null, 2)}\n`,
  );
  process.stdout.write('Wrote bench/results.json\n');
}

await orOneSentence(measure());
process.exit(0);
