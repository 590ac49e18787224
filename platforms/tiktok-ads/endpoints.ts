import { PlatformError } from '../../domain/integrations/platform.ts';

const publicApi = 'https://business-api.tiktok.com';
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const versionName = /^v\d+\.\d+$/;

/**
 * Base URL of every operation, with the version and without a trailing slash: `https://business-api.tiktok.com/open_api/v1.3`.
 * Throws `PlatformError` on anything but https, or http to this machine.
 */
export function apiBase(configured: Readonly<Record<string, string>>, version: string): string {
  const text = configured.api ?? publicApi;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A token sent without TLS over a network belongs to everyone on it.
  const usable = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!usable) throw misconfigured('The TikTok Ads endpoint "api" must be an https URL');
  if (!versionName.test(version))
    throw misconfigured(`The TikTok Ads API version must read like v1.3, not "${version}"`);
  return `${text.replace(/\/+$/, '')}/open_api/${version}`;
}

const misconfigured = (what: string): PlatformError =>
  new PlatformError('rejected', `${what}; correct it in the configuration.`, {
    platform: 'tiktok-ads',
    platformCode: 'BAD_ENDPOINT',
  });
