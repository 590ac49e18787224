import type { LivePace, LiveProjection, LiveRow } from '../../../../sdks/javascript/src/generated/api.ts';
import { money, percent } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';
import type { Tone } from '../../parts/status.tsx';
import type { LiveConnection } from './live-connection.ts';

export const connectionWords: Readonly<Record<LiveConnection, { readonly tone: Tone; readonly word: string }>> = {
  connecting: { tone: 'busy', word: 'Connecting' },
  live: { tone: 'good', word: 'Live' },
  reconnecting: { tone: 'warn', word: 'Reconnecting' },
  paused: { tone: 'quiet', word: 'Paused while the tab is hidden' },
  'given-up': { tone: 'bad', word: 'Not connected' },
};

export const paceWords: Readonly<
  Record<LivePace['status'], { readonly tone: Tone; readonly word: string; readonly meaning: string }>
> = {
  ahead: { tone: 'warn', word: 'Ahead', meaning: 'More is spent than on a usual day by now' },
  'on-track': { tone: 'good', word: 'On track', meaning: 'About as much is spent as on a usual day by now' },
  behind: { tone: 'aside', word: 'Behind', meaning: 'Less is spent than on a usual day by now' },
  exhausted: { tone: 'bad', word: 'Budget spent', meaning: 'The daily budget is spent' },
  'no-budget': { tone: 'quiet', word: 'No daily budget', meaning: 'There is no daily budget to spend against' },
};

/** The name of a row, and what stands above it. */
export function nameOf(row: LiveRow): { readonly name: string; readonly above: string | undefined } {
  const levels = [
    [row.adId, row.adName, 'Ad'],
    [row.adGroupId, row.adGroupName, 'Ad group'],
    [row.campaignId, row.campaignName, 'Campaign'],
    [row.accountId, row.accountName, 'Account'],
  ] as const;
  const named = levels.filter(([id]) => id !== null).map(([, name, word]) => name ?? `${word} without a name yet`);
  const [name = 'Events of no account', ...above] = named;
  return { name, above: above.length === 0 ? undefined : above.toReversed().join(' › ') };
}

/** What is said of the day's end in one sentence. */
export function projectionText(projection: LiveProjection, currency: string): string {
  if (projection.kind === 'projected') {
    const { lowMicros, highMicros, spendMicros, level, days } = projection;
    const often = percent(level).replace(/[.,]00/, '');
    return `By its end the day comes to about ${money(spendMicros, currency)}; between ${money(lowMicros, currency)} and ${money(highMicros, currency)} on ${often} of days like it. Estimated from ${counted(days, 'past day')}.`;
  }
  return {
    'too-few-days': `What the day comes to needs ${counted(projection.needed, 'past day')} with spend; there ${projection.days === 1 ? 'is' : 'are'} ${projection.days}.`,
    'too-early': 'It is too early in the day to say what it comes to.',
    'no-spend-today': 'Nothing is spent today yet, so nothing can be said of its end.',
  }[projection.reason];
}

/** Whose days the pace is measured by. */
export const profileText = (profile: LivePace['profile']): string | undefined =>
  profile === null
    ? undefined
    : profile.source === 'flat'
      ? 'Measured against an even day: there are too few past days of the account.'
      : `Measured against ${counted(profile.days, 'past day')} of the account.`;
