import type { Day } from '../../market/calendar.ts';
import { type Measures, sum } from '../../market/market.ts';
import type { Campaign } from '../../market/world.ts';
import { segments } from './columns.ts';
import { type Filter, wantedDays } from './measure.ts';
import { kindOf, type Row } from './row.ts';
import type { Source, Subject } from './subject.ts';
import type { Piece, View } from './views.ts';

interface Viewed {
  readonly view: View;
  readonly segmenting: readonly string[] | undefined;
  readonly campaigns: readonly Campaign[];
  readonly source: Source;
  readonly selected: readonly string[];
  readonly dateFilters: readonly Filter[];
  /** Whether the conditions on attributes hold. */
  readonly described: (row: Row) => boolean;
}

interface Group {
  readonly subject: Subject;
  readonly day: Day | undefined;
  measures: Measures;
}

/** Rows of a view: one for what it speaks of and each value of the selected date segments, with activity. */
export function* viewRows(asked: Viewed): Generator<Row> {
  const { view, campaigns, source } = asked;
  const days = wantedDays(source, asked.dateFilters);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const wanted = new Set(days);
  const apart = dividesByCampaign(asked);
  let groups = new Map<string, Group>();
  for (const campaign of campaigns) {
    for (const piece of view(source, campaign, { first, last })) {
      if (wanted.has(piece.day)) addTo(groups, piece, asked, apart);
    }
    if (!apart) continue;
    // No row reaches over two campaigns: what is complete leaves the memory.
    yield* groups.values();
    groups = new Map();
  }
  yield* groups.values();
}

/** A view whose campaigns divide it only when they are selected adds them up otherwise. */
function dividesByCampaign({ segmenting, selected }: Viewed): boolean {
  return segmenting === undefined || selected.some((field) => segmenting.includes(field.split('.')[0] ?? ''));
}

function addTo(
  groups: Map<string, Group>,
  piece: Piece,
  { selected, described, source }: Viewed,
  apart: boolean,
): void {
  const named = selected.filter((field) => kindOf(field) === 'segment');
  const subject = apart ? piece.subject : withoutCampaign(piece.subject, source);
  const key = [piece.key, ...named.map((field) => segments[field]?.(piece.day))].join('|');
  const held = groups.get(key);
  if (held !== undefined) held.measures = sum([held.measures, piece.measures]);
  else if (described({ subject, day: undefined, measures: undefined })) {
    groups.set(key, { subject, day: named.length === 0 ? undefined : piece.day, measures: piece.measures });
  }
}

function withoutCampaign({ campaign: _, ...rest }: Subject, { settings }: Source): Subject {
  return { ...rest, settings };
}
