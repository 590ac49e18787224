import type { PlatformId } from '../../integrations/platform.ts';

export const textKinds = [
  'headline',
  'long-headline',
  'description',
  'body',
  'introduction',
  'name',
  'path',
  'image',
  'other',
] as const;
export type TextKind = (typeof textKinds)[number];

const kindByName: Readonly<Record<string, TextKind>> = {
  headlines: 'headline',
  headline: 'headline',
  longHeadlines: 'long-headline',
  longHeadline: 'long-headline',
  descriptions: 'description',
  description: 'description',
  text: 'body',
  introduction: 'introduction',
  businessName: 'name',
  displayName: 'name',
  path: 'path',
};

/** `creative.headlines.3` is a headline. */
export function kindOfField(field: string): TextKind {
  const name = field
    .replace(/^creative\./, '')
    .replace(/\.\d{1,4}$/, '')
    .split('.')
    .at(-1);
  return (name !== undefined && Object.hasOwn(kindByName, name) ? kindByName[name] : undefined) ?? 'other';
}

/** How long texts may be on one platform, counted as it counts. Kinds that are missing have no limit. */
export interface TextLimits {
  readonly longest: Readonly<Partial<Record<TextKind, number>>>;
  lengthOf(text: string, kind: TextKind): number;
}
export type AllTextLimits = Readonly<Record<PlatformId, TextLimits>>;
