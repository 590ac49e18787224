import {
  isSettingKey,
  type SettingDefinition,
  type SettingKey,
  type SettingLayer,
  type SettingValue,
  type SettingValues,
  settingKeys,
  settingLayers,
  settings,
  type WrittenLayer,
} from '../../contracts/settings.ts';
import type { PlatformDescriptor, PlatformId } from './platform.ts';
import type { EventQuota } from './streaming/quota.ts';

/** The layers that were written, each checked. */
export type WrittenLayers = Readonly<Partial<Record<WrittenLayer, Partial<SettingValues>>>>;

export interface LayerValue {
  readonly layer: SettingLayer;
  readonly value: unknown;
}

export interface ResolvedSettings {
  get<K extends SettingKey>(key: K): SettingValue<K>;
  /** Where the key is set, the first that gives way first; the last one holds. */
  layersOf(key: SettingKey): readonly LayerValue[];
}

/** Later layers win as a whole: an object is replaced, not mixed. */
export function resolveSettings(written: WrittenLayers): ResolvedSettings {
  const layersOf = (key: SettingKey): readonly LayerValue[] =>
    settingLayers.flatMap((layer): LayerValue[] => {
      if (layer === 'default') return [{ layer, value: settings[key].default }];
      const values = written[layer];
      return values !== undefined && Object.hasOwn(values, key) ? [{ layer, value: values[key] }] : [];
    });
  return {
    layersOf,
    // Each layer was checked by the key's own schema.
    get: <K extends SettingKey>(key: K) => layersOf(key).at(-1)?.value as SettingValue<K>,
  };
}

/** The version of a platform's API that is configured; `undefined` for the one its descriptor names, and where it cannot be changed. */
export function configuredVersion(resolved: ResolvedSettings, platform: PlatformId): string | undefined {
  const key = `apiVersion.${platform}`;
  if (!isSettingKey(key)) return undefined;
  const value = resolved.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** What one client may send. */
export const eventQuota = (resolved: ResolvedSettings): EventQuota => ({
  perSecond: resolved.get('events.perSecond'),
  perDay: resolved.get('events.perDay'),
});

/** The platform as data with what is configured in its place. */
export function configured(descriptor: PlatformDescriptor, resolved: ResolvedSettings): PlatformDescriptor {
  const version = configuredVersion(resolved, descriptor.id);
  const lookBackDays = resolved.get(`lookBack.${descriptor.id}.days`);
  return {
    ...descriptor,
    ...(version !== undefined &&
      // What the platform has announced, it has announced for the descriptor's version alone.
      version !== descriptor.apiVersion && { apiVersion: version, apiVersionSunset: null }),
    limits: { ...descriptor.limits, ...(lookBackDays !== null && { lookBackDays }) },
  };
}

/** A setting with all that is known of it. */
export interface ExplainedSetting {
  readonly key: SettingKey;
  readonly definition: SettingDefinition;
  readonly value: unknown;
  readonly source: SettingLayer;
  readonly layers: readonly LayerValue[];
}

export function explainSetting(resolved: ResolvedSettings, key: SettingKey): ExplainedSetting {
  const layers = resolved.layersOf(key);
  const { layer: source, value } = layers.at(-1) ?? { layer: 'default' as const, value: settings[key].default };
  return { key, definition: settings[key], value, source, layers };
}

export const explainSettings = (resolved: ResolvedSettings): readonly ExplainedSetting[] =>
  settingKeys.map((key) => explainSetting(resolved, key));
