import { useState } from 'react';
import type { AlertDelivery } from '../../../../sdks/javascript/src/generated/api.ts';
import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { Status, type Tone } from '../../parts/status.tsx';

const states = {
  pending: { label: 'Waiting', tone: 'busy' },
  delivered: { label: 'Delivered', tone: 'good' },
  failed: { label: 'Given up', tone: 'bad' },
} as const satisfies Record<AlertDelivery['state'], { readonly label: string; readonly tone: Tone }>;

/** What was sent of an alert and what became of it; asked for when somebody opens it. */
export function Deliveries({ alertId }: { readonly alertId: string }) {
  const [open, setOpen] = useState(false);
  const asked = useQuery(open ? `deliveries ${alertId}` : undefined, (client, signal) =>
    client.listAlertDeliveries({ path: { alertId } }, { signal }),
  );
  return (
    <details className="disclosure" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>What was sent</summary>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The deliveries could not be listed" />
      )}
      {asked.data?.items.length === 0 && (
        <p className="muted">Nothing is sent of it: the rule has no e-mail and no webhook, or it was muted.</p>
      )}
      <ul className="plain alert-lines">
        {asked.data?.items.map((one) => (
          <li key={one.id}>
            <Status tone={states[one.state].tone}>{states[one.state].label}</Status>
            <span>
              {one.of === 'opened' ? 'Opened' : 'Resolved'}, {one.channel} to {one.to}
              <FaultLine text={one.state === 'delivered' ? null : one.lastError} />
            </span>
            <span className="muted">{counted(one.attempts, 'attempt')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
