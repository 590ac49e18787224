import { expect, it } from 'vitest';
import { views } from './browser.ts';
import { inBrowser } from './in-browser.ts';

await inBrowser('operations of data in the dashboard', (dashboard) => {
  it('shows the accounts with findings, the worst first, each finding on its day', async () => {
    const { page, system } = await dashboard.open('/quality');
    const lines = page.getByRole('region', { name: 'Findings by account and day' }).locator('tbody tr');
    await lines.first().waitFor();
    const names = await lines.locator('th .primary-text').allTextContents();
    expect(names.slice(0, 3)).toEqual(['Nordlicht Outdoor US', 'Nordlicht Social FR', 'Nordlicht Outdoor DE']);
    expect(await lines.nth(0).getByText('Error: Spend of campaign').count()).toBe(2);
    const findings = page.getByRole('region', { name: 'Table of findings' }).locator('tbody tr');
    const off = findings.filter({ hasText: 'Spend of campaign' });
    expect(await off.textContent()).toMatch(/off spend by account by US\$42\.50.*US\$9,142\.50US\$9,000\.00US\$42\.50/);
    expect(await off.textContent()).toContain('US$100.00 explained: Part of the spend of video campaigns');
    expect(await findings.getByText('Passed').count()).toBe(0);
    await findings.filter({ hasText: 'Rows readable' }).getByRole('link', { name: 'Refused rows' }).click();
    await page.getByText('must be a whole number of micros').waitFor();
    expect(system.violations).toEqual([]);
  });

  it('says that nothing is checked yet, connected yet or loaded yet', async () => {
    const { page, system } = await dashboard.open('/quality', { empty: true });
    await page.getByText('Nothing is checked yet').waitFor();
    await page.goto(`${system.url}/connections`);
    await page.getByText('No connection yet').waitFor();
    await page.goto(`${system.url}/loads`);
    await page.getByText('No data load yet').waitFor();
  });

  it('warns on the overview while a check of severity error is open', async () => {
    const { page } = await dashboard.open('/');
    const banner = page.locator('.note.bad');
    await banner.waitFor();
    expect(await banner.textContent()).toMatch(/2 checks of the data failed\. Nordlicht Outdoor US: .*US\$42\.50/);
    await banner.getByRole('link').click();
    await page.getByRole('heading', { name: 'Data quality', level: 1 }).waitFor();
    const severities = page.getByRole('region', { name: 'Table of findings' }).locator('tbody tr');
    await severities.first().waitFor();
    expect(await page.locator('tbody tr:not([data-severity=error])[data-severity]').count()).toBe(0);
  });

  it('connects a platform: away to its sign-in, back with the code, and the code is in no address', async () => {
    const { page, system } = await dashboard.open('/connections');
    await page.getByRole('form', { name: 'Connect a platform' }).getByLabel('Platform').selectOption('LinkedIn Ads');
    await page.getByRole('button', { name: 'Sign in at LinkedIn Ads' }).click();
    await page.getByText('LinkedIn B2B is authorized').waitFor();
    expect(system.changes).toEqual([
      {
        route: 'startAuthorization',
        body: { platform: 'linkedin-ads', returnTo: `${system.url}/connections/callback` },
      },
      { route: 'completeAuthorization', body: { state: 'state-1', code: 'code-1' } },
    ]);
    expect(new URL(page.url()).pathname).toBe('/connections');
    expect(page.url()).not.toContain('code-1');
    expect(system.violations).toEqual([]);
  });

  it('says why nothing was connected when the platform refused or the code is not good', async () => {
    const { page, system } = await dashboard.open(
      '/connections/callback?error=access_denied&error_description=The%20user%20cancelled',
    );
    await page.getByText('The platform did not grant access: The user cancelled').waitFor();
    await page.goto(`${system.url}/connections/callback?state=other&auth_code=code-1`);
    await page.getByText('Nothing was connected').waitFor();
    expect(system.changes.at(-1)?.body).toEqual({ state: 'other', code: 'code-1' });
    await page.getByRole('link', { name: 'Back to the connections' }).click();
    await page.locator('.connection').first().waitFor();
  });

  it('pauses, resumes, renames and removes a connection, the last only after a question', async () => {
    const { page, system } = await dashboard.open('/connections');
    const google = page.locator('.connection').first();
    await page.getByText('the token was revoked by the member').waitFor();
    await page.getByText(/Authorized until .*\(in 1[123] days\)/).waitFor();
    await page.getByRole('button', { name: 'Pause Google Ads' }).click();
    await google.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume Google Ads' }).click();
    await page.getByRole('button', { name: 'Rename Google Ads' }).click();
    await page.getByLabel('New name of Google Ads').fill('Google main');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Google main' }).waitFor();
    await page.getByRole('button', { name: 'Remove Google main' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Google main?' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(system.changes.map(({ route }) => route)).not.toContain('removeConnection');
    await page.getByRole('button', { name: 'Remove Google main' }).click();
    await dialog.getByRole('button', { name: 'Remove connection' }).click();
    await page.getByText('3 accounts will not be loaded any more').waitFor();
    await expect.poll(() => page.locator('.connection').count()).toBe(2);
    expect(system.changes.map(({ body }) => body)).toEqual([
      { paused: true },
      { paused: false },
      { name: 'Google main' },
      {},
    ]);
    expect(system.violations).toEqual([]);
  });

  it('shows where a setting comes from, changes it and takes the change away', async () => {
    const { page, system } = await dashboard.open('/settings', { view: views['phone, light'] });
    const tiktok = page.locator('[data-setting="lookBack.tiktok-ads.days"]');
    await tiktok.getByText('45 days').first().waitFor();
    expect(await tiktok.textContent()).toMatch(/45 daysStage.*Default of the release: Not set.*Stage: 45 days/);
    await tiktok.getByRole('button', { name: 'Change' }).click();
    await tiktok.getByRole('textbox').fill('60');
    await page.keyboard.press('Enter');
    await tiktok.getByText('This workspace').first().waitFor();
    await tiktok.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => tiktok.getByText('This workspace').count()).toBe(0);
    expect(system.changes.map(({ body }) => body)).toEqual([
      { values: { 'lookBack.tiktok-ads.days': 60 } },
      { values: { 'lookBack.tiktok-ads.days': null } },
    ]);
    await page.locator('[data-setting="retention.raw.days"]').getByText('Set by operators').waitFor();
    expect(system.violations).toEqual([]);
  });

  it('works out what chosen days would take, starts their load and follows it with the time left', async () => {
    const { page, system } = await dashboard.open('/loads');
    await page.getByText('Load chosen days').click();
    const form = page.getByRole('form', { name: 'Load chosen days' });
    await form.getByText(/91 days of 6 accounts: 546 account days in 18 windows, about 18 min of loading/).waitFor();
    await form.getByText(/3,640 calls; 800 of 1,000 a day are left for it, so it spreads over 4 days/).waitFor();
    const first = form.getByLabel('First day');
    const begin = await first.inputValue();
    await first.fill('2999-01-01');
    await form.getByText('The first day is after the last one.').waitFor();
    expect(await form.getByRole('button', { name: 'Load these days' }).isDisabled()).toBe(true);
    await first.fill(begin);
    await form.getByLabel('Accounts').selectOption('All of TikTok Ads');
    await form.getByText('546 account days').waitFor();
    await expect.poll(() => form.getByRole('button', { name: 'Load these days' }).isEnabled()).toBe(true);
    await form.getByRole('button', { name: 'Load these days' }).click();
    await page.getByRole('button', { name: 'Cancel load' }).waitFor();
    const social = system.market.accounts.filter(({ platform }) => platform === 'tiktok-ads').map(({ id }) => id);
    expect(system.changes.at(-1)).toMatchObject({
      route: 'startEtlRun',
      body: { from: begin, mode: 'load', accountIds: social },
    });
    system.advanceRun();
    await page.getByText('343 rows a second; about 24 s left').waitFor();
    await page.getByRole('button', { name: 'Cancel load' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel load' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(system.violations).toEqual([]);
  });

  it('goes on with a load that failed in part, and makes facts again from kept answers', async () => {
    const { page, system } = await dashboard.open('/loads');
    await page.locator('tbody tr', { hasText: 'Partly loaded' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText(/attempt 2 · under way/).waitFor();
    system.advanceRun();
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Reprocess' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reprocess' }).click();
    await page.getByText('Finding the accounts').waitFor();
    expect(system.changes.at(-1)).toMatchObject({ route: 'startEtlRun', body: { mode: 'reprocess' } });
    expect(system.violations).toEqual([]);
  });

  it('shows campaigns of an account that failed as not loaded, and what LinkedIn calls a campaign', async () => {
    const { page } = await dashboard.open('/campaigns?q=0020+social+fr');
    const row = page.locator('.grid-body [role=row]').first();
    await row.waitFor();
    expect(await row.locator('[data-column=spend]').textContent()).toBe('Not loaded');
    await page.goto(page.url().replace('q=0020+social+fr', 'platform=linkedin-ads'));
    await page.getByText('LinkedIn calls a campaign a campaign group, and an ad group a campaign.').waitFor();
    const platforms = await page.locator('.grid-body [data-column=platform]').allTextContents();
    expect(new Set(platforms.map((text) => text.trim()))).toEqual(new Set(['LinkedIn']));
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.locator('section[aria-labelledby=accounts] tbody tr').first().waitFor();
    expect(new URL(page.url()).search).toBe('?platform=linkedin-ads');
    expect(await page.locator('section[aria-labelledby=accounts] tbody tr').count()).toBe(1);
  });

  it('divides a campaign by device, says who does not report it, and adds up to the whole', async () => {
    const { page, system } = await dashboard.open('/breakdowns?by=device');
    await page.getByText('Device is not reported by TikTok Ads').waitFor();
    await page.locator('[data-segment=mobile]').waitFor();
    expect(await page.locator('[data-rest]').allTextContents()).toEqual([
      expect.stringMatching(/^Unexplained rest€/),
      expect.stringMatching(/^Not reported by TikTok Ads€/),
    ]);
    await page.getByRole('combobox', { name: 'Account' }).selectOption('Nordlicht B2B');
    await page.getByRole('combobox', { name: 'Campaign' }).selectOption({ index: 1 });
    await expect.poll(() => page.locator('[data-rest]').count()).toBe(1);
    expect(await page.locator('[data-segment=mobile]').textContent()).toContain(
      'The platform reports no conversions here',
    );
    expect(new URL(page.url()).searchParams.get('campaign')).toMatch(/^cmp_/);
    expect(system.violations).toEqual([]);
  });

  it('opens the pages a phone has no room for, and offers a viewer none without anything to see', async () => {
    const { page } = await dashboard.open('/', { view: views['phone, light'] });
    const navigation = page.getByRole('navigation', { name: 'Pages' });
    await navigation.getByText('More').click();
    await navigation.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await navigation.getByRole('link', { name: 'Connections' }).isVisible()).toBe(false);
    const viewer = await dashboard.open('/', { role: 'viewer' });
    const offered = viewer.page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    await offered.first().waitFor();
    // The count of open alerts comes a moment later.
    const names = (await offered.allTextContents()).map((text) => text.replace(/\d+ open$/, ''));
    expect(names).toEqual(['Overview', 'Live', 'Campaigns', 'Alerts', 'Breakdowns']);
  });

  it('renews a token that has ended once for all questions, without leaving the page', async () => {
    const session = { accessToken: 'ended', refreshToken: 'fixture-refresh', endsIn: -60 };
    const { page, system } = await dashboard.open('/', { session });
    await page.locator('[data-metric=spend] .tile-value').waitFor();
    await page.locator('section[aria-labelledby=accounts] tbody tr').first().waitFor();
    expect(system.renewals).toBe(1);
    expect(new URL(page.url()).origin).toBe(system.url);
  });

  it('asks to sign in again when a token cannot be renewed', async () => {
    const { page, system } = await dashboard.open('/', {
      session: { accessToken: 'ended', refreshToken: 'revoked', endsIn: -60 },
    });
    await page.getByText('Your session has ended').waitFor();
    expect(system.renewals).toBe(0);
  });
});
