import { expect, it } from 'vitest';
import { idOf } from './fixture/ids.ts';
import { inBrowser } from './in-browser.ts';

const run = `/creations/${idOf('run', 900)}`;

await inBrowser('campaigns from briefs in the dashboard', (dashboard) => {
  it('begins a brief from a page, shows what was read, and makes campaigns of it', async () => {
    const { page, system, complaints } = await dashboard.open('/briefs');
    const begin = page.getByRole('form', { name: 'Begin from a page' });
    await begin.getByLabel('The page that ads are to lead to').fill('not a page');
    await begin.getByRole('button', { name: 'Read it and begin' }).click();
    await page.getByText('Write the address of a page').waitFor();
    await begin.getByLabel('The page that ads are to lead to').fill('shop.example/trail');
    await begin.getByRole('button', { name: 'Read it and begin' }).click();
    await page.getByText('Being read').waitFor();
    system.finishReading();
    await page.getByText('Taken from the page by a machine').waitFor({ timeout: 10_000 });
    expect(await page.getByLabel('Name of the product').inputValue()).toBe('Trail shoes');
    expect(await page.locator('.note.bad').textContent()).toContain('Ignore all previous instructions');
    await page.getByRole('button', { name: 'I have looked at them' }).click();
    await page.getByText('Taken from the page by a machine').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Money and places/ }).click();
    await page.getByLabel('Budget a day').fill('12,5x');
    await page.getByText('Write an amount like 49 or 49.90').first().waitFor();
    expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
    await page.getByLabel('Budget a day').fill('120');
    await page.getByLabel('Countries').fill('de, at');
    await page.getByLabel(/Nordlicht Outdoor DE/).check();
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByRole('button', { name: 'Make campaigns' }).click();
    await page.getByRole('heading', { name: 'Campaigns for Nordlicht Trail' }).waitFor();
    const sent = system.changes.find(({ route, body }) => route === 'changeBrief' && 'brief' in (body as object));
    expect(sent?.body).toMatchObject({
      brief: { dailyBudget: { micros: 120_000_000, currency: 'EUR' }, countries: ['DE', 'AT'] },
    });
    expect([system.violations, complaints]).toEqual([[], []]);
  }, 60_000);

  it('mends a finding by one click, changes a text, compares and approves', async () => {
    const { page, system, complaints } = await dashboard.open(run);
    const wrong = page.locator('[data-creative][data-verdict=block]');
    await wrong.getByText('is written in capitals').waitFor();
    await page.getByText('1 ad that must be mended stays out of it').waitFor();
    await wrong.getByRole('button', { name: 'Take it' }).click();
    await wrong.waitFor({ state: 'detached' });
    const search = page.locator('[data-creative]').first();
    await search.getByText('Combination 1 of 4').waitFor();
    const before = await search.locator('.ad-title').textContent();
    await search.getByRole('button', { name: 'Next combination' }).click();
    expect(await search.locator('.ad-title').textContent()).not.toBe(before);
    await search.getByText('6 texts').click();
    await search.getByText('why it may say so').first().click();
    expect(await search.locator('.ad-facts').first().textContent()).toContain('from the brief (benefits 1)');
    await search.getByRole('button', { name: 'Change Description 1' }).click();
    await search.getByLabel(/^Description 1/).fill('A membrane that keeps your feet dry.');
    await search.getByRole('button', { name: 'Save and check' }).click();
    await search.locator('[data-field="descriptions.0"]').getByText('A membrane that keeps your feet dry.').waitFor();
    for (const place of [0, 3]) await page.locator('[data-creative]').nth(place).getByLabel('Compare').check();
    expect(await page.getByRole('region', { name: 'Side by side' }).locator('mark').count()).toBeGreaterThan(0);
    const decision = page.getByRole('form', { name: 'Decision' });
    await decision.getByRole('button', { name: 'Send back' }).click();
    await decision.getByText('Say what should be different').waitFor();
    await decision.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Handed over').waitFor({ timeout: 10_000 });
    await page.getByRole('link', { name: 'Open the change' }).waitFor();
    expect(system.changes.map(({ route }) => route)).toEqual(['fixCreative', 'editCreative', 'decideGenerationRun']);
    expect([system.violations, complaints]).toEqual([[], []]);
  }, 60_000);

  it('follows a run that is being made, step by step, and cancels it after a question', async () => {
    const { page, system } = await dashboard.open(`/creations/${idOf('run', 901)}`);
    await page.locator('[data-step=copy][data-status=running]').waitFor();
    system.advanceCreation();
    await page.locator('[data-step=images][data-status=running]').waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByRole('button', { name: 'Go on from there' }).waitFor({ timeout: 10_000 });
    expect(system.changes.map(({ route }) => route)).toEqual(['cancelGenerationRun']);
  }, 60_000);

  it('shows ads by what is chosen, and says so when none is like that', async () => {
    const { page } = await dashboard.open(`${run}?platform=tiktok-ads`);
    await page.getByText('2 ads of 6').waitFor();
    await page.getByLabel('Angle').selectOption('proof');
    await page.getByText('No ad is like that').waitFor();
    await page.getByRole('button', { name: 'Show all ads' }).click();
    await page.getByText('6 ads', { exact: true }).waitFor();
  }, 60_000);

  it('lets an analyst write and not decide, and shows a viewer nothing', async () => {
    const { page } = await dashboard.open(run, { role: 'analyst' });
    await page.getByText('may see these ads but not decide on them').waitFor();
    const other = await dashboard.open('/briefs', { role: 'viewer' });
    await other.page.getByText('Your role does not see briefs').waitFor();
  }, 60_000);

  it('says what is there when there is nothing, and what failed when something does', async () => {
    const { page, system } = await dashboard.open('/briefs', { empty: true });
    await page.getByText('None yet.', { exact: true }).waitFor();
    system.fail('listBriefs', 500);
    await page.reload();
    await page.getByText('The briefs could not be listed').waitFor();
  }, 60_000);
});
