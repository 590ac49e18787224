import type { TextLimits } from '../../domain/compliance/policy/text-kinds.ts';
import type { Objection } from '../../domain/integrations/platform-writer.ts';

/** "Each character in Chinese or Japanese counts as two"; of names that are shown, Korean as well. */
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/gu;
const wideOrKorean =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/gu;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;

interface Limit {
  /** Narrow characters. */
  readonly longest: number;
  readonly counts: RegExp;
  readonly what: string;
  readonly emoji: boolean;
}

/** Lengths as the Business API v1.3 documents them. */
const limits = {
  name: { longest: 512, counts: wide, what: 'names', emoji: false },
  adText: { longest: 100, counts: wide, what: 'ad texts', emoji: false },
  displayName: { longest: 40, counts: wideOrKorean, what: 'display names', emoji: false },
  fileName: { longest: 100, counts: wide, what: 'file names', emoji: true },
} as const satisfies Record<string, Limit>;
export const longest = { adText: limits.adText.longest, displayName: limits.displayName.longest } as const;

/** Characters as TikTok counts them. */
export const lengthOf = (text: string, counts: RegExp = wide): number =>
  [...text].length + (text.match(counts)?.length ?? 0);

const against =
  (limit: Limit) =>
  (field: string, text: string): readonly Objection[] => {
    const length = lengthOf(text, limit.counts);
    return [
      ...(length > limit.longest
        ? [
            {
              field,
              reason: `is ${length} characters as TikTok counts them; ${limit.what} have at most ${limit.longest}`,
            },
          ]
        : []),
      ...(!limit.emoji && emoji.test(text) ? [{ field, reason: `TikTok allows no emoji in ${limit.what}` }] : []),
    ];
  };

export const textObjections: Readonly<
  Record<keyof typeof limits, (field: string, text: string) => readonly Objection[]>
> = {
  name: against(limits.name),
  adText: against(limits.adText),
  displayName: against(limits.displayName),
  fileName: against(limits.fileName),
};

/** The same limits by kind of text. */
export const tiktokAdsTextLimits: TextLimits = {
  longest: { body: limits.adText.longest, name: limits.displayName.longest },
  lengthOf: (text, kind) => lengthOf(text, kind === 'name' ? limits.displayName.counts : limits.adText.counts),
};
