import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../../domain/integrations/imports/downloaded-report.ts';
import { type ReportChoices, readReport } from '../../../../domain/integrations/imports/read-report.ts';
import type { FactRow } from '../../../../domain/integrations/platform.ts';
import { descriptors, downloadedReports } from '../../../../platforms/registry.ts';
import { readRowsOf } from './reports.ts';

async function read(rows: readonly (readonly Cell[])[], choices: ReportChoices = {}) {
  const facts: FactRow[] = [];
  const report = await readReport(readRowsOf(rows), {
    reports: Object.values(downloadedReports),
    grainsOf: (platform) => descriptors[platform].supports.grains,
    choices,
    onFact: (_, fact) => facts.push(fact),
  });
  return { ...report, facts, codes: report.problems.items.map(({ code }) => code) };
}

const fact = (over: Partial<FactRow>): FactRow => ({
  date: '2026-11-01',
  campaignPlatformId: null,
  adGroupPlatformId: null,
  adPlatformId: null,
  keywordPlatformId: null,
  segment: null,
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: null,
  conversionValueMicros: null,
  videoViews: null,
  ...over,
});

describe('Google Ads', () => {
  const english = [
    ['Campaign report'],
    ['1 November 2026 - 2 November 2026'],
    [
      'Day',
      'Campaign ID',
      'Campaign',
      'Currency code',
      'Impr.',
      'Clicks',
      'Cost',
      'Conversions',
      'Conv. value',
      'Customer ID',
      'CTR',
    ],
    ['2026-11-01', '11', '=cmd()', 'EUR', '1,234', '12', '1,234.56', '1.50', '--', '123-456-7890', '< 10%'],
    ['2026-11-02', '11', '=cmd()', 'EUR', '2', '0', '0.00', '0.00', '0.00', '123-456-7890', ' --'],
    ['Total: Account', '', '', 'EUR', '1,236', '12', '1,234.56', '1.50', '0', '', ''],
  ];

  it('reads a campaign report of the report editor', async () => {
    const found = await read(english);
    expect(found.facts).toEqual([
      fact({
        campaignPlatformId: '11',
        impressions: 1234,
        clicks: 12,
        spendMicros: 1_234_560_000,
        conversionsMicros: 1_500_000,
        reportedCurrency: 'EUR',
      }),
      fact({
        date: '2026-11-02',
        campaignPlatformId: '11',
        impressions: 2,
        conversionsMicros: 0,
        conversionValueMicros: 0,
        reportedCurrency: 'EUR',
      }),
    ]);
    expect(found).toMatchObject({
      grain: 'campaign',
      currency: 'EUR',
      accountPlatformId: '1234567890',
      dateFormat: 'iso',
      decimalSign: 'point',
      from: '2026-11-01',
      to: '2026-11-02',
      rows: { data: 2, usable: 2, totals: 1 },
      recognised: { report: { platform: 'google-ads' }, language: 'en', headerLine: 3, unmapped: ['CTR'] },
    });
    expect(found.problems.total).toBe(0);
  });

  it.each([
    [
      'de',
      ['Tag', 'Kampagnen-ID', 'Kampagne', 'Währungscode', 'Impr.', 'Klicks', 'Kosten', 'Conversions', 'Conv.-Wert'],
      ['01.11.2026', '11', 'x', 'EUR', '1.234', '12', '1.234,56', '1,50', '2,00'],
      'Gesamt: Konto',
    ],
    [
      'fr',
      [
        'Jour',
        'ID de campagne',
        'Campagne',
        'Code de devise',
        'Impr.',
        'Clics',
        'Coût',
        'Conversions',
        'Valeur de conv.',
      ],
      ['1 nov. 2026', '11', 'x', 'EUR', '1 234', '12', '1 234,56', '1,50', '2,00'],
      'Total : compte',
    ],
    [
      'es',
      [
        'Día',
        'ID de la campaña',
        'Campaña',
        'Código de moneda',
        'Impr.',
        'Clics',
        'Coste',
        'Conversiones',
        'Valor de conv.',
      ],
      ['1 de noviembre de 2026', '11', 'x', 'EUR', '1234', '12', '1234,56', '1,50', '2,00'],
      'Total: cuenta',
    ],
  ])('reads the same in %s', async (language, titles, row, total) => {
    const found = await read([['Bericht'], titles, row, [total, '', '', '', '1', '2', '3', '4', '5']]);
    expect(found.problems.items).toEqual([]);
    expect(found.recognised?.language).toBe(language);
    expect(found.facts).toEqual([
      fact({
        campaignPlatformId: '11',
        impressions: 1234,
        clicks: 12,
        spendMicros: 1_234_560_000,
        conversionsMicros: 1_500_000,
        conversionValueMicros: 2_000_000,
        reportedCurrency: 'EUR',
      }),
    ]);
  });

  it('names every missing column at once', async () => {
    const found = await read([
      ['Campaign', 'Impr.', 'Clicks', 'Customer ID'],
      ['x', '1', '1', '1'],
    ]);
    expect(found.problems.items.map(({ message }) => message)).toEqual([
      expect.stringContaining('no column Day'),
      expect.stringContaining('no column Cost'),
      expect.stringContaining('no column Campaign ID'),
    ]);
    expect(found.facts).toEqual([]);
  });

  it('refuses a report that divides the rows of one day further', async () => {
    const found = await read([
      ['Day', 'Campaign ID', 'Impr.', 'Clicks', 'Cost', 'Device'],
      ['2026-11-01', '1', '1', '1', '1', 'x'],
    ]);
    expect(found.codes).toEqual(['rows-divided']);
  });
});

