import { describe, expect, it } from 'vitest';
import type { EtlItem } from '../../../contracts/etl.ts';
import { manifestKey } from '../../../domain/integrations/lake-layout.ts';
import { PlatformError, type PlatformReader, type ReportRequest } from '../../../domain/integrations/platform.ts';
import { extractReport } from '../../../functions/integrations/extract-report/extract-report.ts';
import { descriptors } from '../../../platforms/registry.ts';

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

/** Lake, progress and time in memory, in the order things were written. */
function world(reader: PlatformReader, remaining = 600_000) {
  const written = new Map<string, unknown>();
  const waits: number[] = [];
  const told: number[] = [];
  const ports: Parameters<typeof extractReport>[0] = {
    runs: {
      advance: async (_run, _item, { rowsExtracted }) => {
        told.push(rowsExtracted ?? -1);
        return true;
      },
    },
    lake: {
      putLines: async (key, rows) => void written.set(key, rows),
      putJson: async (key, value) => void written.set(key, value),
    },
    openReader: async () => reader,
    descriptorOf: (platform) => descriptors[platform],
    now: () => Date.parse('2026-11-20T12:00:00Z'),
    wait: async (ms) => void waits.push(ms),
    remainingMs: () => remaining,
  };
  return { ports, written, waits, told };
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
    expect([...written.keys()].at(-1)).toBe(manifestKey(item));
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
});
