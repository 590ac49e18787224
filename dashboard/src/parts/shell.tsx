import type { ReactNode } from 'react';
import { type ScopeName, useApi, useSession } from '../api/api-context.tsx';
import { useOpenAlerts } from '../api/use-open-alerts.ts';
import { useOpenReviews } from '../api/use-open-reviews.ts';
import type { Query } from '../api/use-query.ts';
import { Link } from '../routing/link.tsx';
import { useLocation } from '../routing/location.ts';
import { pageOf } from '../routing/pages.ts';
import { Brand, Icon, type IconName } from './icon.tsx';
import { ThemeChoice } from './theme.tsx';
import { usePhone } from './use-media.ts';
import { useOnline } from './use-online.ts';

interface NavigationItem {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly has: readonly string[];
  /** Without it the page has nothing to show, and no place in the navigation. */
  readonly scope: ScopeName;
}

const pages: readonly NavigationItem[] = [
  { href: '/', label: 'Overview', icon: 'overview', has: ['overview'], scope: 'metrics.read' },
  { href: '/live', label: 'Live', icon: 'live', has: ['live'], scope: 'metrics.read' },
  { href: '/campaigns', label: 'Campaigns', icon: 'campaigns', has: ['campaigns'], scope: 'metrics.read' },
  {
    href: '/briefs',
    label: 'Create',
    icon: 'create',
    has: ['briefs', 'brief', 'creation', 'brand-kits'],
    scope: 'briefs.read',
  },
  { href: '/reviews', label: 'Reviews', icon: 'review', has: ['reviews'], scope: 'reviews.read' },
  {
    href: '/changes',
    label: 'Changes',
    icon: 'changes',
    has: ['changes', 'change', 'guardrails', 'audit'],
    scope: 'changes.read',
  },
  { href: '/alerts', label: 'Alerts', icon: 'bell', has: ['alerts'], scope: 'alerts.read' },
  { href: '/breakdowns', label: 'Breakdowns', icon: 'breakdowns', has: ['breakdowns'], scope: 'metrics.read' },
  { href: '/quality', label: 'Quality', icon: 'quality', has: ['quality'], scope: 'pipelines.read' },
  { href: '/loads', label: 'Data loads', icon: 'loads', has: ['loads', 'load', 'import'], scope: 'pipelines.read' },
  {
    href: '/connections',
    label: 'Connections',
    icon: 'connections',
    has: ['connections', 'connection-callback'],
    scope: 'connections.read',
  },
  { href: '/settings', label: 'Settings', icon: 'settings', has: ['settings', 'pixels'], scope: 'settings.read' },
];

/** A phone has room for so many beside each other; the others open above them. */
const phonePages = 4;

const roleNames = { owner: 'Owner', manager: 'Manager', analyst: 'Analyst', viewer: 'Viewer' } as const;

/** What period and currency were chosen goes along from page to page. */
const kept = ['range', 'from', 'to', 'currency', 'compare', 'platform'];

function carried(search: string): string {
  const all = new URLSearchParams(search);
  const text = new URLSearchParams(
    kept.flatMap((name) => (all.has(name) ? [[name, all.get(name) ?? '']] : [])),
  ).toString();
  return text === '' ? '' : `?${text}`;
}

/** Everything around a page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { path, search } = useLocation();
  const { signIn, email } = useApi();
  const { workspace, role, scopes } = useSession();
  const phone = usePhone();
  const online = useOnline();
  const here = pageOf(path).page;
  const own = pages.filter(({ scope }) => scopes.includes(scope));
  const isBeyond = own.slice(phonePages).some(({ has }) => has.includes(here));
  const item = ({ href, label, icon, has }: NavigationItem) => (
    <Link key={href} href={href + carried(search)} aria-current={has.includes(here) ? 'page' : undefined}>
      <Icon name={icon} />
      {label}
      {href === '/alerts' && <OpenCount useOpen={useOpenAlerts} />}
      {href === '/reviews' && <OpenCount useOpen={useOpenReviews} />}
    </Link>
  );
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="side">
        <div className="brand">
          <Brand />
          <span className="brand-name">Conext Ads</span>
        </div>
        <nav aria-label="Pages">
          {own.slice(0, phone ? phonePages : own.length).map(item)}
          {phone && own.length > phonePages && (
            <details key={path} className="nav-more">
              <summary aria-current={isBeyond ? 'page' : undefined}>
                <Icon name="more" />
                More
              </summary>
              <div>{own.slice(phonePages).map(item)}</div>
            </details>
          )}
        </nav>
        <div className="side-end">
          <div className="who">
            <span className="who-workspace">{workspace.name}</span>
            <span className="muted" title={email}>
              {email ?? 'Signed in'}
            </span>
            <span className="muted">{roleNames[role]}</span>
          </div>
          <ThemeChoice />
          <button type="button" className="button quiet" onClick={() => void signIn.signOut()}>
            <Icon name="leave" />
            <span>Sign out</span>
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <div role="status">
          {!online && (
            <p className="note offline">
              <Icon name="alert" /> You are offline. The numbers stay as they were; they load again when the connection
              is back.
            </p>
          )}
        </div>
        {children}
      </main>
    </div>
  );
}

/** How many of a list are open; nothing while none is. */
function OpenCount({
  useOpen,
}: {
  readonly useOpen: () => Pick<
    Query<{ readonly items: readonly unknown[]; readonly nextCursor: string | null }>,
    'data'
  >;
}) {
  const { data } = useOpen();
  if (data === undefined || data.items.length === 0) return null;
  const count = `${data.items.length}${data.nextCursor === null ? '' : '+'}`;
  return (
    <span className="nav-count">
      {count}
      <span className="unseen"> open</span>
    </span>
  );
}