describe('TikTok Ads', () => {
  const titles = [
    'Ad ID',
    'Ad name',
    'Ad group ID',
    'Ad group name',
    'Campaign ID',
    'Campaign name',
    'By Day',
    'Currency',
    'Cost',
    'Impressions',
    'Clicks (destination)',
    'Clicks (all)',
    'Conversions',
  ];

  it('reads a custom report of a workbook, whose numbers are numbers', async () => {
    const row = [
      '1790000000000000001',
      'a',
      '1790000000000000002',
      'g',
      '1790000000000000003',
      'c',
      '2026-11-01',
      'USD',
      12.3,
      1000,
      9,
      11,
      2,
    ];
    const found = await read([titles, row, ['Total of 1 results', '', '', '', '', '', '-', '-', 12.3, 1000, 9, 11, 2]]);
    expect(found.facts).toEqual([
      fact({
        campaignPlatformId: '1790000000000000003',
        adGroupPlatformId: '1790000000000000002',
        adPlatformId: '1790000000000000001',
        impressions: 1000,
        clicks: 9,
        spendMicros: 12_300_000,
        conversionsMicros: 2_000_000,
        reportedCurrency: 'USD',
      }),
    ]);
    expect(found).toMatchObject({
      grain: 'ad',
      rows: { totals: 1 },
      recognised: { report: { platform: 'tiktok-ads' } },
    });
  });

  it('refuses ids that a spreadsheet has rounded', async () => {
    const row = ['1.79E+18', 'a', '2', 'g', '3', 'c', '2026-11-01', 'USD', 1, 1, 1, 1, 1];
    const found = await read([titles, row]);
    expect(found.problems.items).toMatchObject([
      { code: 'implausible' },
      { code: 'row-refused', line: 2, column: 'Ad ID', message: expect.stringContaining('rounded by a spreadsheet') },
    ]);
  });
});

