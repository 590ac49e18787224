import type { Find, Objection } from '../objection.ts';
import type { DestinationFault, Matcher } from '../policy-rule.ts';
import type { PolicyAd } from '../read-ad.ts';

/** Hosts that hide where a click goes. */
const shorteners: ReadonlySet<string> = new Set(
  'bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly cutt.ly rebrand.ly shorturl.at tiny.cc rb.gy s.id bl.ink t.ly lnkd.in'.split(
    ' ',
  ),
);

const parsed = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined);
/** The part that is somebody's: `www.` and country pages of one shop are one site. */
const siteOf = ({ hostname }: URL): string => hostname.split('.').slice(-2).join('.');
const isAddress = (hostname: string): boolean => /^[\d.]{7,15}$/.test(hostname) || hostname.startsWith('[');

const faults: Readonly<Record<DestinationFault, (url: string, ad: PolicyAd) => boolean>> = {
  'not-https': (url) => parsed(url)?.protocol !== 'https:',
  broken: (_url, { destination }) =>
    destination?.status !== undefined && (destination.status < 200 || destination.status >= 300),
  'other-site': (url, { landingPageUrl }) => {
    const [page, shown] = [parsed(url), landingPageUrl === undefined ? undefined : parsed(landingPageUrl)];
    return page !== undefined && shown !== undefined && siteOf(page) !== siteOf(shown);
  },
  'raw-address': (url) => isAddress(parsed(url)?.hostname ?? ''),
  shortened: (url) => shorteners.has(parsed(url)?.hostname.replace(/^www\./, '') ?? ''),
};

/** The field that findings about the page stand at; offsets are into its address. */
export const destinationField = 'destination.url';

export const destinationMatcher =
  ({ is }: Extract<Matcher, { kind: 'destination' }>): Find =>
  (ad): readonly Objection[] => {
    const url = ad.destination?.url ?? ad.landingPageUrl;
    if (url === undefined || !faults[is](url, ad)) return [];
    return [{ field: destinationField, start: 0, end: url.length }];
  };
