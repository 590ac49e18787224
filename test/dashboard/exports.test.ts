import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { inBrowser } from './in-browser.ts';

await inBrowser('exports from the dashboard', (dashboard) => {
  it.each([
    ['csv', true],
    ['jsonl', false],
    ['parquet', false],
  ])('downloads all rows of the page as %s, saying how much has arrived', async (format, marked) => {
    const { page, system } = await dashboard.open('/?range=7d&platform=google-ads');
    const proceed = system.holdExport();
    const bar = page.getByRole('group', { name: 'Export' });
    await bar.getByLabel('Format of the export').selectOption(format);
    const [asked] = await Promise.all([
      page.waitForRequest((request) => request.url().includes('/v1/metrics/export')),
      bar.getByRole('button', { name: 'Export' }).click(),
    ]);
    await bar.getByText('11 kB so far').waitFor();
    expect(await bar.getByRole('button', { name: 'Exporting…' }).isDisabled()).toBe(true);
    const [file] = await Promise.all([page.waitForEvent('download'), proceed('end')]);
    const query = new URL(asked.url()).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      format,
      platform: 'google-ads',
      groupBy: 'platform,account,date',
    });
    expect(query.get('bom')).toBe(marked ? 'true' : null);
    expect(file.suggestedFilename()).toBe(`conext-metrics_platform-account-date.${format}`);
    const text = await readFile(await file.path(), 'utf8');
    expect(text.startsWith('\ufeff')).toBe(marked);
    expect(text.trimEnd().endsWith('last part')).toBe(true);
    await bar.getByRole('button', { name: 'Export' }).waitFor();
    expect(system.violations).toEqual([]);
  });

  it('saves nothing of an export that broke off, and says so', async () => {
    const { page, system } = await dashboard.open('/');
    let saved = 0;
    page.on('download', () => {
      saved += 1;
    });
    const proceed = system.holdExport();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('kB so far').waitFor();
    proceed('break');
    await page.getByText('The export did not arrive whole').waitFor();
    expect(saved).toBe(0);
  });

  it('stops when it is told to, without an error', async () => {
    const { page, system } = await dashboard.open('/');
    const proceed = system.holdExport();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('kB so far').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Export' }).waitFor();
    expect(await page.getByText('The export did not arrive whole').count()).toBe(0);
    proceed('end');
  });
});
