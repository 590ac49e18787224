import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Role } from '../../contracts/access.ts';
import { type View, views } from './browser.ts';
import type { FixtureSystem } from './fixture/system.ts';
import { inBrowser } from './in-browser.ts';

const campaigns = 1_200;
/** Where their number does not matter. */
const few = 60;
const desktop = views['desktop, light'];
const phone = views['phone, light'];
const initialScriptLimit = 250 * 1024;

await inBrowser('the dashboard in a browser', (dashboard) => {
  let system: FixtureSystem;
  const open = async (at: string, view: View = desktop, role: Role = 'owner', count = campaigns): Promise<Page> => {
    const visit = await dashboard.open(at, { view, role, campaigns: at === '/campaigns' ? count : few });
    system = visit.system;
    return visit.page;
  };
  const rowsDrawn = (page: Page): Promise<number> => page.locator('.grid-body [role=row]').count();

  it('begins with less than 250 KB of script, compressed', async () => {
    const page = await readFile(join(dashboard.folder, 'index.html'), 'utf8');
    const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
    const sizes = await Promise.all(
      scripts.map(async (name) => gzipSync(await readFile(join(dashboard.folder, name))).length),
    );
    expect(scripts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(initialScriptLimit);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  it('shows the totals, the period before, and the state of every account', async () => {
    const page = await open('/');
    await page.locator('[data-metric=spend] .tile-change .change').waitFor();
    expect(await page.locator('[data-metric=spend] .tile-value').textContent()).toMatch(/^€[1-9][\d,]*\.\d\d$/);
    expect(await page.locator('[data-metric=cpa] .tile-change').textContent()).toMatch(/(up|down) .*(better|worse)/);
    const accounts = page.locator('section[aria-labelledby=accounts] tbody tr');
    expect(await accounts.nth(0).textContent()).toMatch(/Europe\/Berlin.*Loaded 4 minutes ago; facts through/);
    const disabled = accounts.filter({ hasText: 'Nordlicht Outdoor UK' });
    expect(await disabled.textContent()).toContain('CUSTOMER_NOT_ENABLED');
    const unloaded = await disabled.locator('td.number').allTextContents();
    expect(unloaded).toEqual(
      ['Spend', 'Conversions', 'CPA', 'ROAS', 'CTR'].map(
        (label) => `–No ${label}: no numbers of this account in the period`,
      ),
    );
    expect(await page.title()).toBe('Overview · Conext Ads');
  });

  it('shows yen without decimals, and keeps currency and period in the address', async () => {
    const page = await open('/?range=7d');
    await page.getByLabel('Currency').selectOption('JPY');
    await page.locator('[data-metric=spend] .tile-value', { hasText: /^JP¥[\d,]+$/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?range=7d&currency=JPY');
    await page.getByRole('combobox', { name: 'Period' }).selectOption('Custom…');
    await page.getByLabel('From', { exact: true }).fill('2020-01-01');
    expect(await page.getByRole('alert').textContent()).toContain('At most 400 days');
    expect(await page.getByRole('button', { name: 'Show' }).isDisabled()).toBe(true);
  });

  it('has a table in place of the chart', async () => {
    const page = await open('/');
    const chart = page.getByRole('img', {
      name: /Spend by day on Google Ads, LinkedIn Ads, TikTok Ads over 30 days: €/,
    });
    await chart.waitFor();
    await page.getByRole('radio', { name: 'Table' }).check({ force: true });
    await page.getByRole('region', { name: 'Days' }).locator('tbody tr').first().waitFor();
    expect(await page.getByRole('region', { name: 'Days' }).locator('tbody tr').count()).toBe(90);
  });

  it('draws a few dozen rows of 1,200 campaigns, scrolled anywhere', async () => {
    const page = await open('/campaigns');
    await page.locator('.grid-body [role=row]').first().waitFor();
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(campaigns + 2));
    for (const part of [0, 0.3, 0.7, 1]) {
      await page.getByRole('grid').evaluate((grid, at) => grid.scrollTo(0, grid.scrollHeight * at), part);
      const wanted = Math.max(1, Math.round(part * campaigns * 0.98));
      await page.waitForFunction(
        (least) =>
          [...document.querySelectorAll('.grid-body [role=row]')].some(
            (row) => Number(row.getAttribute('aria-rowindex')) >= least,
          ),
        wanted,
      );
      expect(await rowsDrawn(page)).toBeLessThan(60);
    }
  });

  it('sorts 1,200 campaigns at once, without asking the API, to the eye and to a screen reader', async () => {
    const page = await open('/campaigns');
    const head = page.getByRole('columnheader', { name: 'Campaign' });
    await page.locator('.grid-body [role=row]').first().waitFor();
    expect(await page.getByRole('columnheader', { name: 'Spend' }).getAttribute('aria-sort')).toBe('descending');
    await head.click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    // In the turn of the click itself: no timer, no message and no answer of the network comes in between.
    const sorted = await head.evaluate(async (element) => {
      (element as HTMLElement).click();
      await Promise.resolve();
      return {
        order: element.getAttribute('aria-sort'),
        first: document.querySelector('.grid-body [role=row] [data-column=name]')?.textContent,
      };
    });
    expect(sorted.order).toBe('descending');
    expect(sorted.first).toMatch(/^Winter/);
    expect(await rowsDrawn(page)).toBeLessThan(60);
    expect(asked).toEqual([]);
    expect(await page.locator('.grid-body [role=row] [data-column=name]').first().textContent()).toMatch(/^Winter/);
    expect(new URL(page.url()).search).toBe('?sort=-name');
  });

  it('is walked through by keyboard, to the last cell and back', async () => {
    const page = await open('/campaigns');
    await page.locator('.grid-body [role=row]').first().waitFor();
    const active = async (): Promise<string | null> =>
      page.getByRole('grid').evaluate((grid) => {
        const cell = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
        return (
          cell && `${cell.closest('[role=row]')?.getAttribute('aria-rowindex')}/${cell.getAttribute('aria-colindex')}`
        );
      });
    const leadsTo = (place: string) => expect.poll(active).toBe(place);
    await page.getByRole('grid').focus();
    await leadsTo('1/1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await leadsTo('3/13');
    await page.keyboard.press('Control+End');
    await leadsTo(`${campaigns + 2}/13`);
    const seen = await page.locator('[data-active]').evaluate((cell) => {
      const [own, grid] = [cell.getBoundingClientRect(), cell.closest('.grid')?.getBoundingClientRect()];
      return grid !== undefined && own.bottom <= grid.bottom + 1 && own.top >= grid.top;
    });
    expect(seen).toBe(true);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Campaign' }).getAttribute('aria-sort'))
      .toBe('ascending');
  });

  it('finds campaigns, saves them as a file, and says when none matches', async () => {
    const page = await open('/campaigns');
    await page.getByRole('searchbox').fill('17000000007');
    await page.getByText('1 of 1,200 campaigns').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    expect((await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(2);
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No campaign matches').waitFor();
    await page.getByRole('button', { name: 'Show all campaigns' }).click();
    await page.getByText('1,200 of 1,200 campaigns').waitFor();
  });

  it('shows the columns up to ROAS at 1280 pixels, and that there are more beside them', async () => {
    const page = await open('/campaigns');
    await page.locator('.grid-body [role=row]').first().waitFor();
    const inSight = (label: string): Promise<boolean> =>
      page.getByRole('columnheader', { name: label, exact: true }).evaluate((cell) => {
        const [own, frame] = [cell.getBoundingClientRect(), cell.closest('.grid-frame')?.getBoundingClientRect()];
        return frame !== undefined && own.right <= frame.right && own.left >= frame.left;
      });
    const shade = (): Promise<string> =>
      page.locator('.grid-frame').evaluate((frame) => getComputedStyle(frame, '::after').opacity);
    for (const label of ['Campaign', 'Spend', 'Conversions', 'CPA', 'ROAS']) expect(await inSight(label)).toBe(true);
    expect(await inSight('CTR')).toBe(false);
    await expect.poll(shade).toBe('1');
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await expect.poll(() => inSight('CTR')).toBe(true);
    expect(await inSight('Campaign')).toBe(true);
    await expect.poll(shade).toBe('0');
  });

  it('says that there are no campaigns yet, without an empty table or a file to save', async () => {
    const page = await open('/campaigns', desktop, 'owner', 0);
    await page.getByText('No campaigns yet').waitFor();
    expect(await page.getByRole('grid').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'CSV' }).isDisabled()).toBe(true);
  });

  it('shows cards on a phone', async () => {
    const page = await open('/campaigns', phone);
    const card = page.locator('.grid-body [role=row]').first();
    await card.waitFor();
    expect((await card.boundingBox())?.width).toBeLessThanOrEqual(phone.width);
    expect(await rowsDrawn(page)).toBeLessThan(40);
    await page.getByLabel('Sort by').selectOption('By Campaign');
    await expect.poll(() => card.textContent()).toMatch(/^Backpacks/);
  });

  it('starts a data load and follows it to its end', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Load now' }).click();
    await page.getByText('Finding the accounts').waitFor();
    expect(await page.getByRole('button', { name: 'Loading…' }).isDisabled()).toBe(true);
    system.advanceRun();
    await page.getByText('1 of 3 accounts done; 4,120 rows loaded').waitFor();
    const accounts = page.getByRole('region', { name: 'Accounts of this load' }).locator('tbody tr');
    expect(await accounts.nth(1).textContent()).toContain('Extracting');
    system.advanceRun();
    await page.getByText('2 of 3 accounts done').waitFor();
    system.advanceRun();
    await page.getByText('3 of 3 accounts done').waitFor();
    await page.getByRole('button', { name: 'Load now' }).waitFor();
    expect(system.violations).toEqual([]);
  });

  it('says why an analyst may not start a load, and shows a viewer none', async () => {
    const analyst = await open('/', desktop, 'analyst');
    const button = analyst.getByRole('button', { name: 'Load now' });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    await analyst.getByText('Your role (analyst) may see data loads but not start them').waitFor();
    await system.close();
    const viewer = await open('/loads', desktop, 'viewer');
    await viewer.getByText('Your role does not see data loads').waitFor();
  });

  it('lists refused rows with their reason', async () => {
    const page = await open('/loads');
    await page.getByText('Partly loaded').waitFor();
    await page.locator('tbody tr', { hasText: 'Partly loaded' }).getByRole('link').click();
    await page.getByText('must be a whole number of micros').waitFor();
    await page.getByText('RESOURCE_EXHAUSTED').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('shows what went wrong with the request to quote, and tries again', async () => {
    const page = await open('/loads');
    system.fail('listAccounts', 500);
    await page.getByRole('link', { name: 'Overview' }).click();
    const panel = page.getByRole('alert');
    await panel.waitFor();
    expect(await panel.textContent()).toMatch(/Something went wrong on our side.*req-fixture-1/);
    system.fail('listAccounts');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nordlicht Outdoor UK').waitFor();
  });

  it('asks to sign in again when the session has ended, and says when it is offline', async () => {
    const page = await open('/loads');
    await page.getByText('Partly loaded').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline. The numbers stay as they were').waitFor();
    await page.context().setOffline(false);
    system.fail('listCampaigns', 401);
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByText('Your session has ended').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in again' }).isEnabled()).toBe(true);
  });

  it('keeps the chosen theme', async () => {
    const page = await open('/loads');
    const ground = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.reload();
    expect(await ground()).toBe(dark);
  });
});
