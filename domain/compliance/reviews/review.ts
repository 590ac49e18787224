import type { CreativeRecord, CreativeReview } from '../../../contracts/schemas/creatives.ts';
import {
  claimMinutes,
  type HeldReview,
  type ReviewEvent,
  type ReviewRecord,
  reviewBounds,
} from '../../../contracts/schemas/reviews.ts';
import { AppError } from '../../errors.ts';
import { derivedId } from '../../integrations/ids.ts';

/** Who acts, and when: ISO 8601. */
export interface Acting {
  readonly by: string;
  readonly at: string;
}

/** An ad waits once, however often it is checked. */
export const reviewIdOf = (workspaceId: string, creativeId: string): string =>
  derivedId('rvw', [workspaceId, creativeId]);

/** What a person has to look at of an ad that the check could not mend. */
export function reviewOf(workspaceId: string, creative: CreativeRecord, at: string): HeldReview {
  return {
    id: reviewIdOf(workspaceId, creative.id),
    kind: 'creative',
    creative: {
      ...{ creativeId: creative.id, runId: creative.runId, platform: creative.platform },
      ...{ language: creative.language, countries: creative.countries },
    },
    texts: creative.texts.map(({ field, text }) => ({ field, text })),
    note: null,
    reasons: creative.findings
      .filter(({ severity }) => severity === 'block')
      .slice(0, reviewBounds.reasons)
      .map(({ id: _id, fixable: _fixable, ...finding }) => finding),
    ...opened(at, null),
  };
}

/** A text that somebody asks about. */
export const reviewOfTexts = (
  id: string,
  asked: Pick<HeldReview, 'texts' | 'note'>,
  { by, at }: Acting,
): HeldReview => ({ id, kind: 'text', creative: null, ...asked, reasons: [], ...opened(at, by) });

const opened = (at: string, by: string | null) => ({
  status: 'open' as const,
  escalated: false,
  claim: null,
  history: [{ at, by, what: 'opened' as const, reason: null }],
  openedAt: at,
  decidedAt: null,
  version: 1,
});

/** The ad waits again, with what is wrong with it now: it was mended, or decided on, and has been changed since. */
export const reopened = (earlier: HeldReview, now: HeldReview): HeldReview => ({
  ...noted(earlier, { by: null, at: now.openedAt }, 'reopened', null),
  ...{ texts: now.texts, reasons: now.reasons, status: 'open', escalated: false, claim: null },
  ...{ openedAt: now.openedAt, decidedAt: null },
});

export function claimed(review: HeldReview, acting: Acting): HeldReview {
  requireOpen(review);
  requireFree(review, acting);
  const until = new Date(Date.parse(acting.at) + claimMinutes * 60_000).toISOString();
  const again = review.claim?.by === acting.by;
  const next = again ? { ...review, version: review.version + 1 } : noted(review, acting, 'claimed', null);
  return { ...next, claim: { by: acting.by, until } };
}

export function released(review: HeldReview, acting: Acting): HeldReview {
  requireOpen(review);
  if (heldBy(review, acting.at) !== acting.by) {
    throw new AppError('conflict', 'You have not claimed this review, or no longer.');
  }
  return { ...noted(review, acting, 'released', null), claim: null };
}

export function escalated(review: HeldReview, acting: Acting, reason: string): HeldReview {
  requireOpen(review);
  requireFree(review, acting);
  if (review.escalated) throw new AppError('conflict', 'The review was escalated already: an owner decides it.');
  return { ...noted(review, acting, 'escalated', reason), escalated: true, claim: null };
}

/** `mayDecideEscalated`: of whoever asks. */
export function decided(
  review: HeldReview,
  acting: Acting & { readonly mayDecideEscalated: boolean },
  { decision, reason }: { readonly decision: 'approve' | 'reject'; readonly reason: string },
): HeldReview {
  requireOpen(review);
  requireFree(review, acting);
  if (review.escalated && !acting.mayDecideEscalated) {
    throw new AppError('forbidden', 'The review was escalated: an owner of the workspace decides it.');
  }
  const status = decision === 'approve' ? ('approved' as const) : ('rejected' as const);
  return { ...noted(review, acting, status, reason), status, claim: null, decidedAt: acting.at };
}

/** Nobody has to decide any more. */
export const closed = (review: HeldReview, at: string, reason: string): HeldReview => ({
  ...noted(review, { by: null, at }, 'closed', reason),
  ...{ status: 'closed', claim: null, decidedAt: at },
});

/** As it is shown: a claim that has run out is none. */
export function shownReview(review: HeldReview, at: string, hours: number): ReviewRecord {
  const dueAt = new Date(Date.parse(review.openedAt) + hours * 3_600_000).toISOString();
  const overdue = review.status === 'open' && dueAt < at;
  return { ...review, claim: heldBy(review, at) === null ? null : review.claim, dueAt, overdue };
}

/** What a reviewer's approval says of the ad. */
export const approvalOf = (acting: Acting, reason: string): CreativeReview => ({ ...acting, reason });

const heldBy = ({ claim }: HeldReview, at: string): string | null =>
  claim !== null && claim.until > at ? claim.by : null;

function requireOpen({ status }: HeldReview): void {
  if (status !== 'open') throw new AppError('conflict', `The review is ${status}; there is nothing to decide.`);
}

function requireFree(review: HeldReview, { by, at }: Acting): void {
  const holder = heldBy(review, at);
  if (holder !== null && holder !== by) {
    throw new AppError(
      'conflict',
      `Somebody else works on this review until ${review.claim?.until}. Take another one, or wait.`,
    );
  }
}

/** The oldest goes first where a history is full; who opened it stays. */
function noted(
  review: HeldReview,
  { by, at }: { readonly by: string | null; readonly at: string },
  what: ReviewEvent,
  reason: string | null,
): HeldReview {
  const [first, ...rest] = [...review.history, { at, by, what, reason }];
  const history = first === undefined ? [] : [first, ...rest.slice(-(reviewBounds.history - 1))];
  return { ...review, history, version: review.version + 1 };
}
