import { describe, expect, it } from 'vitest';
import type { GlueTable } from '../../../local/services/athena/glue-table.ts';
import { injectedFolder } from '../../../local/services/athena/injected-folder.ts';

const injected = (name: string) =>
  ({ name, type: 'VARCHAR', required: false, projection: { kind: 'injected' } }) as const;
const table = (partitions: GlueTable['partitions']): GlueTable => ({
  database: 'conext',
  name: 'staging',
  format: 'parquet',
  columns: [],
  partitions,
  location: { bucket: 'lake', prefix: 'staging' },
});
const staging = table([injected('workspace'), injected('run')]);

describe('the folder that a statement is about', () => {
  it.each<[string, string | undefined, string]>([
    ['each partition with one text', 'workspace=w1/run=r1', `"workspace" = 'w1' AND s."run" = 'r1'`],
    ['the same text twice', 'workspace=w1/run=r1', `a.run='r1' AND a.workspace='w1' OR b.run = 'r1'`],
    ['a partition without a text', undefined, `"workspace" = 'w1' AND "run" > 'r1'`],
    ['two texts of a partition', undefined, `"workspace" = 'w1' AND "run" = 'r1' OR "run" = 'r2'`],
    ['columns that are named alike', undefined, `"workspace_id" = 'w1' AND "dry_run" = 'r1' AND "workspace" = 'w1'`],
    ['a text that a pattern reads otherwise', undefined, `"workspace" = 'w1' AND "run" = 'r*'`],
    ['a text that leaves the folder', undefined, `"workspace" = 'w1' AND "run" = '../x'`],
  ])('is found from %s, or not', (_, folder, where) => {
    expect(injectedFolder(staging, `SELECT * FROM staging s WHERE ${where}`)).toBe(folder);
  });

  it('is not looked for where partitions are none, or are known', () => {
    const known = {
      name: 'grain',
      type: 'VARCHAR',
      required: false,
      projection: { kind: 'enum', values: ['ad'] },
    } as const;
    expect(injectedFolder(table([]), `SELECT 1`)).toBeUndefined();
    expect(injectedFolder(table([known]), `SELECT * FROM staging WHERE grain = 'ad'`)).toBeUndefined();
  });
});
