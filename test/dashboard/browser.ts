import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-zygote',
  '--font-render-hinting=none',
];

/**
 * The browser that the development dependency carries, unpacked once into node_modules; else the one CHROMIUM_PATH names,
 * else the system's. Undefined when there is none.
 */
export async function chromiumPath(): Promise<string | undefined> {
  const fallbacks = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const fallback = fallbacks.find((path) => path !== undefined && path !== '' && existsSync(path));
  if (process.platform !== 'linux' || process.arch !== 'x64') return fallback;
  return (await unpackedChromium().catch(() => undefined)) ?? fallback;
}

/** The package unpacks into the temporary folder; half a browser left there by a broken run must never be used. */
async function unpackedChromium(): Promise<string> {
  const cache = join(root, 'node_modules', '.cache', 'chromium');
  const done = join(cache, 'unpacked');
  if (!existsSync(join(done, 'chromium'))) {
    await mkdir(cache, { recursive: true });
    const part = await mkdtemp(join(cache, 'part-'));
    const before = process.env.TMPDIR;
    process.env.TMPDIR = part;
    try {
      const { default: carried } = await import('@sparticuz/chromium');
      await carried.executablePath();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    await rename(part, done).catch(async (error: unknown) => {
      // Another process was quicker.
      await rm(part, { recursive: true, force: true });
      if (!existsSync(join(done, 'chromium'))) throw error;
    });
  }
  return join(done, 'chromium');
}

/** A new browser with a profile of its own. Close it. */
export async function openBrowser(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: flags, timeout: 30_000 });
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
}

export const views = {
  'desktop, light': { width: 1280, height: 860, theme: 'light' },
  'desktop, dark': { width: 1280, height: 860, theme: 'dark' },
  'phone, light': { width: 390, height: 844, theme: 'light' },
  'phone, dark': { width: 390, height: 844, theme: 'dark' },
} as const satisfies Record<string, View>;

export async function openContext(browser: Browser, { width, height, theme }: View): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
}

/** A session as the sign-in keeps it; the fixture's own by default. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds; negative when the token has ended. */
  readonly endsIn: number;
}
const fixtureSession: SignedIn = { accessToken: 'fixture-token', refreshToken: 'fixture-refresh', endsIn: 3600 };

/** Puts a signed-in session of the fixture where the sign-in keeps it. */
export async function signInFixture(
  context: BrowserContext,
  origin: string,
  { accessToken, refreshToken, endsIn }: SignedIn = fixtureSession,
): Promise<void> {
  const user = {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    scope: 'openid',
    profile: { sub: 'someone', email: 'owner@example.com', iss: `${origin}/issuer`, aud: 'dashboard', exp: 0, iat: 0 },
    expires_at: Math.floor(Date.now() / 1000) + endsIn,
  };
  await context.addInitScript(
    ([key = '', value = '']) => {
      // Later pages of the tab find what has become of the session.
      if (sessionStorage.getItem('fixture.signed-in') !== null) return;
      sessionStorage.setItem('fixture.signed-in', 'yes');
      sessionStorage.setItem(key, value);
    },
    [`oidc.user:${origin}/issuer:dashboard`, JSON.stringify(user)],
  );
}

/** Everything the page complains about: scripts, refused requests, the content security policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
