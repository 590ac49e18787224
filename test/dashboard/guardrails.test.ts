import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { views } from './browser.ts';
import { inBrowser } from './in-browser.ts';

const holds = (page: Page, guardrail: string): Promise<string | null> =>
  page.getByRole('row').filter({ hasText: guardrail }).locator('td').first().textContent();

await inBrowser('guardrails in the dashboard', (dashboard) => {
  it('are moved by an owner: what becomes different is shown, then saved with its reason', async () => {
    const { page, system, complaints } = await dashboard.open('/guardrails', { campaigns: 20 });
    await page.getByRole('button', { name: 'Change the guardrails' }).click();
    const form = page.getByRole('form', { name: 'Change the guardrails' });
    const save = form.getByRole('button', { name: 'Save the guardrails' });
    expect(await save.isDisabled()).toBe(true);

    await form.getByLabel('Raise in one change, at most (%)').fill('1,000');
    await form.getByText('Write percent from 0 to 10000').waitFor();
    await form.getByText('Something that is written cannot be read yet.').waitFor();
    expect(await save.isDisabled()).toBe(true);
    await form.getByLabel('Raise in one change, at most (%)').fill('25');
    await form.getByRole('group', { name: 'Ceilings of the workspace' }).getByLabel('A day').fill('2500,50');
    await form.getByLabel('There are quiet hours').check();
    await form.getByText('Ceilings of accounts').click();
    await form.getByRole('group', { name: 'Nordlicht Outdoor JP' }).getByLabel('A day').fill('90000');
    await form.getByLabel('Large raises wait').check();
    await form.getByLabel('Raises above, a day in EUR').fill('100');
    const options = await form
      .locator('datalist option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    await form.getByLabel('Name of a campaign').fill(options[2] ?? '');
    await form.getByRole('button', { name: 'Protect it' }).click();
    await form.getByRole('button', { name: /^Protect no longer/ }).waitFor();
    expect(await form.getByRole('status').textContent()).toMatch(
      /50\.0%\s*→\s*becomes\s*25\.0%.*warns of that\s*→\s*becomes\s*€2,500\.50 a day.*22:00–06:00.*1 campaign/s,
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await form.getByLabel('Why; it goes into the audit trail').fill('Quieter nights');
    await save.click();
    await expect.poll(() => holds(page, 'Raise of a daily budget in one change')).toBe('25.0%');
    expect(await holds(page, 'Ceilings of accounts')).toBe('Nordlicht Outdoor JP: JP¥90,000 a day');
    expect(system.changes).toEqual([
      {
        route: 'changeGuardrails',
        body: {
          reason: 'Quieter nights',
          policy: {
            maxRaiseShare: 0.25,
            workspaceCeiling: { dailyMicros: 2_500_500_000, monthlyMicros: null },
            accountCeilings: {
              [system.market.accounts[2]?.id ?? '']: { dailyMicros: 90_000_000_000, monthlyMicros: null },
            },
            quietHours: { from: '22:00', to: '06:00', timeZone: null },
            protectedCampaigns: [system.market.campaigns[2]?.id],
            approval: { raiseAboveDailyMicros: 100_000_000, roles: ['owner'], byAnother: true },
          },
        },
      },
    ]);
    expect(system.violations).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('are not laid over what somebody else has moved meanwhile', async () => {
    const { page, system } = await dashboard.open('/guardrails', { campaigns: 20 });
    await page.getByRole('button', { name: 'Change the guardrails' }).click();
    await page.getByLabel('Cut in one change, at most (%)').fill('60');
    await page.getByLabel('Why; it goes into the audit trail').fill('Smaller steps');
    await page.evaluate(async () => {
      const headers = { authorization: 'Bearer fixture-token', 'content-type': 'application/json' };
      const tag = (await fetch('/v1/guardrails', { headers })).headers.get('etag') ?? '';
      const body = JSON.stringify({ reason: 'Somebody else', policy: { maxCutShare: 0.5 } });
      await fetch('/v1/guardrails', { method: 'PATCH', headers: { ...headers, 'if-match': tag }, body });
    });
    await page.getByRole('button', { name: 'Save the guardrails' }).click();
    await page.getByText('The guardrails were not changed').waitFor();
    await expect.poll(() => holds(page, 'Cut of a daily budget in one change')).toBe('50.0%');
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await page.getByLabel('Cut in one change, at most (%)').inputValue()).toBe('50');
    expect(await page.getByText('The guardrails were not changed').count()).toBe(0);
    expect(system.violations).toEqual([]);
  }, 60_000);

  it('are only read by a manager, who is told who may move them', async () => {
    const { page } = await dashboard.open('/guardrails', { campaigns: 20, role: 'manager' });
    await page.getByText('Owners of the workspace may move the guardrails').waitFor();
    expect(await page.getByRole('button', { name: 'Change the guardrails' }).count()).toBe(0);
  });

  it('fit a phone', async () => {
    const { page } = await dashboard.open('/guardrails', { campaigns: 20, view: views['phone, dark'] });
    await page.getByRole('button', { name: 'Change the guardrails' }).click();
    await page.getByLabel('There are quiet hours').check();
    await page.getByLabel('Large raises wait').check();
    await page.getByText('Ceilings of accounts').last().click();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  }, 60_000);
});
