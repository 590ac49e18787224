import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBus } from '../../../adapters/bus.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { type EtlInput, etlItem } from '../../../contracts/etl.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { type Grain, grains, type PlatformId, type PlatformReader } from '../../../domain/integrations/platform.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { checkQuality } from '../../../functions/integrations/check-quality/check-quality.ts';
import { extractReport } from '../../../functions/integrations/extract-report/extract-report.ts';
import { createPermits } from '../../../functions/integrations/extract-report/extraction-permits.ts';
import { loadFacts } from '../../../functions/integrations/load-facts/load-facts.ts';
import { planSync } from '../../../functions/integrations/plan-sync/plan-sync.ts';
import { publishRollups } from '../../../functions/integrations/publish-rollups/publish-rollups.ts';
import { recordFailure } from '../../../functions/integrations/record-failure/record-failure.ts';
import { transformReport } from '../../../functions/integrations/transform-report/transform-report.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';
import { startStateTable } from '../../adapters/state-table.ts';
import { startLakeServices } from './lake-services.ts';

/** Linux keeps a folder in memory: a run writes a hundred small files, which is a quarter of its time on a disk. */
const inMemory = '/dev/shm';

type Dies = (itemId: string, step: 'extract' | 'load') => boolean | Promise<boolean>;

export interface PipelineSettings {
  readonly openReader: () => Promise<PlatformReader>;
  /** Google Ads by default. */
  readonly platform?: PlatformId;
  /** Epoch milliseconds; without it noon of 2026-11-20 (UTC), a minute later with every run. */
  readonly now?: () => number;
  /** Grains that the platform has; all by default. Tests that look at none in particular are faster with few. */
  readonly only?: readonly Grain[];
}

/** The real steps over a real DynamoDB, S3 and Athena of the laptop; the platform is the test's. */
export async function startPipeline({
  openReader,
  platform = 'google-ads',
  now: given,
  only = grains,
}: PipelineSettings) {
  const dataDir = mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'conext-pipeline-'));
  const state = await startStateTable();
  const services = await startLakeServices(dataDir);

  const { lake, warehouse } = services;
  const events: { readonly type: string; readonly detail: Record<string, unknown> }[] = [];
  const bus = createBus({ ...services.config, bus: { name: 'events' } }, async (_, { Entries }) => {
    const entries = Entries as readonly { readonly DetailType: string; readonly Detail: string }[];
    for (const { DetailType, Detail } of entries) events.push({ type: DetailType, detail: JSON.parse(Detail) });
    return { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'e' })) };
  });
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  await stores.workspace.put({ name: 'Test', currency: 'EUR' });
  await stores.workspace.putConnection({
    id: 'con_1',
    platform,
    name: descriptors[platform].name,
    managerPlatformId: null,
    createdAt: '2026-11-01T00:00:00.000Z',
  });

  let clock = Date.parse('2026-11-20T12:00:00.000Z');
  const now = given ?? (() => clock);
  const telemetry = createTelemetry({}, () => undefined);
  const { supports, ...described } = descriptors[platform];
  const own = supports.grains.filter((grain) => only.includes(grain));
  const descriptorOf = () => ({ ...described, supports: { ...supports, grains: own } });

  /** Writes a run's record without executing it. */
  async function begin(request: Parameters<typeof run>[0] = {}): Promise<EtlInput> {
    clock += 60_000;
    const runId = newId('run', now());
    const input = {
      workspaceId: stores.workspaceId,
      runId,
      trigger: request.trigger ?? ('on-demand' as const),
      from: request.from ?? null,
      to: request.to ?? null,
      accountIds: request.accountIds ?? null,
      ...(request.mode && { mode: request.mode }),
    };
    await startRun(
      { runs: stores.runs, workflows: { startEtl: async () => undefined } },
      { ...input, requestHash: null, at: new Date(now()).toISOString() },
    );
    return input;
  }

  /** As the state machine goes, one item after another. */
  async function run(
    request: {
      trigger?: EtlInput['trigger'];
      from?: string;
      to?: string;
      accountIds?: string[];
      mode?: 'reprocess';
    } = {},
  ): Promise<string> {
    const input = await begin(request);
    await execute(input);
    return input.runId;
  }

  /** One execution of the state machine; an item that `dies` leaves without a word, and so does all after it. */
  async function execute(input: EtlInput, dies: Dies = () => false) {
    const { runId } = input;
    const plan = await planSync({ stores, lake, openReader, descriptorOf, now, telemetry }, input);
    const planned = (await lake.getJson(plan.itemsKey)) as unknown[];
    for (const item of planned.map((one) => etlItem.parse(one))) {
      const wait = async () => undefined;
      try {
        const remainingMs = () => 60_000;
        const { runs, calls } = stores;
        const permits = createPermits({ runs, calls, descriptorOf, now, wait, remainingMs });
        const mappingOf = () => mappings[item.platform];
        const ports = { runs, lake, openReader, descriptorOf, mappingOf, permits, now, wait, remainingMs };
        if (await dies(item.itemId, 'extract')) return;
        await extractReport(ports, item);
        if (await dies(item.itemId, 'load')) return;
        const transform = { stores, lake, mapping: mappings[item.platform], descriptor: descriptorOf(), now };
        const { loads } = await transformReport(transform, item);
        await loadFacts({ runs: stores.runs, warehouse, now }, { item, loads });
      } catch (error) {
        const { name, message } = error as Error;
        const caught = { Error: name, Cause: JSON.stringify({ errorType: name, errorMessage: message }) };
        await recordFailure({ stores, now }, { ...item, error: caught });
      }
    }
    await publishRollups(
      { stores, lake, warehouse, bus, now, telemetry, remainingMs: () => 600_000 },
      { workspaceId: stores.workspaceId, runId },
    );
  }

  return {
    stores,
    lake,
    warehouse,
    /** The checks of a run, as the state machine's last step asks for them. */
    check: (runId: string) =>
      checkQuality(
        { stores, lake, descriptorOf, now, telemetry, remainingMs: () => 600_000 },
        { workspaceId: stores.workspaceId, runId },
      ),
    events,
    run,
    begin,
    execute,
    now,
    /** Rows of a grain's facts, in order. */
    async facts(columns: string, grain: (typeof grains)[number] = 'campaign') {
      const rows: (string | null)[][] = [];
      for await (const row of warehouse.query(`SELECT ${columns} FROM ${factTable(grain)} ORDER BY ${columns}`)) {
        rows.push(Object.values(row));
      }
      return rows;
    },
    async close() {
      await services.close();
      await state.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
