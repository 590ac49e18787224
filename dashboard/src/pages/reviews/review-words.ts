import type { Review } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import type { Tone } from '../../parts/status.tsx';

export const reviewStatus: Readonly<Record<Review['status'], { readonly label: string; readonly tone: Tone }>> = {
  open: { label: 'Waits', tone: 'warn' },
  approved: { label: 'Let pass', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  closed: { label: 'Closed', tone: 'quiet' },
};

export const eventWords: Readonly<Record<Review['history'][number]['what'], string>> = {
  opened: 'Opened',
  claimed: 'Taken',
  released: 'Given back',
  escalated: 'Handed to an owner',
  approved: 'Let pass',
  rejected: 'Rejected',
  closed: 'Closed',
  reopened: 'Opened again',
};

const hourMs = 3_600_000;

/** `12 hours left`, `2 days late` */
export function dueText({ dueAt }: Pick<Review, 'dueAt'>, now: number): string {
  const hours = Math.round((Date.parse(dueAt) - now) / hourMs);
  const [amount, end] = [Math.abs(hours), hours < 0 ? 'late' : 'left'];
  if (amount < 1) return hours < 0 || Date.parse(dueAt) < now ? 'due now' : 'less than an hour left';
  return amount >= 48 ? `${counted(Math.round(amount / 24), 'day')} ${end}` : `${counted(amount, 'hour')} ${end}`;
}

/** At least so many characters, as the API asks. */
export const shortestReason = 10;

/** What is missing of a reason; undefined when it is enough. */
export const reasonFault = (reason: string): string | undefined =>
  reason.trim().length < shortestReason
    ? `Say why in at least ${shortestReason} characters: somebody will ask later.`
    : undefined;
