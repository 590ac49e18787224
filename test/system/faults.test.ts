/** What goes wrong on the platform's wire stays with the account it happened to, is said in words, and heals. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayFromToday } from './days.ts';
import { accountOf, reportedFacts, toldFacts } from './facts.ts';
import { type Answer, START_TIMEOUT_MS, startTestSystem, type TestSystem } from './running-system.ts';
import { GERMANY, OPEN_ACCOUNTS, SECOND, THIRD } from './simulator.ts';

const DAYS = 8;
const MANAGER = '9100000001';
const window = { from: dayFromToday(-DAYS - 1), to: dayFromToday(-2) };

let system: TestSystem;
let accounts: Answer<'listAccounts'>['items'];
beforeAll(async () => {
  system = await startTestSystem(DAYS);
  await system.simulator.holdClock();
  expect((await system.run({ from: dayFromToday(-DAYS) })).status).toBe('succeeded');
  accounts = (await system.get('listAccounts')).items;
}, START_TIMEOUT_MS);
afterEach(() => system.simulator.heal());
afterAll(() => system?.stop(), 30_000);

const told = (platformId: string) => toldFacts(system, accountOf(accounts, platformId), 'campaign', window);
const reported = (platformId: string) => reportedFacts(system, platformId, 'campaign', window);
const lastErrorOf = async (platformId: string) =>
  accountOf((await system.get('listAccounts')).items, platformId).lastError;

/** Later truth, so that a load that came through shows and one that failed does not. */
async function restate(): Promise<void> {
  await system.simulator.advanceDays(1);
  for (const id of OPEN_ACCOUNTS) expect(await told(id)).not.toEqual(await reported(id));
}

/** Expects these accounts to have failed, named and explained, with their facts as before, and all others to be loaded. */
async function expectFailed(
  run: Answer<'getEtlRun'>,
  reasons: Readonly<Record<string, RegExp>>,
  before: ReadonlyMap<string, unknown>,
): Promise<void> {
  for (const id of OPEN_ACCOUNTS) {
    const { id: accountId, name } = accountOf(accounts, id);
    const progress = run.progress.filter((one) => one.accountId === accountId);
    const reason = reasons[id];
    expect(progress).not.toEqual([]);
    for (const one of progress) {
      expect([id, one.stage, one.error]).toEqual([
        id,
        reason === undefined ? 'loaded' : 'failed',
        reason === undefined ? null : expect.stringMatching(reason),
      ]);
      expect(one.accountName).toBe(name);
      expect(one.error ?? '').not.toMatch(/[\n{}]|arn:|\.ts|\.mjs|node:|ya29/);
    }
    expect(await lastErrorOf(id)).toEqual(reason === undefined ? null : expect.stringMatching(reason));
    expect(await told(id)).toEqual(reason === undefined ? await reported(id) : before.get(id));
  }
}

const snapshot = async () => new Map(await Promise.all(OPEN_ACCOUNTS.map(async (id) => [id, await told(id)] as const)));

async function heals(): Promise<void> {
  await system.simulator.heal();
  const run = await system.run({ grains: 'objects' });
  expect(run).toMatchObject({ status: 'succeeded', error: null, accounts: { loaded: 3, failed: 0 } });
  await expectFailed(run, {}, new Map());
}

describe('one account’s platform answers badly', () => {
  it('gets through garbage for longer than a step is patient, and through a cut', { timeout: 60_000 }, async () => {
    await restate();
    await system.simulator.fail(
      // The reader tries four times; then the state machine repeats the step.
      { kind: 'garbage', match: { account: GERMANY }, times: 5 },
      { kind: 'truncate', match: { account: SECOND }, times: 2 },
    );
    const run = await system.run({ grains: 'objects' });
    expect(run).toMatchObject({ status: 'succeeded', accounts: { total: 4, loaded: 3, failed: 0, skipped: 1 } });
    expect(await system.simulator.pendingFaults()).toEqual([]);
    await expectFailed(run, {}, new Map());
  });

  it('says that access is refused, waits out a short limit and an outage, and heals', { timeout: 60_000 }, async () => {
    await restate();
    const before = await snapshot();
    await system.simulator.fail(
      { kind: 'unauthenticated-bare', match: { account: GERMANY } },
      { kind: 'rate-limit', match: { account: SECOND }, times: 1, retryAfterSeconds: 1 },
      { kind: 'unavailable', match: { account: THIRD }, times: 2 },
      { kind: 'reset', match: { account: THIRD }, times: 1 },
    );
    const run = await system.run({ grains: 'objects' });
    expect(run.status).toBe('partial');
    await expectFailed(run, { [GERMANY]: /invalid authentication credentials/ }, before);
    expect(await system.simulator.pendingFaults()).toHaveLength(1);
    await heals();
  });

  it('signs in again when its token has expired on the way', { timeout: 60_000 }, async () => {
    await restate();
    await system.simulator.fail({ kind: 'token-expired', match: { account: SECOND }, times: 1 });
    const run = await system.run({ grains: 'objects' });
    expect(run.status).toBe('succeeded');
    expect(await system.simulator.pendingFaults()).toEqual([]);
    await expectFailed(run, {}, new Map());
  });
});

it('fails the run and names the connection when not even its accounts are answered', { timeout: 60_000 }, async () => {
  await restate();
  const before = await snapshot();
  await system.simulator.fail({ kind: 'unauthenticated-bare', match: { account: MANAGER } });
  const run = await system.run({ grains: 'objects' });
  expect(run.status).toBe('failed');
  expect(run.progress).toMatchObject([
    {
      accountId: null,
      accountName: 'Simulated Google Ads',
      stage: 'failed',
      error: expect.stringMatching(/Google Ads/),
    },
  ]);
  expect(await snapshot()).toEqual(before);
  for (const id of OPEN_ACCOUNTS) expect(await lastErrorOf(id)).toMatch(/Google Ads/);
  await heals();
});

it('keeps a row that cannot be read out of the facts and shows it with its reason', { timeout: 60_000 }, async () => {
  await restate();
  const { id: accountId } = accountOf(accounts, GERMANY);
  const before = await told(GERMANY);
  await system.simulator.fail({
    kind: 'bad-row',
    match: { account: GERMANY, query: 'FROM campaign WHERE' },
    times: 1,
  });
  const run = await system.run({ grains: 'objects' });
  expect(run).toMatchObject({ status: 'succeeded', rowsQuarantined: 1 });
  const { items } = await system.get('listQuarantine', {}, { runId: run.id });
  expect(items).toMatchObject([{ accountId, report: 'metrics/campaign' }]);
  expect(items[0]?.reason).toMatch(/\w+ \w+/);
  expect(items[0]?.field).not.toBe('');
  expect(JSON.stringify(items[0]?.raw)).toContain('-1');
  expect((await system.get('listQuarantine', { accountId }, { runId: run.id })).items).toEqual(items);
  const other = accountOf(accounts, SECOND).id;
  expect((await system.get('listQuarantine', { accountId: other }, { runId: run.id })).items).toEqual([]);
  // The refused row's fact stays what it was; every other one is the platform's.
  const truth = new Map((await reported(GERMANY)).map((fact) => [fact.key, fact]));
  const old = new Map(before.map((fact) => [fact.key, fact]));
  const after = await told(GERMANY);
  const differing = after.filter((fact) => JSON.stringify(fact) !== JSON.stringify(truth.get(fact.key)));
  expect(differing.length).toBeLessThanOrEqual(1);
  for (const fact of differing) expect(fact).toEqual(old.get(fact.key));
  expect(after.map(({ key }) => key)).toEqual([...truth.keys()]);
  await heals();
});
