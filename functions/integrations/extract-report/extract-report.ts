import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import {
  type ItemPlace,
  type Manifest,
  manifestKey,
  rawPageKey,
  reportName,
} from '../../../domain/integrations/lake-layout.ts';
import {
  type PlatformDescriptor,
  PlatformError,
  type PlatformReader,
  type ReportRequest,
} from '../../../domain/integrations/platform.ts';

/** A person watching sees the count move this often. */
const heartbeatMs = 2_000;
/** What the platform asks to wait is waited here when it is short; longer waits are the state machine's. */
const patienceMs = 60_000;
/** How often one report is begun again after such a wait. */
const patientAttempts = 3;
/** No report has more pages than this; one that does is endless. */
const maximumPages = 20_000;

export interface ExtractReportPorts {
  readonly runs: Pick<WorkspaceStores['runs'], 'advance'>;
  readonly lake: Pick<Lake, 'putLines' | 'putJson'>;
  readonly openReader: (item: EtlItem) => Promise<PlatformReader>;
  readonly descriptorOf: (platform: EtlItem['platform']) => PlatformDescriptor;
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  readonly remainingMs: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Writes every report of an item into the lake as the platform answered it, page by page, then the manifest. Repeating it
 * writes the same keys again; until the manifest is there nothing counts.
 */
export async function extractReport(ports: ExtractReportPorts, item: EtlItem): Promise<{ rowsExtracted: number }> {
  const place: ItemPlace = item;
  let rowsExtracted = 0;
  let told = 0;
  const tell = async () => {
    told = ports.now();
    await ports.runs.advance(item.runId, item.itemId, {
      stage: 'extracting',
      rowsExtracted,
      updatedAt: new Date(told).toISOString(),
    });
  };
  await tell();

  const reader = await ports.openReader(item);
  const reports: Manifest['reports'] = [];
  for (const request of requestsOf(item, ports.descriptorOf(item.platform))) {
    const report = reportName(request);
    const before = rowsExtracted;
    const pages = await patiently(ports, async () => {
      rowsExtracted = before;
      const written: Manifest['reports'][number]['pages'] = [];
      for await (const rows of reader.report(request, ports.signal ? { signal: ports.signal } : {})) {
        if (written.length === maximumPages) {
          throw new PlatformError('rejected', `${report} did not end within ${maximumPages} pages.`, item);
        }
        const key = rawPageKey(place, report, written.length + 1);
        await ports.lake.putLines(key, rows);
        written.push({ key, rows: rows.length });
        rowsExtracted += rows.length;
        if (ports.now() - told >= heartbeatMs) await tell();
      }
      return written;
    });
    reports.push({ report, pages });
  }
  const manifest: Manifest = { extractedAt: new Date(ports.now()).toISOString(), reports };
  await ports.lake.putJson(manifestKey(place), manifest);
  await tell();
  return { rowsExtracted };
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
