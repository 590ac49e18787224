import type { GlueTable } from './glue-table.ts';

/** What a folder may be named after here: nothing that leaves it, and nothing that a pattern of files reads otherwise. */
const plain = /^[\w.:~@+-]{1,200}$/;

/**
 * The folder below the table's that a statement is about, when each partition is an injected one and compared with one text:
 * Athena then looks nowhere else. Every file that is opened costs each statement, so reading all of them would make loads
 * slower with every load. `undefined` when all folders have to be looked at.
 */
export function injectedFolder({ partitions }: GlueTable, sql: string): string | undefined {
  if (partitions.length === 0) return undefined;
  const parts: string[] = [];
  for (const { name, projection } of partitions) {
    if (projection.kind !== 'injected') return undefined;
    const named = sql.matchAll(new RegExp(`(?<!\\w)"?${name}"?\\s*=\\s*'((?:[^']|'')*)'`, 'gi'));
    const [value, ...others] = new Set([...named].map(([, text]) => text));
    if (value === undefined || others.length > 0 || !plain.test(value)) return undefined;
    parts.push(`${name}=${value}`);
  }
  return parts.join('/');
}
