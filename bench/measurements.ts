import { measureStepFunctions } from '../local/step-functions/measure.ts';
import { announce } from '../scripts/progress.ts';
import { type BundleFigure, measureBundles } from './bundles.ts';
import { measureCopy } from './copy.ts';
import { measureCrashHistories } from './crash-histories.ts';
import { measureEtl } from './etl.ts';
import { type LoadFigures, measureGateway } from './gateway.ts';
import { generationBoundSeconds, measureGeneration } from './generation.ts';
import { measureImages } from './images.ts';
import { measureMetricsApi } from './metrics.ts';
import { measurePolicy } from './policy.ts';
import { measureRateUse } from './rate-use.ts';
import { measureStart } from './start.ts';
import { measureStreamFaults } from './stream-faults.ts';
import { measureStreamHandler } from './stream-handler.ts';
import { measureStreamLive } from './stream-live.ts';
import { measureStreamView } from './stream-view.ts';
import { measureWriteRate } from './write-rate.ts';

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

const measurement =
  <T>(doing: string, measure: () => Promise<T>, show: (figures: T) => void) =>
  async (): Promise<T> => {
    announce(doing);
    const figures = await measure();
    show(figures);
    return figures;
  };

/** All that is measured, by its name in results.json and on the command line, in the order of a whole run. */
export const measurements = {
  start: measurement('Starting twice', measureStart, (figures) => {
    console.table([
      {
        'first start s': rounded(figures.firstSeconds),
        'second start s': rounded(figures.secondSeconds),
        'peak MB': Math.round(figures.peakMegabytes),
        'at rest MB': Math.round(figures.restMegabytes),
      },
    ]);
  }),
  bundles: measurement('Importing every bundle', measureBundles, (figures) => {
    console.table(
      [figures.baseline, figures.baselineSplit, ...figures.functions.filter((figure) => !figure.withGoogle)].map(
        bundleRow,
      ),
    );
    process.stdout.write('With the Google client, loaded when a call needs it:\n');
    console.table(figures.functions.filter((figure) => figure.withGoogle).map(bundleRow));
  }),
  stepFunctions: measurement('Running state machines', measureStepFunctions, (figures) => {
    console.table([
      {
        'transitions per second': Math.round(figures.transitionsPerSecond),
        'Map of': figures.map.items,
        'Map s': rounded(figures.map.milliseconds / 1000, 2),
        'Map transitions per second': Math.round(figures.map.transitionsPerSecond),
        'Map MB': rounded(figures.map.megabytes),
      },
    ]);
  }),
  gateway: measurement('Calling the gateway', measureGateway, (figures) => {
    console.table([loadRow('GET /v1/accounts', figures.gateway), loadRow('the worker alone', figures.worker)]);
  }),
  metrics: measurement('Asking for metrics', measureMetricsApi, (figures) => {
    console.table(
      figures.map((one) => ({
        campaigns: one.campaigns,
        facts: one.facts,
        'first ms': rounded(one.firstMs),
        'p50 ms': rounded(one.p50Ms),
        'p95 ms': rounded(one.p95Ms),
        'answer KB': Math.round(one.answerKb),
      })),
    );
  }),
  etl: measurement('Loading what a platform answered, beside the simplest script', measureEtl, (figures) => {
    console.table(
      figures.map((one) => ({
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
  }),
  rateUse: measurement('Reading 200 TikTok accounts under the Basic limits', measureRateUse, (figures) => {
    console.table([
      {
        accounts: figures.accounts,
        calls: figures.calls,
        seconds: rounded(figures.seconds),
        'share of the rate %': rounded(100 * figures.shareUsed),
        refused: figures.refused,
        restrictions: figures.restrictions,
        'table writes': figures.tableWrites,
      },
    ]);
  }),
  crashes: measurement(
    'Deciding and applying changes with processes that are killed',
    measureCrashHistories,
    (figures) => {
      console.table([
        {
          histories: figures.histories,
          operations: figures.operations,
          applied: figures.applied,
          resumed: figures.resumed,
          undone: figures.undoings,
          awaits: figures.steps,
          kills: figures.kills,
          'longer than a lease': figures.stalls,
          'wrong histories': figures.wrong,
          seconds: rounded(figures.seconds),
        },
      ]);
    },
  ),
  writeRate: measurement(
    'Applying a thousand operations over three platforms within their limits',
    measureWriteRate,
    (figures) => {
      console.table(
        figures.platforms.map((one) => ({
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
    },
  ),
  streamHandler: measurement('Counting a stream, beside one update an event', measureStreamHandler, (figures) => {
    console.table(
      [
        { what: 'handler, 10,000 records a second', ...figures.handler },
        { what: 'handler, 500 records a second', ...figures.quiet },
        { what: 'baseline', ...figures.baseline },
      ].map((one) => ({
        what: one.what,
        records: one.records,
        'records per second': Math.round(one.recordsPerSecond),
        'calls per record': rounded(one.callsPerRecord, 4),
        'items per record': rounded(one.itemsPerRecord, 4),
        'write units per record': rounded(one.writeUnitsPerRecord, 3),
      })),
    );
    process.stdout.write(`${rounded(figures.ratio)} × the baseline\n`);
  }),
  streamFaults: measurement('Counting a stream with workers that are killed', measureStreamFaults, (figures) => {
    console.table([figures]);
  }),
  streamView: measurement('Looking at a thousand campaigns live', measureStreamView, (figures) => {
    console.table([figures]);
  }),
  streamLive: measurement(
    'Sending 500 events a second for five minutes and looking for them in the live view',
    measureStreamLive,
    (figures) => {
      console.table([
        {
          events: figures.events,
          'events per second': rounded(figures.perSecond),
          'p50 ms': Math.round(figures.p50Ms),
          'p95 ms': Math.round(figures.p95Ms),
          'most ms': Math.round(figures.mostMs),
          lost: figures.lost,
          'counted twice': figures.countedTwice,
        },
      ]);
    },
  ),
  policy: measurement(
    'Checking ads against policies',
    async () => measurePolicy(),
    (figures) => {
      console.table([
        {
          rules: figures.rules,
          'compiled in ms': rounded(figures.compileMs),
          'an ad µs': Math.round(figures.adMicros),
          'a full ad µs': Math.round(figures.fullAdMicros),
          '3,000 characters µs': Math.round(figures.longTextMicros),
          'labelled ads': figures.labelled,
          precision: rounded(figures.precision, 3),
          recall: rounded(figures.recall, 3),
          'held-out precision': rounded(figures.heldOutPrecision, 3),
          'held-out recall': rounded(figures.heldOutRecall, 3),
        },
      ]);
    },
  ),
  copy: measurement('Writing ads from twenty briefs in four languages', measureCopy, (figures) => {
    console.table([
      {
        briefs: figures.briefs,
        ads: figures.ads,
        'ads per second': Math.round(figures.adsPerSecond),
        distinctness: rounded(figures.distinctness, 2),
        'reading ease': Math.round(figures.readingEase),
      },
    ]);
  }),
  generation: measurement('From a brief to thirty ads with pictures', measureGeneration, (figures) => {
    console.table([
      {
        'seconds (bound)': `${rounded(figures.seconds)} (${generationBoundSeconds})`,
        ads: figures.ads,
        images: figures.images,
        'images per second': rounded(figures.imagesPerSecond, 2),
        'peak MB': Math.round(figures.peakMegabytes),
        'at rest MB': Math.round(figures.restMegabytes),
      },
    ]);
    console.table(Object.entries(figures.shares).map(([step, share]) => ({ step, 'share %': rounded(share * 100) })));
  }),
  images: measurement('Making pictures', measureImages, (figures) => {
    console.table([
      {
        images: figures.images,
        'per second, one thread': rounded(figures.perSecondOneThread, 2),
        'per second, two threads': rounded(figures.perSecondTwoThreads, 2),
        'peak MB': Math.round(figures.peakMegabytes),
        ...Object.fromEntries(Object.entries(figures.medianMs).map(([size, ms]) => [`${size} ms`, Math.round(ms)])),
      },
    ]);
  }),
} satisfies Record<string, () => Promise<unknown>>;
