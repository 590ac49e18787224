import type { Lake } from '../../../adapters/lake.ts';
import type { EtlItem, RawSource } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { type Manifest, manifest, rawPageKey, reportName } from '../../../domain/integrations/lake-layout.ts';
import type { Grain, PlatformMapping, RawRow } from '../../../domain/integrations/platform.ts';

/** Rows of a page that is written anew. */
const pageRows = 5_000;

export interface ReuseRawPorts {
  readonly lake: Pick<Lake, 'getJson' | 'readLines' | 'putLines'>;
  readonly mapping: Pick<PlatformMapping, 'toFact'>;
}

type Report = Manifest['reports'][number];

/**
 * The reports of an item made from answers that are kept. Where the item covers all days of an answer its pages are named as they
 * lie; otherwise the rows of its own days are written beside them, because newer answers speak of the other days. A row that
 * no day can be read from goes along with every part: transforming refuses it as it did before.
 */
export async function reuseRaw(ports: ReuseRawPorts, item: EtlItem, source: RawSource): Promise<Report[]> {
  const found = byName(await readManifest(ports.lake, source.manifestKey));
  const structure = source.structureKey === null ? [] : await structureReports(ports.lake, source.structureKey);
  const reports: Report[] = [...structure];
  for (const grain of item.grains) {
    const name = reportName({ kind: 'metrics', grain });
    const kept = found.get(name);
    if (kept === undefined)
      throw new AppError('not-found', `The answers kept of ${item.from} to ${item.to} lack ${name}.`);
    const whole = item.from === source.from && item.to === source.to;
    reports.push(whole ? kept : { report: name, pages: await cut(ports, item, grain, kept) });
  }
  return reports;
}

async function structureReports(lake: ReuseRawPorts['lake'], key: string): Promise<Report[]> {
  return (await readManifest(lake, key)).reports.filter(({ report }) => report.startsWith('structure/'));
}

async function cut(
  { lake, mapping }: ReuseRawPorts,
  item: EtlItem,
  grain: Grain,
  kept: Report,
): Promise<Report['pages']> {
  const written: Report['pages'] = [];
  let page: RawRow[] = [];
  const flush = async (): Promise<void> => {
    const key = rawPageKey(item, kept.report, written.length + 1);
    await lake.putLines(key, page);
    written.push({ key, rows: page.length });
    page = [];
  };
  for (const { key } of kept.pages) {
    for await (const line of lake.readLines(key)) {
      const raw = line as RawRow;
      const mapped = mapping.toFact(grain, raw);
      if (mapped.ok && (mapped.row.date < item.from || mapped.row.date > item.to)) continue;
      if (page.push(raw) === pageRows) await flush();
    }
  }
  if (page.length > 0) await flush();
  return written;
}

async function readManifest(lake: ReuseRawPorts['lake'], key: string): Promise<Manifest> {
  const found = await lake.getJson(key);
  if (found === undefined)
    throw new AppError('not-found', 'The raw answers are no longer kept: load these days again.');
  return manifest.parse(found);
}

const byName = ({ reports }: Manifest): Map<string, Report> => new Map(reports.map((one) => [one.report, one]));
