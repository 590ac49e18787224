import { useEffect } from 'react';
import type { AlertPage } from '../../../sdks/javascript/src/generated/api.ts';
import { useMay } from './api-context.tsx';
import { type Query, useQuery } from './use-query.ts';

/** As many as are counted; beyond it there are “100+”. */
export const mostCounted = 100;
const everyMs = 60_000;

/** Open alerts, newest first; asked for again each minute, as rules are looked at. */
export function useOpenAlerts(): Query<AlertPage> {
  const may = useMay('alerts.read');
  const asked = useQuery(may ? 'open alerts' : undefined, (client, signal) =>
    client.listAlerts({ query: { status: 'open', limit: mostCounted } }, { signal }),
  );
  const { reload } = asked;
  useEffect(() => {
    if (!may) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [may, reload]);
  return asked;
}
