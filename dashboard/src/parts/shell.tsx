import type { ReactNode } from 'react';
import { useApi, useSession } from '../api/api-context.tsx';
import { Link } from '../routing/link.tsx';
import { useLocation } from '../routing/location.ts';
import { pageOf } from '../routing/pages.ts';
import { Brand, Icon, type IconName } from './icon.tsx';
import { ThemeChoice } from './theme.tsx';
import { useOnline } from './use-online.ts';

const pages: readonly {
  readonly href: string;
  readonly label: string;
  readonly icon: IconName;
  readonly has: readonly string[];
}[] = [
  { href: '/', label: 'Overview', icon: 'overview', has: ['overview'] },
  { href: '/campaigns', label: 'Campaigns', icon: 'campaigns', has: ['campaigns'] },
  { href: '/loads', label: 'Data loads', icon: 'loads', has: ['loads', 'load'] },
];

const roleNames = { owner: 'Owner', manager: 'Manager', analyst: 'Analyst', viewer: 'Viewer' } as const;

/** What period and currency were chosen goes along from page to page. */
const kept = ['range', 'from', 'to', 'currency', 'compare'];

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
  const { workspace, role } = useSession();
  const online = useOnline();
  const here = pageOf(path).page;
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
          {pages.map(({ href, label, icon, has }) => (
            <Link key={href} href={href + carried(search)} aria-current={has.includes(here) ? 'page' : undefined}>
              <Icon name={icon} />
              {label}
            </Link>
          ))}
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
