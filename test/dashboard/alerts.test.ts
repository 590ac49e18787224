import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { views } from './browser.ts';
import { inBrowser } from './in-browser.ts';

await inBrowser('alerts in the dashboard', (dashboard) => {
  it('show what is worst first, what it costs an hour, and how many are open', async () => {
    const { page, system, complaints } = await dashboard.open('/alerts', { campaigns: 20 });
    await page.locator('[data-alert]').first().waitFor();
    const open = page.getByRole('region', { name: 'Open' }).locator('[data-alert]');
    expect(await open.count()).toBe(2);
    expect(await open.first().textContent()).toMatch(/Critical.*€12\.50 an hour.*Spend of 50\.00 EUR an hour/s);
    expect(await open.first().locator('.sparkline path').count()).toBe(1);
    expect(await page.getByRole('link', { name: /^Alerts/ }).textContent()).toBe('Alerts2 open');

    await open
      .first()
      .getByRole('button', { name: /^Acknowledge/ })
      .click();
    // What somebody looks after stands behind what nobody does.
    await expect.poll(() => open.last().textContent()).toMatch(/Critical.*Acknowledged/s);
    await open
      .first()
      .getByLabel(/^For how long to mute/)
      .selectOption('for a day');
    await open.first().getByRole('button', { name: /^Mute/ }).click();
    await open
      .first()
      .getByText(/^Nothing of it is sent until/)
      .waitFor();
    await open.first().getByText('What was sent').click();
    await open.first().getByText('the address answers 500').waitFor();
    expect(system.changes.map(({ route, body }) => [route, Object.keys(body as object)])).toEqual([
      ['changeAlert', ['acknowledged']],
      ['changeAlert', ['mutedUntil']],
    ]);
    expect(system.violations).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('come from rules that are looked back with, made, changed and sent to a webhook', async () => {
    const { page, system, complaints } = await dashboard.open('/alerts', { campaigns: 20 });
    await page.getByText('Suggested rules').click();
    await page.getByRole('button', { name: 'Begin with: No impressions of an account' }).click();
    const form = page.getByRole('form', { name: 'Make a rule' });
    await form.getByLabel(/^Condition/).selectOption('Spend without results');
    await form.getByRole('button', { name: 'Save the rule' }).click();
    await form.getByText('Write a number like 12 or 12.5').waitFor();
    await form.getByLabel('Currency of amounts').selectOption('EUR');
    await form.getByLabel('Spend of at least in EUR').fill('120,5');
    await form.getByLabel('In the last').fill('3');
    await form.getByLabel(/^Unit/).selectOption('whole hours (live)');
    await form.getByLabel('E-mail to, at most ten').fill('a@example.com, b@example.com');
    await form.getByRole('button', { name: /^Look back/ }).click();
    await form.getByText('It would have fired 3 times in the last 7 days').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
    await form.getByRole('button', { name: 'Save the rule' }).click();
    const made = page.locator('[data-rule]').nth(1);
    await made.getByText('€120.50 spent in 3 hours without conversions').waitFor();

    await made.getByText('Webhooks (0)').click();
    await made.getByLabel('https address to post to').fill('https://hooks.example/alerts');
    await made.getByRole('button', { name: 'Add the webhook' }).click();
    await made.getByText('whsec_c2hvd24gb25jZQ==').waitFor();
    await made.getByRole('button', { name: /^Disable/ }).click();
    await made.getByText('Disabled').waitFor();
    const sent = system.changes.filter(({ route }) => route !== 'previewAlertRule');
    expect(sent.map(({ route }) => route)).toEqual(['createAlertRule', 'addAlertWebhook', 'changeAlertRule']);
    expect(sent[0]?.body).toEqual({
      name: 'No impressions of an account',
      severity: 'critical',
      scope: { each: 'account', currency: 'EUR' },
      condition: {
        kind: 'no-results',
        result: 'conversions',
        window: { unit: 'hours', length: 3 },
        spendMicros: 120_500_000,
      },
      cooldownMinutes: 60,
      recoveryMinutes: 15,
      emails: ['a@example.com', 'b@example.com'],
    });
    expect(system.violations).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('are only read by a viewer, on a phone too', async () => {
    const { page } = await dashboard.open('/alerts', { campaigns: 20, role: 'viewer', view: views['phone, light'] });
    await page.locator('[data-alert]').first().waitFor();
    expect(await page.getByRole('button', { name: /Acknowledge|Make a rule|Mute/ }).count()).toBe(0);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });
});
