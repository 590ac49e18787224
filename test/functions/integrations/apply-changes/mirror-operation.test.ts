import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountRecord } from '../../../../adapters/stores/account-store.ts';
import type { OperationRecord } from '../../../../domain/changes/change-record.ts';
import { platformOperation } from '../../../../domain/changes/resolve-operations.ts';
import type { ObjectAddress } from '../../../../domain/integrations/platform-writer.ts';
import { changesOf } from '../../../../functions/integrations/apply-changes/changes-of-event.ts';
import { mirrorOperation } from '../../../../functions/integrations/apply-changes/mirror-operation.ts';
import { newWorkspace, type SeededAccount, seedAccount, seedStructure } from '../../../adapters/http/api-world.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';

let state: StateTable;
let seeded: SeededAccount;
let account: AccountRecord;
const at = '2026-11-20T09:00:00.000Z';
const euros = (units: number) => ({ micros: units * 1_000_000, currency: 'EUR' });
const campaign: ObjectAddress = {
  kind: 'campaign',
  platformId: '77',
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType: 'search',
};

beforeAll(async () => {
  state = await startStateTable();
  seeded = await seedAccount(newWorkspace(state.stores), '111');
  await seedStructure(seeded, {
    campaigns: [
      { platformId: '77', name: 'Brand' },
      { platformId: '78', name: 'Other' },
    ],
  });
  const record = await seeded.stores.accounts.get(seeded.accountId);
  if (record === undefined) throw new Error('It was seeded.');
  account = record;
});
afterAll(() => state.close());

/** Applies one operation to the mirrored structure. */
async function mirrored(
  operation: OperationRecord['operation'],
  address: ObjectAddress | null,
  platformId: string,
): Promise<string | null> {
  const object = { kind: address?.kind ?? 'campaign', id: null as string | null, name: 'x', campaignId: null };
  if ('target' in operation && address !== null) object.id = Object.values(operation.target)[0] ?? null;
  const record = { object, address, operation } as unknown as OperationRecord;
  const places = {
    address: () => {
      if (address === null) throw new Error('There is none.');
      return address;
    },
    asset: () => ({ platformId: 'asset-1' }),
  };
  const written = { platformId, platformRequestId: null };
  return mirrorOperation(seeded.stores, account, record, platformOperation(operation, places), written, at);
}

describe('the mirrored structure after an operation', () => {
  it('shows budget, status and name at once and leaves all other objects alone', async () => {
    const target = { campaignId: seeded.idOf('campaign', '77') };
    expect(await mirrored({ do: 'set-daily-budget', target, dailyBudget: euros(12) }, campaign, '77')).toBe(
      target.campaignId,
    );
    await mirrored({ do: 'set-status', target, status: 'paused' }, campaign, '77');
    await mirrored({ do: 'rename', target, name: 'Brand new' }, campaign, '77');
    expect(await seeded.stores.campaigns.get(target.campaignId)).toMatchObject({
      name: 'Brand new',
      status: 'paused',
      dailyBudgetMicros: 12_000_000,
      updatedAt: at,
    });
    expect(await seeded.stores.campaigns.get(seeded.idOf('campaign', '78'))).toMatchObject({
      name: 'Other',
      status: 'enabled',
    });
  });

  it('shows what was removed as removed', async () => {
    const target = { campaignId: seeded.idOf('campaign', '78') };
    await mirrored({ do: 'remove', target }, { ...campaign, platformId: '78' }, '78');
    expect(await seeded.stores.campaigns.get(target.campaignId)).toMatchObject({ status: 'removed' });
  });

  it('shows what was made, paused, under the id that the next load gives it', async () => {
    const made = await mirrored(
      {
        do: 'create-campaign',
        ref: 'c',
        accountId: account.id,
        name: 'Launch',
        type: 'search',
        objective: 'traffic',
        dailyBudget: euros(20),
        politicalAdvertising: 'none',
      },
      null,
      '90',
    );
    expect(made).toBe(seeded.idOf('campaign', '90'));
    const group = await mirrored(
      { do: 'create-ad-group', ref: 'g', campaign: { ref: 'c' }, name: 'Group' },
      { ...campaign, platformId: '90' },
      '91',
    );
    expect(group).toBe(seeded.idOf('ad-group', '91'));
    const ad = await mirrored(
      {
        do: 'create-ad',
        ref: 'a',
        parent: { ref: 'g' },
        name: 'Ad',
        creative: {
          format: 'responsive-search',
          headlines: ['a', 'b', 'c'],
          descriptions: ['d', 'e'],
          landingPageUrl: 'https://example.com/',
        },
      },
      { kind: 'ad-group', platformId: '91', campaignPlatformId: '90', adGroupPlatformId: null, campaignType: 'search' },
      '92',
    );
    expect(ad).toBe(seeded.idOf('ad', '92', '91'));
    expect(await seeded.stores.campaigns.get(made ?? '')).toMatchObject({
      status: 'paused',
      dailyBudgetMicros: 20_000_000,
    });
    expect(await seeded.stores.ads.get(ad ?? '')).toMatchObject({
      campaignId: made,
      adGroupId: group,
      status: 'paused',
    });
  });
});

describe('an event of the state table’s stream', () => {
  it('names the changes that are being applied, and nothing else', () => {
    const changeId = 'chg_00000000000000000000000000';
    const image = (over: Record<string, unknown>) => ({
      dynamodb: {
        NewImage: {
          workspaceId: { S: seeded.workspaceId },
          id: { S: changeId },
          status: { S: 'applying' },
          revision: { N: '1' },
          ...over,
        },
      },
    });
    expect(changesOf({ Records: [image({}), image({ status: { S: 'applied' } }), image({ id: { S: 'x' } })] })).toEqual(
      [{ workspaceId: seeded.workspaceId, changeId }],
    );
    expect(changesOf({ Records: [{ dynamodb: {} }] })).toEqual([]);
    expect(changesOf({})).toEqual([]);
  });
});
