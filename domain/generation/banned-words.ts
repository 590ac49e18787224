const wordCharacter = /[\p{L}\p{N}]/u;

/** The first banned word or phrase of a text, by whole words whatever their case; its UTF-16 offsets, or null. */
export function containsBanned(
  text: string,
  banned: readonly string[],
): { readonly start: number; readonly end: number } | null {
  const lower = text.toLowerCase();
  // Some capitals have longer small letters (İ): offsets would no longer be those of the text.
  const searched = lower.length === text.length ? lower : text;
  for (const word of banned) {
    const wanted = word.toLowerCase();
    for (let start = searched.indexOf(wanted); start !== -1; start = searched.indexOf(wanted, start + 1)) {
      const end = start + wanted.length;
      if (!wordCharacter.test(searched[start - 1] ?? '') && !wordCharacter.test(searched[end] ?? '')) {
        return { start, end };
      }
    }
  }
  return null;
}
