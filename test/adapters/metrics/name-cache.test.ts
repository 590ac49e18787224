import { describe, expect, it } from 'vitest';
import { createNameCache } from '../../../adapters/metrics/name-cache.ts';

describe('remembered names', () => {
  const start = () => {
    let at = 0;
    const asked: (readonly string[])[] = [];
    const names = new Map([
      ['cmp_1', 'Spring'],
      ['cmp_2', 'Autumn'],
    ]);
    const cache = createNameCache(() => at);
    return {
      asked,
      names,
      pass: (ms: number) => {
        at += ms;
      },
      ask: (...ids: string[]) =>
        cache(async (missing) => {
          asked.push(missing);
          return new Map(missing.flatMap((id) => (names.has(id) ? [[id, names.get(id) ?? '']] : [])));
        }, ids),
    };
  };

  it('are read once, and the others beside them', async () => {
    const { ask, asked } = start();
    expect(await ask('cmp_1')).toEqual(new Map([['cmp_1', 'Spring']]));
    expect((await ask('cmp_1', 'cmp_2')).get('cmp_2')).toBe('Autumn');
    expect(asked).toEqual([['cmp_1'], ['cmp_2']]);
  });

  it('are read again after half a minute', async () => {
    const { ask, names, pass } = start();
    await ask('cmp_1');
    names.set('cmp_1', 'Summer');
    pass(29_000);
    expect((await ask('cmp_1')).get('cmp_1')).toBe('Spring');
    pass(2_000);
    expect((await ask('cmp_1')).get('cmp_1')).toBe('Summer');
  });

  it('do not hold what has no name yet', async () => {
    const { ask, names } = start();
    expect(await ask('cmp_3')).toEqual(new Map());
    names.set('cmp_3', 'Winter');
    expect((await ask('cmp_3')).get('cmp_3')).toBe('Winter');
  });
});
