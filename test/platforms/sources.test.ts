/** The data dictionary prints `sources`; these tests hold every mapping to it: what it names is read, and nothing else is. */
import { describe, expect, it } from 'vitest';
import type { FactRow, Grain, PlatformId, RawRow } from '../../domain/integrations/platform.ts';
import { descriptors, mappings } from '../../platforms/registry.ts';
import { sampleRows } from './sample-rows.ts';

const cases = (Object.keys(mappings) as PlatformId[]).flatMap((platform) =>
  descriptors[platform].supports.grains.map((grain): [PlatformId, Grain] => [platform, grain]),
);

function fact(platform: PlatformId, grain: Grain, raw: RawRow): FactRow {
  const mapped = mappings[platform].toFact(grain, raw);
  if (!mapped.ok) throw new Error(`${platform} ${grain}: ${mapped.rejection.field}: ${mapped.rejection.reason}`);
  return mapped.row;
}

const sourcesOf = (platform: PlatformId, grain: Grain) =>
  Object.entries(mappings[platform].sources(grain)).map(([field, source]) => ({ field, ...source }));

type Json = Readonly<Record<string, unknown>> | readonly unknown[];

/** The row with another value at a path; `undefined` takes it away. */
function changed(json: Json, path: readonly string[], change: (value: unknown) => unknown): Json {
  const [key = '', ...rest] = path;
  const inner = (json as Readonly<Record<string, unknown>>)[key];
  const value = rest.length === 0 ? change(inner) : changed(inner as Json, rest, change);
  if (Array.isArray(json)) return json.map((old: unknown, index) => (String(index) === key ? value : old));
  return { ...json, [key]: value };
}

const withChange = (row: RawRow, path: string, change: (value: unknown) => unknown): RawRow =>
  changed(row, path.split('.'), change) as RawRow;

/** A different value of the same shape: the next number, the next day, the same words with another ending. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'object' && value !== null && 'day' in value) return { ...value, day: Number(value.day) + 1 };
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return `${text.slice(0, 8)}0${Number(text.slice(8, 10)) + 1}${text.slice(10)}`;
  if (/^\d+(\.\d+)?$/.test(text)) return text.replace(/^\d+/, (digits) => String(BigInt(digits) + 1n));
  if (/:\d+$/.test(text)) return text.replace(/\d+$/, (digits) => String(BigInt(digits) + 1n));
  return /^[A-Z]{2,3}$/.test(text) ? [...text].reverse().join('') : `${text}X`;
}

/** Paths of everything in a row; a date in parts counts as one. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || 'day' in value) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

const differences = (left: FactRow, right: FactRow) =>
  Object.keys(left).filter((key) => left[key as keyof FactRow] !== right[key as keyof FactRow]);

describe.each(cases)('%s, grain %s', (platform, grain) => {
  const row = sampleRows[platform](grain);
  const sources = sourcesOf(platform, grain);
  const paths = sources.flatMap((source) => source.paths);

  it('reads each column from the paths it names, and from no other', () => {
    const before = fact(platform, grain, row);
    for (const path of leaves(row)) {
      const readers = sources.filter((source) => source.paths.some((own) => own === path)).map(({ field }) => field);
      const after = fact(platform, grain, withChange(row, path, other));
      expect(differences(before, after).sort(), path).toEqual(readers.sort());
    }
  });

  it('names paths that the platform answers', () => {
    expect(paths.filter((path) => !leaves(row).includes(path))).toEqual([]);
  });

  it('has nothing in a column that it names no source for', () => {
    const named = new Set(sources.map(({ field }) => field));
    const filled = Object.entries(fact(platform, grain, row)).filter(([, value]) => value !== null);
    expect(filled.map(([field]) => field).filter((field) => !named.has(field))).toEqual([]);
  });

  it('never takes a value that is missing for zero', () => {
    for (const { field, paths: own } of sources) {
      for (const path of own) {
        const mapped = mappings[platform].toFact(
          grain,
          withChange(row, path, () => undefined),
        );
        if (mapped.ok) expect(mapped.row[field as keyof FactRow], path).not.toBe(0);
        else expect(mapped.rejection.field).toBe(path);
      }
    }
  });
});
