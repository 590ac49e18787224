import type { Operation } from '../contracts/schemas/changes.ts';
import type { OperationRecord } from '../domain/changes/change-record.ts';
import { writeKeyOf } from '../domain/changes/write-key.ts';
import { derivedId } from '../domain/integrations/ids.ts';
import type { PlatformId } from '../domain/integrations/platform.ts';
import type { ObjectAddress } from '../domain/integrations/platform-writer.ts';
import type { Account, AdGroup, Campaign } from '../simulator/market/world.ts';

/** One operation of ten makes something; the others change what is there. */
const oneMadeOf = 10;

/** What the simulated platforms are asked to make: the least that each wants. */
const campaigns = {
  'google-ads': {
    type: 'search',
    objective: 'conversions',
    dailyBudget: { micros: 40_000_000, currency: 'EUR' },
    bidding: { strategy: 'manual-cpc' },
  },
  'tiktok-ads': { type: 'in-feed', objective: 'traffic' },
  'linkedin-ads': { type: 'sponsored-content', objective: 'traffic' },
} as const;
const typeOf = (platform: PlatformId): string => campaigns[platform].type;

export type PlannedOperation = Omit<OperationRecord, 'id' | 'changeId' | 'index' | 'writeKey'>;

const fresh = {
  status: 'planned',
  spend: 'neutral',
  problems: [],
  warnings: [],
  result: null,
  error: null,
  conflict: null,
  attempts: 0,
  after: [],
  sha256: null,
  revision: 0,
  sentAt: null,
  firstTriedAt: null,
} satisfies Partial<PlannedOperation>;

/**
 * So many operations on one account, each on an object of its own: names, states and daily budgets of what is there, and new campaigns.
 * What was there before is taken from the simulated world, so that the plan costs no call.
 */
export function plannedOperations(account: Account, accountId: string, count: number): PlannedOperation[] {
  return Array.from({ length: count }, (_, number) => {
    const campaign = account.campaigns[number];
    if (number % oneMadeOf === 0) return creation(account, accountId, number);
    if (campaign === undefined) throw new Error(`${account.id} has fewer than ${count} campaigns.`);
    return edit(account, accountId, campaign, number);
  });
}

function creation({ platform }: Account, accountId: string, number: number): PlannedOperation {
  const name = `Made ${number}`;
  const operation: Operation = {
    do: 'create-campaign',
    ref: `made-${number}`,
    accountId,
    name,
    politicalAdvertising: 'none',
    ...campaigns[platform],
  };
  return {
    ...fresh,
    after: [],
    operation,
    accountId,
    platform,
    object: { kind: 'campaign', id: null, name, campaignId: null },
    address: null,
    fields: [],
  };
}

function edit(account: Account, accountId: string, campaign: Campaign, number: number): PlannedOperation {
  const { platform } = account;
  const id = derivedId('cmp', [platform, campaign.id]);
  const own: Omit<PlannedOperation, 'operation' | 'fields'> = {
    ...fresh,
    after: [],
    accountId,
    platform,
    object: { kind: 'campaign', id, name: campaign.name, campaignId: id },
    address: addressOf(platform, campaign),
  };
  const target = { campaignId: id };
  const turn = number % 3;
  if (turn === 0) {
    const name = `${campaign.name} renamed`;
    const fields = [{ field: 'name', before: campaign.name, after: name }];
    return { ...own, operation: { do: 'rename', target, name }, fields };
  }
  if (turn === 1) {
    const fields = [{ field: 'status', before: 'enabled', after: 'paused' }];
    return { ...own, operation: { do: 'set-status', target, status: 'paused' }, fields };
  }
  return budget(account, own, campaign);
}

/** Where the platform keeps it: at the campaign, or at its ad group. */
function budget({ currency }: Account, own: Omit<PlannedOperation, 'operation' | 'fields'>, campaign: Campaign) {
  const group = campaign.settings.dailyBudgetMicros > 0 ? undefined : campaign.adGroups[0];
  const micros = (group ?? campaign).settings.dailyBudgetMicros;
  const before = { micros, currency };
  const dailyBudget = { micros: micros + 5_000_000, currency };
  const fields = [{ field: 'dailyBudget', before, after: dailyBudget }];
  if (group === undefined) {
    const target = { campaignId: own.object.campaignId ?? '' };
    return { ...own, operation: { do: 'set-daily-budget', target, dailyBudget }, fields } as const;
  }
  const id = derivedId('adg', [own.platform, group.id]);
  return {
    ...own,
    object: { ...own.object, kind: 'ad-group', id, name: group.name },
    address: addressOf(own.platform, campaign, group),
    operation: { do: 'set-daily-budget', target: { adGroupId: id }, dailyBudget },
    fields,
  } as const;
}

const addressOf = (platform: PlatformId, campaign: Campaign, group?: AdGroup): ObjectAddress => ({
  kind: group === undefined ? 'campaign' : 'ad-group',
  platformId: (group ?? campaign).id,
  campaignPlatformId: group === undefined ? null : campaign.id,
  adGroupPlatformId: null,
  campaignType: typeOf(platform),
});

/** Changes of so many operations each, those of all platforms in turns. */
export function changesOf(plans: readonly (readonly PlannedOperation[])[], size: number): OperationRecord[][] {
  const turns = Array.from({ length: Math.max(...plans.map((one) => one.length)) }, (_, turn) =>
    plans.flatMap((one) => one[turn] ?? []),
  ).flat();
  return Array.from({ length: Math.ceil(turns.length / size) }, (_, number) => {
    const changeId = derivedId('chg', ['write-rate', String(number)]);
    return turns.slice(number * size, (number + 1) * size).map((one, index) => {
      const id = derivedId('opn', [changeId, String(index)]);
      return { ...one, id, changeId, index, writeKey: writeKeyOf(id) };
    });
  });
}
