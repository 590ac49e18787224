import { describe, expect, it } from 'vitest';
import { type DiscoveredAccount, PlatformError, type RawRow } from '../../../domain/integrations/platform.ts';
import { withConversionTypes } from '../../../platforms/google-ads/conversion-types.ts';

const account = (platformId: string, status: 'enabled' | 'disabled' = 'enabled'): DiscoveredAccount => ({
  platformId,
  name: `Account ${platformId}`,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  status,
});
const purchase: RawRow = {
  conversionAction: {
    id: '71',
    name: 'Purchase',
    clickThroughLookbackWindowDays: '60',
    viewThroughLookbackWindowDays: '1',
  },
};

/** Answers by account: rows, or the error it throws. Records who was asked. */
function answering(answers: Readonly<Record<string, readonly RawRow[] | PlatformError>>) {
  const asked: string[] = [];
  const run = async function* ({ platformId }: DiscoveredAccount) {
    asked.push(platformId);
    const answer = answers[platformId] ?? [];
    if (answer instanceof PlatformError) throw answer;
    yield answer;
  };
  return { asked, run };
}

const platform = { platform: 'google-ads' } as const;

describe('conversion types of accounts', () => {
  it('are read of every open account, in the order of the accounts', async () => {
    const many = Array.from({ length: 20 }, (_, index) => account(String(index + 1)));
    const { asked, run } = answering({ 3: [purchase] });
    const described = await withConversionTypes(many, run);
    expect(asked).toHaveLength(20);
    expect(described.map(({ platformId }) => platformId)).toEqual(many.map(({ platformId }) => platformId));
    expect(described[2]?.conversionTypes).toEqual([
      { platformId: '71', name: 'Purchase', clickWindowDays: 60, viewWindowDays: 1 },
    ]);
    expect(described[3]?.conversionTypes).toEqual([]);
  });

  it('are not asked of a closed account', async () => {
    const { asked, run } = answering({});
    expect((await withConversionTypes([account('1', 'disabled')], run))[0]).not.toHaveProperty('conversionTypes');
    expect(asked).toEqual([]);
  });

  it.each(['rejected', 'unauthorized', 'unavailable', 'rate-limited'] as const)(
    'stay unknown where an account does not tell (%s), and the others are listed',
    async (kind) => {
      const { run } = answering({ 1: new PlatformError(kind, 'no', platform), 2: [purchase] });
      const [silent, open] = await withConversionTypes([account('1'), account('2')], run);
      expect(silent).toEqual(account('1'));
      expect(open?.conversionTypes).toHaveLength(1);
    },
  );

  it('end with whoever stopped the listing', async () => {
    const stopped = new DOMException('stopped', 'AbortError');
    const run = async function* (): AsyncGenerator<readonly RawRow[]> {
      yield [purchase];
      throw stopped;
    };
    await expect(withConversionTypes([account('1')], run)).rejects.toBe(stopped);
  });

  it('count no days after a view where the action has no such window', async () => {
    const { viewThroughLookbackWindowDays: _, ...withoutView } = purchase['conversionAction'] as Record<string, string>;
    const { run } = answering({ 1: [{ conversionAction: withoutView }] });
    expect((await withConversionTypes([account('1')], run))[0]?.conversionTypes?.[0]).toMatchObject({
      clickWindowDays: 60,
      viewWindowDays: 0,
    });
  });

  it('stay unknown where a window cannot be read: a guess would end reading back too early', async () => {
    const { run } = answering({ 1: [{ conversionAction: { id: '71', name: 'Purchase' } }] });
    expect((await withConversionTypes([account('1')], run))[0]).not.toHaveProperty('conversionTypes');
  });
});
