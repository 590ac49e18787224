import type { DifferencePart, DifferenceReason } from '../../../contracts/schemas/reconciliation.ts';

/** Which part each reason belongs to, and what it says of an amount. The one place where a difference is put into words. */
export const toldReasons: Readonly<
  Record<DifferenceReason, { readonly part: DifferencePart; readonly because: string }>
> = {
  'own-events': {
    part: 'otherSenders',
    because:
      'Counted from events that you sent for the account yourselves, or beyond what the platform says of the campaign. The platform’s facts do not have them.',
  },
  'on-the-way': {
    part: 'missing',
    because: 'The platform said so in its last poll; the stream is about to count it.',
  },
  lost: {
    part: 'missing',
    because:
      'The platform said so when it was polled, but the stream has not counted it. It may lie with the dead letters: npm run dlq -- list.',
  },
  'never-polled': {
    part: 'notPolled',
    because:
      'The platform was never asked while the day ran: polling was off or failed, the connection was paused or not made yet.',
  },
  'still-running': {
    part: 'notPolled',
    because: 'The facts were loaded after the platform was last polled. The day still runs: the next poll brings it.',
  },
  'polling-ended': {
    part: 'notPolled',
    because:
      'Polling stopped before the day was over. This came after the last poll, with whatever the platform has credited or taken back since.',
  },
  'changed-after': {
    part: 'restated',
    because:
      'The platform credited it (below zero: took it back) after it was last polled: late conversions, invalid clicks, corrections.',
  },
  'load-older': {
    part: 'notLoaded',
    because: 'The platform was polled after the facts were loaded; the next load brings what came in between.',
  },
  'account-report': {
    part: 'betweenGrains',
    because:
      'The platform’s report of the whole account says other than its campaigns together, which the stream counts. While a day runs the two are also drawn a moment apart.',
  },
  'poll-forgotten': {
    part: 'unexplained',
    because:
      'What the platform said when it was polled is no longer kept, so nobody can say where the difference came from.',
  },
  'load-time-unknown': {
    part: 'unexplained',
    because: 'The facts were published without the time they were loaded at. The next load of the account tells it.',
  },
};
