import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { callsOfReport } from '../../../domain/integrations/call-budget.ts';
import {
  type ItemPlace,
  type Manifest,
  manifestKey,
  partialKey,
  rawPageKey,
  reportName,
} from '../../../domain/integrations/lake-layout.ts';
import {
  familiesOf,
  type PlatformDescriptor,
  PlatformError,
  type PlatformMapping,
  type PlatformReader,
  type ReportRequest,
} from '../../../domain/integrations/platform.ts';
import { rawWindowKey } from '../../../domain/integrations/raw-windows.ts';
import type { ExtractionPermits } from './extraction-permits.ts';
import { type KeptAnswers, keptAnswers, nothingKept } from './kept-answers.ts';
import { reuseRaw } from './reuse-raw.ts';

/** A person watching sees the count move this often. */
const heartbeatMs = 2_000;
/** An extraction that is cut off loses no more than this of its whole reports. */
const saveEveryMs = 10_000;
/** What the platform asks to wait is waited here when it is short; longer waits are the state machine's. */
const patienceMs = 60_000;
/** How often one report is begun again after such a wait. */
const patientAttempts = 3;
/** Pages being packed and written while the platform is asked for more: what bounds the memory of an extraction. */
const writesAtOnce = 4;
/** No report has more pages than this; one that does is endless. */
const maximumPages = 20_000;

