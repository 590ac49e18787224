import type { EtlItem } from '../../contracts/etl.ts';
import { factTable, keyColumns, measureColumns } from '../../contracts/warehouse.ts';
import type { RollupObject, RollupRow } from '../analysis/rollup.ts';
import { addDays, monthOf, monthsIn } from './calendar-day.ts';
import { type AccountScope, mirroredId } from './ids.ts';
import { dateLiteral, textLiteral } from './merge-statement.ts';
import type { Grain } from './platform.ts';

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

const keysOf = (grain: Grain): string[] =>
  keyColumns(grain)
    .map((column) => column.name)
    .filter((name) => name.endsWith('_platform_id') && name !== 'account_platform_id');

/** All facts of one grain of an account in whole months. Columns come back under their own names, values as text. */
export function rollupQuery(workspaceId: string, rebuild: AccountRebuild, grain: Grain): string {
  const first = `${rebuild.months[0]}-01`;
  const last = addDays(`${monthOf(addDays(`${rebuild.months.at(-1)}-01`, 31))}-01`, -1);
  const columns = [...keysOf(grain), 'date', ...measureColumns.map((column) => column.name), 'loaded_at'];
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
  const whole = (name: (typeof measureColumns)[number]['name']): number => {
    const value = Number(text(name));
    if (!Number.isSafeInteger(value)) throw new TypeError(`${name} of a ${grain} fact cannot be kept exactly`);
    return value;
  };
  return {
    date: text('date').slice(0, 10),
    object: objectOf(grain, scope, text),
    impressions: whole('impressions'),
    clicks: whole('clicks'),
    spendMicros: whole('spend_micros'),
    conversionsMicros: whole('conversions_micros'),
    conversionValueMicros: whole('conversion_value_micros'),
    loadedAt: new Date(`${text('loaded_at').slice(0, 23).replace(' ', 'T')}Z`).toISOString(),
  };
}

function objectOf(grain: Grain, scope: AccountScope, text: (name: string) => string): RollupObject {
  if (grain === 'account') return { platformId: scope.accountPlatformId };
  const adGroup = grain === 'campaign' ? null : text('ad_group_platform_id');
  const id = (kind: Exclude<Grain, 'account'>, platformId: string) =>
    mirroredId(kind, scope, { platformId, adGroupPlatformId: adGroup });
  const campaign = text('campaign_platform_id');
  const object = { campaignId: id('campaign', campaign), platformId: campaign };
  if (adGroup === null) return object;
  const inGroup = { ...object, adGroupId: id('ad-group', adGroup), platformId: adGroup };
  if (grain === 'ad-group') return inGroup;
  const finest = text(grain === 'ad' ? 'ad_platform_id' : 'keyword_platform_id');
  return { ...inGroup, [grain === 'ad' ? 'adId' : 'keywordId']: id(grain, finest), platformId: finest };
}
