import { factColumns, factTable, keyColumns, stagingPartitions, stagingTable } from '../../contracts/warehouse.ts';
import { AppError } from '../errors.ts';
import type { DateWindow, Grain } from './platform.ts';

/** What one load makes equal to its staged rows. */
export interface LoadScope {
  readonly grain: Grain;
  readonly workspaceId: string;
  readonly platform: string;
  readonly accountPlatformId: string;
  readonly window: DateWindow;
  readonly runId: string;
  readonly itemId: string;
  /**
   * Whether rows that are not staged are gone. Not when some rows of the report were refused: a refused row may be the
   * newest word on an existing fact, which then stays as it was.
   */
  readonly removeVanished: boolean;
  /**
   * The staged rows were imported from a downloaded report: they are laid beside what is there, and a day of which the
   * platform's API delivered any row takes none of them. Without it the API delivered the rows: imported ones of the
   * window are gone with it, whatever else stays.
   */
  readonly origin?: 'import' | undefined;
}

/** Text that an id, a run or a folder may hold; everything else is refused before it reaches SQL. */
const safeText = /^[\w.:~/@+-]{1,200}$/;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;

export function textLiteral(value: string): string {
  if (!safeText.test(value)) throw new AppError('internal', 'A value for the warehouse holds characters no id has.');
  return `'${value.replaceAll("'", "''")}'`;
}
export function dateLiteral(value: string): string {
  if (!isoDate.test(value)) throw new AppError('internal', `${value.slice(0, 20)} is not a calendar day.`);
  return `DATE '${value}'`;
}

const quoted = (name: string): string => `"${name}"`;
const of = (alias: string, name: string): string => `${alias}.${quoted(name)}`;

/** Says of a row, not what it measures: a change in these alone is no change. */
const traces: ReadonlySet<string> = new Set(['loaded_at', 'run_id']);

const accountOf = (
  scope: Pick<LoadScope, 'workspaceId' | 'platform' | 'accountPlatformId'>,
): Record<string, string> => ({
  workspace_id: textLiteral(scope.workspaceId),
  platform: textLiteral(scope.platform),
  account_platform_id: textLiteral(scope.accountPlatformId),
});

/**
 * ONE statement, so one commit: after it the facts of the scope are the staged rows. Rows that did not change are not
 * written, so they keep when and by which run they were loaded; null is a value like another. Understood by Athena engine 3 (Iceberg) and DuckDB.
 */
export function mergeStatement(scope: LoadScope): string {
  const columns = factColumns(scope.grain).map((column) => column.name);
  // All rows of a load are of one account: it is said once, and neither carried nor joined row by row.
  const account = accountOf(scope);
  const own = columns.filter((name) => !(name in account));
  const keys = keyColumns(scope.grain)
    .map((column) => column.name)
    .filter((name) => !(name in account));
  const values = own.filter((name) => !keys.includes(name));
  const compared = values.filter((name) => !traces.has(name));

  const leaf = { workspace: scope.workspaceId, run: scope.runId, item: scope.itemId };
  const staged = stagingPartitions.map((name) => `${of('s', name)} = ${textLiteral(leaf[name])}`).join(' AND ');
  const inScope = (alias: string): string =>
    [
      ...Object.entries(account).map(([name, literal]) => `${of(alias, name)} = ${literal}`),
      `${of(alias, 'date')} BETWEEN ${dateLiteral(scope.window.from)} AND ${dateLiteral(scope.window.to)}`,
    ].join(' AND ');
  const sameKey = (left: string, right: string): string =>
    keys.map((name) => `${of(left, name)} = ${of(right, name)}`).join(' AND ');

  const imported = `${of('f', 'source')} = 'import'`;
  const selected = `SELECT ${own.map((name) => of('s', name)).join(', ')}, FALSE AS vanished FROM ${stagingTable(scope.grain)} AS s`;
  const fresh =
    scope.origin === 'import'
      ? `${selected} LEFT JOIN (SELECT DISTINCT ${of('f', 'date')} AS delivered FROM ${factTable(scope.grain)} AS f WHERE ${inScope('f')} AND ${of('f', 'source')} IS NULL) AS a ON a.delivered = ${of('s', 'date')} WHERE ${staged} AND a.delivered IS NULL`
      : `${selected} WHERE ${staged}`;
  const vanished = `SELECT ${own.map((name) => of('f', name)).join(', ')}, TRUE AS vanished FROM ${factTable(scope.grain)} AS f LEFT JOIN (SELECT ${keys.map((name) => of('s', name)).join(', ')} FROM ${stagingTable(scope.grain)} AS s WHERE ${staged}) AS k ON ${sameKey('f', 'k')} WHERE ${inScope('f')} AND ${of('k', 'date')} IS NULL${scope.removeVanished ? '' : ` AND ${imported}`}`;
  const removes = scope.origin !== 'import';

  return [
    `MERGE INTO ${factTable(scope.grain)} AS t`,
    `USING (${removes ? `${fresh} UNION ALL ${vanished}` : fresh}) AS n`,
    `ON (${inScope('t')} AND ${sameKey('t', 'n')})`,
    ...(removes ? ['WHEN MATCHED AND n.vanished THEN DELETE'] : []),
    `WHEN MATCHED AND (${compared.map((name) => `${of('t', name)} IS DISTINCT FROM ${of('n', name)}`).join(' OR ')})`,
    `THEN UPDATE SET ${values.map((name) => `${quoted(name)} = ${of('n', name)}`).join(', ')}`,
    `WHEN NOT MATCHED AND NOT n.vanished THEN INSERT (${columns.map(quoted).join(', ')})`,
    `VALUES (${columns.map((name) => account[name] ?? of('n', name)).join(', ')})`,
  ].join('\n');
}

/** Takes away the facts that one import loaded and that nothing has replaced since. */
export function removalStatement(
  scope: Pick<LoadScope, 'grain' | 'workspaceId' | 'platform' | 'accountPlatformId' | 'window' | 'runId'>,
): string {
  return [
    `DELETE FROM ${factTable(scope.grain)}`,
    `WHERE "workspace_id" = ${textLiteral(scope.workspaceId)}`,
    `AND "platform" = ${textLiteral(scope.platform)}`,
    `AND "account_platform_id" = ${textLiteral(scope.accountPlatformId)}`,
    `AND "date" BETWEEN ${dateLiteral(scope.window.from)} AND ${dateLiteral(scope.window.to)}`,
    `AND "source" = 'import' AND "run_id" = ${textLiteral(scope.runId)}`,
  ].join('\n');
}
