/** From a brief to ads that wait for a decision, on the running system: three platforms, ten ads each, built-in models. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import { brief as briefSchema } from '../contracts/schemas/briefs.ts';
import { creativePage } from '../contracts/schemas/creatives.ts';
import { type GenerationRunDetail, generationRun, generationRunDetail } from '../contracts/schemas/generation-runs.ts';
import { platformIds } from '../domain/integrations/platform.ts';
import { startLocal } from '../local/boot/start-local.ts';
import { root } from '../scripts/build.ts';
import { treeMegabytes } from './start.ts';

export interface GenerationFigures {
  /** From the request to the wait for a decision. */
  readonly seconds: number;
  readonly ads: number;
  readonly images: number;
  /** While words and pictures are made. */
  readonly imagesPerSecond: number;
  /** Most resident memory of the whole system meanwhile, and what it had before. */
  readonly peakMegabytes: number;
  readonly restMegabytes: number;
  /** Of the whole time; what is missing passes between the steps. `ads` are words and pictures, made at the same time. */
  readonly shares: Readonly<Record<'facts' | 'plan' | 'ads' | 'check' | 'score', number>>;
}

export const generationBoundSeconds = 60;
const variants = 10;
const runs = '/v1/pipelines/campaign-generation/runs';

export async function measureGeneration(): Promise<GenerationFigures> {
  const home = await mkdtemp(join(tmpdir(), 'conext-bench-generation-'));
  const running = await startLocal({
    cdkOut: join(root, 'cdk.out'),
    dashboardFolder: join(root, 'dist', 'dashboard'),
    home,
    portBase: 0,
    simulator: { program: join(root, 'simulator', 'main.ts'), seed: 11, days: 3 },
    load: true,
  });
  try {
    const token = await running.token('automation');
    const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`${running.description.apiUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.json();
    };
    const restMegabytes = treeMegabytes(process.pid);
    const began = performance.now();
    const { id } = generationRun.parse(
      await ask('POST', runs, { brief: await theBrief(ask), variants, languages: ['en'] }),
    );
    let peakMegabytes = restMegabytes;
    let run: GenerationRunDetail;
    do {
      await wait(200);
      peakMegabytes = Math.max(peakMegabytes, treeMegabytes(process.pid));
      run = generationRunDetail.parse(await ask('GET', `${runs}/${id}`));
    } while (run.status === 'queued' || run.status === 'running');
    const seconds = (performance.now() - began) / 1_000;
    if (run.status !== 'awaiting-approval') throw new Error(`The run is ${run.status}: ${run.error}`);
    const { items } = creativePage.parse(await ask('GET', `/v1/creatives?limit=100&runId=${id}`));
    const images = items.reduce((sum, one) => sum + one.images.length, 0);
    const shares = sharesOf(run, seconds);
    return {
      seconds,
      ads: items.length,
      images,
      imagesPerSecond: images / (shares.ads * seconds),
      peakMegabytes,
      restMegabytes,
      shares,
    };
  } finally {
    await running.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** The first brief of the tests, on an account of each platform. */
async function theBrief(ask: (method: string, path: string) => Promise<unknown>) {
  const file = await readFile(join(root, 'test', 'domain', 'generation', 'briefs', 'trail-shoes.json'), 'utf8');
  const { brief } = z.object({ brief: briefSchema }).parse(JSON.parse(file));
  const page = z.object({ items: z.array(z.object({ id: z.string(), platform: z.string(), status: z.string() })) });
  const { items } = page.parse(await ask('GET', '/v1/accounts'));
  return {
    ...brief,
    dailyBudget: { micros: 300_000_000, currency: 'EUR' },
    platforms: platformIds.flatMap((platform) => {
      const account = items.find((one) => one.platform === platform && one.status === 'enabled');
      return account === undefined ? [] : [{ accountId: account.id, page: 'urn:li:organization:1', identity: '1' }];
    }),
  };
}

function sharesOf({ steps }: GenerationRunDetail, seconds: number): GenerationFigures['shares'] {
  const at = (name: string, when: 'startedAt' | 'endedAt'): number =>
    Date.parse(steps.find((step) => step.name === name)?.[when] ?? '');
  const share = (from: number, to: number): number => Math.max(0, to - from) / 1_000 / seconds;
  return {
    facts: share(at('facts', 'startedAt'), at('research', 'endedAt')),
    plan: share(at('plan', 'startedAt'), at('plan', 'endedAt')),
    ads: share(at('copy', 'startedAt'), at('personalise', 'startedAt')),
    check: share(at('check', 'startedAt'), at('check', 'endedAt')),
    score: share(at('score', 'startedAt'), at('score', 'endedAt')),
  };
}
