import { describe, expect, it } from 'vitest';
import type { EtlItem } from '../../../contracts/etl.ts';
import { manifestKey } from '../../../domain/integrations/lake-layout.ts';
import { PlatformError, type PlatformReader, type ReportRequest } from '../../../domain/integrations/platform.ts';
import { extractReport } from '../../../functions/integrations/extract-report/extract-report.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';

const item: EtlItem = {
  workspaceId: 'wsp_1',
  runId: 'run_1',
  itemId: 'item-1',
  connectionId: 'con_1',
  platform: 'google-ads',
  accountId: 'acc_1',
  accountPlatformId: '111',
  accountName: 'Shop',
  managerPlatformId: '999',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  from: '2026-11-01',
  to: '2026-11-20',
  grains: ['account', 'campaign'],
  withStructure: true,
};

const storedRun = {
  pipeline: 'etl' as const,
  trigger: 'on-demand' as const,
  mode: 'load' as const,
  attempt: 1,
  status: 'running' as const,
  from: null,
  to: null,
  accounts: { total: 0, loaded: 0, failed: 0, skipped: 0 },
  rowsExtracted: 0,
  rowsLoaded: 0,
  rowsQuarantined: 0,
  error: null,
  startedAt: '2026-11-20T11:00:00.000Z',
  finishedAt: null,
  requestHash: null,
};

/** Lake, progress and time in memory, in the order things were written. */
function world(
  reader: PlatformReader,
  remaining = 600_000,
  { cancelled = () => false, held = {} }: { cancelled?: () => boolean; held?: Record<string, unknown> } = {},
) {
  const written = new Map<string, unknown>(Object.entries(held));
  const stages: string[] = [];
  const calls: number[] = [];
  let clock = Date.parse('2026-11-20T12:00:00Z');
  const waits: number[] = [];
  const told: number[] = [];
  const ports: Parameters<typeof extractReport>[0] = {
    runs: {
      get: async (id) => ({ ...storedRun, id, cancelRequestedAt: cancelled() ? '2026-11-20T12:00:00.000Z' : null }),
      advance: async (_run, _item, { rowsExtracted, stage }) => {
        if (rowsExtracted !== undefined) told.push(rowsExtracted);
        stages.push(stage);
        return true;
      },
    },
    lake: {
      putLines: async (key, rows) => void written.set(key, rows),
      putJson: async (key, value) => void written.set(key, value),
      getJson: async (key) => written.get(key),
      async *readLines(key) {
        yield* written.get(key) as unknown[];
      },
      async *list(prefix, { after = '' } = {}) {
        for (const key of [...written.keys()].sort())
          if (key.startsWith(prefix) && key > after) yield { key, bytes: 1, modified: clock };
      },
    },
    openReader: async () => reader,
    descriptorOf: (platform) => descriptors[platform],
    mappingOf: (platform) => mappings[platform],
    permits: { before: async () => undefined, used: async (_, count) => void calls.push(count) },
    now: () => clock,
    wait: async (ms) => void waits.push(ms),
    remainingMs: () => remaining,
  };
  const pass = (ms: number) => {
    clock += ms;
  };
  return { ports, written, waits, told, stages, calls, pass };
}

