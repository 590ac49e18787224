import type { CreativeRecord } from '../../contracts/schemas/creatives.ts';
import { closed, reopened, reviewIdOf, reviewOf } from '../../domain/compliance/reviews/review.ts';
import type { WorkspaceStores } from '../stores/stores.ts';

type Own = WorkspaceStores<'reviews'>;

/** Somebody may decide or claim between the reading and the writing; then what they did is read. */
const attempts = 3;

/**
 * Has a person look at an ad that waits, once. `changed`: somebody has changed its words, which opens anew what was decided; when a step
 * that made it is repeated, what was decided meanwhile stands.
 */
export async function askForReview(
  own: Own,
  creative: CreativeRecord,
  { at, changed }: { readonly at: string; readonly changed: boolean },
): Promise<void> {
  const review = reviewOf(own.workspaceId, creative, at);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await own.reviews.add(review)) return;
    const earlier = await own.reviews.get(review.id);
    if (earlier === undefined) continue;
    if (earlier.status === 'open' && sameTexts(earlier.texts, review.texts)) return;
    if (!changed && earlier.status !== 'closed') return;
    if (await own.reviews.replace(reopened(earlier, review))) return;
  }
}

/** Takes back what was asked of a person: the ad was mended, or its run has come to an end. */
export async function closeReviews(
  own: Own,
  creatives: readonly Pick<CreativeRecord, 'id'>[],
  at: string,
  reason: string,
): Promise<void> {
  for (const { id } of creatives) {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const review = await own.reviews.get(reviewIdOf(own.workspaceId, id));
      if (review === undefined || review.status !== 'open') break;
      if (await own.reviews.replace(closed(review, at, reason))) break;
    }
  }
}

const sameTexts = (a: readonly { readonly text: string }[], b: readonly { readonly text: string }[]): boolean =>
  a.length === b.length && a.every(({ text }, index) => text === b[index]?.text);
