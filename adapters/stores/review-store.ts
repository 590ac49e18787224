import { retention } from '../../contracts/retention.ts';
import { type HeldReview, heldReview, type ReviewStatus } from '../../contracts/schemas/reviews.ts';
import { workspacePk } from './keys.ts';
import type { Item, Table, TransactAction } from './table.ts';

/** Epoch seconds. What was decided is kept as long as what it was about. */
const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1_000) + retention.runs.days * 86_400;

/** A review listed, with the place to go on after. */
export interface ListedReview {
  readonly review: HeldReview;
  readonly place: readonly [sk: string, gsi1sk: string];
}

export interface ReviewStore {
  get(id: string): Promise<HeldReview | undefined>;
  /** One page: what was escalated first, then the oldest first. */
  page(asked: {
    readonly status: ReviewStatus;
    readonly limit: number;
    readonly after?: ListedReview['place'];
  }): Promise<{ readonly items: readonly ListedReview[]; readonly more: boolean }>;
  /** When the one was opened that waits longest. */
  oldestOpen(): Promise<string | undefined>;
  /** Writes it unless there is one of this id; `false` when there is. */
  add(review: HeldReview): Promise<boolean>;
  /** Puts it in the place of the version before; `false` when that is not there any more. */
  replace(review: HeldReview): Promise<boolean>;
  /** The same two in a transaction with other writes. */
  adding(review: HeldReview): TransactAction;
  replacing(review: HeldReview): TransactAction;
}

export function createReviewStore(table: Table, workspaceId: string): ReviewStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `REVIEW#${id}` });
  const statusPk = (status: ReviewStatus) => `${pk}#REVIEW#${status}`;
  const itemOf = (review: HeldReview) => ({
    ...keyOf(review.id),
    gsi1pk: statusPk(review.status),
    gsi1sk: `${review.escalated ? 0 : 1}#${review.openedAt}#${review.id}`,
    ...heldReview.parse(review),
    expiresAt: expiryOf(review.openedAt),
  });
  const listed = (item: Item): ListedReview => ({
    review: heldReview.parse(item),
    place: [String(item.sk), String(item.gsi1sk)],
  });
  const before = (review: HeldReview) => ({ ':before': review.version - 1 });
  return {
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && heldReview.parse(item);
    },
    async page({ status, limit, after }) {
      const gsi1pk = statusPk(status);
      const start = after && { pk, sk: after[0], gsi1pk, gsi1sk: after[1] };
      const answer = await table.query({ index: 'gsi1', pk: gsi1pk, limit, ...(start && { after: start }) });
      return { items: answer.items.map(listed), more: answer.after !== undefined };
    },
    async oldestOpen() {
      const firsts = await Promise.all(
        ['0#', '1#'].map((prefix) => table.query({ index: 'gsi1', pk: statusPk('open'), prefix, limit: 1 })),
      );
      return firsts
        .flatMap(({ items }) => items.map((item) => heldReview.parse(item).openedAt))
        .sort()
        .at(0);
    },
    add: (review) => table.put(itemOf(review), { ifAbsent: true }),
    replace(review) {
      const { pk: _pk, sk: _sk, ...rest } = itemOf(review);
      return table.update(keyOf(review.id), rest, {
        expression: '#version = :before',
        names: { '#version': 'version' },
        values: before(review),
      });
    },
    adding: (review) => ({ put: itemOf(review), condition: 'attribute_not_exists(pk)' }),
    replacing: (review) => ({
      put: itemOf(review),
      condition: '#version = :before',
      names: { '#version': 'version' },
      values: before(review),
    }),
  };
}