describe('LinkedIn Ads', () => {
  const rows = (days: readonly string[]) => [
    ['Campaign Performance Report'],
    ['Report Start: November 1, 2026, 12:00 AM'],
    ['Report End: November 13, 2026, 11:59 PM'],
    ['Date Generated: November 22, 2026, 8:00 AM'],
    [],
    [
      'Start Date (in UTC)',
      'Account Name',
      'Currency',
      'Campaign Group Name',
      'Campaign Group ID',
      'Campaign Name',
      'Campaign ID',
      'Total Spent',
      'Impressions',
      'Clicks',
      'Conversions',
      'Leads',
    ],
    ...days.map((day) => [day, 'Acme', 'USD', 'g', '600', 'c', '200', '1,010.10', '100', '3', '1', '2']),
  ];

  it('reads a performance report: groups are campaigns, campaigns ad groups, days UTC', async () => {
    const found = await read(rows(['11/01/2026', '11/13/2026']));
    expect(found.facts.map(({ date }) => date)).toEqual(['2026-11-01', '2026-11-13']);
    expect(found.facts[0]).toEqual(
      fact({
        campaignPlatformId: '600',
        adGroupPlatformId: '200',
        impressions: 100,
        clicks: 3,
        spendMicros: 1_010_100_000,
        conversionsMicros: 3_000_000,
        reportedCurrency: 'USD',
      }),
    );
    expect(found).toMatchObject({
      grain: 'ad-group',
      timeZone: 'UTC',
      accountName: 'Acme',
      dateFormat: 'month-day-year',
    });
  });

  it('asks which comes first when no day of the file tells, and does as it is told', async () => {
    expect((await read(rows(['11/01/2026', '11/02/2026']))).codes).toEqual(['date-format-ambiguous']);
    const told = await read(rows(['11/01/2026']), { dateFormat: 'day-month-year' });
    expect(told.facts[0]?.date).toBe('2026-01-11');
  });

  it('refuses a file whose days are written in two ways', async () => {
    expect((await read(rows(['11/13/2026', '13/11/2026']))).codes).toEqual(['date-format-conflict']);
  });
});

describe('rows', () => {
  const titles = ['Day', 'Campaign ID', 'Impr.', 'Clicks', 'Cost', 'Currency'];
  const good = (day: string): Cell[] => [day, '1', '1', '1', '1.00', 'EUR'];

  it('tells all that is wrong with single rows, with line and column, and takes the others', async () => {
    const found = await read([
      titles,
      good('2026-11-01'),
      good('2026-11-02'),
      good('2026-11-03'),
      good('2026-11-04'),
      good('2026-11-05'),
      ['2026-11-31', '1', '1', '1', '1.00', 'EUR'],
      ['2026-11-06', '1', '1.5', '1', '1.00', 'EUR'],
      ['2026-11-07', '1', '1', '1', '--', 'EUR'],
      ['2026-11-08', '1', '1', '-1', '1.00', 'EUR'],
      ['2026-11-09', '1', '1', '1', '1.00', 'USD'],
      good('2026-11-01'),
    ]);
    expect(found.facts).toHaveLength(5);
    expect(found.codes[0]).toBe('implausible');
    expect(found.problems.items.slice(1).map(({ line, column }) => [line, column])).toEqual([
      [7, 'Day'],
      [8, 'Impr.'],
      [9, 'Cost'],
      [10, 'clicks'],
      [11, 'currency'],
      [12, 'date'],
    ]);
  });

  it('asks for the decimal sign when 1,234 may be both, and does as it is told', async () => {
    const rows = [titles, ['2026-11-01', '1', '1', '1', '1,234', 'EUR']];
    expect((await read(rows)).codes).toEqual(['number-format-ambiguous']);
    expect((await read(rows, { decimalSign: 'comma' })).facts[0]?.spendMicros).toBe(1_234_000);
    expect((await read(rows, { decimalSign: 'point' })).facts[0]?.spendMicros).toBe(1_234_000_000);
  });

  it('refuses several accounts in one file', async () => {
    const found = await read([
      [...titles, 'Customer ID'],
      [...good('2026-11-01'), '1'],
      [...good('2026-11-02'), '2'],
    ]);
    expect(found.codes).toEqual(['several-accounts']);
  });

  it('says what a file needs that no platform wrote', async () => {
    const found = await read([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(found.problems.items).toMatchObject([
      { code: 'not-recognised', message: expect.stringContaining('Report editor') },
    ]);
  });
});
