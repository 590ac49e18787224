import type { EtlItem } from '../../contracts/etl.ts';
import { factTable, measureColumns, objectColumns } from '../../contracts/warehouse.ts';
import type { RollupObject, RollupRow } from '../analysis/rollup.ts';
import { addDays, monthOf, monthsIn } from './calendar-day.ts';
import { keyField, measureFields } from './fact-fields.ts';
import { type AccountScope, mirroredId } from './ids.ts';
import { dateLiteral, textLiteral } from './merge-statement.ts';
import type { Grain, Measures } from './platform.ts';

/** What one account needs rebuilt after a run: whole months, of every grain that was loaded. */
export interface AccountRebuild {
  readonly account: Pick<EtlItem, 'accountId' | 'platform' | 'accountPlatformId' | 'currency' | 'timeZone'>;
  /** Days that were loaded. */
  readonly from: string;
  readonly to: string;
  readonly grains: readonly Grain[];
  readonly months: readonly string[];
}

/** The months and grains that the loaded items touched, an entry an account. */
export function planRebuilds(loaded: readonly EtlItem[]): AccountRebuild[] {
  return [...Map.groupBy(loaded, (item) => item.accountId).values()].flatMap((items) => {
    const [first] = items;
    if (!first) return [];
    return {
      account: first,
      from: items.map((item) => item.from).reduce((a, b) => (a < b ? a : b)),
      to: items.map((item) => item.to).reduce((a, b) => (a > b ? a : b)),
      grains: [...new Set(items.flatMap((item) => item.grains))],
      months: [...new Set(items.flatMap((item) => monthsIn(item.from, item.to)))].sort(),
    };
  });
}

/** All facts of one grain of an account in whole months. Columns come back under their own names, values as text. */
export function rollupQuery(workspaceId: string, rebuild: AccountRebuild, grain: Grain): string {
  const first = `${rebuild.months[0]}-01`;
  const last = addDays(`${monthOf(addDays(`${rebuild.months.at(-1)}-01`, 31))}-01`, -1);
  const columns = [
    ...objectColumns(grain).map((column) => column.name),
    'date',
    ...measureColumns.map((column) => column.name),
    'loaded_at',
  ];
  return [
    `SELECT ${columns.map((name) => `f."${name}" AS "${name}"`).join(', ')}`,
    `FROM ${factTable(grain)} AS f`,
    `WHERE f."workspace_id" = ${textLiteral(workspaceId)}`,
    `AND f."platform" = ${textLiteral(rebuild.account.platform)}`,
    `AND f."account_platform_id" = ${textLiteral(rebuild.account.accountPlatformId)}`,
    `AND f."date" BETWEEN ${dateLiteral(first)} AND ${dateLiteral(last)}`,
  ].join('\n');
}

export interface RollupFact extends RollupRow {
  /** UTC instant. */
  readonly loadedAt: string;
}

/** A row of `rollupQuery` with the ids that the structure has too. Throws for a value that is not what its column holds. */
export function rollupFact(
  grain: Grain,
  scope: AccountScope,
  row: Readonly<Record<string, string | null>>,
): RollupFact {
  const text = (name: string): string => {
    const value = row[name];
    if (typeof value !== 'string' || value === '') throw new TypeError(`${name} of a ${grain} fact is missing`);
    return value;
  };
  const whole = ({ name, nullable }: { readonly name: string; readonly nullable?: true }): number | null => {
    if (nullable && (row[name] ?? null) === null) return null;
    const value = Number(text(name));
    if (!Number.isSafeInteger(value)) throw new TypeError(`${name} of a ${grain} fact cannot be kept exactly`);
    return value;
  };
  const measures = Object.fromEntries(
    measureColumns.map((column) => [measureFields[column.name], whole(column)]),
  ) as unknown as Measures;
  return {
    date: text('date').slice(0, 10),
    object: objectOf(grain, scope, text),
    ...measures,
    loadedAt: new Date(`${text('loaded_at').slice(0, 23).replace(' ', 'T')}Z`).toISOString(),
  };
}

function objectOf(grain: Grain, scope: AccountScope, text: (name: string) => string): RollupObject {
  const keys = new Map(objectColumns(grain).map(({ name }) => [keyField(name), text(name)]));
  const adGroup = keys.get('adGroupPlatformId') ?? null;
  let object: RollupObject = { platformId: scope.accountPlatformId };
  for (const { field, kind, label } of levels) {
    const platformId = keys.get(field);
    if (platformId === undefined) continue;
    object = { ...object, [label]: mirroredId(kind, scope, { platformId, adGroupPlatformId: adGroup }), platformId };
  }
  const segment = keys.get('segment');
  return segment === undefined ? object : { ...object, segment };
}

/** Levels of objects, coarse to fine: the last one present is what the row speaks of. */
const levels = [
  { field: 'campaignPlatformId', kind: 'campaign', label: 'campaignId' },
  { field: 'adGroupPlatformId', kind: 'ad-group', label: 'adGroupId' },
  { field: 'adPlatformId', kind: 'ad', label: 'adId' },
  { field: 'keywordPlatformId', kind: 'keyword', label: 'keywordId' },
] as const;
