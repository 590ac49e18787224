import { expect, it } from 'vitest';
import { applyEvent } from '../../dashboard/src/pages/live/apply-event.ts';
import { liveChange, liveOf } from './fixture/live.ts';
import { createMarket } from './fixture/market.ts';
import { inBrowser } from './in-browser.ts';

it('a change replaces what it names and drops what is out of the window', () => {
  const state = liveOf(createMarket(20), 30, false);
  const [first, second] = state.minutes;
  const change = liveChange(state);
  if (change.kind !== 'change') throw new Error('The fixture tells a change.');
  const next = applyEvent(state, { ...change, from: second?.at ?? '', rowCount: 5 });
  expect(next?.minutes).toHaveLength(29);
  expect(next?.minutes.some(({ at }) => at === first?.at)).toBe(false);
  expect(next?.minutes.at(-1)?.values.clicks).toBe(999);
  expect(next?.rows).toHaveLength(5);
  expect(next?.rows[0]?.pace?.status).toBe('exhausted');
  expect(next?.rows[1]).toEqual(state.rows[1]);
  expect(applyEvent(undefined, change)).toBeUndefined();
});

await inBrowser('the live page', (dashboard) => {
  it('draws what is told, follows what changes, and comes back when its stream ends', async () => {
    const { page, system, complaints } = await dashboard.open('/live');
    await page.locator('.chart-box svg').first().waitFor();
    expect(await page.locator('.chart-box svg').count()).toBe(4);
    await page.getByText('80 of 100 such days end between').waitFor();
    const firstRow = page.locator('tbody tr').first();
    expect(await firstRow.getAttribute('data-pace')).toBe('ahead');
    system.countSomething();
    await page.locator('tbody tr[data-pace=exhausted]').first().waitFor();
    await page
      .getByLabel('Today')
      .getByText(/1[.,]500/)
      .waitFor();
    expect(await firstRow.getAttribute('data-pace')).toBe('exhausted');
    system.endStreams();
    await page.getByRole('status').getByText('Reconnecting').waitFor();
    await page.getByRole('status').getByText('Live').waitFor();
    expect(complaints).toEqual([]);
    expect(system.violations).toEqual([]);
  }, 30_000);

  it('says how to begin where nothing is counted, and what went wrong where it cannot be opened', async () => {
    const empty = await dashboard.open('/live', { empty: true });
    await empty.page.getByText('Nothing is counted yet').waitFor();
    const broken = await dashboard.open('/');
    broken.system.fail('watchLive', 403);
    await broken.page.getByRole('link', { name: 'Live', exact: true }).click();
    await broken.page.getByRole('alert').waitFor({ timeout: 25_000 });
  }, 60_000);
});
