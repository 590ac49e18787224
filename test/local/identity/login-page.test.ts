/** The login page in a real browser: what a person sees, keys alone, and the way back to the application. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../local/identity/create-identity.ts';
import { authorizeUrl, owner, startIdentity } from './running-identity.ts';

let browser: Browser;
let application: Server;
let identity: Identity;
let callback = '';
beforeAll(async () => {
  // Stands for the dashboard: only its address matters.
  application = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<title>Back</title>'),
  );
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', () => resolve()));
  const dashboardUrl = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  callback = `${dashboardUrl}/callback`;
  identity = await startIdentity({ dashboardUrl });
  await identity.createUser(owner);
  identity.showSignIns([{ label: 'Owner', email: owner.email, password: owner.password }]);
  browser = await playwright.launch({
    // Its own flags put all of Chromium into one process, which dies with its first page, and switch web security off.
    args: ['--no-sandbox', '--disable-gpu'],
    executablePath: await chromium.executablePath(),
  });
}, 30_000);
afterAll(async () => {
  await browser?.close();
  application?.close();
});

async function open(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(identity.url + authorizeUrl({ redirect_uri: callback }).query);
  return page;
}

describe('login page in a browser', { timeout: 30_000 }, () => {
  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('has no accessibility finding (%s, %i px), an error shown', async (scheme, width) => {
    const page = await open(scheme, width);
    await page.getByLabel('E-mail address').fill(owner.email);
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await page.context().close();
  });

  it('is used with the keyboard alone and leads back to the application', async () => {
    const page = await open('light', 800);
    await page.locator('#email:focus').waitFor({ timeout: 3_000 });
    await page.keyboard.type(owner.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(owner.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${callback}?*`);
    expect(new URL(page.url()).searchParams.get('code')).toMatch(/^\S{16,}$/);
    await page.context().close();
  });

  it('signs a demo account in with one press', async () => {
    const page = await open('light', 800);
    await page.getByRole('button', { name: /Owner/ }).click();
    await page.waitForURL(`${callback}?*`);
    expect(new URL(page.url()).searchParams.get('state')).toBe('state-1');
    await page.context().close();
  });
});
