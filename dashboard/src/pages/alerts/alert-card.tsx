import { useState } from 'react';
import type { Alert, AlertChange } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ago, instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { Status } from '../../parts/status.tsx';
import { personText } from '../changes/change-words.ts';
import { alertMetrics, isMuted, metricText, resolvedWords, riskText, severities } from './alert-words.ts';
import { Deliveries } from './deliveries.tsx';

interface AlertCardProps {
  readonly alert: Alert;
  readonly now: number;
  readonly changed: () => void;
}

const hourMs = 3_600_000;
const mutes = [
  ['1', 'an hour'],
  ['24', 'a day'],
  ['168', 'a week'],
] as const;

/** One alert: what, since when, what it costs, the course of its metric, and what a person does about it. */
export function AlertCard({ alert, now, changed }: AlertCardProps) {
  const { subject } = useApi();
  const severity = severities[alert.severity];
  const open = alert.status === 'open';
  return (
    <li className="panel alert-card" data-alert={alert.id} data-status={alert.status}>
      <div className="panel-head">
        <h3>
          {alert.object.name ?? 'Workspace'} <span className="muted">{alert.ruleName}</span>
        </h3>
        <Status tone={open ? severity.tone : 'quiet'}>{open ? severity.label : 'Resolved'}</Status>
      </div>
      <p>{alert.message}</p>
      <dl className="facts">
        <div>
          <dt>Money at risk</dt>
          <dd>
            <strong>{riskText(alert)}</strong>
            <span className="second-line muted">{alert.moneyAtRisk.how}</span>
          </dd>
        </div>
        <div>
          <dt>{alertMetrics[alert.metric].label}</dt>
          <dd>
            {metricText(alert.metric, alert.value, alert.currency)}
            <Sparkline values={alert.course.map(({ value }) => value)} />
          </dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            {ago(alert.openedAt, now)}
            <span className="second-line muted">{instant(alert.openedAt)}</span>
            {alert.resolvedAt !== null && (
              <span className="second-line muted">
                Until {instant(alert.resolvedAt)}: {resolvedWords[alert.resolvedBecause ?? 'recovered']}
              </span>
            )}
          </dd>
        </div>
      </dl>
      {alert.acknowledgedAt !== null && (
        <p className="muted">
          Acknowledged {ago(alert.acknowledgedAt, now)} by {personText(alert.acknowledgedBy ?? '', subject)}
        </p>
      )}
      {isMuted(alert, now) && <p className="muted">Nothing of it is sent until {instant(alert.mutedUntil ?? '')}</p>}
      {open && <AlertActions alert={alert} now={now} changed={changed} />}
      <Deliveries alertId={alert.id} />
    </li>
  );
}

function AlertActions({ alert, now, changed }: AlertCardProps) {
  const { client } = useApi();
  const may = useMay('alerts.write');
  const [hours, setHours] = useState('1');
  const save = useAction(async (body: AlertChange) => {
    // The list may be a minute old: the tag is that of the alert as it is now.
    const path = { alertId: alert.id };
    const present = await client.getAlert({ path });
    await client.changeAlert({ path, body }, { ifMatch: tagOf(present) ?? '*' });
    changed();
  });
  if (!may) return null;
  const name = `${alert.ruleName}, ${alert.object.name ?? 'workspace'}`;
  return (
    <>
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={save.busy}
          aria-label={`${alert.acknowledgedAt === null ? 'Acknowledge' : 'Take back'}: ${name}`}
          onClick={() => void save.run({ acknowledged: alert.acknowledgedAt === null })}
        >
          {alert.acknowledgedAt === null ? 'Acknowledge' : 'Not acknowledged after all'}
        </button>
        {isMuted(alert, now) ? (
          <button
            type="button"
            className="button"
            disabled={save.busy}
            aria-label={`Send again: ${name}`}
            onClick={() => void save.run({ mutedUntil: null })}
          >
            Send again
          </button>
        ) : (
          <>
            <select
              aria-label={`For how long to mute: ${name}`}
              value={hours}
              onChange={({ target }) => setHours(target.value)}
            >
              {mutes.map(([value, label]) => (
                <option key={value} value={value}>
                  for {label}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="button"
              disabled={save.busy}
              aria-label={`Mute: ${name}`}
              onClick={() => void save.run({ mutedUntil: new Date(Date.now() + Number(hours) * hourMs).toISOString() })}
            >
              Mute
            </button>
          </>
        )}
      </div>
      {save.error !== undefined && (
        <ErrorPanel error={save.error} retry={save.again} what="The alert was not changed" />
      )}
    </>
  );
}
