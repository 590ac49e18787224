import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startLocal } from '../local/boot/start-local.ts';
import { cdkOut, dashboardDist, root } from '../scripts/build.ts';
import { percentile } from './median.ts';

export interface StreamLive {
  /** Of them all, those of the first seconds too, while functions start. */
  readonly events: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** Requests that were sent a second time with the same events. */
  readonly repeated: number;
  /** From the answer 202 to the answer of the live view that has the event in it, for events after `warmUpSeconds`. */
  readonly warmUpSeconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly mostMs: number;
  readonly lost: number;
  readonly countedTwice: number;
}

const eventsPerRequest = 20;
const campaignsUsed = 50;
const repeatEvery = 20;
/** Between two looks at the live view: what a look costs is part of what is measured, on the same cores. */
const lookEveryMs = 500;
const patienceMs = 60_000;
/** Functions are started, and the machine compiles what it runs often. */
const warmUpSeconds = 30;

interface LiveRows {
  readonly rows: readonly { readonly campaignId?: string | null; readonly values: { readonly leads: number } }[];
}

/**
 * Events through the gateway into the whole running system, and looked for in the live view: leads of fifty campaigns, twenty to a request, every
 * twentieth request sent twice. A campaign's events are counted in their order, so the n-th is seen when the view says n.
 */
export async function measureStreamLive(seconds = 300, perSecond = 500): Promise<StreamLive> {
  const home = await mkdtemp(join(tmpdir(), 'conext-bench-stream-'));
  const system = await startLocal({
    cdkOut,
    dashboardFolder: dashboardDist,
    home,
    portBase: 0,
    simulator: { program: join(root, 'simulator', 'main.ts'), days: 7 },
  });
  try {
    const token = await system.token('automation');
    const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await fetch(new URL(path, system.description.apiUrl), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok)
        throw new Error(`${method} ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
      return (await answer.json()) as T;
    };
    const { items } = await call<{ items: { id: string }[] }>('GET', `/v1/campaigns?limit=${campaignsUsed}`);
    const campaigns = items.map(({ id }) => id);
    const accepted = new Map(campaigns.map((id) => [id, [] as number[]]));
    const seen = new Map(campaigns.map((id) => [id, 0]));
    const latencies: number[] = [];
    const counted = (): number => [...seen.values()].reduce((sum, one) => sum + one, 0);

    const measuredFrom = performance.now() + warmUpSeconds * 1_000;
    let looking = true;
    const look = async (): Promise<void> => {
      const { rows } = await call<LiveRows>('GET', '/v1/metrics/live?level=campaign&minutes=15&limit=1000');
      const at = performance.now();
      for (const { campaignId, values } of rows) {
        const times = accepted.get(campaignId ?? '');
        if (times === undefined || campaignId == null) continue;
        for (let next = seen.get(campaignId) ?? 0; next < Math.min(values.leads, times.length); next += 1) {
          const acceptedAt = times[next] as number;
          if (acceptedAt >= measuredFrom) latencies.push(Math.max(0, at - acceptedAt));
        }
        seen.set(campaignId, values.leads);
      }
    };
    const watching = (async () => {
      while (looking) {
        await look();
        await wait(lookEveryMs);
      }
    })();

    const requests = ((warmUpSeconds + seconds) * perSecond) / eventsPerRequest;
    const everyMs = (1_000 * eventsPerRequest) / perSecond;
    const began = performance.now();
    let repeated = 0;
    const under: Promise<void>[] = [];
    for (let request = 0; request < requests; request += 1) {
      const due = began + request * everyMs - performance.now();
      if (due > 0) await wait(due);
      const events = Array.from({ length: eventsPerRequest }, (_, index) => ({
        id: `bench-${request}-${index}`,
        kind: 'lead',
        occurredAt: new Date().toISOString(),
        campaignId: campaigns[(request * eventsPerRequest + index) % campaigns.length],
      }));
      under.push(
        (async () => {
          await call('POST', '/v1/events', { events });
          const at = performance.now();
          for (const { campaignId } of events) accepted.get(campaignId ?? '')?.push(at);
          if (request % repeatEvery === 0) {
            repeated += 1;
            await call('POST', '/v1/events', { events });
          }
        })(),
      );
    }
    await Promise.all(under);
    const took = (performance.now() - began) / 1_000;
    const sent = requests * eventsPerRequest;
    const until = performance.now() + patienceMs;
    while (counted() < sent && performance.now() < until) await wait(lookEveryMs);
    // What is counted twice would come a little later.
    await wait(5_000);
    looking = false;
    await watching;
    await look();
    const differences = [...accepted].map(([id, times]) => (seen.get(id) ?? 0) - times.length);
    return {
      events: sent,
      perSecond: sent / took,
      seconds: took,
      repeated,
      warmUpSeconds,
      p50Ms: percentile(latencies, 0.5),
      p95Ms: percentile(latencies, 0.95),
      mostMs: latencies.reduce((most, one) => Math.max(most, one), 0),
      lost: differences.filter((one) => one < 0).reduce((sum, one) => sum - one, 0),
      countedTwice: differences.filter((one) => one > 0).reduce((sum, one) => sum + one, 0),
    };
  } finally {
    await system.stop();
    await rm(home, { recursive: true, force: true });
  }
}
