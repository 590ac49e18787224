import { useState } from 'react';
import type { Review } from '../../../../sdks/javascript/src/generated/api.ts';
import { useMay } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { fieldName, languageName } from '../creation/creation-words.ts';
import { FindingList } from '../creation/finding-list.tsx';
import { AdPreview } from '../creation/previews/ad-preview.tsx';
import { AppealLine } from './appeal-line.tsx';
import { ReviewForm } from './review-form.tsx';
import { dueText, eventWords, reviewStatus } from './review-words.ts';

interface ReviewCardProps {
  readonly review: Review;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly changed: () => void;
}

/** One review: what it is about, what speaks against it, who works on it, and what may be done. */
export function ReviewCard({ review, now, changed }: ReviewCardProps) {
  const [open, setOpen] = useState(false);
  const mayDecide = useMay('reviews.decide');
  const { creative, claim } = review;
  const waits = review.status === 'open';
  return (
    <li className="review" data-review={review.id} data-status={review.status}>
      <header>
        <p>
          <Status tone={review.overdue ? 'bad' : reviewStatus[review.status].tone}>
            {waits ? dueText(review, now) : reviewStatus[review.status].label}
          </Status>{' '}
          {waits && review.escalated && <Status tone="bad">For an owner</Status>}{' '}
          {creative === null ? (
            'A text'
          ) : (
            <>
              An ad for <PlatformMark platform={creative.platform} /> · {languageName(creative.language)}
            </>
          )}
        </p>
        <p className="muted">
          Since {instant(review.openedAt)}
          {claim === null ? '' : ` · somebody works on it until ${instant(claim.until)}`}
        </p>
      </header>
      {review.note !== null && <p>{review.note}</p>}
      {review.reasons.length > 0 && (
        <FindingList
          findings={review.reasons.map((reason, index) => ({ ...reason, id: `${review.id} ${index}`, fixable: false }))}
          busy={false}
          fix={undefined}
        />
      )}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{creative === null ? 'The text' : 'The ad'}, and what was done with it</summary>
        {open && creative !== null && <Ad id={creative.creativeId} />}
        {creative === null && (
          <dl className="facts">
            {review.texts.map(({ field, text }) => (
              <div key={field}>
                <dt>{fieldName(field)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        )}
        <ol className="plain muted">
          {review.history.map(({ at, what, reason }) => (
            <li key={`${at} ${what}`}>
              {instant(at)}: {eventWords[what]}
              {reason === null ? '' : ` – ${reason}`}
            </li>
          ))}
        </ol>
        {creative !== null && <Link href={`/creations/${creative.runId}`}>The run that made it</Link>}
        <AppealLine reviewId={review.id} />
      </details>
      {waits &&
        (mayDecide ? (
          <ReviewForm review={review} changed={changed} />
        ) : (
          <p className="muted">An owner or manager decides.</p>
        ))}
    </li>
  );
}

function Ad({ id }: { readonly id: string }) {
  const asked = useQuery(`creative ${id}`, (client, signal) =>
    client.getCreative({ path: { creativeId: id } }, { signal }),
  );
  if (asked.error !== undefined)
    return <ErrorPanel error={asked.error} retry={asked.reload} what="The ad could not be shown" />;
  return asked.data === undefined ? <Skeleton lines={4} what="the ad" /> : <AdPreview creative={asked.data} />;
}
