import { fieldType } from '../definitions.ts';
import { camelCase } from '../failure.ts';
import { repeatedMessages, resourceNames, type Value } from './columns.ts';
import type { Query } from './parser.ts';
import { type Row, reader } from './row.ts';

interface Column {
  readonly read: (row: Row) => Value;
  readonly path: readonly string[];
  readonly write: (value: Exclude<Value, undefined>) => unknown;
}

/** How a query's rows are written: nested messages, int64 as strings, enums by name, absent values left out. */
interface RowWriter {
  readonly fieldMask: string;
  write(row: Row): Record<string, unknown>;
}

/** `json` names are camelCase as REST has them, `proto` names as the messages are defined. */
export function rowWriter(query: Query, naming: 'json' | 'proto'): RowWriter {
  const name = naming === 'json' ? camelCase : (text: string) => text;
  const columns = [...new Set([...identifying(query), ...query.select])].map((field) => column(field, name));
  return {
    fieldMask: query.select.map((field) => field.split('.').map(name).join('.')).join(','),
    write: (row) => {
      const message: Record<string, unknown> = {};
      for (const { read, path, write } of columns) {
        const value = read(row);
        if (value !== undefined) place(message, path, write(value));
      }
      return message;
    },
  };
}

/** Google names every object a row speaks of, selected or not, unless asked to omit it. */
function identifying(query: Query): string[] {
  if (query.parameters['omit_unselected_resource_names'] === 'true') return [];
  const owners = new Set([query.from, ...query.select.map((field) => field.split('.')[0] ?? '')]);
  if (query.select.some((field) => field.startsWith('ad_group_ad.ad.'))) owners.add('ad_group_ad.ad');
  return [...owners].filter((owner) => Object.hasOwn(resourceNames, owner)).map((owner) => `${owner}.resource_name`);
}

function column(field: string, name: (text: string) => string): Column {
  const path = field.split('.').map(name);
  const kind = fieldType(field)?.kind;
  const read = reader(field);
  const inner = repeatedMessages[field];
  if (inner !== undefined) {
    return { read, path, write: (value) => (typeof value === 'object' ? value.map((one) => ({ [inner]: one })) : []) };
  }
  return { read, path, write: kind === 'int64' ? String : (value) => value };
}

function place(message: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = message;
  for (const step of path.slice(0, -1)) {
    const held = at[step];
    const next = typeof held === 'object' && held !== null ? (held as Record<string, unknown>) : {};
    at[step] = next;
    at = next;
  }
  at[path.at(-1) ?? ''] = value;
}
