import { describe, expect, it } from 'vitest';
import { openReport } from '../../../adapters/report-files/open-report.ts';
import { textFile, workbookOf, zipOf } from './file-of.ts';

async function rowsOf(bytes: Uint8Array) {
  const { readRows } = await openReport(bytes);
  const rows: [number, ...(string | number)[]][] = [];
  for await (const page of readRows()) for (const { line, cells } of page) rows.push([line, ...cells]);
  return rows;
}

describe('delimited text', () => {
  const text = 'Kampagne;Kosten;Tag\r\n"Schuhe; ""grün""";1.234,56;01.11.2026\r\nCafé;7,00;02.11.2026\r\n';
  const expected = [
    [1, 'Kampagne', 'Kosten', 'Tag'],
    [2, 'Schuhe; "grün"', '1.234,56', '01.11.2026'],
    [3, 'Café', '7,00', '02.11.2026'],
  ];

  it.each(['utf-8', 'utf-8-bom', 'utf-16le', 'windows-1252'] as const)('reads %s with semicolons', async (encoding) => {
    const bytes = textFile(text, encoding);
    expect((await openReport(bytes)).format).toEqual({
      kind: 'csv',
      encoding: encoding === 'utf-8-bom' ? 'utf-8' : encoding,
      delimiter: ';',
    });
    expect(await rowsOf(bytes)).toEqual(expected);
  });

  it('reads UTF-16LE without a mark', async () => {
    expect(await rowsOf(Buffer.from('a\tb\n1\t2\n', 'utf16le'))).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
  });

  it('finds commas below title rows without any', async () => {
    const bytes = textFile('Campaign report\n"1 Nov 2026 - 3 Nov 2026"\nDay,Cost,Clicks\n2026-11-01,"1,5",2', 'utf-8');
    expect(await rowsOf(bytes)).toEqual([
      [1, 'Campaign report'],
      [2, '1 Nov 2026 - 3 Nov 2026'],
      [3, 'Day', 'Cost', 'Clicks'],
      [4, '2026-11-01', '1,5', '2'],
    ]);
  });

  it('counts the lines that a quoted cell spans', async () => {
    expect((await rowsOf(textFile('a,b\n"one\ntwo",2\n3,4\n', 'utf-8'))).map(([line]) => line)).toEqual([1, 2, 4]);
  });

  it('refuses a quotation mark that is never closed, by its line', async () => {
    await expect(rowsOf(textFile('a,b\n1,"2\n3,4\n', 'utf-8'))).rejects.toThrow(/line 2 is never closed/);
  });

  it('refuses more than 500 columns', async () => {
    await expect(rowsOf(textFile(`a\n${','.repeat(600)}\n`, 'utf-8'))).rejects.toThrow(/Line 2 has more than 500/);
  });
});

describe('workbooks', () => {
  it('reads texts, numbers and days of the first visible sheet', async () => {
    const bytes = workbookOf([
      ['Campaign & more', 'Cost', 'By Day'],
      ['=HYPERLINK("x")', 1234.56, new Date('2026-11-01')],
    ]);
    expect((await openReport(bytes)).format).toEqual({ kind: 'xlsx', sheet: 'Report' });
    expect(await rowsOf(bytes)).toEqual([
      [1, 'Campaign & more', 'Cost', 'By Day'],
      [2, '=HYPERLINK("x")', 1234.56, '2026-11-01'],
    ]);
  });

  it('keeps the place of cells that are left out, and texts in the cell', async () => {
    const sheet =
      '<worksheet><sheetData><row r="4"><c r="C4" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>';
    expect(await rowsOf(workbookOf([], sheet))).toEqual([[4, '', '', 'x']]);
  });

  it('refuses a document type, which could define entities', async () => {
    const sheet =
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>';
    await expect(rowsOf(workbookOf([], sheet))).rejects.toThrow(/document type/);
  });

  it('refuses a part that unpacks to far more than a report holds', async () => {
    const parts = { 'xl/workbook.xml': Buffer.alloc(20 * 1024 ** 2, '<a/>') };
    await expect(openReport(zipOf(parts))).rejects.toThrow(/unpacks to more than 8 MB/);
  });

  it('refuses an archive that is no workbook, and one that is cut off', async () => {
    await expect(openReport(zipOf({ 'a.txt': 'x' }))).rejects.toThrow(/no XLSX workbook/);
    await expect(openReport(workbookOf([['a']]).subarray(0, 300))).rejects.toThrow(/damaged/);
  });
});

it.each([
  ['an empty file', Buffer.alloc(0), /is empty/],
  ['a PDF', Buffer.from('%PDF-1.7'), /is a PDF/],
  ['a web page', Buffer.from('<!DOCTYPE html><html>'), /web page/],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /old or a protected/],
])('refuses %s by name', async (_, bytes, message) => {
  await expect(openReport(bytes)).rejects.toThrow(message);
});
