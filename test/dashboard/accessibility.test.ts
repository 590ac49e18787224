import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { views } from './browser.ts';
import { idOf } from './fixture/ids.ts';
import { inBrowser } from './in-browser.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Every page, and what it shows once it is ready. */
const pages = [
  ['/', '.chart-box svg'],
  ['/campaigns', '.grid-body [role=row]'],
  ['/loads', 'tbody tr'],
  ['/quality', '.heat-mark'],
  ['/connections', '.connection'],
  ['/connections/callback?error=access_denied', '.error-panel'],
  ['/settings', '[data-setting]'],
  ['/breakdowns', 'tbody .bar'],
  [`/loads/${idOf('run', 1_001)}`, 'tbody tr'],
] as const;

await inBrowser('accessibility of the dashboard', (dashboard) => {
  // Each width and each theme once: what a page lacks at one width it lacks in both themes.
  describe.each([
    ['desktop, light', views['desktop, light']],
    ['phone, dark', views['phone, dark']],
  ])('%s', (_, view) => {
    it.each(pages)('has no fault, no complaint and no sideways scrolling on %s', async (at, ready) => {
      const { page, system, complaints } = await dashboard.open(at, { view });
      await page.locator(ready).first().waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
      ).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      expect(system.violations).toEqual([]);
    });
  });
});
