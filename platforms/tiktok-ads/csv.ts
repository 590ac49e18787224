/** A record may be no longer: a file without a line end is not read into memory. */
const longestRecord = 1024 * 1024;

/** Records of a CSV file (RFC 4180) as its pieces come; memory is bounded by one record. Throws `RangeError` on what is none. */
export async function* csvRecords(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[], void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let record: string[] = [];
  let field = '';
  let length = 0;
  let quoted = false;
  /** A quote inside a quoted field: the end of it, or the first of two. */
  let quote = false;
  let started = false;

  function* read(text: string): Generator<readonly string[]> {
    for (const character of text) {
      length += 1;
      if (length > longestRecord) throw new RangeError(`a record longer than ${longestRecord} characters`);
      if (quoted && !quote) {
        if (character === '"') quote = true;
        else field += character;
        continue;
      }
      if (quoted && character === '"') {
        field += '"';
        quote = false;
      } else if (character === '"' && field === '') {
        quoted = true;
        started = true;
      } else if (character === ',') {
        record.push(field);
        field = '';
        quoted = quote = false;
        started = true;
      } else if (character === '\n') {
        if (started || field !== '') yield [...record, field];
        record = [];
        field = '';
        length = 0;
        quoted = quote = started = false;
      } else if (character !== '\r') {
        if (quoted) throw new RangeError('text after the end of a quoted field');
        field += character;
      }
    }
  }

  for await (const piece of pieces) yield* read(decoder.decode(piece, { stream: true }));
  yield* read(decoder.decode());
  if (quoted && !quote) throw new RangeError('a quoted field that does not end');
  if (started || field !== '') yield [...record, field];
}
