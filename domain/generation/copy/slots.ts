import type { Creative } from '../../../contracts/schemas/changes.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import { counted, type Insertion } from '../../text/insertions.ts';

/** Which grammar writes a slot: a phrase without a full stop, or sentences. */
export type SlotRole = 'headline' | 'sentences' | 'name';

export interface CopySlot {
  /** `shortDescription` goes among the descriptions of the creative: `field` names the place. */
  readonly name: string;
  readonly field: string;
  readonly role: SlotRole;
  /** How many texts an ad must have, may have, and is written with when there is enough to say. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly aim: number;
  /** In the platform's own units. */
  readonly limit: number;
  /** How much of it is seen without a tap, where that is less than the limit. */
  readonly seen: number | null;
  readonly exclamation: 'none' | 'one-an-ad';
  readonly emoji: boolean;
  /** Whether the format's insertions may stand here. */
  readonly insertion: boolean;
}

/** What one format of a platform shows in words. */
export interface CopyFormat {
  readonly platform: PlatformId;
  readonly format: Creative['format'];
  readonly slots: readonly CopySlot[];
  /** How long the platform says a text is. */
  readonly measure: (text: string) => number;
  /** Beneath the ad, where the platform has them: text and description lines, in its units. */
  readonly sitelink: { readonly text: number; readonly line: number } | null;
  /** What the platform itself fills in when it shows the ad. */
  readonly insertions: readonly Insertion[];
  /** How many hashtags the text may end in; 0 where the platform allows none in ads. */
  readonly hashtags: number;
}

export const lengthIn = (format: Pick<CopyFormat, 'measure'>, text: string): number => format.measure(counted(text));

const emoji = /\p{Extended_Pictographic}/u;
/** "!!", "?!", "..": editorial rules of all three platforms refuse repeated punctuation. */
const repeated = /[!?¡¿]{2,}|\.{2,}|,{2,}/;

/** Whether a text may stand in a slot as it is. Nothing that fails this is ever shortened: another text is taken. */
export function fits(format: CopyFormat, slot: CopySlot, text: string): boolean {
  if (text.trim() !== text || text === '') return false;
  if (lengthIn(format, text) > slot.limit) return false;
  if (!slot.emoji && emoji.test(text)) return false;
  if (slot.exclamation === 'none' && /[!¡]/.test(text)) return false;
  if (exclamations(text) > 1) return false;
  if (!slot.insertion && counted(text) !== text) return false;
  return !repeated.test(text);
}

/** Spanish opens with one and closes with one: that is one. */
export const exclamations = (text: string): number => text.split('!').length - 1;
