import type { AdCategory } from '../../../contracts/schemas/policies.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import { readOut } from '../../text/insertions.ts';
import { decodeSpelling } from './decode-spelling.ts';
import { type FoldedText, foldText } from './fold-text.ts';
import type { PhraseIndex, PhraseMatch } from './phrase-index.ts';
import { kindOfField, type TextKind } from './text-kinds.ts';

export interface AdText {
  readonly field: string;
  readonly text: string;
}

export interface PolicyFact {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

/** What is checked: an ad for one platform, with what is known of the page behind it. */
export interface PolicyAd {
  readonly platform: PlatformId;
  readonly countries: readonly string[];
  /** ISO 639-1 of its texts. */
  readonly language?: string;
  readonly category?: AdCategory;
  readonly texts: readonly AdText[];
  /** What can be read in its images. */
  readonly imageTexts: readonly AdText[];
  readonly hasMedia: boolean;
  /** Where a click goes, as the ad says it. */
  readonly landingPageUrl?: string;
  readonly destination?: { readonly url: string; readonly text?: string; readonly status?: number };
  readonly bannedWords: readonly string[];
  readonly trademarksAllowed: readonly string[];
  readonly facts?: readonly PolicyFact[];
  /** ISO date; rules that do not hold on it are left out. */
  readonly at: string;
}

/** One way to read a text: as it stands, or with spelling tricks undone. */
export interface Version {
  readonly folded: FoldedText;
  /** By lexicon. */
  readonly matches: ReadonlyMap<number, readonly PhraseMatch[]>;
}

export interface Reading {
  readonly field: string;
  readonly kind: TextKind;
  readonly text: string;
  /** The first is the text as it stands. */
  readonly versions: readonly [Version, ...Version[]];
}

export function readText({ field, text }: AdText, index: PhraseIndex, kind: TextKind = kindOfField(field)): Reading {
  const folded = foldText(text);
  const version = (reading: FoldedText): Version => ({ folded: reading, matches: index.find(reading) });
  return { field, kind, text, versions: [version(folded), ...decodeSpelling(folded).map(version)] };
}

/** What a platform fills in is read by its default: that is what somebody has worded. */
export const readAd = (ad: PolicyAd, index: PhraseIndex): readonly Reading[] => [
  ...ad.texts.map(({ field, text }) => readText({ field, text: readOut(text) }, index)),
  ...ad.imageTexts.map((text) => readText(text, index, 'image')),
];
