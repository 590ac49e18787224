import type { CreativeImage, GeneratedCreative } from '../../../../sdks/javascript/src/generated/api.ts';

/** The texts of one place, `headlines.0` before `headlines.1`. */
export const textsAt = ({ texts }: Pick<GeneratedCreative, 'texts'>, place: string): readonly string[] =>
  texts
    .filter(({ field }) => field === place || field.startsWith(`${place}.`))
    .sort((a, b) => indexOf(a.field) - indexOf(b.field))
    .map(({ text }) => text);

const indexOf = (field: string): number => Number(field.split('.')[1] ?? 0);

export const textAt = (creative: Pick<GeneratedCreative, 'texts'>, place: string): string =>
  textsAt(creative, place)[0] ?? '';

/** `{KeyWord:Trail shoes}` as a reader sees it who searched for nothing known. */
export const spoken = (text: string): string =>
  text.replace(/\{(?:keyword|countdown|location)[^:{}]*:([^{}]*)\}/gi, '$1');

/**
 * The `turn`-th of the combinations that are worth seeing: Google shows three headlines and two descriptions of many, and no
 * text twice. Every headline stands first once.
 */
export function combination<T>(all: readonly T[], shown: number, turn: number): readonly T[] {
  const count = Math.min(shown, all.length);
  const stride = Math.max(1, Math.floor(all.length / Math.max(1, count)));
  return Array.from({ length: count }, (_, place) => all[(turn + place * stride) % all.length]).flatMap((one) =>
    one === undefined ? [] : [one],
  );
}

/** A text cut where a platform folds it, at a word's end; nothing is cut from one that is short enough. */
export function folded(text: string, seen: number): string {
  const letters = [...text];
  if (letters.length <= seen) return text;
  const cut = letters.slice(0, seen).join('');
  const end = cut.lastIndexOf(' ');
  return `${(end > seen * 0.6 ? cut.slice(0, end) : cut).trimEnd()}…`;
}

export type ImageShape = 'wide' | 'square' | 'portrait' | 'tall' | 'banner';

/** What a size is for: 1200×628 is wide, 1080×1920 tall. */
export function shapeOf({ width, height }: CreativeImage['size']): ImageShape {
  const ratio = width / height;
  if (ratio > 2.4 || ratio < 0.4) return 'banner';
  if (ratio > 1.2) return 'wide';
  if (ratio > 0.9) return 'square';
  return ratio > 0.65 ? 'portrait' : 'tall';
}

/** The image that fits best where one of `wanted` is shown, the first wanted before the others. */
export function imageFor(
  { images }: Pick<GeneratedCreative, 'images'>,
  wanted: readonly ImageShape[],
): CreativeImage | undefined {
  for (const shape of wanted) {
    const found = images.find(({ size }) => shapeOf(size) === shape);
    if (found !== undefined) return found;
  }
  return images[0];
}

/** `https://www.shop.example/schuhe?x=1` → `shop.example` */
export function siteOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
}

/** A text in pieces, those that a finding is about marked; findings that overlap are one piece. */
export function marked(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
): readonly { readonly text: string; readonly marked: boolean }[] {
  const edges = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b);
  const pieces: { text: string; marked: boolean }[] = [];
  edges.slice(0, -1).forEach((from, index) => {
    const to = edges[index + 1] ?? from;
    const inside = spans.some(({ start, end }) => start <= from && to <= end);
    const before = pieces.at(-1);
    if (before !== undefined && before.marked === inside) before.text += text.slice(from, to);
    else pieces.push({ text: text.slice(from, to), marked: inside });
  });
  return pieces;
}

/** Words of `text` that stand nowhere in `others`: what makes it different from those beside it. */
export function ownWords(text: string, others: readonly string[]): readonly { word: string; own: boolean }[] {
  const known = new Set(others.flatMap((other) => other.split(/\s+/).map(bare)));
  return text.split(/(\s+)/).map((word) => ({ word, own: word.trim() !== '' && !known.has(bare(word)) }));
}

const bare = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
