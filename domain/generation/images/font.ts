/** What a layout knows of a font, in parts of its size. */
export interface Font {
  /** As the SVG names it: `Source Sans 3`. */
  readonly family: string;
  readonly weight: 500 | 700;
  /** Above the baseline, as letters with accents reach. */
  readonly ascent: number;
  /** Below the baseline; positive. */
  readonly descent: number;
  readonly capHeight: number;
  /** Undefined where the font has no such character. */
  advance(codePoint: number): number | undefined;
}

/** Kerning draws most pairs closer and a few apart; what is measured without it may be so much too short. */
const kerning = 1.015;

/** In pixels at a size of one; undefined when the font lacks a character. */
export function widthOf(text: string, font: Font): number | undefined {
  let width = 0;
  for (const character of text) {
    const advance = font.advance(character.codePointAt(0) ?? 0);
    if (advance === undefined) return undefined;
    width += advance;
  }
  return width * kerning;
}

/** Scripts whose letters stand one after the other; others need shaping and a direction that no layout here knows. */
const written = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]*$/u;

/** Of the fonts in turn, the first that has every character; undefined when none has, or when a script is not written here. */
export function fontFor(text: string, fonts: readonly Font[]): Font | undefined {
  return written.test(text) ? fonts.find((font) => widthOf(text, font) !== undefined) : undefined;
}
