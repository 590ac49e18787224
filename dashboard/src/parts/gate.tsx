import { type ReactNode, useEffect } from 'react';
import { Brand } from './icon.tsx';

interface GateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** The page before the dashboard: signed out, or not able to start. */
export function Gate({ title, children, action }: GateProps) {
  useEffect(() => {
    document.title = `${title} · Conext Ads`;
  }, [title]);
  return (
    <main className="gate">
      <div className="gate-card">
        <div className="brand">
          <Brand />
          <span className="brand-name">Conext Ads</span>
        </div>
        <h1>{title}</h1>
        {children}
        {action !== undefined && (
          <button type="button" className="button primary" onClick={action.run}>
            {action.label}
          </button>
        )}
      </div>
    </main>
  );
}
