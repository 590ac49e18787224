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
export const seenPk = ({ workspaceId, lane }: LanePlace, start: number): string =>
  `${workspacePk(workspaceId)}#SEEN#${new Date(start).toISOString().slice(0, 16)}#${laneSk(lane)}`;
export const laneSk = (lane: number): string => String(lane).padStart(3, '0');
