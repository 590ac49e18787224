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
  eastOfUtc,
  platformsUnderTest,
  type RunningPlatform,
  type Trouble,
  westOfUtc,
} from './platforms-under-test.ts';

/** 23:00 of 31 October in Los Angeles, 15:00 of 1 November in Tokyo. */
const startAt = '2026-11-01T06:00:00Z';
const october: DateWindow = { from: '2026-10-10', to: '2026-10-31' };
const lastWeek: DateWindow = { from: '2026-10-25', to: '2026-10-31' };
const policy: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 1_000,
  answerTimeoutMs: 700,
  idleTimeoutMs: 700,
  pageRows: 300,
};

describe.each(platformsUnderTest)('the reader of $id', { timeout: 20_000 }, ({ id, accounts, disabledCode, start }) => {
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

  it.each(descriptors[id].supports.grains.map((grain) => [grain]))(
    'reports facts of grain %s that equal the truth to the micro',
    async (grain) => {
      for (const account of enabled) {
        const truth = [...(await platform.truth(account.platformId, grain, october))].sort(byKey);
        expect(truth.length).toBeGreaterThan(10);
        expect(await facts(account, grain, october)).toEqual(truth);
      }
    },
  );

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
    expect(Math.max(...sizes)).toBeLessThanOrEqual(300);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(
      (await platform.truth(first.platformId, 'ad', october)).length,
    );
  });

  it('reports nothing for days without traffic', async () => {
    expect(await facts(first, 'campaign', { from: '2025-01-01', to: '2025-01-10' })).toEqual([]);
  });

  it('ends a day when it ends where the account is', async () => {
    const window = { from: '2026-10-30', to: '2026-11-02' };
    const newest = async (timeZone: string) =>
      (
        await facts(
          accountWhere((account) => account.timeZone === timeZone),
          'account',
          window,
        )
      ).at(-1)?.date;
    expect([await newest(westOfUtc), await newest(eastOfUtc)]).toEqual(['2026-10-31', '2026-11-01']);
    platform.advanceHours(10);
    expect([await newest(westOfUtc), await newest(eastOfUtc)]).toEqual(['2026-11-01', '2026-11-02']);
  });

  it('shows past days restated once late conversions are in', async () => {
    const before = await facts(first, 'campaign', lastWeek);
    platform.advanceHours(14 * 24);
    const after = await facts(first, 'campaign', lastWeek);
    expect(total(after)).toBeGreaterThan(total(before));
    expect(after).toEqual([...(await platform.truth(first.platformId, 'campaign', lastWeek))].sort(byKey));
  });

  it.each<[Trouble]>([
    ['unavailable'],
    ['rate-limit'],
    ['token-expired'],
    ['garbage'],
    ['truncate'],
    ['reset'],
    ['timeout'],
  ])('gets over one %s without losing or doubling a row', async (trouble) => {
    const expected = [...(await platform.truth(first.platformId, 'campaign', lastWeek))].sort(byKey);
    platform.trouble(trouble, { times: 1 });
    expect(await facts(first, 'campaign', lastWeek)).toEqual(expected);
    expect(platform.reads()).toBe(2);
  });

  it('renews its sign-in in the middle of a long report', async () => {
    const long: DateWindow = { from: '2026-09-10', to: '2026-10-31' };
    const found: unknown[] = [];
    for await (const page of reader.report({ kind: 'metrics', grain: 'ad', account: first, window: long })) {
      if (found.length === 0) platform.trouble('token-expired', { times: 1 });
      found.push(...page);
    }
    expect(found).toHaveLength((await platform.truth(first.platformId, 'ad', long)).length);
    // Two windows, the second asked for twice.
    expect(platform.reads()).toBe(3);
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
    platform.trouble('rate-limit', { times: 1, retryAfterSeconds: 900 });
    expect(await failure()).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 900 });
    expect((await failure()).retryAfterSeconds).toBeGreaterThan(800);
    expect(platform.reads()).toBe(1);
  });

  it('is refused a disabled account and keeps reading the others', async () => {
    const disabled = accountWhere(({ status }) => status === 'disabled');
    expect(await failure(disabled)).toMatchObject({ kind: 'rejected', platformCode: disabledCode, retryable: false });
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
});

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
  return rows.reduce((sum, { conversionsMicros }) => sum + conversionsMicros, 0);
}
