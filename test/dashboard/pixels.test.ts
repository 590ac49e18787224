import { expect, it } from 'vitest';
import { inBrowser } from './in-browser.ts';

await inBrowser('pixels in the dashboard', (dashboard) => {
  it('are reached from the settings, made for a site, and say what to put on its pages', async () => {
    const { page, system, complaints } = await dashboard.open('/settings');
    await page.getByRole('link', { name: 'Pixels' }).click();
    await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
    const form = page.getByRole('form', { name: 'Make a pixel' });
    await form.getByLabel('Name').fill('Blog');
    await form.getByLabel('Origins that may send').fill('https://Blog.example/, https://www.blog.example');
    await form.getByRole('button', { name: 'Make a pixel' }).click();
    const made = page.locator('[data-pixel]').filter({ hasText: 'Blog' });
    await made.getByText('What to put on the pages').click();
    const id = await made.getAttribute('data-pixel');
    const [head, order] = await made.locator('pre').allTextContents();
    expect(head).toContain(`conext('init', '${id}', { endpoint: '${system.url}' })`);
    expect(head).toContain(`src="${system.url}/pixel/v1.js"`);
    expect(order).toContain("conext('event', 'purchase'");
    expect(system.changes).toEqual([
      {
        route: 'createPixel',
        body: {
          name: 'Blog',
          origins: ['https://blog.example', 'https://www.blog.example'],
          accountId: null,
          currency: null,
        },
      },
    ]);
    expect([system.violations, complaints]).toEqual([[], []]);
  });

  it('are switched off after a question, and on again', async () => {
    const { page, system } = await dashboard.open('/pixels');
    await page.getByRole('button', { name: 'Switch off Shop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('Off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Switch on Shop' }).click();
    await page.getByText('On', { exact: true }).waitFor();
    expect(system.changes.map(({ body }) => body)).toEqual([{ enabled: false }, { enabled: true }]);
  });

  it('are shown to an analyst, who changes nothing, and not to a viewer', async () => {
    const { page } = await dashboard.open('/pixels', { role: 'analyst' });
    await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: /Switch off|Make a pixel/ }).count()).toBe(0);
    const other = await dashboard.open('/pixels', { role: 'viewer' });
    await other.page.getByText('Your role does not see pixels').waitFor();
  });
});
