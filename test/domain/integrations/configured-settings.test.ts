import { describe, expect, it } from 'vitest';
import { type SettingDefinition, settings } from '../../../contracts/settings.ts';
import { platformIds } from '../../../domain/integrations/platform.ts';
import { qualityChecks } from '../../../domain/integrations/quality/checks.ts';
import { configuredRule } from '../../../domain/integrations/quality/configured-rule.ts';
import { configured, resolveSettings } from '../../../domain/integrations/resolved-settings.ts';
import { descriptors } from '../../../platforms/registry.ts';

describe('settings nobody has touched', () => {
  it('leave every platform and every check as it was released', () => {
    const untouched = resolveSettings({});
    for (const platform of platformIds) {
      expect(configured(descriptors[platform], untouched)).toEqual(descriptors[platform]);
    }
    for (const { rule } of qualityChecks) expect(configuredRule(rule, untouched)).toEqual(rule);
  });

  it('have defaults of the form they ask for, in layers that exist', () => {
    for (const [key, { schema, default: value, layers, form }] of Object.entries<SettingDefinition>(settings)) {
      expect([key, schema.safeParse(value).success, layers.length > 0, form.length > 0]).toEqual([
        key,
        true,
        true,
        true,
      ]);
    }
  });
});

describe('a setting', () => {
  it('moves the look-back and the version of its platform alone', () => {
    const resolved = resolveSettings({
      stage: { 'lookBack.linkedin-ads.days': 60 },
      'parameter-store': { 'apiVersion.linkedin-ads': '202701' },
    });
    expect(configured(descriptors['linkedin-ads'], resolved)).toMatchObject({
      apiVersion: '202701',
      apiVersionSunset: null,
      limits: { ...descriptors['linkedin-ads'].limits, lookBackDays: 60 },
    });
    expect(configured(descriptors['google-ads'], resolved)).toEqual(descriptors['google-ads']);
  });

  it('moves the limits of the checks it speaks of', () => {
    const resolved = resolveSettings({
      workspace: {
        'quality.volume.deviations': 5,
        'quality.reconcile.share': 0.02,
        'quality.refusedRows.errorShare': 0.2,
      },
    });
    const rules = qualityChecks.map(({ rule }) => configuredRule(rule, resolved));
    expect(rules.filter((rule) => rule.kind === 'volume').map(({ deviations }) => deviations)).toEqual([5, 5]);
    expect(new Set(rules.flatMap((rule) => (rule.kind === 'reconcile' ? [rule.share] : [])))).toEqual(new Set([0.02]));
    expect(new Set(rules.flatMap((rule) => (rule.kind === 'refused-rows' ? [rule.errorShare] : [])))).toEqual(
      new Set([0.2]),
    );
  });
});
