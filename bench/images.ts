/** The picture maker with the built-in model: how many a second on two cores, and how long each size takes. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ImageSizeId } from '../domain/generation/images/sizes.ts';
import { median } from './median.ts';

const sizes: readonly ImageSizeId[] = ['1200x628', '1080x1080', '1080x1350', '1080x1920', '300x250', '728x90'];
const rounds = 8;

export interface ImageFigures {
  readonly images: number;
  readonly perSecondOneThread: number;
  readonly perSecondTwoThreads: number;
  /** Of the whole process with two threads. */
  readonly peakMegabytes: number;
  /** Of one thread alone. */
  readonly medianMs: Readonly<Record<string, number>>;
}

export async function measureImages(): Promise<ImageFigures> {
  const one = await run(1);
  const two = await run(2);
  return {
    images: one.all.length + two.all.length,
    perSecondOneThread: one.perSecond,
    perSecondTwoThreads: two.perSecond,
    peakMegabytes: two.peakMegabytes,
    medianMs: Object.fromEntries(
      sizes.map((size) => [size, median(one.all.flatMap(([of, ms]) => (of === size ? [ms] : [])))]),
    ),
  };
}

async function run(threads: number) {
  const workers = await Promise.all(
    Array.from({ length: threads }, async (_, at) => {
      const workerData = { sizes, rounds, first: 1 + at * rounds };
      const worker = new Worker(new URL('./images-worker.ts', import.meta.url), { workerData });
      await once(worker, 'message');
      return worker;
    }),
  );
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const started = performance.now();
  const answers = await Promise.all(
    workers.map(async (worker) => {
      const answer = once(worker, 'message') as Promise<[[ImageSizeId, number][]]>;
      worker.postMessage('go');
      return (await answer)[0];
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  await Promise.all(workers.map((worker) => worker.terminate()));
  const all = answers.flat();
  return { all, perSecond: all.length / seconds, peakMegabytes: peak / 1024 ** 2 };
}
