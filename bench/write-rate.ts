import { setTimeout as wait } from 'node:timers/promises';
import type { OpenConnectionWriter } from '../adapters/connection-writers.ts';
import { createSharedRateLimiter } from '../adapters/rate-limiter.ts';
import type { AuditDraft } from '../domain/audit/chain.ts';
import { type ChangeRecord, endedOperations, type OperationRecord } from '../domain/changes/change-record.ts';
import { derivedId } from '../domain/integrations/ids.ts';
import type { PlatformId, RateLimiter } from '../domain/integrations/platform.ts';
import { accountWriters } from '../functions/integrations/apply-changes/account-writers.ts';
import { mirrorOperation } from '../functions/integrations/apply-changes/mirror-operation.ts';
import type { ApplyPorts } from '../functions/integrations/apply-changes/ports.ts';
import { runOutbox } from '../functions/integrations/apply-changes/run-outbox.ts';
import { sharedBudget } from '../platforms/google-ads/quota.ts';
import { openWriter } from '../platforms/writers.ts';
import type { Account } from '../simulator/market/world.ts';
import { type StateTable, startStateTable } from '../test/adapters/state-table.ts';
import { changesOf, plannedOperations } from './write-plan.ts';
import { type RunningPlatform, type SimulatedPlatform, startPlatform } from './write-rate-platform.ts';

export interface PlatformWriteRate {
  readonly platform: PlatformId;
  readonly operations: number;
  readonly applied: number;
  /** Permits drawn until the platform's last operation; two or three to an operation, which is looked at before it is written. */
  readonly calls: number;
  /** From the first call to the last. */
  readonly seconds: number;
  /** Until the first call: the workers read what there is to do. */
  readonly secondsBefore: number;
  /** Calls that could have been made from the first to the last. */
  readonly permitted: number;
  readonly shareUsed: number;
  /** The same from the start of the workers. */
  readonly shareFromStart: number;
  /** Calls that the platform refused for their number: within the first minute, and after it. */
  readonly refused: { readonly firstMinute: number; readonly later: number };
}

export interface WriteRate {
  readonly operations: number;
  readonly applied: number;
  readonly workers: number;
  readonly seconds: number;
  readonly platforms: readonly PlatformWriteRate[];
}

const operationsInAll = 1_000;
/** The most that one change may have. */
const operationsOfChange = 100;
const workers = 2;
const workspaceId = derivedId('wsp', ['write-rate']);
const minuteMs = 60_000;
const sampleMs = 50;
const longestMs = 600_000;

interface Subject {
  readonly platform: PlatformId;
  /** Credentials and endpoints of the simulator. */
  readonly access: (simulated: SimulatedPlatform) => {
    readonly credentials: Readonly<Record<string, string>>;
    readonly endpoints: Readonly<Record<string, string>>;
    readonly rateLevel?: string;
  };
  /** The bucket in which every call of the platform's app is counted. */
  readonly bucket: RegExp;
  /** Calls a second at this moment. */
  readonly permittedPerSecond: (simulated: SimulatedPlatform) => number;
}

/**
 * What may be called, and who says so. TikTok publishes it by level. Google publishes operations a day and no rate: its connector starts
 * at ten a second and learns more as nothing is refused, up to fifty. LinkedIn publishes nothing: its connector keeps to ten a second.
 */
const subjects: readonly Subject[] = [
  {
    platform: 'google-ads',
    access: ({ credentials: { clientId, clientSecret, refreshToken, developerToken }, rest, grpc }) => ({
      credentials: { clientId, clientSecret, refreshToken, developerToken },
      endpoints: { api: rest, oauth: rest, grpc: `http://${grpc}` },
    }),
    bucket: /^google-ads\/developer-token\/[^/]+$/,
    permittedPerSecond: ({ credentials: { developerToken }, rest }) => sharedBudget(developerToken, rest).rate,
  },
  {
    platform: 'tiktok-ads',
    access: ({ tiktok, rest }) => ({ credentials: { ...tiktok }, endpoints: { api: rest }, rateLevel: 'basic' }),
    bucket: /^tiktok-ads\/app\/[^/]+$/,
    permittedPerSecond: () => 10,
  },
  {
    platform: 'linkedin-ads',
    access: ({ linkedIn: { clientId, clientSecret, refreshToken }, rest }) => ({
      credentials: { clientId, clientSecret, refreshToken },
      endpoints: { api: rest, oauth: rest },
    }),
    bucket: /^linkedin-ads\/app\/[^/]+$/,
    permittedPerSecond: () => 10,
  },
];
type Running = ReadonlyMap<PlatformId, RunningPlatform>;
const at = (running: Running, platform: PlatformId): RunningPlatform => {
  const found = running.get(platform);
  if (found === undefined) throw new Error(`Nothing is written to ${platform} here.`);
  return found;
};

/** What was drawn and refused at one platform, epoch milliseconds. */
interface Tally {
  readonly drawn: number[];
  readonly refused: number[];
  /** `at` and calls a second from then on. */
  readonly permits: { readonly at: number; readonly perSecond: number }[];
}

