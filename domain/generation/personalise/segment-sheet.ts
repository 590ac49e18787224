import type { Fact } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import { offersOf } from './matrix.ts';
import { type Segment, statementOf } from './segments.ts';

/**
 * The facts that may be said to one segment: without what is for others, without the offer where it is not offered, with the values
 * of its tokens as facts of the brief. A writer given this sheet writes for this segment.
 */
export function sheetFor(segment: Segment, sheet: FactSheet): FactSheet {
  const withheld = new Set(segment.offered ? [] : offersOf(sheet).flatMap(({ factIds }) => factIds));
  const said = sheet.facts.filter(({ id }) => !withheld.has(id) && !segment.silent.has(statementOf(id)));
  return { ...sheet, facts: [...said, ...valueFacts(segment)] };
}

/** Of no language: writers put them nowhere but in the place of their token. */
export const valueFacts = ({ id, values }: Segment): Fact[] =>
  Object.entries(values).map(([name, some]) => ({
    id: valueFactId(id, name),
    kind: 'feature',
    text: some.join(', '),
    language: null,
    source: { from: 'brief', field: `${id.replace(/^brief:/, '')}.values.${name}` },
    value: null,
  }));

export const valueFactId = (segmentId: string, name: string): string => `${segmentId}.values.${name}`;
