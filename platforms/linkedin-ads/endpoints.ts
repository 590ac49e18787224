import { PlatformError } from '../../domain/integrations/platform.ts';

/** Where LinkedIn is reached: base URLs without a trailing slash. */
export interface Endpoints {
  /** Resources: `/rest/adAnalytics`. */
  readonly api: string;
  /** OAuth: `/oauth/v2/accessToken`. */
  readonly oauth: string;
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const versionName = /^\d{4}(0[1-9]|1[0-2])$/;

/** Missing ones take LinkedIn's own. Throws `PlatformError` on anything but https, or http to this machine. */
export function endpointsFrom(configured: Readonly<Record<string, string>>): Endpoints {
  return {
    api: base('api', configured.api ?? 'https://api.linkedin.com'),
    oauth: base('oauth', configured.oauth ?? 'https://www.linkedin.com'),
  };
}

/** Throws `PlatformError` for what cannot be a version. */
export function checkedVersion(version: string): string {
  if (versionName.test(version)) return version;
  throw misconfigured(
    'BAD_VERSION',
    `The LinkedIn Ads API version must read like 202609 (year and month), not "${version}"`,
  );
}

function base(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A token sent without TLS over a network belongs to everyone on it.
  const usable = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!usable) throw misconfigured('BAD_ENDPOINT', `The LinkedIn Ads endpoint "${name}" must be an https URL`);
  return text.replace(/\/+$/, '');
}

const misconfigured = (platformCode: string, what: string): PlatformError =>
  new PlatformError('rejected', `${what}; correct it in the configuration.`, {
    platform: 'linkedin-ads',
    platformCode,
  });
