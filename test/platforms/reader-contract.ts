import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DateWindow,
  type DiscoveredAccount,
  type FactRow,
  type Grain,
  PlatformError,
  type PlatformReader,
  type StructureRow,
} from '../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../../platforms/read-policy.ts';
import { openReader } from '../../platforms/readers.ts';
import { descriptors, mappings } from '../../platforms/registry.ts';
import {
  addedUp,
  type PlatformUnderTest,
  type RunningPlatform,
  type SizedAccount,
  type Trouble,
} from './platforms-under-test.ts';
import { repeatingFirstPage, rotatingRefreshTokens } from './tampering-proxy.ts';

/** 23:00 of 31 October in Los Angeles, 15:00 of 1 November in Tokyo. */
const startAt = '2026-11-01T06:00:00Z';
const october: DateWindow = { from: '2026-10-10', to: '2026-10-31' };
const lastWeek: DateWindow = { from: '2026-10-25', to: '2026-10-31' };
const policy: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 1_000,
  answerTimeoutMs: 700,
  idleTimeoutMs: 700,
  pageRows: 100,
};

/** What every platform's reader does alike: one suite, a file a platform that runs it. */
export function describeReader(underTest: PlatformUnderTest): void {
  describe(`the reader of ${underTest.id}`, { timeout: 20_000 }, () => readerSuite(underTest));
}