/**
 * A thousand operations over the platforms, in changes of a hundred that mix them, applied in real time by two workers on the real
 * table, connectors and permits. The simulated platforms count and refuse on their own.
 */
export async function measureWriteRate(): Promise<WriteRate> {
  const share = (index: number): number =>
    Math.floor(operationsInAll / subjects.length) + (index < operationsInAll % subjects.length ? 1 : 0);
  const [state, ...started] = await Promise.all([
    startStateTable(),
    ...subjects.map(async ({ platform }, index) => {
      const simulated = await startPlatform({ platform, campaigns: share(index) });
      return [platform, simulated] as const;
    }),
  ]);
  const running: Running = new Map(started);
  try {
    const stores = state.stores.forWorkspace(workspaceId);
    const plans: ReturnType<typeof plannedOperations>[] = [];
    for (const [index, { platform }] of subjects.entries()) {
      const { account } = at(running, platform);
      plans.push(plannedOperations(account, await connected(state, account), share(index)));
    }
    const changes = changesOf(plans, operationsOfChange);
    for (const operations of changes) await decided(stores, operations);

    const tallies = new Map(
      subjects.map(({ platform }) => [platform, { drawn: [], refused: [], permits: [] } as Tally]),
    );
    const began = Date.now();
    let over = false;
    const sampling = sample(running, tallies, () => over);
    const named = changes.map(([first]) => ({ workspaceId, changeId: first?.changeId ?? '' }));
    await Promise.all(Array.from({ length: workers }, () => work(running, state, tallies, named)));
    over = true;
    await sampling;

    const ended = (await Promise.all(named.map(({ changeId }) => stores.changes.operations(changeId)))).flat();
    const lost = ended.filter(({ status }) => !endedOperations.includes(status));
    if (lost.length > 0) throw new Error(`${lost.length} operations were not applied in time.`);
    const wrong = ended.find(({ status }) => status !== 'applied');
    if (wrong !== undefined) {
      throw new Error(
        `${wrong.platform} ${wrong.operation.do} came to ${wrong.status}: ${wrong.error?.reason ?? JSON.stringify(wrong.conflict)}`,
      );
    }
    return {
      operations: ended.length,
      applied: ended.filter(({ status }) => status === 'applied').length,
      workers,
      seconds: (Math.max(...[...tallies.values()].flatMap(({ drawn }) => drawn.at(-1) ?? began)) - began) / 1_000,
      platforms: subjects.map(({ platform }) => rateOf(platform, ended, tallies.get(platform), began)),
    };
  } finally {
    await Promise.all([state.close(), ...started.map(([, simulated]) => simulated.stop())]);
  }
}

function rateOf(
  platform: PlatformId,
  ended: readonly OperationRecord[],
  tally: Tally | undefined,
  began: number,
): PlatformWriteRate {
  const own = ended.filter((one) => one.platform === platform);
  const { drawn = [], refused = [], permits = [] } = tally ?? {};
  const first = drawn[0] ?? began;
  const last = drawn.at(-1) ?? began;
  const permittedSince = (start: number): number =>
    permits.reduce((sum, { at, perSecond }, index) => {
      const until = Math.min(last, permits[index + 1]?.at ?? last);
      return sum + (perSecond * Math.max(0, until - Math.max(at, start))) / 1_000;
    }, 0);
  const permitted = permittedSince(first);
  return {
    platform,
    operations: own.length,
    applied: own.filter(({ status }) => status === 'applied').length,
    calls: drawn.length,
    seconds: (last - first) / 1_000,
    secondsBefore: (first - began) / 1_000,
    permitted,
    // The first call opens the time that is counted.
    shareUsed: (drawn.length - 1) / permitted,
    shareFromStart: drawn.length / permittedSince(began),
    refused: {
      firstMinute: refused.filter((at) => at < began + minuteMs).length,
      later: refused.filter((at) => at >= began + minuteMs).length,
    },
  };
}

/** One worker with permits of its own process, as a function's instance has them. */
async function work(
  running: Running,
  { table, stores }: StateTable,
  tallies: ReadonlyMap<PlatformId, Tally>,
  named: readonly { readonly workspaceId: string; readonly changeId: string }[],
): Promise<void> {
  const own = stores.forWorkspace(workspaceId);
  const limiter = counting(createSharedRateLimiter(table), tallies);
  const openConnection: OpenConnectionWriter = async (_stores, { platform }) => {
    const subject = subjects.find((one) => one.platform === platform);
    if (subject === undefined) throw new Error(`Nothing is written to ${platform} here.`);
    return openWriter(platform, { ...subject.access(at(running, platform)), limiter });
  };
  const accounts = accountWriters(own, openConnection);
  const ends = Date.now() + longestMs;
  const remainingMs = (): number => ends - Date.now();
  const ports: ApplyPorts = {
    workspaceId,
    outbox: own.outbox,
    writerOf: accounts.writerOf,
    readAsset: async () => ({ kind: 'refused' as const, reason: 'nothing is uploaded' }),
    fetchAsset: async () => ({ kind: 'refused', reason: 'nothing is uploaded here' }),
    mirror: async (record, operation, written) =>
      mirrorOperation(
        own,
        await accounts.account(record.accountId),
        record,
        operation,
        written,
        new Date().toISOString(),
      ),
    now: Date.now,
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    remainingMs,
    warn: (message, fields) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
  };
  const failed = (_change: unknown, error: unknown): void => {
    throw error;
  };
  const pause = (milliseconds: number): Promise<unknown> => wait(milliseconds);
  const outbox = { due: stores.due, portsOf: () => ports, now: Date.now, wait: pause, remainingMs, failed };
  // What is due later than a worker waits is the schedule's, which comes again and again.
  while (remainingMs() > 0) {
    await runOutbox(outbox, named);
    if ((await stores.due.due(new Date(ends).toISOString(), 1)).length === 0) return;
    await pause(1_000);
  }
}

