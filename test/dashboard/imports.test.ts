import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { views } from './browser.ts';
import { inBrowser } from './in-browser.ts';

const choose = (page: Page, name: string, bytes = 2_500) =>
  page.getByLabel(/^CSV or XLSX/).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.alloc(bytes, 'a') });
const form = (page: Page) => page.getByRole('form', { name: 'Where the facts go' });

const folder = await mkdtemp(join(tmpdir(), 'imports-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

await inBrowser('imports in the dashboard', (dashboard) => {
  it('says what to download as long as nothing is imported', async () => {
    const { page } = await dashboard.open('/import');
    await page.getByText('Nothing imported yet').waitFor();
    await page.getByText(/Report editor\. Rows: Day and Campaign ID/).waitFor();
    expect(await page.getByRole('button', { name: 'Look at it' }).isDisabled()).toBe(true);
  });

  it('sends a file in parts, shows what it is taken for, loads it, says where it went and takes it away again', async () => {
    const { page, system, complaints } = await dashboard.open('/import');
    await choose(page, 'Kampagnenbericht.csv');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('88 of 90 rows can be loaded; left out: 2 title rows, 2 totals rows').waitFor();
    await page.getByText('Impr. has no value, which is not zero').waitFor();
    expect(system.changes.filter(({ route }) => route === 'sendImportPart').map(({ body }) => body)).toMatchObject([
      { number: 1 },
      { number: 2 },
      { number: 3 },
    ]);
    await form(page)
      .getByRole('combobox', { name: 'Account' })
      .selectOption({ label: `Nordlicht Outdoor DE (${system.market.accounts[0]?.platformId})` });
    await form(page).getByRole('button', { name: 'Load these facts' }).click();
    await page.getByText('Kampagnenbericht.csv is being loaded.').waitFor();
    expect(system.changes.at(-1)).toMatchObject({ body: { accountId: system.market.accounts[0]?.id } });
    system.finishImport();
    const note = page.getByText('88 rows of Kampagnenbericht.csv are loaded into Nordlicht Outdoor DE.');
    await note.waitFor();
    expect(await note.textContent()).toContain('2 rows could not be used.');
    expect(await page.getByRole('link', { name: 'See these days' }).getAttribute('href')).toBe(
      '/campaigns?from=2026-09-01&to=2026-09-30',
    );
    await page.getByRole('link', { name: 'Overview' }).click();
    const account = page
      .locator('section[aria-labelledby=accounts] tbody tr')
      .filter({ hasText: 'Nordlicht Outdoor DE' });
    await account.getByText('Imported by hand through 30 Sept').waitFor();
    expect(await page.getByText('Imported by hand').count()).toBe(1);
    await page.goto(`${system.url}/import`);
    await page.getByRole('button', { name: 'Remove Kampagnenbericht.csv' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove its facts' }).click();
    await page.getByText('are being taken away').waitFor();
    system.finishImport();
    await page.getByText('The facts of Kampagnenbericht.csv are taken away.').waitFor();
    expect(complaints).toEqual([]);
    expect(system.violations).toEqual([]);
  });

  it('asks for what the file leaves open, and offers to load it once that is chosen', async () => {
    const { page, system } = await dashboard.open('/import', { view: views['phone, light'] });
    await choose(page, 'Ambiguous.csv');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText(/This file cannot be loaded yet\. The days can be read .* Choose it above\./).waitFor();
    expect(await form(page).count()).toBe(0);
    await page.getByLabel('Dates').selectOption('Day first (01/11/2026)');
    await form(page).waitFor();
    expect(system.changes.at(-1)?.body).toEqual({ dateFormat: 'day-month-year' });
  });

  it('says why a load failed and lets it be tried again', async () => {
    const { page, system } = await dashboard.open('/import');
    await choose(page, 'Kampagnenbericht.csv');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await form(page).getByLabel('Name', { exact: true }).fill('Shop');
    await form(page).getByLabel('Account id at the platform').fill('123-456-7890');
    await form(page).getByRole('button', { name: 'Load these facts' }).click();
    await page.getByText('is being loaded').waitFor();
    system.finishImport('The lake did not answer.');
    await page.getByText('Kampagnenbericht.csv was not loaded: The lake did not answer.').waitFor();
    await page
      .getByRole('region', { name: 'Imports', exact: true })
      .getByRole('button', { name: 'Look at it' })
      .click();
    await form(page).waitFor();
    expect(system.violations).toEqual([]);
  });

  it('keeps the file chosen when it could not be sent, and says so', async () => {
    const { page, system } = await dashboard.open('/import');
    system.fail('sendImportPart', 400);
    await choose(page, 'Kampagnenbericht.csv');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('The file was not sent').waitFor();
    system.fail('sendImportPart');
    await page.getByRole('button', { name: /again/i }).first().click();
    await form(page).waitFor();
  });

  it('refuses a file that is empty or too large before it is sent', async () => {
    const { page, system } = await dashboard.open('/import');
    await choose(page, 'empty.csv', 0);
    await page.getByText('This file is empty.').waitFor();
    const path = join(folder, 'large.csv');
    await writeFile(path, '');
    // A hole of that size: nothing is written and nothing is read.
    await truncate(path, 50 * 1024 ** 2 + 1);
    await page.getByLabel(/^CSV or XLSX/).setInputFiles(path);
    await page.getByText(/This file has 52\.4 MB, more than 50 MB/).waitFor();
    expect(await page.getByRole('button', { name: 'Look at it' }).isDisabled()).toBe(true);
    expect(system.changes).toEqual([]);
  });

  it('shows whoever may not import the imports alone', async () => {
    const { page } = await dashboard.open('/import', { role: 'analyst' });
    await page.getByText('An owner or manager can import reports.').waitFor();
    expect(await page.getByLabel(/^CSV or XLSX/).count()).toBe(0);
  });
});
