import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { withName } from '../../../domain/changes/naming.ts';

const account = {
  id: 'acc_00000000000000000000000000',
  platform: 'tiktok-ads' as const,
  currency: 'EUR',
  timeZone: 'Pacific/Auckland',
  name: 'Shop',
};
/** In Auckland it is the next day already. */
const now = Date.parse('2026-11-30T18:00:00Z');
const campaign = (name: string): Operation => ({
  do: 'create-campaign',
  ref: 'a',
  accountId: account.id,
  name,
  type: 'in-feed',
  objective: 'traffic',
  targeting: { countries: ['DE', 'AT'] },
  politicalAdvertising: 'none',
});
const nameOf = (operation: Operation): unknown => {
  const named = withName(operation, account, now);
  return 'problem' in named ? named.problem.message : 'name' in named.operation && named.operation.name;
};

describe('a name', () => {
  it.each([
    ['Shoes', 'Shoes'],
    ['{account} {platform} {type} {objective} {countries}', 'Shop tiktok-ads in-feed traffic DE+AT'],
    ['{month}, {date}', '2026-12, 2026-12-01'],
  ])('of what is created is filled in: %s', (name, expected) => {
    expect(nameOf(campaign(name))).toBe(expected);
  });

  it('that holds what is not known is refused with what there is', () => {
    expect(nameOf(campaign('{toString} {nonsense}'))).toMatch(
      /^\{toString\}, \{nonsense\} is not known here; there are .*\{month\}/,
    );
    expect(nameOf(campaign(`${'x'.repeat(250)}{account}{date}`))).toMatch(/at most 255/);
  });

  it('of what is there already stays as somebody wrote it', () => {
    const rename: Operation = {
      do: 'rename',
      target: { campaignId: 'cmp_00000000000000000000000000' },
      name: 'Shoes {old}',
    };
    expect(nameOf(rename)).toBe('Shoes {old}');
  });
});