/** The permits with a note of every one drawn and of every refusal. */
function counting(limiter: RateLimiter, tallies: ReadonlyMap<PlatformId, Tally>): RateLimiter {
  const tallyOf = (bucket: string): Tally | undefined => {
    const subject = subjects.find(({ platform }) => bucket.startsWith(`${platform}/`));
    return subject && tallies.get(subject.platform);
  };
  return {
    async acquire(bucket, limits, options) {
      await limiter.acquire(bucket, limits, options);
      if (subjects.some((one) => one.bucket.test(bucket))) tallyOf(bucket)?.drawn.push(Date.now());
    },
    async refused(bucket, seconds) {
      tallyOf(bucket)?.refused.push(Date.now());
      await limiter.refused(bucket, seconds);
    },
  };
}

async function sample(running: Running, tallies: ReadonlyMap<PlatformId, Tally>, over: () => boolean): Promise<void> {
  for (const until = Date.now() + longestMs; !over() && Date.now() < until; await wait(sampleMs)) {
    for (const { platform, permittedPerSecond } of subjects) {
      tallies.get(platform)?.permits.push({ at: Date.now(), perSecond: permittedPerSecond(at(running, platform)) });
    }
  }
}

/** The account and its connection as they are kept; gives our id of the account. */
async function connected({ stores }: StateTable, account: Account): Promise<string> {
  const { platform, name, currency, timeZone, managerId } = account;
  const own = stores.forWorkspace(workspaceId);
  const connectionId = derivedId('con', [platform]);
  await own.workspace.putConnection({
    id: connectionId,
    platform,
    name,
    managerPlatformId: managerId ?? null,
    createdAt: new Date().toISOString(),
  });
  const id = derivedId('acc', [platform, account.id]);
  await own.accounts.upsert({
    ...{ id, platform, name, currency, timeZone, connectionId, platformId: account.id },
    status: 'enabled',
    managerPlatformId: managerId ?? null,
  });
  return id;
}

async function decided(
  { changes }: ReturnType<StateTable['stores']['forWorkspace']>,
  operations: readonly OperationRecord[],
): Promise<void> {
  const at = new Date().toISOString();
  const change: ChangeRecord = {
    id: operations[0]?.changeId ?? '',
    status: 'previewed',
    reason: 'How fast changes are applied',
    operations: operations.length,
    revision: 0,
    requestHash: null,
    effect: { accounts: [], workspace: null },
    verdicts: [],
    warnings: [],
    createdAt: at,
    createdBy: 'bench',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    decidedAt: null,
    decidedBy: null,
    approvedAt: null,
    approvedBy: null,
    finishedAt: null,
    undoOf: null,
    undoneBy: null,
    requestId: 'write-rate',
  };
  const entry = (action: AuditDraft['action']): AuditDraft => ({
    at,
    action,
    actor: 'bench',
    requestId: change.requestId,
    reason: change.reason,
    changeId: change.id,
    ...{ operationId: null, object: null, before: null, after: null, platformRequestId: null, problem: null },
  });
  await changes.create(change, operations, [entry('change.previewed')]);
  const decision = {
    next: { status: 'applying', decidedAt: at, decidedBy: 'bench' },
    audit: [entry('change.confirmed')],
  } as const;
  if (!(await changes.apply(change, decision, operations, await changes.decisions())))
    throw new Error('It was not decided.');
}

if (import.meta.main) {
  const rate = await measureWriteRate();
  process.stdout.write(`${rate.applied} of ${rate.operations} operations in ${rate.seconds.toFixed(1)} s\n`);
  for (const one of rate.platforms) {
    process.stdout.write(
      `${one.platform}: ${one.operations} operations, ${one.calls} calls in ${one.seconds.toFixed(1)} s: ` +
        `${(100 * one.shareUsed).toFixed(1)} % of what is permitted (${(100 * one.shareFromStart).toFixed(1)} % from the start of the workers, ${one.secondsBefore.toFixed(1)} s before the first call), refused ${one.refused.firstMinute} and ${one.refused.later} later\n`,
    );
  }
  process.exit(0);
}
