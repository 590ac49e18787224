import robotsModule from 'robots-parser';

/** Its types speak of a default export; the CommonJS module is the function itself. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** By this name robots.txt may speak of us. */
export const robotsName = 'ConextAds';

/** `status` null: it could not be reached. */
export interface RobotsAnswer {
  readonly status: number | null;
  readonly text: string;
}

/** Why a page may not be read, null when it may. RFC 9309: without a file everything may, behind a broken server nothing. */
export function mayRead({ status, text }: RobotsAnswer, url: URL): string | null {
  if (status === null || status >= 500) {
    return `robots.txt of ${url.hostname} could not be read, and without it nothing may be`;
  }
  if (status < 200 || status >= 300) return null;
  const parsed = robotsParser(new URL('/robots.txt', url).href, text);
  return parsed.isDisallowed(url.href, robotsName) === true ? `robots.txt of ${url.hostname} does not allow it` : null;
}
