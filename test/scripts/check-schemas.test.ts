import { describe, expect, it } from 'vitest';
import type { ReleasedSchema } from '../../adapters/streams/file-registry.ts';
import { schemaFindings } from '../../scripts/check-schemas.ts';

const record = (...fields: object[]) => ({ type: 'record', name: 'Event', fields });
const id = { name: 'id', type: 'string' };
const released = (...definitions: object[]): ReleasedSchema[] =>
  definitions.map((definition, index) => ({
    schemaName: 'event',
    version: index + 1,
    id: `v${index + 1}`,
    definition,
  }));

describe('the schemas of the streams', () => {
  it('are, as they stand, the last released versions', () => {
    expect(schemaFindings()).toEqual([]);
  });

  it('may get a field with a default, lose one, and widen a number', () => {
    const first = record(id, { name: 'amount', type: 'int' }, { name: 'note', type: 'string' });
    const second = record(
      id,
      { name: 'amount', type: 'long' },
      { name: 'orderId', type: ['null', 'string'], default: null },
    );
    expect(schemaFindings(released(first, second), { event: second })).toEqual([]);
  });

  it.each([
    ['a field without a default', record(id, { name: 'amount', type: 'int' })],
    ['another type', record({ name: 'id', type: 'int' })],
    ['another name', { ...record(id), name: 'Happening' }],
  ])('may not get %s', (_change, second) => {
    expect(schemaFindings(released(record(id), second), { event: second })).toEqual([
      expect.stringContaining('event 2 cannot read records of version 1'),
      expect.stringContaining('event now cannot read records of version 1'),
    ]);
  });

  it('may not change under a version that was released', () => {
    const changed = record(id, { name: 'note', type: 'string', default: '' });
    expect(schemaFindings(released(record(id)), { event: changed })).toEqual([
      'event is not version 1 any more: write it to contracts/streams/released/event/2.json, released versions never change.',
    ]);
  });

  it('may not forget a version', () => {
    const [first, second] = released(record(id), record(id));
    expect(
      schemaFindings([{ ...(second as ReleasedSchema) }], { event: (first as ReleasedSchema).definition }),
    ).toEqual(['event: version 1 is missing among the released ones.']);
  });
});
