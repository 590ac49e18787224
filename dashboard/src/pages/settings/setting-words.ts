import type { Setting } from '../../../../sdks/javascript/src/generated/api.ts';

/** Where a value comes from, the layer that gives way first in front. */
export const layerNames: Readonly<Record<Setting['source'], string>> = {
  default: 'Default of the release',
  stage: 'Stage',
  'parameter-store': 'Parameter store',
  workspace: 'This workspace',
};

/** A value in words; what is not set is said, not left blank. */
export function valueText(value: unknown, unit: string | null): string {
  if (value === null || value === undefined) return 'Not set';
  if (JSON.stringify(value) === '{}') return 'None';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return unit === null ? text : `${text} ${unit}`;
}

/**
 * What is typed, as the API takes it. Numbers and objects are JSON; text stays text, also where it reads as a number, as the
 * version `202609` does.
 */
export function readValue(text: string, { value, unit }: Pick<Setting, 'value' | 'unit'>): unknown {
  const trimmed = text.trim();
  const isJson = typeof value !== 'string' && (unit !== null || typeof value === 'number' || /^[{["]/.test(trimmed));
  if (!isJson) return trimmed;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    // The API says what it takes instead.
    return trimmed;
  }
}

/** `lookBack.google-ads.days` stands under `lookBack`. */
export const groupOf = (key: string): string => key.split('.', 1)[0] ?? key;

/** `lookBack` → `Look back` */
export function groupName(group: string): string {
  const words = group.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
