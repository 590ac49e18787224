import { expect, it } from 'vitest';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import { placeDeclaration } from '../../../domain/changes/place-declaration.ts';
import type { KnownAccount, ResolvedOperation } from '../../../domain/changes/resolve-operations.ts';

const account: KnownAccount = { id: 'acc_1', platform: 'linkedin-ads', currency: 'EUR', timeZone: 'UTC', name: 'A' };
const resolved = (operation: Operation, index: number): ResolvedOperation => ({
  index,
  operation,
  account,
  kind: operation.do === 'create-campaign' ? 'campaign' : 'ad-group',
  object: null,
  campaignId: null,
  after: [],
});
const campaign: Operation = {
  do: 'create-campaign',
  ref: 'c',
  accountId: 'acc_1',
  name: 'C',
  type: 'sponsored-content',
  objective: 'traffic',
  politicalAdvertising: 'none',
};
const adGroup: Operation = { do: 'create-ad-group', ref: 'g', campaign: { ref: 'c' }, name: 'G' };
const placed = (level: 'campaign' | 'ad-group', ...operations: Operation[]) =>
  placeDeclaration(operations.map(resolved), () => level).map(({ operation }) => operation);

it('takes the declaration of a campaign to its ad groups where the platform wants it there', () => {
  expect(placed('ad-group', campaign, adGroup)).toEqual([campaign, { ...adGroup, politicalAdvertising: 'none' }]);
});

it('leaves it at the campaign where the platform wants it there, and what an ad group says itself', () => {
  expect(placed('campaign', campaign, adGroup)).toEqual([campaign, adGroup]);
  const own: Operation = { ...adGroup, politicalAdvertising: 'eu-political' };
  expect(placed('ad-group', campaign, own)).toEqual([campaign, own]);
});

it('guesses nothing for a campaign that is there already', () => {
  const within: Operation = { ...adGroup, campaign: { campaignId: 'cmp_1' } };
  expect(placed('ad-group', campaign, within)).toEqual([campaign, within]);
});
