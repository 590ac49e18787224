import { expect, it } from 'vitest';
import { addDays } from '../../dashboard/src/format/calendar.ts';
import { inBrowser } from './in-browser.ts';

await inBrowser('the live page', (dashboard) => {
  it('shows the day beside what was expected, its end as a span, and campaigns by their pace', async () => {
    const { page, complaints, system } = await dashboard.open('/live');
    await page.locator('.minute-chart svg').first().waitFor();
    expect(await page.locator('[data-connection]').innerText()).toBe('Live');
    expect(await page.locator('[data-live=spend]').innerText()).toMatch(/€1,680\.00[\s\S]*112% of €1,500\.00 expected/);
    expect(await page.getByText(/By its end the day comes to about €3,050\.00/).innerText()).toContain(
      'between €2,700.00 and €3,400.00 on 80% of days like it. Estimated from 14 past days.',
    );
    expect(await page.locator('[data-pace]').count()).toBe(8);
    expect(await page.locator('[data-pace=exhausted]').first().innerText()).toContain('Budget spent');
    // No interval is made up where there are too few days.
    expect(await page.locator('[data-pace=on-track]').first().innerText()).toContain('Too little to say');
    expect(complaints).toEqual([]);
    expect(system.violations).toEqual([]);
  });

  it('draws what was counted since without asking again', async () => {
    const { page, system } = await dashboard.open('/live');
    const orders = page.locator('[data-live=orders] .tile-value');
    await expect.poll(() => orders.innerText()).toBe('400');
    system.countMore();
    await expect.poll(() => orders.innerText()).toBe('1,400');
    await expect.poll(() => page.locator('[data-pace=exhausted]').count()).toBe(2);
  });

  it('stays live over the end of a stream, and says that it reconnects when the API fails', async () => {
    const { page, system } = await dashboard.open('/live');
    const connection = page.locator('[data-connection]');
    await expect.poll(() => connection.innerText()).toBe('Live');
    system.endLive();
    await expect.poll(() => system.liveStreams).toBe(1);
    expect(await connection.innerText()).toBe('Live');
    system.fail('watchLive', 503);
    system.endLive();
    await expect.poll(() => connection.innerText(), { timeout: 5_000 }).toBe('Reconnecting');
    expect(await page.getByText('The connection broke off and is made again.').isVisible()).toBe(true);
    expect(await page.locator('[data-live=orders] .tile-value').innerText()).toBe('400');
    system.fail('watchLive');
    await expect.poll(() => connection.innerText(), { timeout: 8_000 }).toBe('Live');
  }, 20_000);

  it('holds no connection while the tab is hidden', async () => {
    const { page, system } = await dashboard.open('/live');
    await expect.poll(() => page.locator('[data-connection]').innerText()).toBe('Live');
    const turn = (state: string) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await turn('hidden');
    await expect.poll(() => system.liveStreams).toBe(0);
    expect(await page.locator('[data-connection]').innerText()).toBe('Paused while the tab is hidden');
    await turn('visible');
    await expect.poll(() => page.locator('[data-connection]').innerText()).toBe('Live');
    expect(system.liveStreams).toBe(1);
  });

  it('leads from what was counted of a day to what is loaded of it, part by part, for the day and number that are chosen', async () => {
    const { page, system, complaints } = await dashboard.open('/live');
    const panel = page.getByRole('region', { name: 'Counted live beside loaded facts' });
    const explained = panel.locator('[data-reconciled="Nordlicht Outdoor DE"]');
    await explained.waitFor();
    const yesterday = addDays(system.market.today, -1);
    expect(await panel.getByLabel('Day').inputValue()).toBe(yesterday);
    expect(await explained.innerText()).toMatch(/€1,800\.00[\s\S]*€1,935\.00[\s\S]*\+€135\.00/);
    expect(await explained.innerText()).toContain('4 events came on this day too late for days before');
    expect(await explained.locator('[data-part]').evaluateAll((parts) => parts.map((one) => one.dataset.part))).toEqual(
      ['otherSenders', 'missing', 'restated'],
    );
    expect(await explained.locator('[data-part=otherSenders]').innerText()).toContain('−€18.00');
    expect(await explained.locator('[data-part=restated]').innerText()).toContain(
      'credited it after it was last polled',
    );
    expect(await panel.locator('[data-reconciled="Nordlicht Outdoor US"]').innerText()).toContain(
      'before the day was over',
    );
    expect(await panel.locator('[data-reconciled="Nordlicht Outdoor JP"]').innerText()).toContain('Both say the same');
    expect(await panel.locator('[data-reconciled="Nordlicht Outdoor UK"]').innerText()).toContain('None loaded yet');
    await panel.getByLabel('Number').selectOption('Conversions');
    // Orders stand beside conversions, and are no part of the difference.
    await expect.poll(() => explained.innerText()).toContain('12 orders, €840.00 revenue');
    expect(await explained.innerText()).toMatch(/\b120\b[\s\S]*\b129\b[\s\S]*\+9\b/);
    await panel.getByLabel('Day').fill(system.market.today);
    await expect.poll(() => explained.innerText()).toMatch(/\b60\b[\s\S]*\+4\.5/);
    expect(new URL(page.url()).searchParams.get('day')).toBe(system.market.today);
    expect(complaints).toEqual([]);
    expect(system.violations).toEqual([]);
  });

  it('says how events arrive while there are none, and shows a refusal with its request', async () => {
    const { page } = await dashboard.open('/live', { empty: true });
    expect(await page.locator('.empty').first().innerText()).toContain('POST /v1/events');
    const { page: refused, system } = await dashboard.open('/settings');
    system.fail('watchLive', 403);
    await refused.getByRole('link', { name: 'Live' }).click();
    expect(await refused.getByRole('alert').innerText()).toContain('req-fixture-1');
    system.fail('watchLive');
    await refused.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => refused.locator('[data-connection]').innerText()).toBe('Live');
  });
});
