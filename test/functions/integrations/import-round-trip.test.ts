import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factTable, keyColumns, measureColumns } from '../../../contracts/warehouse.ts';
import type { FactRow, Grain, PlatformId } from '../../../domain/integrations/platform.ts';
import { openReader } from '../../../platforms/readers.ts';
import { textFile, workbookOf } from '../../adapters/report-files/file-of.ts';
import { platformsUnderTest, type RunningPlatform } from '../../platforms/platforms-under-test.ts';
import { openDesk } from './import-desk.ts';
import { startPipeline } from './pipeline.ts';

const startAt = '2026-11-20T11:00:00.000Z';
const window = { from: '2026-11-01', to: '2026-11-19' };

/** Millionths as decimal text, every digit of them. */
const units = (millionths: number): string => {
  const digits = String(Math.abs(millionths)).padStart(7, '0');
  return `${millionths < 0 ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
};
const german = (millionths: number): string => {
  const [whole = '', fraction = ''] = units(millionths).split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, '.')},${fraction}`;
};
const orDash = (value: number | null, text: (value: number) => string): string => (value === null ? '--' : text(value));

interface Written {
  readonly grain: Grain;
  readonly file: (
    facts: readonly FactRow[],
    account: { readonly platformId: string; readonly currency: string },
  ) => Uint8Array;
}

/** Each platform's own export, as far apart from each other as they come. */
const exports: Readonly<Record<PlatformId, Written>> = {
  'google-ads': {
    grain: 'campaign',
    // The report editor's "Excel .csv" of a German user: UTF-16LE, tabs, days and numbers the German way.
    file: (facts, { platformId, currency }) =>
      textFile(
        [
          ['Kampagnenbericht'],
          ['1. November 2026 - 19. November 2026'],
          [
            'Tag',
            'Kampagnen-ID',
            'Kampagne',
            'Währungscode',
            'Impr.',
            'Klicks',
            'Kosten',
            'Conversions',
            'Conv.-Wert',
            'TrueView-Aufrufe',
            'Kundennummer',
          ],
          ...facts.map((fact) => [
            fact.date.split('-').toReversed().join('.'),
            fact.campaignPlatformId,
            'Schuhe; "Sommer"',
            currency,
            fact.impressions.toLocaleString('de-DE'),
            fact.clicks.toLocaleString('de-DE'),
            german(fact.spendMicros),
            orDash(fact.conversionsMicros, german),
            orDash(fact.conversionValueMicros, german),
            orDash(fact.videoViews, String),
            platformId.replace(/^(\d{3})(\d{3})/, '$1-$2-'),
          ]),
          ['Gesamt: Konto', ' --', ' --', currency, '1', '1', '1,00', '1,00', '1,00', '1', ' --'],
        ]
          .map((row) => row.join('\t'))
          .join('\n'),
        'utf-16le',
      ),
  },
  'tiktok-ads': {
    grain: 'ad',
    file: (facts, { platformId, currency }) =>
      workbookOf([
        [
          'Ad ID',
          'Ad group ID',
          'Campaign ID',
          'By Day',
          'Account ID',
          'Currency',
          'Cost',
          'Impressions',
          'Clicks (destination)',
          'Conversions',
          'Total purchase value',
          'Total sales lead value',
          'Video views',
        ],
        ...facts.map((fact) => [
          fact.adPlatformId ?? '',
          fact.adGroupPlatformId ?? '',
          fact.campaignPlatformId ?? '',
          new Date(`${fact.date}T00:00:00Z`),
          platformId,
          currency,
          fact.spendMicros / 1e6,
          fact.impressions,
          fact.clicks,
          fact.conversionsMicros === null ? '-' : fact.conversionsMicros / 1e6,
          fact.conversionValueMicros === null ? '-' : fact.conversionValueMicros / 1e6,
          0,
          fact.videoViews ?? '-',
        ]),
        ['Total of all results', '', '', '-', '', '-', 1, 1, 1, 1, 1, 1, 1],
      ]),
  },
  'linkedin-ads': {
    grain: 'ad-group',
    file: (facts, { currency }) =>
      textFile(
        [
          ['Campaign Performance Report (in UTC)'],
          ['"Report Start: November 1, 2026, 12:00 AM"'],
          ['"Report End: November 19, 2026, 11:59 PM"'],
          ['"Date Generated: November 20, 2026, 11:00 AM"'],
          [''],
          [
            'Start Date (in UTC)',
            'Account Name',
            'Currency',
            'Campaign Group ID',
            'Campaign Group Name',
            'Campaign ID',
            'Campaign Name',
            'Total Spent',
            'Impressions',
            'Clicks',
            'Conversions',
            'Leads',
            'Total Conversion Value',
            'Video Views',
          ],
          ...facts.map((fact) => {
            const [year, month, day] = fact.date.split('-');
            return [
              `${month}/${day}/${year}`,
              'Acme',
              currency,
              fact.campaignPlatformId,
              'Group',
              fact.adGroupPlatformId,
              'Campaign',
              units(fact.spendMicros),
              `"${fact.impressions.toLocaleString('en-US')}"`,
              fact.clicks,
              orDash(fact.conversionsMicros, units),
              '0',
              orDash(fact.conversionValueMicros, units),
              orDash(fact.videoViews, String),
            ];
          }),
        ]
          .map((row) => row.join('\t'))
          .join('\r\n'),
        'utf-16le',
      ),
  },
};