const reader = (
  report: (request: ReportRequest) => AsyncIterable<readonly Record<string, unknown>[]>,
): PlatformReader => ({
  listAccounts: async () => [],
  report,
});
const limited = (retryAfterSeconds?: number) =>
  new PlatformError('rate-limited', 'Slow down.', {
    platform: 'google-ads',
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

describe('extraction', () => {
  it.each(Object.keys(descriptors) as EtlItem['platform'][])(
    'gives up a report of %s that never ends, and what was written of it does not count',
    async (platform) => {
      let pages = 0;
      let closed = false;
      const { ports, written } = world(
        reader(async function* () {
          try {
            for (;;) {
              pages += 1;
              yield [{ n: pages }];
            }
          } finally {
            closed = true;
          }
        }),
      );
      const own = { ...item, platform };
      await expect(extractReport(ports, own)).rejects.toMatchObject({
        kind: 'rejected',
        platform,
        message: expect.stringContaining('did not end within 20000 pages'),
        retryable: false,
      });
      expect([pages, closed]).toEqual([20_001, true]);
      expect(written.has(manifestKey(own))).toBe(false);
    },
  );

  it('asks for structure and every grain through the manager, and writes the manifest last', async () => {
    const asked: ReportRequest[] = [];
    const { ports, written, told } = world(
      reader(async function* (request) {
        asked.push(request);
        yield [{ n: 1 }, { n: 2 }];
        yield [{ n: 3 }];
      }),
    );
    expect(await extractReport(ports, item)).toEqual({ rowsExtracted: 15 });
    expect(asked.map((one) => (one.kind === 'metrics' ? one.grain : `${one.structure} structure`))).toEqual([
      'campaign structure',
      'ad-group structure',
      'ad structure',
      'account',
      'campaign',
    ]);
    expect(asked[0]?.account).toMatchObject({ platformId: '111', managerPlatformId: '999' });
    expect([...written.keys()].at(-2)).toBe(manifestKey(item));
    expect([...written.keys()].at(-1)).toContain('/windows/to=2026-11-20/from=2026-11-01/');
    expect(written.get(manifestKey(item))).toMatchObject({
      reports: [{}, {}, {}, {}, { report: 'metrics/campaign', pages: [{ rows: 2 }, { rows: 1 }] }],
    });
    expect(told.at(-1)).toBe(15);
  });

  it('reads structure with an account’s last window only', async () => {
    const { ports, written } = world(
      reader(async function* () {
        yield [{}];
      }),
    );
    await extractReport(ports, { ...item, withStructure: false });
    expect([...written.keys()].filter((key) => key.includes('/structure/'))).toEqual([]);
  });

  it('waits as long as the platform asks and begins the report again, without counting rows twice', async () => {
    let failures = 2;
    const { ports, waits, written } = world(
      reader(async function* () {
        yield [{ n: 1 }];
        failures -= 1;
        if (failures >= 0) throw limited(20);
        yield [{ n: 2 }];
      }),
    );
    expect(await extractReport(ports, { ...item, withStructure: false })).toEqual({ rowsExtracted: 4 });
    expect(waits).toEqual([20_000, 20_000]);
    expect(written.get(manifestKey(item))).toMatchObject({ reports: [{ pages: [{}, {}] }, { pages: [{}, {}] }] });
  });

  it.each([
    ['names no time', limited(), 600_000],
    ['asks for longer than a minute', limited(61), 600_000],
    ['asks for more than the function has', limited(20), 30_000],
    ['refuses', new PlatformError('rejected', 'No.', { platform: 'google-ads' }), 600_000],
  ])(
    'leaves the wait to the state machine when the platform %s, and writes no manifest',
    async (_, error, remaining) => {
      const { ports, waits, written } = world(
        reader(async function* () {
          yield [{ n: 1 }];
          throw error;
        }),
        remaining,
      );
      await expect(extractReport(ports, item)).rejects.toBe(error);
      expect(waits).toEqual([]);
      expect(written.has(manifestKey(item))).toBe(false);
    },
  );

  const onePage = (asked: string[]) =>
    reader(async function* (request) {
      asked.push(request.kind === 'metrics' ? request.grain : request.structure);
      yield [{ n: 1 }];
    });

  it('asks nobody again once it is whole', async () => {
    const asked: string[] = [];
    const { ports } = world(onePage(asked));
    expect(await extractReport(ports, item)).toEqual({ rowsExtracted: 5 });
    expect(await extractReport(ports, item)).toEqual({ rowsExtracted: 5 });
    expect(asked).toHaveLength(5);
  });

  it('goes on with the reports that an interrupted attempt has not whole', async () => {
    const asked: string[] = [];
    let broken = true;
    const { ports, written, calls } = world(
      reader(async function* (request) {
        const name = request.kind === 'metrics' ? request.grain : request.structure;
        asked.push(name);
        yield [{ n: 1 }];
        if (broken && name === 'account') throw new PlatformError('unavailable', 'Gone.', { platform: 'google-ads' });
      }),
    );
    await expect(extractReport(ports, item)).rejects.toThrow('Gone.');
    expect(written.has(manifestKey(item))).toBe(false);
    broken = false;
    asked.length = 0;
    expect(await extractReport(ports, item)).toEqual({ rowsExtracted: 5 });
    expect(asked).toEqual(['account', 'campaign']);
    expect(calls).toEqual([3, 2]);
  });

  it('begins anew when the interrupted attempt is older than an execution may be', async () => {
    const asked: string[] = [];
    let broken = true;
    const { ports, pass } = world(
      reader(async function* (request) {
        asked.push(request.kind);
        yield [{ n: 1 }];
        if (broken && request.kind === 'metrics') throw limited();
      }),
    );
    await expect(extractReport(ports, item)).rejects.toThrow();
    broken = false;
    asked.length = 0;
    pass(7 * 3_600_000);
    await extractReport(ports, item);
    expect(asked).toHaveLength(5);
  });

  it('asks again when another run has asked for some of the days since', async () => {
    const asked: string[] = [];
    const { ports, written, pass } = world(onePage(asked));
    await extractReport(ports, item);
    pass(60_000);
    const other = { ...item, runId: `run_${'2'.repeat(26)}`, from: '2026-11-19', to: '2026-11-20' };
    await extractReport(ports, other);
    asked.length = 0;
    await extractReport(ports, { ...item, from: '2026-10-01', to: '2026-11-18' });
    expect(asked).toHaveLength(0);
    await extractReport(ports, item);
    expect(asked).toHaveLength(5);
    expect([...written.keys()].filter((key) => key.includes('/windows/'))).toHaveLength(3);
  });

  it('ends as cancelled between two pages, and writes no manifest', async () => {
    let cancelled = false;
    const { ports, written, stages, pass } = world(
      reader(async function* () {
        yield [{ n: 1 }];
        cancelled = true;
        pass(2_500);
        yield [{ n: 2 }];
        yield [{ n: 3 }];
      }),
      600_000,
      { cancelled: () => cancelled },
    );
    await expect(extractReport(ports, item)).rejects.toThrow('The run was cancelled.');
    expect(stages.at(-1)).toBe('cancelled');
    expect(written.has(manifestKey(item))).toBe(false);
    expect([...written.keys()].filter((key) => key.includes('page-'))).toHaveLength(2);
  });
});
