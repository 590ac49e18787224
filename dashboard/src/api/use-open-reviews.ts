import { useEffect } from 'react';
import type { ReviewPage } from '../../../sdks/javascript/src/generated/api.ts';
import { useMay } from './api-context.tsx';
import { type Query, useQuery } from './use-query.ts';

const mostCounted = 100;
const everyMs = 60_000;

/** What waits for a person, the most urgent first; asked for again each minute, as others take and leave it. */
export function useOpenReviews(): Query<ReviewPage> {
  const may = useMay('reviews.read');
  const asked = useQuery(may ? 'open reviews' : undefined, (client, signal) =>
    client.listReviews({ query: { status: 'open', limit: mostCounted } }, { signal }),
  );
  const { reload } = asked;
  useEffect(() => {
    if (!may) return;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [may, reload]);
  return asked;
}
