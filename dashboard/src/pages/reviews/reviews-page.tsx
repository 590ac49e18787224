import { useState } from 'react';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useOpenReviews } from '../../api/use-open-reviews.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useNow } from '../../parts/use-now.ts';
import { ReviewCard } from './review-card.tsx';

/** Ads that the check could not mend, and texts that somebody asks about: a person judges them here. */
export function ReviewsPage() {
  const may = useMay('reviews.read');
  const { role } = useSession();
  return (
    <>
      <PageHead title="Reviews" about="What rules object to and nobody could mend: a person decides, with a reason" />
      {may ? (
        <>
          <Waiting />
          <Decided />
        </>
      ) : (
        <Empty title="Your role does not see reviews">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      )}
    </>
  );
}

function Waiting() {
  const asked = useOpenReviews();
  const now = useNow();
  const items = asked.data?.items ?? [];
  return (
    <section className="panel" aria-labelledby="waiting" aria-busy={asked.loading}>
      <h2 id="waiting">Waiting</h2>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="What waits could not be listed" />
      )}
      {asked.data === undefined ? (
        asked.error === undefined && <Skeleton lines={5} what="what waits" />
      ) : items.length === 0 ? (
        <Empty title="Nothing waits for you">
          <p>Ads come here when a rule objects to them and the check could not mend them.</p>
        </Empty>
      ) : (
        <ul className="plain reviews">
          {items.map((review) => (
            <ReviewCard key={review.id} review={review} now={now} changed={asked.reload} />
          ))}
        </ul>
      )}
      {asked.data?.nextCursor != null && <p className="muted">These are the most urgent; others follow them.</p>}
    </section>
  );
}

const shownAtFirst = 10;
const shownMost = 100;

function Decided() {
  const [limit, setLimit] = useState(shownAtFirst);
  const [status, setStatus] = useState<'approved' | 'rejected' | 'closed'>('approved');
  const now = useNow();
  const asked = useQuery(`reviews ${status} ${limit}`, (client, signal) =>
    client.listReviews({ query: { status, limit } }, { signal }),
  );
  const items = asked.stale ? [] : (asked.data?.items ?? []);
  return (
    <section className="panel" aria-labelledby="decided" aria-busy={asked.loading}>
      <h2 id="decided">Earlier</h2>
      <label className="field">
        <span>Show what was</span>
        <select value={status} onChange={({ target }) => setStatus(target.value as typeof status)}>
          <option value="approved">let pass</option>
          <option value="rejected">rejected</option>
          <option value="closed">closed without a decision</option>
        </select>
      </label>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="Earlier reviews could not be listed" />
      )}
      {asked.data !== undefined && !asked.loading && items.length === 0 && <p className="muted">There is none.</p>}
      <ul className="plain reviews">
        {items.map((review) => (
          <ReviewCard key={review.id} review={review} now={now} changed={asked.reload} />
        ))}
      </ul>
      {asked.data?.nextCursor != null && limit < shownMost && (
        <button type="button" className="button" disabled={asked.loading} onClick={() => setLimit(shownMost)}>
          Show more
        </button>
      )}
    </section>
  );
}
