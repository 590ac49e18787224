/** What the hosting tells the dashboard about the system it belongs to. */
export interface SiteConfig {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Where the identity provider signs people out; its discovery document says it when absent. */
  readonly signOutUrl?: string;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Throws a sentence that says what is missing. */
export function parseSiteConfig(value: unknown): SiteConfig {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const missing = ['apiUrl', 'issuer', 'clientId'].filter((name) => !isText(found[name]));
  if (missing.length > 0) throw new Error(`/config.json does not say ${missing.join(', ')}.`);
  const scopes = typeof found.scopes === 'string' ? found.scopes.split(' ') : found.scopes;
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isText)) {
    throw new Error('/config.json does not say scopes.');
  }
  return {
    apiUrl: String(found.apiUrl),
    issuer: String(found.issuer),
    clientId: String(found.clientId),
    scopes,
    ...(isText(found.signOutUrl) && { signOutUrl: found.signOutUrl }),
  };
}

export async function fetchSiteConfig(): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}.`);
  return parseSiteConfig(await response.json());
}
