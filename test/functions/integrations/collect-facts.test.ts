import { describe, expect, it } from 'vitest';
import type { FactRow, RawRow } from '../../../domain/integrations/platform.ts';
import { collectParts, collectRows } from '../../../functions/integrations/transform-report/collect-facts.ts';

const expected = { grain: 'age', window: { from: '2026-11-01', to: '2026-11-20' }, currency: 'EUR' } as const;
const row = (id: string, over: Partial<FactRow> = {}) => ({
  raw: { id, ...over } as RawRow,
  fact: {
    date: '2026-11-10',
    campaignPlatformId: '7',
    adGroupPlatformId: null,
    adPlatformId: null,
    keywordPlatformId: null,
    segment: '25-34',
    impressions: 10,
    clicks: 1,
    spendMicros: 1_000_000,
    conversionsMicros: 500_000,
    conversionValueMicros: null,
    videoViews: 4,
    ...over,
  } satisfies FactRow,
});
type Row = ReturnType<typeof row>;

async function collect(pages: readonly Row[][], how: 'parts' | 'rows') {
  const facts: FactRow[] = [];
  const refused: string[] = [];
  const file = { rows: 0, add: (fact: FactRow) => void facts.push(fact), finish: () => new Uint8Array() };
  const refuse = (_: RawRow, reason: string) => void refused.push(reason);
  async function* read() {
    yield* pages;
  }
  if (how === 'parts') await collectParts('age', read(), file, refuse, expected);
  else await collectRows('age', read(), file, refuse, expected.window);
  return { facts, refused };
}

describe('rows finer than the fact', () => {
  it('are added up over pages, and what a part does not report is not known', async () => {
    const { facts, refused } = await collect(
      [[row('a'), row('b', { segment: '18-24' })], [row('c', { videoViews: null })]],
      'parts',
    );
    expect(refused).toEqual([]);
    expect(facts).toMatchObject([
      { segment: '25-34', impressions: 20, spendMicros: 2_000_000, conversionsMicros: 1_000_000, videoViews: null },
      { segment: '18-24', impressions: 10, spendMicros: 1_000_000, conversionValueMicros: null, videoViews: 4 },
    ]);
  });

  it('of a page that comes twice are counted once and refused with the reason', async () => {
    const page = [row('a'), row('b')];
    const { facts, refused } = await collect([page, [row('c'), row('d')], page], 'parts');
    expect(facts).toMatchObject([{ spendMicros: 4_000_000 }]);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toContain('page with this row more than once');
  });

  it('that are alike by chance are parts like others', async () => {
    const { facts, refused } = await collect([[row('a'), row('a')], [row('a')]], 'parts');
    expect(facts).toMatchObject([{ impressions: 30 }]);
    expect(refused).toEqual([]);
  });

  it('are refused where their sum could not be kept exactly', async () => {
    const huge = { spendMicros: Number.MAX_SAFE_INTEGER };
    const { facts, refused } = await collect([[row('a', huge), row('b', huge)]], 'parts');
    expect(facts).toMatchObject([huge]);
    expect(refused).toEqual([expect.stringContaining('spendMicros')]);
  });
});

describe('rows that are facts', () => {
  it('are kept the first time and refused the second', async () => {
    const { facts, refused } = await collect([[row('a')], [row('b', { segment: 'unknown' }), row('a')]], 'rows');
    expect(facts.map(({ segment }) => segment)).toEqual(['25-34', 'unknown']);
    expect(refused).toEqual([expect.stringContaining('more than once')]);
  });
});
