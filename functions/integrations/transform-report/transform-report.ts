import { createFactFile } from '../../../adapters/fact-file.ts';
import type { Lake, Lines } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { structureStoreOf } from '../../../adapters/stores/structure-store.ts';
import type { EtlItem, StagedLoad } from '../../../contracts/etl.ts';
import { stagingPrefix } from '../../../contracts/warehouse.ts';
import { AppError } from '../../../domain/errors.ts';
import {
  type Manifest,
  manifest,
  manifestKey,
  quarantineKey,
  reportName,
} from '../../../domain/integrations/lake-layout.ts';
import {
  type Grain,
  type PlatformDescriptor,
  PlatformError,
  type PlatformMapping,
  type RawRow,
  type StructureKind,
  type StructureRow,
} from '../../../domain/integrations/platform.ts';
import { implausibleReport, validateFact } from '../../../domain/integrations/validate-fact.ts';
import { collectParts, collectRows, type ReadPages, type ReadRow, TooManyRows } from './collect-facts.ts';
import { Quarantine } from './quarantine.ts';

/** Structure rows written at once. */
const structureChunk = 500;
/** Raw pages fetched at once, some MB each: a page arrives in several turns of the event loop, and one is worked on without any. */
const pagesAhead = 4;

export interface TransformReportPorts {
  readonly stores: WorkspaceStores<'runs' | 'campaigns' | 'adGroups' | 'ads'>;
  readonly lake: Pick<Lake, 'getJson' | 'getLines' | 'put' | 'putLines'>;
  readonly mapping: PlatformMapping;
  readonly descriptor: PlatformDescriptor;
  readonly now: () => number;
}

/**
 * Raw answers to staged facts and structure. A row that cannot be used goes to quarantine with its reason; a report of which
 * most rows cannot be used fails the item, and the last good facts stay.
 */
export async function transformReport(ports: TransformReportPorts, item: EtlItem): Promise<{ loads: StagedLoad[] }> {
  const { stores, lake } = ports;
  const loadedAt = ports.now();
  const at = new Date(loadedAt).toISOString();
  await stores.runs.advance(item.runId, item.itemId, { stage: 'transforming', updatedAt: at });

  const extracted = await readManifest(lake, item);
  const quarantine = new Quarantine(item.accountId);
  const loads: StagedLoad[] = [];
  for (const structure of ports.descriptor.supports.structure) {
    const report = reportName({ kind: 'structure', structure });
    const pages = extracted.get(report);
    if (pages) await transformStructure(ports, item, structure, pagesOf(lake, pages), quarantine, at);
  }
  for (const grain of item.grains) {
    const report = reportName({ kind: 'metrics', grain });
    const pages = extracted.get(report);
    if (!pages) throw new AppError('internal', `The manifest of ${item.itemId} lacks ${report}.`);
    loads.push(await transformFacts(ports, item, grain, pagesOf(lake, pages), quarantine, loadedAt));
  }
  await lake.putLines(quarantineKey(item), quarantine.rows);
  await stores.runs.advance(item.runId, item.itemId, {
    stage: 'transforming',
    rowsQuarantined: quarantine.total,
    updatedAt: new Date(ports.now()).toISOString(),
  });
  refuseGarbage(item, ports.descriptor, extracted, quarantine);
  return { loads };
}

type Pages = Manifest['reports'][number]['pages'];

async function readManifest(lake: TransformReportPorts['lake'], item: EtlItem): Promise<Map<string, Pages>> {
  const found = await lake.getJson(manifestKey(item));
  if (found === undefined) throw new AppError('internal', `The raw answers of ${item.itemId} have no manifest.`);
  return new Map(manifest.parse(found).reports.map(({ report, pages }) => [report, pages]));
}

/**
 * Every raw page, the next ones fetched and unpacked while one is worked on; one that holds another number of rows than its
 * manifest says was damaged.
 */
