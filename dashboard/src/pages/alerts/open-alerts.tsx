import { useOpenAlerts } from '../../api/use-open-alerts.ts';
import { ago } from '../../format/times.ts';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { Link } from '../../routing/link.tsx';
import { riskText, severities } from './alert-words.ts';

const shown = 5;

/** The newest open alerts in a few lines, for pages that show what happens now. Nothing while there is none. */
export function OpenAlerts() {
  const asked = useOpenAlerts();
  const now = useNow();
  const items = asked.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="open-alerts">
      <div className="panel-head">
        <h2 id="open-alerts">Open alerts</h2>
        <Link href="/alerts">All alerts</Link>
      </div>
      <ul className="plain alert-lines">
        {items.slice(0, shown).map((alert) => (
          <li key={alert.id}>
            <Status tone={severities[alert.severity].tone}>{severities[alert.severity].label}</Status>
            <span>
              <strong>{alert.object.name ?? 'Workspace'}</strong> {alert.message}
            </span>
            <span className="muted">
              {riskText(alert)} at risk, {ago(alert.openedAt, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