function readerSuite({
  id,
  accounts,
  disabledCode,
  throttle,
  lagHours,
  approximate,
  paging,
  start,
}: PlatformUnderTest): void {
  let platform: RunningPlatform;
  let reader: PlatformReader;
  beforeEach(async () => {
    platform = await start(startAt);
    reader = await openReader(id, platform.access, { policy });
  });
  afterEach(() => platform.stop());

  const enabled = accounts.filter(({ status }) => status === 'enabled');
  const accountWhere = (wanted: (account: DiscoveredAccount) => boolean): DiscoveredAccount => {
    const account = accounts.find(wanted);
    if (!account) throw new Error(`${id} needs such an account in the table of platforms under test`);
    return account;
  };
  const first = accountWhere(({ status }) => status === 'enabled');

  async function facts(account: DiscoveredAccount, grain: Grain, window: DateWindow): Promise<readonly FactRow[]> {
    const found: FactRow[] = [];
    for await (const page of reader.report({ kind: 'metrics', grain, account, window })) {
      for (const raw of page) {
        // Through JSON, as the lake keeps it.
        const mapped = mappings[id].toFact(grain, JSON.parse(JSON.stringify(raw)));
        if (!mapped.ok) throw new Error(`${mapped.rejection.field}: ${mapped.rejection.reason}`);
        found.push(mapped.row);
      }
    }
    const finer = mappings[id].aggregatedGrains?.includes(grain) ?? false;
    return (finer ? addedUp(found) : found).sort(byKey);
  }

  /** The same platform with its reports as far as an instant. */
  async function at(instant: string): Promise<void> {
    await platform.stop();
    platform = await start(new Date(Date.parse(instant) + lagHours * 3_600_000).toISOString());
    reader = await openReader(id, platform.access, { policy });
  }

  async function sized(size: SizedAccount): Promise<DiscoveredAccount> {
    const platformId = await platform.becomes(size);
    const account = (await reader.listAccounts()).find((one) => one.platformId === platformId);
    if (!account) throw new Error(`${id} does not list account ${platformId}`);
    return account;
  }

  async function failure(account = first): Promise<PlatformError> {
    const outcome = await facts(account, 'campaign', lastWeek).catch((error: unknown) => error);
    if (outcome instanceof PlatformError) return outcome;
    throw new Error(`expected a PlatformError, got ${String(outcome)}`, { cause: outcome });
  }

  it('lists every account below the managers, the disabled ones as such', async () => {
    expect(await reader.listAccounts()).toEqual(accounts);
  });

  it('lists the same accounts through a manager that is named', async () => {
    const { managerPlatformId } = first;
    if (managerPlatformId === undefined) return;
    const through = await openReader(id, { ...platform.access, managerPlatformId }, { policy });
    expect(await through.listAccounts()).toEqual(accounts);
  });

  const exact = descriptors[id].supports.grains.filter((grain) => !approximate.includes(grain));
  it.each(exact.map((grain) => [grain]))(
    'reports facts of grain %s that equal the truth to the micro',
    async (grain) => {
      for (const account of enabled) {
        const truth = [...(await platform.truth(account.platformId, grain, october))].sort(byKey);
        expect(truth.length).toBeGreaterThan(10);
        expect(await facts(account, grain, october)).toEqual(truth);
      }
    },
  );

  if (approximate.length > 0) {
    it.each(approximate.map((grain) => [grain]))('reports facts of grain %s that are near the truth', async (grain) => {
      for (const account of enabled) {
        const truth = await platform.truth(account.platformId, grain, october);
        const known = new Map(truth.map((row) => [keyOf(row), row]));
        const shown = await facts(account, grain, october);
        expect(shown.filter((row) => !known.has(keyOf(row)))).toEqual([]);
        expect(new Set(shown.map(keyOf)).size).toBe(shown.length);
        const share = sum(shown, 'spendMicros') / sum(truth, 'spendMicros');
        expect(share).toBeGreaterThan(0.85);
        expect(share).toBeLessThan(1.05);
      }
    });
  }

  it.each(descriptors[id].supports.structure.map((kind) => [kind]))('reports every %s that has facts', async (kind) => {
    const known = new Map<string, StructureRow>();
    for await (const page of reader.report({ kind: 'structure', structure: kind, account: first })) {
      for (const raw of page) {
        const mapped = mappings[id].toStructure(kind, raw);
        if (!mapped.ok) throw new Error(`${mapped.rejection.field}: ${mapped.rejection.reason}`);
        expect(mapped.row.name).not.toBe('');
        known.set(mapped.row.platformId, mapped.row);
      }
    }
    const field = { campaign: 'campaignPlatformId', 'ad-group': 'adGroupPlatformId', ad: 'adPlatformId' } as const;
    const earning = new Set((await facts(first, kind, october)).map((fact) => fact[field[kind]]));
    expect([...earning].filter((platformId) => platformId === null || !known.has(platformId))).toEqual([]);
  });

  it('hands a long answer out in pages of bounded size', async () => {
    const sizes: number[] = [];
    for await (const page of reader.report({ kind: 'metrics', grain: 'ad', account: first, window: october }))
      sizes.push(page.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(
      (await platform.truth(first.platformId, 'ad', october)).length,
    );
  });

  it('reports nothing, in any grain, for days without traffic', async () => {
    for (const grain of descriptors[id].supports.grains) {
      expect(await facts(first, grain, { from: '2025-01-01', to: '2025-01-10' })).toEqual([]);
    }
  });

  it('reports nothing of an empty account', async () => {
    const empty = await sized({ campaigns: 0, ads: 0 });
    for (const grain of descriptors[id].supports.grains) expect(await facts(empty, grain, lastWeek)).toEqual([]);
    for (const structure of descriptors[id].supports.structure) {
      for await (const page of reader.report({ kind: 'structure', structure, account: empty }))
        expect(page).toEqual([]);
    }
  });

  if (paging) {
    it('does not go round in a list whose pages repeat without end', async () => {
      const proxy = await repeatingFirstPage(platform.access.endpoints.api ?? '', paging.path, paging.promisesMore);
      try {
        const endpoints = { ...platform.access.endpoints, api: proxy.url };
        const behind = await openReader(id, { ...platform.access, endpoints }, { policy });
        const read = async () => {
          for await (const _ of behind.report({ kind: 'structure', structure: 'campaign', account: first }));
        };
        await expect(read()).rejects.toMatchObject({ name: 'PlatformError.unavailable', platform: id });
        expect(proxy.calls()).toBeLessThan(10);
      } finally {
        await proxy.stop();
      }
    });
  }

  /** The newest day of each open account, beside the day it is there as far as the platform has come. */
  async function newestDays(instant: string) {
    const window = { from: '2026-10-23', to: '2026-11-03' };
    const reached = Date.parse(instant);
    return Promise.all(
      enabled.map(async (account) => ({
        newest: (await facts(account, 'account', window)).at(-1)?.date,
        today: new Intl.DateTimeFormat('en-CA', { timeZone: account.timeZone }).format(reached),
      })),
    );
  }

  // Both sides of UTC: 23:00 in Los Angeles and 15:00 of the next day in Tokyo; then the next morning and evening.
  it.each([['2026-11-01T06:00:00Z'], ['2026-11-01T16:00:00Z'], ['2026-11-02T02:00:00Z']])(
    'ends a day when it ends where the account is: at %s',
    async (instant) => {
      await at(instant);
      const days = await newestDays(instant);
      expect(days.map(({ newest }) => newest)).toEqual(days.map(({ today }) => today));
    },
  );

  // Half an hour before the end of the long day in Berlin and in Los Angeles, and two hours later.
  it.each([['2026-10-25T22:30:00Z'], ['2026-10-26T00:30:00Z'], ['2026-11-02T07:30:00Z'], ['2026-11-02T09:30:00Z']])(
    'keeps the day on which clocks go back whole: at %s',
    async (instant) => {
      await at(instant);
      const days = await newestDays(instant);
      expect(days.map(({ newest }) => newest)).toEqual(days.map(({ today }) => today));
      for (const account of enabled) {
        const dates = (await facts(account, 'account', { from: '2026-10-24', to: '2026-11-01' })).map(
          ({ date }) => date,
        );
        expect(new Set(dates).size).toBe(dates.length);
      }
    },
  );

  it('shows past days restated once late conversions are in', async () => {
    const before = await facts(first, 'campaign', lastWeek);
    platform.advanceHours(14 * 24);
    const after = await facts(first, 'campaign', lastWeek);
    expect(total(after)).toBeGreaterThan(total(before));
    expect(after).toEqual([...(await platform.truth(first.platformId, 'campaign', lastWeek))].sort(byKey));
  });

  const passing: readonly Trouble[] = ['unavailable', 'token-expired', 'garbage', 'truncate', 'reset', 'timeout'];
  it.each<[Trouble]>(
    [...passing, ...(throttle.waitedOut ? (['rate-limit'] as const) : [])].map((trouble) => [trouble]),
  )('gets over one %s without losing or doubling a row', async (trouble) => {
    const expected = [...(await platform.truth(first.platformId, 'campaign', lastWeek))].sort(byKey);
    platform.trouble(trouble, { times: 1 });
    expect(await facts(first, 'campaign', lastWeek)).toEqual(expected);
    expect(platform.reads()).toBe(2);
  });

  it('renews its sign-in in the middle of a long report', async () => {
    const long: DateWindow = { from: '2026-09-10', to: '2026-10-31' };
    const request = { kind: 'metrics', grain: 'ad', account: first, window: long } as const;
    for await (const _ of reader.report(request));
    const undisturbed = platform.reads();
    const found: unknown[] = [];
    for await (const page of reader.report(request)) {
      if (found.length === 0) platform.trouble('token-expired', { times: 1 });
      found.push(...page);
    }
    expect(found).toHaveLength((await platform.truth(first.platformId, 'ad', long)).length);
    // Two windows at least, and one call asked for twice.
    expect(undisturbed).toBeGreaterThan(1);
    expect(platform.reads()).toBe(2 * undisturbed + 1);
  });

  it('shows the refresh token that the platform gave last, and has each one kept', async () => {
    const { accessToken: _, ...credentials } = platform.access.credentials;
    const { refreshToken = '' } = credentials;
    const proxy = await rotatingRefreshTokens(platform.access.endpoints['api'] ?? '', refreshToken);
    const kept: [instead: string, next: string | undefined][] = [];
    const { oauth } = platform.access.endpoints;
    const endpoints = {
      ...platform.access.endpoints,
      api: proxy.url,
      ...(oauth !== undefined && { oauth: proxy.url }),
    };
    let keeps = false;
    const renewed = async (fresh: Readonly<Record<string, string>>, instead: string) => {
      keeps = !keeps;
      // Every other time it cannot be kept; it then is with the next call.
      if (keeps) throw new PlatformError('unavailable', 'It could not be kept.', { platform: id });
      kept.push([instead, fresh['refreshToken']]);
    };
    try {
      const behind = await openReader(id, { ...platform.access, credentials, endpoints, renewed }, { policy });
      const read = async () => {
        for await (const _ of behind.report({ kind: 'metrics', grain: 'campaign', account: first, window: lastWeek }));
      };
      await read();
      expect(kept).toEqual([[refreshToken, 'rotated-1']]);
      platform.trouble('token-expired', { times: 1 });
      await read();
      expect(kept.slice(1)).toEqual([['rotated-1', 'rotated-2']]);
      expect(proxy.calls()).toBe(2);
    } finally {
      await proxy.stop();
    }
  });

  it.each<[Trouble, Partial<PlatformError>]>([
    ['unavailable', { kind: 'unavailable' }],
    ['rate-limit', { kind: 'rate-limited' }],
    ['token-expired', { kind: 'unauthorized' }],
    ['garbage', { kind: 'unavailable' }],
    ['truncate', { kind: 'unavailable' }],
    ['reset', { kind: 'unavailable' }],
    ['timeout', { kind: 'unavailable' }],
  ])('gives up on lasting %s with the kind of error it is', async (trouble, expected) => {
    platform.trouble(trouble);
    expect(await failure()).toMatchObject(expected);
    expect(platform.reads()).toBeLessThanOrEqual(4);
  });

  it('passes on how long a throttle asks to wait, and asks nothing in the meantime', async () => {
    const { passesOnSeconds, refusals = 1 } = throttle;
    platform.trouble('rate-limit', { times: refusals, retryAfterSeconds: 900 });
    expect(await failure()).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: passesOnSeconds });
    expect((await failure()).retryAfterSeconds).toBeGreaterThan(passesOnSeconds - 100);
    expect(platform.reads()).toBe(refusals);
  });

  it('is refused a disabled account, or told that nothing is there, and keeps reading the others', async () => {
    const disabled = accountWhere(({ status }) => status === 'disabled');
    if (disabledCode === null) expect(await facts(disabled, 'campaign', lastWeek)).toEqual([]);
    else {
      const error = await failure(disabled);
      expect(error).toMatchObject({ kind: 'rejected', platformCode: disabledCode, retryable: false });
    }
    expect((await facts(first, 'campaign', lastWeek)).length).toBeGreaterThan(0);
  });

  it('keeps one account from spoiling another', async () => {
    platform.trouble('garbage', { account: first.platformId });
    const other = accountWhere((account) => account.status === 'enabled' && account !== first);
    expect((await facts(other, 'campaign', lastWeek)).length).toBeGreaterThan(0);
    await failure();
  });

  it('rejects a spoilt row by field and keeps the rest', async () => {
    platform.trouble('bad-row', { times: 1 });
    const outcomes = [];
    for await (const page of reader.report({ kind: 'metrics', grain: 'campaign', account: first, window: lastWeek })) {
      outcomes.push(...page.map((raw) => mappings[id].toFact('campaign', raw)));
    }
    const rejections = outcomes.flatMap((mapped) => (mapped.ok ? [] : [mapped.rejection]));
    expect(rejections).toHaveLength(1);
    expect(rejections[0]?.field).toMatch(/./);
    expect(outcomes).toHaveLength((await platform.truth(first.platformId, 'campaign', lastWeek)).length);
  });

  it('says so when the sign-in no longer holds, without a secret', async () => {
    const credentials = Object.fromEntries(
      Object.keys(platform.access.credentials).map((name) => [name, `wrong-${name}`]),
    );
    const stranger = await openReader(id, { ...platform.access, credentials }, { policy });
    const error = await stranger.listAccounts().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PlatformError.unauthorized', platform: id });
    for (const secret of Object.values(credentials)) expect(String(error)).not.toContain(secret);
  });
}

function byKey(a: FactRow, b: FactRow): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf(row: FactRow): string {
  return [
    row.date,
    row.campaignPlatformId,
    row.adGroupPlatformId,
    row.adPlatformId,
    row.keywordPlatformId,
    row.segment,
  ].join('|');
}

function total(rows: readonly FactRow[]): number {
  return rows.reduce((sum, { conversionsMicros }) => sum + (conversionsMicros ?? 0), 0);
}

function sum(rows: readonly FactRow[], measure: 'spendMicros' | 'impressions'): number {
  return rows.reduce((total, row) => total + row[measure], 0);
}