export interface ExtractReportPorts {
  readonly runs: Pick<WorkspaceStores<'runs'>['runs'], 'advance' | 'get'>;
  readonly lake: Pick<Lake, 'putLines' | 'putJson' | 'getJson' | 'list' | 'readLines'>;
  readonly openReader: (item: EtlItem) => Promise<PlatformReader>;
  readonly descriptorOf: (platform: EtlItem['platform']) => PlatformDescriptor;
  readonly mappingOf: (platform: EtlItem['platform']) => Pick<PlatformMapping, 'toFact'>;
  /** Waits for what goes first and keeps to what the platform permits. */
  readonly permits: ExtractionPermits;
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  readonly remainingMs: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Writes every report of an item into the lake as the platform answered it, page by page, then the manifest: until that is
 * there nothing counts. Repeating it asks only for the reports that are not whole yet. An item of raw answers that are kept
 * (`source`) asks nobody. Throws `conflict` once somebody has cancelled the run.
 */
export async function extractReport(ports: ExtractReportPorts, item: EtlItem): Promise<{ rowsExtracted: number }> {
  const progress = createTold(ports, item);
  await progress.begin();
  if (item.source !== undefined) {
    const reports = await reuseRaw({ lake: ports.lake, mapping: ports.mappingOf(item.platform) }, item, item.source);
    await ports.lake.putJson(manifestKey(item), { extractedAt: new Date(ports.now()).toISOString(), reports });
    return progress.end(rowsOf(reports));
  }
  const kept = item.askAgain ? nothingKept : await keptAnswers(ports.lake, item, ports.now());
  if (kept.whole !== undefined) return progress.end(rowsOf(kept.whole.reports));
  return progress.end(rowsOf(await askPlatform(ports, item, kept, progress)));
}

type Report = Manifest['reports'][number];
const rowsOf = (reports: readonly Report[]): number =>
  reports.flatMap(({ pages }) => pages).reduce((sum, page) => sum + page.rows, 0);

async function askPlatform(
  ports: ExtractReportPorts,
  item: EtlItem,
  kept: KeptAnswers,
  progress: Told,
): Promise<readonly Report[]> {
  const { lake, now } = ports;
  const descriptor = ports.descriptorOf(item.platform);
  const begunAt = now();
  const reports: Report[] = [];
  let asked = 0;
  let savedAt = begunAt;
  const manifestNow = (): Manifest => ({ extractedAt: new Date(begunAt).toISOString(), reports: [...reports] });
  const save = async (): Promise<void> => {
    savedAt = now();
    await lake.putJson(partialKey(item), manifestNow());
  };
  try {
    let reader: PlatformReader | undefined;
    for (const request of requestsOf(item, descriptor)) {
      const name = reportName(request);
      const whole = kept.reports.get(name);
      if (whole !== undefined) {
        reports.push(whole);
        continue;
      }
      await ports.permits.before(item, asked);
      reader ??= await ports.openReader(item);
      const pages = await readReport(ports, reader, request, item, rowsOf(reports), progress);
      asked += callsOfReport(
        descriptor,
        pages.reduce((sum, page) => sum + page.rows, 0),
      );
      reports.push({ report: name, pages });
      if (now() - savedAt >= saveEveryMs) await save();
    }
  } catch (error) {
    if (reports.length > kept.reports.size) await save();
    throw error;
  } finally {
    await ports.permits.used(item, asked);
  }
  const extractedAt = now();
  await lake.putJson(manifestKey(item), { ...manifestNow(), extractedAt: new Date(extractedAt).toISOString() });
  await lake.putJson(rawWindowKey(item, { ...item, extractedAt, families: familiesOf(item.grains) }), {});
  return reports;
}

/** The pages of one report, each packed and written while the platform is asked for the next. */
async function readReport(
  ports: ExtractReportPorts,
  reader: PlatformReader,
  request: ReportRequest,
  item: EtlItem,
  rowsBefore: number,
  progress: Told,
): Promise<Report['pages']> {
  const place: ItemPlace = item;
  const report = reportName(request);
  return patiently(ports, async () => {
    let rows = rowsBefore;
    const written: Report['pages'] = [];
    const writes: Promise<void>[] = [];
    try {
      for await (const page of reader.report(request, ports.signal ? { signal: ports.signal } : {})) {
        if (written.length === maximumPages) {
          throw new PlatformError('rejected', `${report} did not end within ${maximumPages} pages.`, item);
        }
        if (writes.length === writesAtOnce) await writes.shift();
        const key = rawPageKey(place, report, written.length + 1);
        const write = ports.lake.putLines(key, page);
        // A failure is met with a later page, or after the last one.
        write.catch(() => undefined);
        writes.push(write);
        written.push({ key, rows: page.length });
        rows += page.length;
        await progress.beat(rows);
      }
      await Promise.all(writes);
    } finally {
      // A report that is begun again has no write under way.
      await Promise.allSettled(writes);
    }
    return written;
  });
}

interface Told {
  begin(): Promise<void>;
  /** Says how far it is, not too often, and ends the item when the run was cancelled. */
  beat(rowsExtracted: number): Promise<void>;
  end(rowsExtracted: number): Promise<{ rowsExtracted: number }>;
}

function createTold({ runs, now }: ExtractReportPorts, item: EtlItem): Told {
  let told = 0;
  const tell = async (rowsExtracted: number): Promise<void> => {
    told = now();
    const updatedAt = new Date(told).toISOString();
    await runs.advance(item.runId, item.itemId, { stage: 'extracting', rowsExtracted, updatedAt });
  };
  const endIfCancelled = async (): Promise<void> => {
    if (typeof (await runs.get(item.runId))?.cancelRequestedAt !== 'string') return;
    const updatedAt = new Date(now()).toISOString();
    await runs.advance(item.runId, item.itemId, { stage: 'cancelled', error: null, updatedAt });
    throw new AppError('conflict', 'The run was cancelled.');
  };
  return {
    async begin() {
      await endIfCancelled();
      await tell(0);
    },
    async beat(rowsExtracted) {
      if (now() - told < heartbeatMs) return;
      await tell(rowsExtracted);
      await endIfCancelled();
    },
    async end(rowsExtracted) {
      await tell(rowsExtracted);
      return { rowsExtracted };
    },
  };
}

/** Structure first: what facts speak of is known before they are. */
function requestsOf(item: EtlItem, descriptor: PlatformDescriptor): ReportRequest[] {
  const account = {
    platformId: item.accountPlatformId,
    currency: item.currency,
    timeZone: item.timeZone,
    ...(item.managerPlatformId !== null && { managerPlatformId: item.managerPlatformId }),
  };
  const structure = item.withStructure ? descriptor.supports.structure : [];
  return [
    ...structure.map((kind): ReportRequest => ({ kind: 'structure', structure: kind, account })),
    ...item.grains.map(
      (grain): ReportRequest => ({ kind: 'metrics', grain, account, window: { from: item.from, to: item.to } }),
    ),
  ];
}

/** Begins again after the time a rate-limiting platform asked for, as long as the function has it. */
async function patiently<T>(ports: ExtractReportPorts, read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const asked = error instanceof PlatformError ? error.retryAfterSeconds : undefined;
      if (asked === undefined || attempt === patientAttempts) throw error;
      if (asked * 1_000 > Math.min(patienceMs, ports.remainingMs() / 2)) throw error;
      await ports.wait(asked * 1_000, ports.signal);
    }
  }
}
