import { type Column, factColumns, factTable, keyColumns } from '../../contracts/warehouse.ts';
import {
  type FactField,
  type FieldSource,
  type Grain,
  grains,
  type PlatformDescriptor,
  type PlatformId,
  type PlatformMapping,
  platformIds,
} from '../../domain/integrations/platform.ts';
import { ageRanges, devices, genders, unknownCountry } from '../../domain/integrations/segments.ts';
import { descriptors, mappings } from '../../platforms/registry.ts';

/** A platform as the dictionary speaks of it. */
export interface Described {
  readonly descriptor: PlatformDescriptor;
  readonly mapping: PlatformMapping;
}

/** Columns that no report answers: where the value comes from instead. */
const ownColumns: Readonly<Record<string, string>> = {
  workspace_id: 'the connection’s workspace',
  platform: 'the connection’s platform',
  account_platform_id: 'the account the report was asked of',
  currency: 'the account; a row that names another currency is refused',
  time_zone: 'the account',
  loaded_at: 'the clock of the load',
  run_id: 'the run',
  source: 'the way it came: the platform’s interface, or a downloaded report',
};

/** A mapping's fields by the columns that hold them; the segment's column has another name in every table. */
const fields: Readonly<Record<string, FactField>> = {
  date: 'date',
  campaign_platform_id: 'campaignPlatformId',
  ad_group_platform_id: 'adGroupPlatformId',
  ad_platform_id: 'adPlatformId',
  keyword_platform_id: 'keywordPlatformId',
  impressions: 'impressions',
  clicks: 'clicks',
  spend_micros: 'spendMicros',
  conversions_micros: 'conversionsMicros',
  conversion_value_micros: 'conversionValueMicros',
  video_views: 'videoViews',
};

function fieldOf(column: Column, grain: Grain): FactField {
  const field = fields[column.name];
  if (field !== undefined) return field;
  if (keyColumns(grain).some(({ name }) => name === column.name)) return 'segment';
  throw new Error(
    `The data dictionary does not know where ${factTable(grain)}.${column.name} comes from; name the column in scripts/generate/data-dictionary.ts.`,
  );
}

/** docs/data-dictionary.md, from the tables that the warehouse is made from and the mappings read by. */
export function dataDictionary(platforms: readonly Described[] = registered()): string {
  return [
    introduction,
    reportingTable(platforms),
    '',
    ownSection(),
    '',
    ...grains.flatMap((grain) => factSection(grain, platforms)),
    segmentWords(),
  ].join('\n');
}

const registered = (): readonly Described[] =>
  platformIds.map((id: PlatformId) => ({ descriptor: descriptors[id], mapping: mappings[id] }));

const introduction = `# Data dictionary

Every column of every fact table, and the field of each platform it is read from. Written by \`npm run generate\` from
\`contracts/warehouse.ts\` and the tables that the mappings in \`platforms/\` read by; do not edit it.

One row is one object (or one of its segments) on one day of its account. Each grain is a report of its own: a finer one lacks
what the platform does not divide, so it never sums to a coarser one for certain.

Paths are those of the raw rows in the lake. Several paths are added. Units are the platform's: \`micros\` are millionths of the
account's currency, \`currency units\` are decimal amounts and become micros exactly, \`fraction of a conversion\` becomes millionths.
**Not reported** means that the platform has no such field for the grain: the column is null in its rows, which is not zero.
`;

function reportingTable(platforms: readonly Described[]): string {
  const days = (count: number) => `${count} days`;
  const rows = [
    ['API version', (d: PlatformDescriptor) => d.apiVersion],
    ['stops answering', (d: PlatformDescriptor) => d.apiVersionSunset ?? 'not announced'],
    ['read back', (d: PlatformDescriptor) => days(d.limits.lookBackDays)],
    ['read back at most', (d: PlatformDescriptor) => days(d.limits.maxLookBackDays)],
    ['longest report', (d: PlatformDescriptor) => days(d.limits.maxWindowDays)],
  ] as const;
  return table(
    ['', ...platforms.map(({ descriptor }) => descriptor.name)],
    rows.map(([label, read]) => [label, ...platforms.map(({ descriptor }) => read(descriptor))]),
  );
}

/** Columns that no report answers, said once. */
function ownSection(): string {
  const [grain] = grains;
  const rows = factColumns(grain)
    .filter(({ name }) => Object.hasOwn(ownColumns, name))
    .map((column) => [code(column.name), column.type, plain(column.description), ownColumns[column.name] ?? '']);
  return `## Columns of every table\n\n${table(['column', 'type', 'meaning', 'comes from'], rows)}`;
}

function factSection(grain: Grain, platforms: readonly Described[]): readonly string[] {
  const reporting = platforms.filter(({ descriptor }) => descriptor.supports.grains.includes(grain));
  const silent = platforms.filter((platform) => !reporting.includes(platform));
  const added = reporting.filter(({ mapping }) => mapping.aggregatedGrains?.includes(grain));
  const caveats: string[] = [];
  const rows = factColumns(grain)
    .filter(({ name }) => !Object.hasOwn(ownColumns, name))
    .map((column) => {
      const label = code(column.name);
      const field = fieldOf(column, grain);
      const cells = reporting.map(({ descriptor, mapping }) => {
        const source = mapping.sources(grain)[field];
        if (source?.caveat !== undefined) {
          caveats.push(`- ${label}, ${descriptor.name}: ${source.caveat.replace(/\.$/, '')}.`);
        }
        return sourceCell(source);
      });
      return [label, column.type, plain(column.description), ...cells];
    });
  return [
    `## ${factTable(grain)}`,
    ...(silent.length === 0 ? [] : [`Not reported by ${names(silent)}.`]),
    table(['column', 'type', 'meaning', ...reporting.map(({ descriptor }) => descriptor.name)], rows),
    ...(added.length === 0
      ? []
      : [`${names(added)}: the raw rows are finer than the fact; those of one key are added up.`]),
    ...(caveats.length === 0 ? [] : [caveats.join('\n')]),
  ].flatMap((block) => [block, '']);
}

function sourceCell(source: FieldSource | undefined): string {
  return source === undefined ? '**not reported**' : `${source.paths.map(code).join(' + ')} (${source.unit})`;
}

const segmentWords = (): string => `## Words of the segments

Every platform's own values become these. A value without a word stays as \`other:<the platform's value>\`: its row holds
somebody's money.

${table(
  ['segment', 'words'],
  [
    ['age', ageRanges.map(code).join(', ')],
    ['gender', genders.map(code).join(', ')],
    ['device', devices.map(code).join(', ')],
    ['country', `ISO 3166-1 alpha-2; ${code(unknownCountry)} where the platform does not know`],
    ['placement', 'the platform’s own networks and placements, in kebab-case'],
    ['search term', 'as people typed it'],
    ['asset', 'the platform’s own asset id'],
  ],
)}
`;

const code = (text: string): string => `\`${text}\``;
const names = (platforms: readonly Described[]): string =>
  platforms.map(({ descriptor }) => descriptor.name).join(' and ');

/** A cell may hold no bar: it would end there. */
const plain = (text: string): string => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
