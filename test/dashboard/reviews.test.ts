import { describe, expect, it } from 'vitest';
import { dueText, reasonFault } from '../../dashboard/src/pages/reviews/review-words.ts';
import { inBrowser } from './in-browser.ts';

describe('how long a review may wait', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  it.each([
    [18, '18 hours left'],
    [1, '1 hour left'],
    [0.2, 'less than an hour left'],
    [-0.2, 'due now'],
    [-5, '5 hours late'],
    [-72, '3 days late'],
  ])('is said in words: %j hours', (hours, words) => {
    expect(dueText({ dueAt: new Date(now + hours * 3_600_000).toISOString() }, now)).toBe(words);
  });

  it('is decided with a reason that says something', () => {
    expect(reasonFault('ok       ')).toContain('at least 10');
    expect(reasonFault('It is a product name.')).toBeUndefined();
  });
});

await inBrowser('reviews in the dashboard', (dashboard) => {
  it('shows what waits, takes it, and lets it pass with a reason', async () => {
    const { page, system, complaints } = await dashboard.open('/reviews');
    const waiting = page.getByRole('region', { name: 'Waiting' });
    const ad = waiting.locator('[data-review]').filter({ hasText: 'An ad for' });
    await ad.getByText('6 hours late').waitFor();
    await ad.getByText('is written in capitals').waitFor();
    await page.getByRole('link', { name: /^Reviews 2 open$/ }).waitFor();
    await ad.getByText('The ad, and what was done with it').click();
    await ad.locator('.ad-frame').waitFor();
    await ad.getByRole('button', { name: 'Take it for 15 minutes' }).click();
    await ad.getByRole('button', { name: 'Give it back' }).waitFor();
    await ad.getByRole('button', { name: 'Let it pass' }).click();
    await ad.getByText('Say why in at least 10 characters').waitFor();
    await ad.getByLabel('Why').fill('DRY FEET is the name of the product.');
    await ad.getByRole('button', { name: 'Let it pass' }).click();
    await ad.waitFor({ state: 'detached' });
    expect(system.changes).toEqual([
      { route: 'claimReview', body: {} },
      { route: 'decideReview', body: { decision: 'approve', reason: 'DRY FEET is the name of the product.' } },
    ]);
    expect([system.violations, complaints]).toEqual([[], []]);
  }, 60_000);

  it('hands a text to an owner, and gives what is to be sent to a platform', async () => {
    const { page, system } = await dashboard.open('/reviews');
    const text = page.locator('[data-review]').filter({ hasText: 'Is this too bold?' });
    await text.getByText('The text, and what was done with it').click();
    await text.getByText('The boldest shoe').waitFor();
    await text.getByRole('button', { name: 'Appeal pack' }).click();
    expect(await text.getByLabel('To be sent to the platform').inputValue()).toContain('We ask you to review');
    expect(await text.getByRole('link', { name: 'Save everything as a file' }).getAttribute('download')).toMatch(
      /^appeal-rvw_\w+\.json$/,
    );
    await text.getByLabel('Why').fill('I do not know this market.');
    await text.getByRole('button', { name: 'Hand to an owner' }).click();
    await text.getByText('For an owner').waitFor();
    expect(system.violations).toEqual([]);
  }, 60_000);

  it('says so when nothing waits, and to whom it does not show', async () => {
    const { page } = await dashboard.open('/reviews', { empty: true });
    await page.getByText('Nothing waits for you').waitFor();
    const analyst = await dashboard.open('/reviews', { role: 'analyst' });
    await analyst.page.getByText('An owner or manager decides.').first().waitFor();
    const viewer = await dashboard.open('/reviews', { role: 'viewer' });
    await viewer.page.getByText('Your role does not see reviews').waitFor();
  }, 60_000);
});
