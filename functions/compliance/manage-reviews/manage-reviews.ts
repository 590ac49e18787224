import { recountCreatives } from '../../../adapters/generation/recount-creatives.ts';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Principal } from '../../../adapters/http/principal.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { AuditAction } from '../../../contracts/schemas/audit.ts';
import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { DecideReviewBody, HeldReview } from '../../../contracts/schemas/reviews.ts';
import { appealPack } from '../../../domain/compliance/reviews/appeal-pack.ts';
import {
  type Acting,
  approvalOf,
  claimed,
  decided,
  escalated,
  released,
  reviewOfTexts,
  shownReview,
} from '../../../domain/compliance/reviews/review.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';

type Kinds = 'reviews' | 'creatives' | 'generationRuns' | 'audit' | 'settings';
type Own = WorkspaceStores<Kinds>;

export interface ReviewPorts {
  readonly stores: Stores<Kinds>;
  /** Hours in which a review of the workspace should be decided. */
  readonly hoursOf: (own: Own) => Promise<number>;
  /** Images with an address that can be opened for an hour after `at`, epoch milliseconds. */
  readonly signed: (workspaceId: string, creative: CreativeRecord, at: number) => Promise<CreativeRecord>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const defaultLimit = 50;

/** The queue of what a person has to judge: list, claim, decide with a reason, and what to send to a platform that objects. */
export function manageReviews({ stores, hoursOf, signed, now }: ReviewPorts) {
  const at = (): string => new Date(now()).toISOString();
  const acting = ({ subject }: Principal): Acting => ({ by: subject, at: at() });
  const shown = async (own: Own, review: HeldReview) => shownReview(review, at(), await hoursOf(own));

  /** Changes a review as it was read; whoever was slower is told so and reads again. */
  async function change(own: Own, id: string, to: (review: HeldReview) => HeldReview) {
    const next = to(await find(own, id));
    if (!(await own.reviews.replace(next))) throw meanwhile();
    return shown(own, next);
  }

  async function decide(
    own: Own,
    id: string,
    { decision, reason }: DecideReviewBody,
    asker: { readonly principal: Principal; readonly requestId: string },
  ) {
    const review = await find(own, id);
    const { principal } = asker;
    const who = acting(principal);
    const next =
      decision === 'escalate'
        ? escalated(review, who, reason)
        : decided(review, { ...who, mayDecideEscalated: principal.role === 'owner' }, { decision, reason });
    const judged = decision === 'escalate' ? null : await judgedAd(own, review, { ...who, decision, reason });
    const action: AuditAction =
      decision === 'approve' ? 'review.approved' : decision === 'reject' ? 'review.rejected' : 'review.escalated';
    const written = await own.audit.append(
      [
        {
          ...{ at: who.at, action, actor: who.by, requestId: asker.requestId, reason },
          ...{ changeId: null, operationId: null, platformRequestId: null, problem: null },
          object: { kind: 'review', id: review.id, platformId: null, name: review.creative?.creativeId ?? review.kind },
          before: { status: review.status, escalated: review.escalated },
          after: { status: next.status, escalated: next.escalated },
        },
      ],
      [own.reviews.replacing(next), ...(judged === null ? [] : [own.creatives.change(judged, judged.version - 1)])],
    );
    if (!written) throw meanwhile();
    if (judged !== null) await recountCreatives(own, judged.runId);
    return shown(own, next);
  }

  return {
    async listReviews({ principal: { workspaceId }, query: { status = 'open', limit = defaultLimit, cursor } }) {
      const own = stores.forWorkspace(workspaceId);
      const question = [workspaceId, 'reviews', status];
      const [sk, gsi1sk] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const place = sk === undefined || gsi1sk === undefined ? {} : { after: [sk, gsi1sk] as const };
      const { items, more } = await own.reviews.page({ status, limit, ...place });
      const hours = await hoursOf(own);
      const last = items.at(-1);
      return {
        items: items.map(({ review }) => shownReview(review, at(), hours)),
        nextCursor: more && last !== undefined ? encodeCursor(question, [...last.place]) : null,
      };
    },

    async askReview({ principal, body, idempotencyKey }) {
      const own = stores.forWorkspace(principal.workspaceId);
      const id =
        idempotencyKey === undefined ? newId('rvw', now()) : derivedId('rvw', [own.workspaceId, idempotencyKey]);
      const asked = reviewOfTexts(id, { texts: body.texts, note: body.note ?? null }, acting(principal));
      if (await own.reviews.add(asked)) return shown(own, asked);
      const earlier = await find(own, id);
      const same = JSON.stringify([earlier.texts, earlier.note]) === JSON.stringify([asked.texts, asked.note]);
      if (same) return shown(own, earlier);
      throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
    },

    async getReview({ principal: { workspaceId }, path: { reviewId } }) {
      const own = stores.forWorkspace(workspaceId);
      return shown(own, await find(own, reviewId));
    },

    claimReview: async ({ principal, path: { reviewId } }) =>
      change(stores.forWorkspace(principal.workspaceId), reviewId, (review) => claimed(review, acting(principal))),

    releaseReview: async ({ principal, path: { reviewId } }) =>
      change(stores.forWorkspace(principal.workspaceId), reviewId, (review) => released(review, acting(principal))),

    decideReview: async ({ principal, path: { reviewId }, body, requestId }) =>
      decide(stores.forWorkspace(principal.workspaceId), reviewId, body, { principal, requestId }),

    async getAppealPack({ principal: { workspaceId }, path: { reviewId } }) {
      const own = stores.forWorkspace(workspaceId);
      const review = await find(own, reviewId);
      const creative = review.creative === null ? undefined : await own.creatives.get(review.creative.creativeId);
      const withPictures = creative === undefined ? null : await signed(workspaceId, creative, now());
      return appealPack(review, withPictures, at());
    },
  } satisfies RouteCases;
}

/** The ad with what was decided; null for texts, which lie nowhere. */
async function judgedAd(
  own: Own,
  review: HeldReview,
  { decision, reason, ...who }: Acting & { readonly decision: 'approve' | 'reject'; readonly reason: string },
): Promise<CreativeRecord | null> {
  if (review.creative === null) return null;
  const creative = await own.creatives.get(review.creative.creativeId);
  if (creative === undefined || creative.status !== 'needs-review') {
    throw new AppError('conflict', 'The ad does not wait any more: it was mended, or its run was decided on.');
  }
  const next = { ...creative, version: creative.version + 1, updatedAt: who.at };
  return decision === 'approve'
    ? { ...next, status: 'draft', review: approvalOf(who, reason) }
    : { ...next, status: 'rejected' };
}

async function find(own: Own, id: string): Promise<HeldReview> {
  const review = await own.reviews.get(id);
  if (review === undefined) throw new AppError('not-found', `There is no review ${id} in this workspace.`);
  return review;
}

const meanwhile = (): AppError => new AppError('conflict', 'Somebody else was faster with this review. Read it again.');
