import { createHash } from 'node:crypto';
import type { FactFile } from '../../../adapters/fact-file.ts';
import { addFacts } from '../../../domain/integrations/add-facts.ts';
import type { DateWindow, FactRow, Grain, RawRow } from '../../../domain/integrations/platform.ts';
import { factKey, validateFact } from '../../../domain/integrations/validate-fact.ts';
import { SeenFacts } from './seen-facts.ts';

/** Rows of one report that are checked for duplicates in memory: 200 MB of keys when no object has a second day. */
const maximumReportRows = 2_000_000;
/** Rows of one report whose parts are added up in memory, where raw rows are finer than facts. */
const maximumAddedRows = 500_000;

/** A fact with the raw row it came from. */
export interface ReadRow {
  readonly raw: RawRow;
  readonly fact: FactRow;
}

/** Page by page as the platform answered, each to be walked once. */
export type ReadPages = AsyncIterable<Iterable<ReadRow>>;

type Refuse = (raw: RawRow, reason: string) => void;

/** More rows than memory allows: the window has to be shorter. */
export class TooManyRows extends Error {
  constructor(rows: number) {
    super(`more than ${rows} rows`);
    this.name = 'TooManyRows';
  }
}

/** Facts as they come; a second row of a key is a duplicate. */
export async function collectRows(
  grain: Grain,
  pages: ReadPages,
  file: FactFile,
  refuse: Refuse,
  window: DateWindow,
): Promise<void> {
  const seen = new SeenFacts(grain, window);
  for await (const page of pages) {
    for (const { raw, fact } of page) {
      if (!seen.add(fact)) {
        refuse(raw, 'the platform answered this object and day more than once');
        continue;
      }
      if (seen.size > maximumReportRows) throw new TooManyRows(maximumReportRows);
      file.add(fact);
    }
  }
}

/**
 * Rows of one key added up: the platform answers this grain finer than the fact. A second row of a key is a part there, so a page
 * that comes twice is known by its content as a whole: its rows would be counted twice.
 */
export async function collectParts(
  grain: Grain,
  pages: ReadPages,
  file: FactFile,
  refuse: Refuse,
  window: Parameters<typeof validateFact>[1],
): Promise<void> {
  const sums = new Map<string, FactRow>();
  const known = new Set<string>();
  for await (const rows of pages) {
    const page = [...rows];
    const content = createHash('sha256')
      .update(JSON.stringify(page.map(({ raw }) => raw)))
      .digest('base64');
    // One row alone may be the twin of another by chance: two ad groups with one impression each.
    if (page.length > 1 && known.has(content)) {
      for (const { raw } of page) refuse(raw, 'the platform answered the page with this row more than once');
      continue;
    }
    known.add(content);
    for (const { raw, fact } of page) {
      const key = factKey(grain, fact);
      const before = sums.get(key);
      const sum = before ? addFacts(before, fact) : fact;
      const checked = validateFact(sum, window);
      if (!checked.ok) {
        refuse(raw, `added to the rows of its key, ${checked.rejection.field} ${checked.rejection.reason}`);
        continue;
      }
      if (!before && sums.size === maximumAddedRows) throw new TooManyRows(maximumAddedRows);
      sums.set(key, sum);
    }
  }
  for (const fact of sums.values()) file.add(fact);
}
