import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { views } from './browser.ts';
import { idOf } from './fixture/ids.ts';
import { inBrowser } from './in-browser.ts';

const campaigns = 40;
const budgetOf = async (row: Locator): Promise<string> =>
  (await row.locator('[data-column=budget]').textContent())?.trim() ?? '';
const faults = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 100)).join(' | ')}`,
  );

/** The row of a Google campaign in euros, found by its number. */
const rowOf = (page: Page, number: string): Locator =>
  page.locator('.grid-body [role=row]').filter({ hasText: number }).first();

await inBrowser('changes in the dashboard', (dashboard) => {
  it('raises a budget by keyboard: preview, confirm, applied, and the table shows it', async () => {
    const { page, system, complaints } = await dashboard.open('/campaigns?q=0001', { campaigns });
    const row = rowOf(page, '0001');
    await row.waitFor();
    expect(await budgetOf(row)).toBe('€132.00');
    await page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowDown', ...Array<string>(4).fill('ArrowRight'), 'Enter']) {
      await page.keyboard.press(key);
    }
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Daily budget of Brand').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.type('150,00');
    await page.keyboard.press('Enter');
    await dialog.getByText('Nothing is written yet').waitFor();
    expect(await dialog.locator('[data-field="Daily budget"]').textContent()).toMatch(
      /€132\.00.*€150\.00.*€18\.00 more \(13\.6%\)/,
    );
    expect(await dialog.getByRole('region', { name: 'Spend before and after' }).textContent()).toContain('€658.00');
    expect(await faults(page)).toEqual([]);
    await dialog.getByLabel(/A word for the audit trail/).fill('The shop is open again');
    await dialog.getByRole('button', { name: 'Confirm and apply' }).click();
    await dialog.getByText('0 of 1').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => budgetOf(row)).toBe('€150.00, being applied');
    expect(await page.getByRole('grid').evaluate((grid) => document.activeElement === grid)).toBe(true);
    system.finishChanges();
    await expect.poll(() => budgetOf(row), { timeout: 10_000 }).toBe('€150.00');
    expect(await page.getByRole('status', { name: 'Changes under way' }).textContent()).toMatch(/^Applied/);
    expect(system.changes).toMatchObject([
      { route: 'previewChange', body: { operations: [{ do: 'set-daily-budget', dailyBudget: { currency: 'EUR' } }] } },
      { route: 'confirmChange', body: { comment: 'The shop is open again' } },
    ]);
    expect(system.violations).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('pauses by mouse at once, as the policy lets what only spends less, and undoes it', async () => {
    const { page, system } = await dashboard.open('/campaigns?q=0001', { campaigns });
    const row = rowOf(page, '0001');
    await row.getByRole('button', { name: /Enabled: change the status/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('it is applied at once').waitFor();
    await dialog.getByRole('button', { name: 'Pause it' }).click();
    await dialog.getByText('0 of 1').waitFor();
    expect(system.changes.map(({ route }) => route)).toEqual(['previewChange']);
    system.finishChanges();
    await dialog.getByText('It only spends less.').waitFor({ timeout: 10_000 });
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Undo: Pause Brand · search 0001' }).waitFor();
    expect(await page.locator('[data-field=Status]').textContent()).toMatch(/Paused.*Enabled/);
    await page.getByRole('button', { name: 'Confirm and apply' }).click();
    await page.getByText('0 of 1').waitFor();
    system.finishChanges();
    await page.locator('.operation').getByText('Applied', { exact: true }).waitFor({ timeout: 10_000 });
    expect(await page.locator('.operation').textContent()).toContain('the platform’s request fixture-request-0');
    expect(system.violations).toEqual([]);
  }, 60_000);

  it('shows the guardrail that a raise violates, and lets it only be discarded', async () => {
    const { page, system } = await dashboard.open('/campaigns?q=0001', { campaigns });
    await rowOf(page, '0001')
      .getByRole('button', { name: /change the budget/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('1,320');
    await dialog.getByText('EUR has 2 decimals').waitFor();
    expect(await dialog.getByRole('button', { name: 'Preview' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('1320');
    await page.keyboard.press('Enter');
    const verdict = dialog.locator('[data-verdict=raise-per-change]');
    await verdict.waitFor();
    expect(await verdict.textContent()).toMatch(/Violated.*Raise in one change.*limit 50\.0% · this change 900\.0%/);
    expect(await dialog.getByRole('button', { name: 'Confirm and apply' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Discard' }).click();
    await dialog.getByText('Discarded', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await page.getByRole('status', { name: 'Changes under way' }).textContent()).toBe('');
    expect(await budgetOf(rowOf(page, '0001'))).toBe('€132.00');
    expect(system.changes.map(({ route }) => route)).toEqual(['previewChange', 'discardChange']);
  }, 60_000);

  it('puts the old value back where the platform refuses, with its own reason', async () => {
    const { page, system } = await dashboard.open('/campaigns?q=0001', { campaigns });
    const row = rowOf(page, '0001');
    await row.getByRole('button', { name: /change the budget/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('100');
    await dialog.getByRole('button', { name: 'Apply at once' }).click();
    await dialog.getByText('0 of 1').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => budgetOf(row)).toBe('€100.00, being applied');
    system.finishChanges('The campaign is locked for review.');
    await expect.poll(() => budgetOf(row), { timeout: 10_000 }).toBe('€132.00');
    await page.getByText('The campaign is locked for review.').waitFor();
    await page.getByRole('button', { name: /^Take away/ }).click();
    await expect.poll(() => page.getByRole('status', { name: 'Changes under way' }).textContent()).toBe('');
  }, 60_000);

  it('keeps what was written when a preview fails, and sends it again with the same key', async () => {
    const { page, system } = await dashboard.open('/campaigns?q=0001', { campaigns });
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') keys.push(request.headers()['idempotency-key']);
    });
    system.fail('previewChange', 404);
    await rowOf(page, '0001')
      .getByRole('button', { name: /change the budget/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('140');
    await page.keyboard.press('Enter');
    await dialog.getByText('The change could not be previewed').waitFor();
    system.fail('previewChange');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByText('Nothing is written yet').waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  }, 60_000);

  it('says why a budget that is kept elsewhere cannot be edited', async () => {
    const { page } = await dashboard.open('/campaigns?q=0011', { campaigns });
    await rowOf(page, '0011')
      .getByRole('button', { name: /change the budget/ })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('has no daily budget of its own').waitFor();
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => dialog.count()).toBe(0);
  }, 60_000);

  it('lists changes with their state, and those of one state', async () => {
    const { page } = await dashboard.open('/changes', { campaigns });
    const rows = page.locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(6);
    expect(await rows.filter({ hasText: 'Sale is over' }).textContent()).toMatch(
      /Applied in part.*3 operations, 1 in conflict, 1 failed.*less/,
    );
    await page.getByLabel('Status').selectOption('Waits for approval');
    await expect.poll(() => rows.count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?status=awaiting-approval');
    await page.getByLabel('Status').selectOption('Expired');
    await page.getByText('No change stands there').waitFor();
    await page.getByRole('button', { name: 'Show all changes' }).click();
    await expect.poll(() => rows.count()).toBe(6);
  }, 60_000);

  it('shows both values of a conflict, the platform’s own reason of a failure, and resumes what failed', async () => {
    const { page, system } = await dashboard.open(`/changes/${idOf('chg', 4)}`, { campaigns });
    const conflict = page.locator('[data-operation="1"]');
    await conflict.getByText('Somebody changed it on the platform').waitFor();
    expect(await conflict.locator('.conflict').textContent()).toMatch(/at the preview€120\.00.*platform€90\.00/);
    expect(await page.locator('[data-operation="2"]').textContent()).toMatch(/locked for review.*40100/);
    await page.getByRole('button', { name: 'Try again what failed' }).click();
    await page.getByText('2 of 3').waitFor();
    system.finishChanges();
    await page.locator('[data-operation="2"]').getByText('Applied', { exact: true }).waitFor({ timeout: 10_000 });
    expect(await page.getByRole('button', { name: 'Try again what failed' }).count()).toBe(0);
  }, 60_000);

  it('approves what waits for it, on a phone', async () => {
    const { page, system } = await dashboard.open(`/changes/${idOf('chg', 2)}`, {
      campaigns,
      view: views['phone, light'],
    });
    await page.getByRole('button', { name: 'Approve and apply' }).click();
    await page.getByText('0 of 1').waitFor();
    system.finishChanges();
    await page.getByText('Approved by').waitFor();
    expect(system.changes.map(({ route }) => route)).toEqual(['approveChange']);
  }, 60_000);

  it('lets an analyst read changes and decide nothing, and offers nothing to edit', async () => {
    const { page } = await dashboard.open(`/changes/${idOf('chg', 1)}`, { campaigns, role: 'analyst' });
    await page.getByText('Your role (analyst) may see changes but not decide on them').waitFor();
    expect(await page.getByRole('button', { name: 'Confirm and apply' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.locator('.grid-body [role=row]').first().waitFor();
    expect(await page.locator('.cell-edit').count()).toBe(0);
  }, 60_000);

  it('says that nothing was changed yet, and where to begin', async () => {
    const { page } = await dashboard.open('/changes', { empty: true });
    await page.getByText('No change yet').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'campaigns' }).click();
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  }, 60_000);

  it('reads the audit trail of one change, checks the chain and saves it', async () => {
    const { page, system } = await dashboard.open(`/changes/${idOf('chg', 1)}`, { campaigns });
    await page.getByRole('link', { name: 'audit trail' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Of one change; show all' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(6);
    await page.getByRole('button', { name: 'Check that it is whole' }).click();
    await page.getByText('Whole: 6 entries.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON lines' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.jsonl$/);
    expect(system.violations).toEqual([]);
  }, 60_000);
});
