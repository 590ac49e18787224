import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { views } from './browser.ts';
import { idOf } from './fixture/ids.ts';
import { inBrowser } from './in-browser.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Every page, and what it shows once it is ready. */
const pages = [
  ['/', '.chart-box svg'],
  ['/live', 'body:has(.minute-chart svg) [data-part]'],
  ['/campaigns', '.grid-body [role=row]'],
  ['/changes', 'tbody tr'],
  [`/changes/${idOf('chg', 1)}`, '.diff'],
  [`/changes/${idOf('chg', 3)}`, '.verdict'],
  [`/changes/${idOf('chg', 4)}`, '.conflict'],
  ['/briefs', 'tbody tr'],
  [`/briefs/${idOf('brf', 1)}`, '.wizard-steps'],
  [`/creations/${idOf('run', 900)}`, '.creatives .ad-frame'],
  ['/brand-kits', '[data-kit]'],
  ['/reviews', '[data-review]'],
  ['/alerts', '[data-alert]'],
  ['/guardrails', 'tbody tr'],
  ['/audit', 'tbody tr'],
  ['/loads', 'tbody tr'],
  ['/quality', '.heat-mark'],
  ['/import', '.download-list'],
  ['/connections', '.connection'],
  ['/connections/callback?error=access_denied', '.error-panel'],
  ['/settings', '[data-setting]'],
  ['/pixels', '[data-pixel]'],
  ['/breakdowns', 'tbody .bar'],
  [`/loads/${idOf('run', 1_001)}`, 'tbody tr'],
] as const;

/** A theme changes colours and nothing else; what else a page lacks at a width it lacks in both. */
const rulesOf: Readonly<Record<keyof typeof views, 'all' | 'colours'>> = {
  'desktop, light': 'all',
  'desktop, dark': 'colours',
  'phone, dark': 'colours',
  'phone, light': 'all',
};
const viewNames = Object.keys(rulesOf) as readonly (keyof typeof views)[];

/** Faults of a page that is open, at every width and in every theme: it is loaded once and then looked at four times. */
async function faultsOf(page: Page, ready: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const name of viewNames) {
    const { width, height, theme } = views[name];
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(ready).first().waitFor();
    // What listens to the width or the theme has drawn itself again after two frames.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
    const { violations } = await (rulesOf[name] === 'all'
      ? axe.withTags(tags)
      : axe.withRules('color-contrast')
    ).analyze();
    for (const { id, nodes } of violations) {
      faults.push(`${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    }
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (beyond > 0) faults.push(`${name}: ${beyond} pixels beyond the window`);
  }
  return faults;
}

await inBrowser('accessibility of the dashboard', (dashboard) => {
  it.each(pages)(
    '%s has no fault, no complaint and no sideways scrolling at any width and in any theme',
    async (at, ready) => {
      const { page, system, complaints } = await dashboard.open(at, { campaigns: 20 });
      await page.locator(ready).first().waitFor();
      expect(await faultsOf(page, ready)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(system.violations).toEqual([]);
    },
    60_000,
  );

  it('the preview of an import has none either', async () => {
    const { page, complaints } = await dashboard.open('/import');
    const file = { name: 'Kampagnenbericht.csv', mimeType: 'text/csv', buffer: Buffer.from('Tag') };
    await page.getByLabel(/^CSV or XLSX/).setInputFiles(file);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByText('First rows, as they stand in the file').click();
    expect(await faultsOf(page, 'form')).toEqual([]);
    expect(complaints).toEqual([]);
  }, 60_000);
});
