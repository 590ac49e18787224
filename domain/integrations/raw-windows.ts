import { addDays } from './calendar-day.ts';
import { type ItemPlace, manifestKey, rawAccountPrefix } from './lake-layout.ts';
import { type DateWindow, type GrainFamily, grainFamilies } from './platform.ts';

/**
 * Which days of an account lie in the lake as raw answers. One empty object an extraction says it in its key, so that a listing
 * finds the newest answers of any day without opening a manifest:
 * `…/account=<a>/windows/to=<day>/from=<day>/at=<epoch ms>/run=<run>/structure=<yes|no>/facts=<objects|segments|objects-segments>/item=<item>`.
 */
export interface RawWindow extends DateWindow {
  /** Epoch milliseconds at which the extraction was whole. */
  readonly extractedAt: number;
  readonly runId: string;
  readonly itemId: string;
  readonly withStructure: boolean;
  /** Which facts were asked for. */
  readonly families: readonly GrainFamily[];
}

type Account = Pick<ItemPlace, 'workspaceId' | 'platform' | 'accountPlatformId'>;

export const rawWindowsPrefix = (account: Account): string => `${rawAccountPrefix(account)}windows/`;
/** Where a listing of the windows that reach to `from` or further begins. */
export const rawWindowsFrom = (account: Account, from: string): string => `${rawWindowsPrefix(account)}to=${from}`;

export const rawWindowKey = (account: Account, window: RawWindow): string =>
  `${rawWindowsPrefix(account)}to=${window.to}/from=${window.from}/at=${String(window.extractedAt).padStart(13, '0')}/run=${window.runId}/structure=${window.withStructure ? 'yes' : 'no'}/facts=${window.families.join('-')}/item=${window.itemId}`;

const shape =
  /\/windows\/to=(\d{4}-\d{2}-\d{2})\/from=(\d{4}-\d{2}-\d{2})\/at=(\d{13})\/run=([^/]+)\/structure=(yes|no)\/facts=([a-z-]+)\/item=([^/]+)$/;

/** `undefined` for a key of another kind. */
export function readRawWindow(key: string): RawWindow | undefined {
  const [, to = '', from = '', at = '', runId = '', structure = '', facts = '', itemId = ''] = shape.exec(key) ?? [];
  if (to === '') return undefined;
  const named = new Set(facts.split('-'));
  const families = (Object.keys(grainFamilies) as GrainFamily[]).filter((family) => named.has(family));
  return { to, from, extractedAt: Number(at), runId, itemId, withStructure: structure === 'yes', families };
}

export const manifestOf = (account: Account, { runId, itemId }: RawWindow): string =>
  manifestKey({ ...account, runId, itemId });

/** The days of a window for which one extraction is the newest word. */
export interface RawSpan {
  readonly window: DateWindow;
  readonly raw: RawWindow;
}

const newer = (left: RawWindow, right: RawWindow): RawWindow =>
  right.extractedAt > left.extractedAt || (right.extractedAt === left.extractedAt && right.runId > left.runId)
    ? right
    : left;

/** Days from `from` to `to`, each with its newest answers, neighbours of one extraction together. Days without any are left out. */
export function newestSpans({ from, to }: DateWindow, windows: readonly RawWindow[]): RawSpan[] {
  const spans: RawSpan[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const covering = windows.filter((raw) => raw.from <= day && raw.to >= day);
    const [first, ...others] = covering;
    if (first === undefined) continue;
    const raw = others.reduce(newer, first);
    const last = spans.at(-1);
    if (last !== undefined && last.raw === raw && addDays(last.window.to, 1) === day) {
      spans[spans.length - 1] = { raw, window: { from: last.window.from, to: day } };
    } else spans.push({ raw, window: { from: day, to: day } });
  }
  return spans;
}

/** The newest answers a family, then those of one extraction and the same days together again. */
export function newestSpansByFamily(
  days: DateWindow,
  windows: readonly RawWindow[],
): (RawSpan & Pick<RawWindow, 'families'>)[] {
  const spans = new Map<string, RawSpan & { families: GrainFamily[] }>();
  for (const family of Object.keys(grainFamilies) as GrainFamily[]) {
    const own = windows.filter((raw) => raw.families.includes(family));
    for (const span of newestSpans(days, own)) {
      const key = [span.window.from, span.window.to, span.raw.runId, span.raw.itemId].join('/');
      const known = spans.get(key);
      if (known) known.families.push(family);
      else spans.set(key, { ...span, families: [family] });
    }
  }
  return [...spans.values()].sort((a, b) =>
    a.window.from < b.window.from ? -1 : a.window.from > b.window.from ? 1 : 0,
  );
}

/** The extraction with the newest structure, if any. */
export function newestStructure(windows: readonly RawWindow[]): RawWindow | undefined {
  const [first, ...others] = windows.filter((raw) => raw.withStructure);
  return first && others.reduce(newer, first);
}

/** Whether another run has asked for the same facts of some of the days since: answers from before are no longer the newest word. */
export const isSuperseded = (
  mine: DateWindow & Pick<RawWindow, 'extractedAt' | 'runId' | 'families'>,
  windows: readonly RawWindow[],
): boolean =>
  windows.some(
    (raw) =>
      raw.runId !== mine.runId &&
      raw.extractedAt > mine.extractedAt &&
      raw.from <= mine.to &&
      raw.to >= mine.from &&
      raw.families.some((family) => mine.families.includes(family)),
  );
