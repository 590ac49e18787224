import type { Day } from '../../market/calendar.ts';
import type { Measures } from '../../market/market.ts';
import { attributes, divisions, metrics, resourceNames, segments, type Value } from './columns.ts';
import type { Subject } from './subject.ts';

/** One answered row; its fields are computed when they are tested or written. */
export interface Row {
  readonly subject: Subject;
  /** A day of the row's segment; none in rows over the whole period. */
  readonly day: Day | undefined;
  /** The market's word for the part of the object's traffic that the row is, where a segment divides it. */
  readonly part?: string | undefined;
  readonly measures: Measures | undefined;
}

export function kindOf(field: string): 'attribute' | 'metric' | 'segment' {
  return field.startsWith('metrics.') ? 'metric' : field.startsWith('segments.') ? 'segment' : 'attribute';
}

/** Reads a modelled field off rows. */
export function reader(field: string): (row: Row) => Value {
  const metric = metrics[field];
  if (metric !== undefined) return ({ measures }) => (measures === undefined ? undefined : metric(measures));
  const segment = segments[field];
  if (segment !== undefined) return ({ day }) => (day === undefined ? undefined : segment(day));
  const division = divisions[field];
  if (division !== undefined)
    return ({ part }) => (part === undefined ? undefined : (division.names[part] ?? 'UNKNOWN'));
  const attribute = attributes[field] ?? resourceNames[field.replace(/\.resource_name$/, '')];
  return ({ subject }) => attribute?.(subject);
}
