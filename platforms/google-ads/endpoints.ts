import { PlatformError } from '../../domain/integrations/platform.ts';

/** Where Google Ads is reached. Base URLs without a trailing slash; `http:` speaks without TLS and only to this machine. */
export interface Endpoints {
  /** REST: `/v25/customers/…/googleAds:searchStream`. */
  readonly api: string;
  /** gRPC: the same host in production. */
  readonly grpc: string;
  /** OAuth: `/token`. */
  readonly oauth: string;
}

const publicApi = 'https://googleads.googleapis.com';
const publicOauth = 'https://oauth2.googleapis.com';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Missing ones take Google's own. `grpc` follows `api`. Throws `PlatformError` on anything but https, or http to this machine. */
export function endpointsFrom(configured: Readonly<Record<string, string>>): Endpoints {
  const api = base('api', configured.api ?? publicApi);
  return {
    api,
    grpc: base('grpc', configured.grpc ?? api),
    oauth: base('oauth', configured.oauth ?? publicOauth),
  };
}

function base(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A token sent without TLS over a network belongs to everyone on it.
  const usable = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!usable) {
    throw new PlatformError(
      'rejected',
      `The Google Ads endpoint "${name}" must be an https URL; correct it in the configuration.`,
      {
        platform: 'google-ads',
        platformCode: 'BAD_ENDPOINT',
      },
    );
  }
  return text.replace(/\/+$/, '');
}
