import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Role } from '../../contracts/access.ts';
import {
  chromiumPath,
  complaintsOf,
  openBrowser,
  openContext,
  type SignedIn,
  signInFixture,
  type View,
  views,
} from './browser.ts';
import { type FixtureSystem, startFixtureSystem } from './fixture/system.ts';

const root = join(import.meta.dirname, '../..');

export interface Visit {
  readonly page: Page;
  readonly system: FixtureSystem;
  /** Of the page since it was opened. */
  readonly complaints: readonly string[];
}

export interface VisitOptions {
  readonly view?: View;
  readonly role?: Role;
  readonly campaigns?: number;
  readonly empty?: boolean;
  readonly session?: SignedIn;
}

export interface Dashboard {
  /** Of the built files. */
  readonly folder: string;
  /** A new browser context, signed in, at an address; closed after the test. */
  open(at: string, options?: VisitOptions): Promise<Visit>;
}

/** Tests over the built dashboard in a real browser, each with a fixture system of its own. Left out without a Chromium. */
export async function inBrowser(name: string, tests: (dashboard: Dashboard) => void): Promise<void> {
  const path = await chromiumPath();
  if (path === undefined) {
    process.stderr.write(`Left out: ${name}. There is no Chromium; set CHROMIUM_PATH to one.\n`);
  }
  describe.skipIf(path === undefined)(name, () => {
    let folder = '';
    let browser: Browser;
    const systems: FixtureSystem[] = [];

    beforeAll(async () => {
      // Inside the repository: the temporary folder of a machine may be a file system that is too small.
      folder = await mkdtemp(join(root, 'node_modules', '.cache', 'dashboard-'));
      await build({ root: join(root, 'dashboard'), logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
      browser = await openBrowser(path ?? '');
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
      for (const system of systems.splice(0)) await system.close();
    });
    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    tests({
      get folder() {
        return folder;
      },
      async open(at, { view = views['desktop, light'], role = 'owner', campaigns = 60, empty = false, session } = {}) {
        const system = await startFixtureSystem({ folder, campaigns, role, empty });
        systems.push(system);
        const context = await openContext(browser, view);
        await signInFixture(context, system.url, session);
        const page = await context.newPage();
        const complaints = complaintsOf(page);
        await page.goto(system.url + at);
        return { page, system, complaints };
      },
    });
  });
}
