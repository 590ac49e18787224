import type { Lake } from '../../../adapters/lake.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import { type Manifest, manifest, manifestKey, partialKey } from '../../../domain/integrations/lake-layout.ts';
import { familiesOf } from '../../../domain/integrations/platform.ts';
import {
  isSuperseded,
  type RawWindow,
  rawWindowsFrom,
  rawWindowsPrefix,
  readRawWindow,
} from '../../../domain/integrations/raw-windows.ts';

/** Reports of an interrupted extraction are gone on with for as long as one execution may last; later ones would mix two states. */
const freshMs = 6 * 3_600_000;

export type KeptLake = Pick<Lake, 'getJson' | 'list'>;

export interface KeptAnswers {
  /** Every report of the item is there. */
  readonly whole: Manifest | undefined;
  /** Reports that are whole, by name. */
  readonly reports: ReadonlyMap<string, Manifest['reports'][number]>;
}

export const nothingKept: KeptAnswers = { whole: undefined, reports: new Map() };

/**
 * What the lake holds of the item already, from an attempt that was interrupted or a step that is repeated. Nothing of it counts
 * once another run has asked for the same days: loading it would put older facts over newer ones.
 */
export async function keptAnswers(lake: KeptLake, item: EtlItem, now: number): Promise<KeptAnswers> {
  const whole = parse(await lake.getJson(manifestKey(item)));
  const part = whole ?? parse(await lake.getJson(partialKey(item)));
  if (part === undefined) return nothingKept;
  const extractedAt = Date.parse(part.extractedAt);
  if (whole === undefined && now - extractedAt > freshMs) return nothingKept;
  const windows = await windowsSince(lake, item);
  if (isSuperseded({ ...item, extractedAt, families: familiesOf(item.grains) }, windows)) return nothingKept;
  return { whole, reports: new Map(part.reports.map((report) => [report.report, report])) };
}

async function windowsSince(lake: KeptLake, item: EtlItem): Promise<RawWindow[]> {
  const windows: RawWindow[] = [];
  for await (const { key } of lake.list(rawWindowsPrefix(item), { after: rawWindowsFrom(item, item.from) })) {
    const window = readRawWindow(key);
    if (window !== undefined) windows.push(window);
  }
  return windows;
}

/** A manifest that cannot be read is as good as none: the platform is asked again. */
function parse(found: unknown): Manifest | undefined {
  const parsed = manifest.safeParse(found);
  return parsed.success ? parsed.data : undefined;
}
