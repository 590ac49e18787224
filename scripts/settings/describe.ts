import { type SettingKey, settingKeys, type WrittenLayer } from '../../contracts/settings.ts';
import {
  type ExplainedSetting,
  explainSetting,
  type ResolvedSettings,
  resolveSettings,
} from '../../domain/integrations/resolved-settings.ts';
import { descriptors } from '../../platforms/registry.ts';
import type { FoundLayers } from './layers.ts';

const writtenLayers: readonly WrittenLayer[] = ['stage', 'parameter-store', 'workspace'];

export const resolve = ({ found }: FoundLayers): ResolvedSettings =>
  resolveSettings(Object.fromEntries(Object.entries(found).map(([layer, { values }]) => [layer, values])));

/** What null stands for where it stands for the platform's own. */
function platformsOwn(key: SettingKey): string | undefined {
  for (const { id, apiVersion, limits } of Object.values(descriptors)) {
    if (key === `lookBack.${id}.days`) return String(limits.lookBackDays);
    if (key === `apiVersion.${id}`) return apiVersion;
  }
  return undefined;
}

function shown(key: SettingKey, value: unknown): string {
  if (value !== null) return typeof value === 'string' ? value : JSON.stringify(value);
  const own = platformsOwn(key);
  return own === undefined ? 'null' : `the platform’s own, ${own}`;
}

const withUnit = ({ key, value, definition }: ExplainedSetting): string =>
  `${shown(key, value)}${definition.unit === null || typeof value === 'object' ? '' : ` ${definition.unit}`}`;

/** The value, what it is for, and where every layer stands. */
export function explain(layers: FoundLayers, key: SettingKey): string {
  const setting = explainSetting(resolve(layers), key);
  const { definition, source } = setting;
  const line = (layer: string, text: string) => `  ${layer.padEnd(16)} ${text}`;
  const standing = writtenLayers.map((layer) => {
    const held = layers.found[layer];
    if (!definition.layers.includes(layer)) return line(layer, 'may not set it');
    if (held === undefined) return line(layer, `not seen: ${layers.unseen[layer] ?? 'not looked at'}`);
    const value = setting.layers.find((one) => one.layer === layer);
    const text = value === undefined ? 'not set' : shown(key, value.value);
    return line(layer, `${text} (${held.place})${source === layer ? '  <- holds' : ''}`);
  });
  return [
    `${key} = ${withUnit(setting)}`,
    `  ${definition.description}.`,
    `  Must be ${definition.form}.`,
    '',
    line('default', `${shown(key, definition.default)}${source === 'default' ? '  <- holds' : ''}`),
    ...standing,
  ].join('\n');
}

/** All of them, a line each: key, value, layer. */
export function list(layers: FoundLayers): string {
  const resolved = resolve(layers);
  const rows = settingKeys.map((key) => {
    const setting = explainSetting(resolved, key);
    return [key, withUnit(setting), setting.source] as const;
  });
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  return rows.map(([key, value, source]) => `${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${source}`).join('\n');
}

/** Keys that share a part with what was asked for. */
export function similar(asked: string): readonly SettingKey[] {
  const parts = asked
    .toLowerCase()
    .split(/[.\s]/)
    .filter((part) => part.length > 2);
  return settingKeys.filter((key) => parts.some((part) => key.toLowerCase().includes(part)));
}
