import type { Connection } from '../../../../sdks/javascript/src/generated/api.ts';
import { daysBetween } from '../../format/calendar.ts';
import { longDay } from '../../format/times.ts';
import type { Tone } from '../../parts/status.tsx';

export const connectionState: Readonly<
  Record<Connection['health']['state'], { readonly label: string; readonly tone: Tone }>
> = {
  healthy: { label: 'Works', tone: 'good' },
  failing: { label: 'Fails', tone: 'bad' },
  paused: { label: 'Paused', tone: 'quiet' },
  unchecked: { label: 'Not checked yet', tone: 'aside' },
};

/** Days ahead at which an end is told as a warning; an operator's alarm rings about then too. */
const soonDays = 30;

export interface Ending {
  readonly text: string;
  readonly urgent: boolean;
}

const dayIn = (instant: string): string => instant.slice(0, 10);

/** `14 days` from today, a past day negative. */
const daysUntil = (day: string, today: string): number => daysBetween(today, day) - 1;

function ending(what: string, over: string, day: string, today: string): Ending {
  const left = daysUntil(day, today);
  return left < 0
    ? { text: over, urgent: true }
    : {
        text: `${what} ${longDay(day)}${left <= soonDays ? ` (in ${left} ${left === 1 ? 'day' : 'days'})` : ''}`,
        urgent: left <= soonDays,
      };
}

/** When somebody must authorize again, or undefined where the platform sets no end. */
export const grantEnd = ({ tokenExpiresAt }: Pick<Connection, 'tokenExpiresAt'>, today: string): Ending | undefined =>
  tokenExpiresAt === null
    ? undefined
    : ending('Authorized until', 'The authorization has ended', dayIn(tokenExpiresAt), today);

/** When the platform stops answering the version that is asked, or undefined where it has not said so. */
export const versionEnd = ({ apiVersion }: Pick<Connection, 'apiVersion'>, today: string): Ending | undefined =>
  apiVersion.sunset === null
    ? undefined
    : ending(
        `API ${apiVersion.inUse} ends`,
        `The platform no longer answers API ${apiVersion.inUse}`,
        apiVersion.sunset,
        today,
      );
