import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '../../../platforms/tiktok-ads/csv.ts';

/** The text in pieces of so many bytes, which may fall into a character. */
async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

async function records(text: string, size = 7): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = [];
  for await (const record of csvRecords(inPieces(text, size))) all.push(record);
  return all;
}

describe('a CSV file in pieces', () => {
  it('gives back what was written, wherever the pieces end', async () => {
    const field = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\r', ''));
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, end) => {
          const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('');
          expect(await records(text, size)).toEqual(rows);
        },
      ),
    );
  });

  it('reads plain fields, empty ones and a last line without its end', async () => {
    expect(await records('a,b\n,\n1,"x,""y"\nz,')).toEqual([
      ['a', 'b'],
      ['', ''],
      ['1', 'x,"y'],
      ['z', ''],
    ]);
  });

  it('skips empty lines', async () => {
    expect(await records('a,b\n\n\r\n1,2\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['a,"b', 'does not end'],
    ['a,"b"c\n', 'after the end of a quoted field'],
    [`a,${'b'.repeat(1_100_000)}`, 'longer than'],
  ])('refuses what is no CSV: %.12s', async (text, message) => {
    await expect(records(text, 65_536)).rejects.toThrow(message);
  });
});
