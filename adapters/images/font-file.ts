import type { Font } from '../../domain/generation/images/font.ts';

/** What a layout needs of a TrueType font (OpenType 1.9: head, hhea, hmtx, OS/2, cmap). Throws for a file that is none. */
export function readFont(bytes: Uint8Array, family: string, weight: Font['weight']): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = new Map<string, number>();
  for (let at = 0; at < view.getUint16(4); at += 1) {
    const record = 12 + 16 * at;
    tables.set(String.fromCharCode(...bytes.subarray(record, record + 4)), view.getUint32(record + 8));
  }
  const table = (tag: string): number => {
    const offset = tables.get(tag);
    if (offset === undefined) throw new Error(`The font ${family} ${weight} has no table ${tag}.`);
    return offset;
  };
  const perEm = view.getUint16(table('head') + 18);
  const hhea = table('hhea');
  const os2 = table('OS/2');
  const measured = view.getUint16(hhea + 34);
  const hmtx = table('hmtx');
  const glyphs = readCharacters(view, table('cmap'));
  return {
    family,
    weight,
    ascent: view.getInt16(hhea + 4) / perEm,
    descent: -view.getInt16(hhea + 6) / perEm,
    capHeight: view.getInt16(os2 + 88) / perEm,
    advance(codePoint) {
      const glyph = glyphs.get(codePoint);
      // Those after the last one measured are all as wide as that one.
      return glyph === undefined ? undefined : view.getUint16(hmtx + 4 * Math.min(glyph, measured - 1)) / perEm;
    },
  };
}

/** Code points and their glyphs, of the widest Unicode subtable: format 12, or 4 for the first 65,536. */
function readCharacters(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const subtables = Array.from(
    { length: view.getUint16(cmap + 2) },
    (_, at) => cmap + view.getUint32(cmap + 8 + 8 * at),
  );
  const full = subtables.find((at) => view.getUint16(at) === 12);
  if (full !== undefined) {
    for (let group = 0; group < view.getUint32(full + 12); group += 1) {
      const at = full + 16 + 12 * group;
      const [first, last, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)];
      for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first);
    }
    return glyphs;
  }
  const basic = subtables.find((at) => view.getUint16(at) === 4);
  if (basic === undefined) throw new Error('The font has no table of Unicode characters.');
  const segments = view.getUint16(basic + 6);
  for (let segment = 0; segment < segments; segment += 2) {
    const last = view.getUint16(basic + 14 + segment);
    const first = view.getUint16(basic + 16 + segments + segment);
    const delta = view.getUint16(basic + 16 + 2 * segments + segment);
    const rangeAt = basic + 16 + 3 * segments + segment;
    const range = view.getUint16(rangeAt);
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const found = range === 0 ? code : view.getUint16(rangeAt + range + 2 * (code - first));
      const glyph = found === 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
}
