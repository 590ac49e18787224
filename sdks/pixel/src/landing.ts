/** How the visitor came: ids of the click and campaign parameters, out of the landing page's address. */
export interface Landing {
  readonly clickIds: Readonly<Record<string, string>> | undefined;
  readonly utm: Readonly<Record<string, string>> | undefined;
}

const clickParameters = { gclid: 'gclid', gbraid: 'gbraid', wbraid: 'wbraid', ttclid: 'ttclid', li_fat_id: 'liFatId' };
const utmParameters = {
  utm_source: 'source',
  utm_medium: 'medium',
  utm_campaign: 'campaign',
  utm_content: 'content',
  utm_term: 'term',
};
/** As long as the collector takes. */
const longest = 256;

function read(parameters: URLSearchParams, names: Readonly<Record<string, string>>): Landing['utm'] {
  const found = Object.entries(names).flatMap(([parameter, name]) => {
    const value = parameters.get(parameter);
    return value !== null && value !== '' && value.length <= longest ? [[name, value] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

export function landingOf(search: string): Landing {
  const parameters = new URLSearchParams(search);
  return { clickIds: read(parameters, clickParameters), utm: read(parameters, utmParameters) };
}

const cookie = '_conext_landing';
/** As platforms credit a click, at most. */
const keptSeconds = 90 * 86_400;
const write = (value: string, seconds: number): void => {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${cookie}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax${secure}`;
};

/** In a cookie of the page's own; a visit without a click keeps the last one. */
export function rememberLanding(landing: Landing): void {
  if (landing.clickIds !== undefined) write(encodeURIComponent(JSON.stringify(landing)), keptSeconds);
}

export const forgetLanding = (): void => write('', 0);

export function keptLanding(): Landing | undefined {
  const [, found] = new RegExp(`(?:^|; )${cookie}=([^;]+)`).exec(document.cookie) ?? [];
  if (found === undefined) return undefined;
  try {
    return JSON.parse(decodeURIComponent(found)) as Landing;
  } catch {
    return undefined;
  }
}
