import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayInZone } from '../../domain/integrations/calendar-day.ts';
import { START_TIMEOUT_MS, startTestSystem, type TestSystem } from '../system/running-system.ts';
import { chromiumPath, complaintsOf, openBrowser, openContext, views } from './browser.ts';

const path = await chromiumPath();
if (path === undefined) {
  process.stderr.write('Left out: a visit to the running system. There is no Chromium; set CHROMIUM_PATH to one.\n');
}

const days = 12;
/** Over in every time zone: on a day that still runs, two reports asked for one after the other differ. */
const today = dayInZone(Date.now(), 'UTC');
const closed = { from: addDays(today, -8), to: addDays(today, -2) };
const range = `?from=${closed.from}&to=${closed.to}`;

describe.skipIf(path === undefined)('a visit to the running system', () => {
  let system: TestSystem;

  beforeAll(async () => {
    system = await startTestSystem(days);
    const run = await system.run({ grains: 'objects' });
    expect(run.status).toBe('succeeded');
  }, START_TIMEOUT_MS * 2);
  afterAll(() => system?.stop());

  it('signs in, sees what is spent, sorts the campaigns, loads again and signs out', { timeout: 90_000 }, async () => {
    const { dashboardUrl, users } = system.running.description;
    const browser = await openBrowser(path ?? '');
    try {
      const page = await (await openContext(browser, views['desktop, light'])).newPage();
      page.setDefaultTimeout(30_000);
      const complaints = complaintsOf(page);

      await page.goto(`${dashboardUrl}/${range}`);
      await page.getByLabel('E-mail address').fill(users.owner.email);
      await page.getByLabel('Password').fill(users.owner.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();

      const spend = page.locator('[data-metric=spend] .tile-value');
      await spend.waitFor();
      expect(new URL(page.url()).search).toBe(range);
      const shown = Number((await spend.textContent())?.replace(/[^\d.]/g, ''));
      expect(shown).toBeGreaterThan(0);
      await page.locator('.chart-box svg').first().waitFor();
      await page.getByText('Disabled', { exact: true }).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);

      await page.getByRole('link', { name: 'Campaigns' }).click();
      await page.locator('.grid-body [role=row]').first().waitFor();
      expect(new URL(page.url()).search).toBe(range);
      const total = await page.locator('.grid-row.totals [data-column=spend]').textContent();
      expect(Number(total?.replace(/[^\d.]/g, ''))).toBe(shown);
      await page.getByRole('columnheader', { name: 'Campaign' }).click();
      const names = await page.locator('.grid-body [data-column=name]').allTextContents();
      expect(names).toEqual(names.toSorted(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare));

      await page.getByRole('link', { name: 'Data loads' }).click();
      await page.getByRole('button', { name: 'Load now' }).click();
      await page.getByRole('button', { name: 'Loading…' }).waitFor();
      await page.getByRole('button', { name: 'Load now' }).waitFor({ timeout: 60_000 });
      await page.getByText(/\d+ of \d+ accounts done/).waitFor();

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out').waitFor();
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('access_token');
      expect(complaints).toEqual([]);

      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Password').waitFor();
    } finally {
      await browser.close();
    }
  });

  it('raises a budget in the table, sees it applied on the platform, and undoes it', { timeout: 120_000 }, async () => {
    const { dashboardUrl, users } = system.running.description;
    const budgetNow = async (id: string): Promise<number | null> => {
      const campaigns = await system.pages<{ id: string; dailyBudgetMicros: number | null }>('listCampaigns', {});
      return campaigns.find((one) => one.id === id)?.dailyBudgetMicros ?? null;
    };
    const [campaign] = (
      await system.pages<{ id: string; platformId: string; status: string; dailyBudgetMicros: number | null }>(
        'listCampaigns',
        {},
      )
    ).filter(({ status, dailyBudgetMicros }) => status === 'enabled' && dailyBudgetMicros !== null);
    if (campaign?.dailyBudgetMicros == null) throw new Error('No enabled campaign has a daily budget.');
    const before = campaign.dailyBudgetMicros;
    const after = Math.round((before * 1.1) / 1_000_000) * 1_000_000;
    const browser = await openBrowser(path ?? '');
    try {
      const page = await (await openContext(browser, views['desktop, light'])).newPage();
      page.setDefaultTimeout(30_000);
      const complaints = complaintsOf(page);
      await page.goto(`${dashboardUrl}/campaigns?q=${campaign.platformId}`);
      await page.getByLabel('E-mail address').fill(users.owner.email);
      await page.getByLabel('Password').fill(users.owner.password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();

      const row = page.locator('.grid-body [role=row]');
      await row.getByRole('button', { name: /change the budget/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(String(after / 1_000_000));
      await page.keyboard.press('Enter');
      await dialog.getByText('Nothing is written yet').waitFor();
      expect(await budgetNow(campaign.id)).toBe(before);
      expect(await dialog.locator('[data-field="Daily budget"]').textContent()).toMatch(/more \(/);
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
      await dialog.getByRole('button', { name: 'Confirm and apply' }).click();
      await dialog.locator('.operation').getByText('Applied', { exact: true }).waitFor({ timeout: 60_000 });
      await expect.poll(() => budgetNow(campaign.id)).toBe(after);

      await dialog.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('heading', { name: /^Undo: Daily budget of/ }).waitFor();
      expect(await page.locator('[data-field="Daily budget"]').textContent()).toMatch(/less \(/);
      await page.getByRole('button', { name: 'Confirm and apply' }).click();
      await page.locator('.operation').getByText('Applied', { exact: true }).waitFor({ timeout: 60_000 });
      await expect.poll(() => budgetNow(campaign.id)).toBe(before);

      await page.getByRole('link', { name: 'audit trail' }).click();
      await page.locator('tbody .status').getByText('Applied on the platform').waitFor();
      await page.getByRole('button', { name: 'Check that it is whole' }).click();
      await page.getByText(/^Whole: /).waitFor();
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