async function* pagesOf(lake: TransformReportPorts['lake'], pages: Pages): AsyncGenerator<Iterable<RawRow>> {
  const fetched: Promise<Lines>[] = [];
  for (const [index, { key, rows }] of pages.entries()) {
    for (const next of pages.slice(index + fetched.length, index + pagesAhead)) {
      const lines = lake.getLines(next.key);
      // Its failure is met when its turn comes.
      lines.catch(() => undefined);
      fetched.push(lines);
    }
    const page = await fetched.shift();
    if (page?.count !== rows) throw new AppError('internal', `${key} holds ${page?.count} rows instead of ${rows}.`);
    yield page as Iterable<RawRow>;
  }
}

async function transformFacts(
  { lake, mapping }: TransformReportPorts,
  item: EtlItem,
  grain: Grain,
  pages: AsyncIterable<Iterable<RawRow>>,
  quarantine: Quarantine,
  loadedAt: number,
): Promise<StagedLoad> {
  const report = reportName({ kind: 'metrics', grain });
  const file = createFactFile(grain, { ...item, loadedAt });
  const expected = { grain, window: item, currency: item.currency };
  function* usable(page: Iterable<RawRow>): Generator<ReadRow> {
    for (const raw of page) {
      const mapped = mapping.toFact(grain, raw);
      const checked = mapped.ok ? validateFact(mapped.row, expected) : mapped;
      if (checked.ok) yield { raw, fact: checked.row };
      else quarantine.add(report, raw, checked.rejection, mapped.ok ? 'range' : 'schema');
    }
  }
  async function* usablePages(): ReadPages {
    for await (const page of pages) yield usable(page);
  }
  const refuse = (raw: RawRow, reason: string) => quarantine.add(report, raw, { field: 'date', reason }, 'duplicate');
  try {
    await (mapping.aggregatedGrains?.includes(grain)
      ? collectParts(grain, usablePages(), file, refuse, expected)
      : collectRows(grain, usablePages(), file, refuse, item));
  } catch (error) {
    if (!(error instanceof TooManyRows)) throw error;
    throw new PlatformError('rejected', `${report} has ${error.message}. Load a shorter window.`, item);
  }
  const leaf = { workspace: item.workspaceId, run: item.runId, item: item.itemId };
  await lake.put(`${stagingPrefix(grain, leaf)}facts.parquet`, file.finish());
  return { grain, rows: file.rows, removeVanished: quarantine.countOf(report) === 0 };
}

async function transformStructure(
  { stores, mapping }: TransformReportPorts,
  item: EtlItem,
  structure: StructureKind,
  pages: AsyncIterable<Iterable<RawRow>>,
  quarantine: Quarantine,
  at: string,
): Promise<void> {
  const report = reportName({ kind: 'structure', structure });
  async function* chunks(): AsyncGenerator<StructureRow[]> {
    let chunk: StructureRow[] = [];
    for await (const page of pages) {
      for (const raw of page) {
        const mapped = mapping.toStructure(structure, raw);
        if (!mapped.ok) quarantine.add(report, raw, mapped.rejection, 'schema');
        else if (chunk.push(mapped.row) === structureChunk) {
          yield chunk;
          chunk = [];
        }
      }
    }
    if (chunk.length > 0) yield chunk;
  }
  // A refused row may be the newest word on an object: then nothing is taken for removed.
  const complete = () => quarantine.countOf(report) === 0;
  await structureStoreOf(stores, structure).synchronise(item, chunks(), at, complete);
}

function refuseGarbage(
  item: EtlItem,
  descriptor: PlatformDescriptor,
  extracted: ReadonlyMap<string, Pages>,
  quarantine: Quarantine,
): void {
  for (const [report, pages] of extracted) {
    const read = pages.reduce((sum, page) => sum + page.rows, 0);
    const why = implausibleReport({ read, refused: quarantine.countOf(report) });
    const first = quarantine.firstOf(report);
    if (why !== undefined && first) {
      throw new PlatformError(
        'rejected',
        `${descriptor.name} answered ${report} in a way that cannot be used: ${why}, the first because ${first.field} ${first.reason}. Nothing was loaded.`,
        item,
      );
    }
  }
}
