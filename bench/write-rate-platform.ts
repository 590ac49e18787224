import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { PlatformId } from '../domain/integrations/platform.ts';
import type { Account } from '../simulator/market/world.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';

/** What the other side of the wire knows of a simulated platform. */
export interface SimulatedPlatform
  extends Pick<Simulator, 'rest' | 'grpc' | 'control' | 'credentials' | 'tiktok' | 'linkedIn'> {
  /** The account that is written to. */
  readonly account: Account;
}

export interface RunningPlatform extends SimulatedPlatform {
  stop(): Promise<unknown>;
}

interface Wanted {
  readonly platform: PlatformId;
  readonly campaigns: number;
}

/**
 * A simulator for one platform in a thread of its own: platforms count calls when they arrive, and one that was busy with another's
 * would count calls together that came one after another.
 */
export async function startPlatform(wanted: Wanted): Promise<RunningPlatform> {
  const thread = new Worker(new URL(import.meta.url), { workerData: wanted });
  const [platform] = (await once(thread, 'message')) as [SimulatedPlatform];
  return { ...platform, stop: () => thread.terminate() };
}

if (!isMainThread && parentPort !== null) {
  const wanted = workerData as Wanted;
  const simulator = await createSimulator({ days: 7, tiktok: { rateLevel: 'basic' } });
  const { rest, grpc, control, credentials, tiktok, linkedIn } = simulator;
  const response = await fetch(`${control}/control/world`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      shop: false,
      days: 7,
      accounts: [{ ...wanted, ads: wanted.campaigns, currency: 'EUR' }],
    }),
  });
  if (!response.ok) throw new Error(`The simulator refused the world: ${await response.text()}`);
  const account = simulator.market().world.accounts.find(({ kind }) => kind === 'client');
  if (account === undefined) throw new Error(`The simulated world has no account of ${wanted.platform}.`);
  parentPort.postMessage({ rest, grpc, control, credentials, tiktok, linkedIn, account } satisfies SimulatedPlatform);
}