const measures = [
  'impressions',
  'clicks',
  'spendMicros',
  'conversionsMicros',
  'conversionValueMicros',
  'videoViews',
] as const;
const keys = {
  campaign_platform_id: 'campaignPlatformId',
  ad_group_platform_id: 'adGroupPlatformId',
  ad_platform_id: 'adPlatformId',
} as const;
const namesOf = (grain: Grain) =>
  keyColumns(grain)
    .map(({ name }) => name)
    .filter((name): name is keyof typeof keys => name in keys);

describe.each(platformsUnderTest)('a report downloaded from $id', (subject) => {
  const written = exports[subject.id];
  let platform: RunningPlatform;
  let pipeline: Awaited<ReturnType<typeof startPipeline>>;
  beforeAll(async () => {
    platform = await subject.start(startAt);
    pipeline = await startPipeline({
      openReader: () => openReader(subject.id, platform.access),
      now: () => Date.parse(startAt),
      only: [written.grain],
    });
  }, 60_000);
  afterAll(async () => {
    await pipeline?.close();
    await platform?.stop();
  });

  /** Rows of an account, a text each: keys, day, measures. */
  async function held(account: string, source: 'import' | 'api'): Promise<string[]> {
    const names = [...namesOf(written.grain), 'date', ...measureColumns.map(({ name }) => name)];
    const rows: string[] = [];
    const sql = `SELECT ${names.map((name) => `"${name}"`).join(', ')} FROM ${factTable(written.grain)} WHERE account_platform_id = '${account}' AND "source" ${source === 'api' ? 'IS NULL' : "= 'import'"} AND "date" BETWEEN DATE '${window.from}' AND DATE '${window.to}'`;
    for await (const row of pipeline.warehouse.query(sql)) rows.push(names.map((name) => row[name]).join(' '));
    return rows.sort();
  }
  const known = (facts: readonly FactRow[]) =>
    facts
      .map((fact) =>
        [
          ...namesOf(written.grain).map((name) => fact[keys[name]]),
          fact.date,
          ...measures.map((name) => fact[name]),
        ].join(' '),
      )
      .sort();

  it('gives the facts that the platform knows, to the micro', async () => {
    const desk = openDesk(pipeline);
    const account = subject.accounts.find(({ status }) => status === 'enabled');
    if (!account) throw new Error('There is no account to test with.');
    const facts = await platform.truth(account.platformId, written.grain, window);
    expect(facts.length).toBeGreaterThan(10);
    const zone = subject.id === 'linkedin-ads' ? 'UTC' : account.timeZone;
    const named = { name: account.name, currency: account.currency, timeZone: zone, platformId: account.platformId };
    const importId = await desk.send(written.file(facts, account));
    const preview = await desk.preview(importId);
    expect(preview.problems).toEqual([]);
    const done = await desk.confirm(importId, named);
    expect(done).toMatchObject({
      state: 'loaded',
      platform: subject.id,
      grain: written.grain,
      rowsLoaded: facts.length,
    });
    expect(await held(account.platformId, 'import')).toEqual(known(facts));
  }, 60_000);

  it.runIf(subject.id === 'google-ads')(
    'is replaced by the same facts once the API delivers its days',
    async () => {
      const account = subject.accounts.find(({ status }) => status === 'enabled')?.platformId ?? '';
      const imported = await held(account, 'import');
      await pipeline.run({ from: window.from, to: window.to });
      expect(await held(account, 'api')).toEqual(imported);
      expect(await held(account, 'import')).toEqual([]);
    },
    120_000,
  );
});
