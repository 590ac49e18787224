import {
  blockMillis,
  dayWindowDays,
  lanes,
  minuteWindowDays,
  rememberedDays,
} from '../../contracts/streams/windows.ts';
import { workspacePk } from './keys.ts';

/** A lane of a workspace's counters. */
export interface LanePlace {
  readonly workspaceId: string;
  readonly lane: number;
}

/** A quarter (0 to 3) of an account-local day. */
export interface DayPart {
  readonly date: string;
  readonly quarter: number;
}

export const minutesPk = (workspaceId: string, start: number): string =>
  `${workspacePk(workspaceId)}#MINUTES#${new Date(start).toISOString().slice(0, 16)}`;
export const dayPk = (workspaceId: string, { date }: Pick<DayPart, 'date'>): string =>
  `${workspacePk(workspaceId)}#HOURS#${date}`;
/** A day of a lane: a batch reads the ids of the blocks it writes by the beginning of their sort keys. */
export const seenPk = ({ workspaceId, lane }: LanePlace, start: number): string =>
  `${workspacePk(workspaceId)}#SEEN#${new Date(start).toISOString().slice(0, 10)}#${laneSk(lane)}`;
export const seenPrefix = (start: number): string => `${new Date(start).toISOString().slice(11, 16)}#`;
export const laneSk = (lane: number): string => String(lane).padStart(3, '0');

const dayMillis = 86_400_000;

/** Every partition that the counters of a workspace may have items in: what is older has expired. `now` in epoch milliseconds. */
export function* livePartitions(workspaceId: string, now: number): Generator<string> {
  // Days of accounts begin before and end after those of UTC; what expires is swept a day or two later.
  const from = (days: number): number => now - (days + 2) * dayMillis;
  const to = now + dayMillis;
  for (let at = Math.floor(from(minuteWindowDays) / blockMillis) * blockMillis; at < to; at += blockMillis) {
    yield minutesPk(workspaceId, at);
  }
  for (let at = from(dayWindowDays); at < to; at += dayMillis) {
    yield dayPk(workspaceId, { date: new Date(at).toISOString().slice(0, 10) });
  }
  for (let at = from(rememberedDays); at < to; at += dayMillis) {
    for (let lane = 0; lane < lanes; lane += 1) yield seenPk({ workspaceId, lane }, at);
  }
}
