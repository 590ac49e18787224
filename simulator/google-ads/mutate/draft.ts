import type { Edit, PresentObject } from '../../market/edits.ts';
import type { Market } from '../../market/market.ts';
import type { Account, Bidding, Channel, Settings, Targeting } from '../../market/world.ts';
import type { AdsFailure } from '../failure.ts';
import { type Criterion, presentCriteria, targetingOf } from './criterion.ts';
import { type Fields, type Operation, refusal } from './operation.ts';

/** What one request makes of an object, before anything is in force. `edit` is what adds it; absent for what is there already. */
export interface Pending<Add extends Edit | undefined = Edit | undefined> {
  readonly id: string;
  readonly add: Add;
  name: string;
  status: 'enabled' | 'paused' | 'removed';
  settings: Partial<Omit<Settings, 'quality'>>;
  own: Fields;
  changed: boolean;
}

export interface PendingCampaign extends Pending {
  readonly channel: Channel;
  bids: Bidding;
  criteria: readonly Criterion[];
  criteriaChanged: boolean;
}

export interface PendingGroup extends Pending {
  readonly campaignId: string;
  criteria: readonly Criterion[];
  criteriaChanged: boolean;
}

export interface NewBudget {
  readonly id: string;
  readonly amountMicros: number;
  readonly operation: Operation;
  used: boolean;
}

/** The assets linked to an asset group that the request makes. */
export interface NewAssetGroup {
  readonly operation: Operation;
  readonly edit: Extract<Edit, { do: 'add-asset-group' }>['campaignId'];
  readonly id: string;
  readonly name: string;
  readonly status: 'enabled' | 'paused';
  readonly finalUrl: string;
  readonly links: { readonly fieldType: string; readonly assetId: string }[];
}

export interface DraftWorld {
  readonly market: Market;
  readonly account: Account;
  readonly now: number;
}

/** The world as one request finds it and changes it: all operations are checked against it, and only then do its edits happen. */
export class Draft {
  readonly world: DraftWorld;
  readonly budgets = new Map<string, NewBudget>();
  readonly campaigns = new Map<string, PendingCampaign>();
  readonly groups = new Map<string, PendingGroup>();
  readonly assetGroups = new Map<string, NewAssetGroup>();
  /** Text assets of this request by id; a text is an asset only where it is linked. */
  readonly texts = new Map<string, string>();
  /** Edits beside those of campaigns and groups, in order. */
  readonly edits: Edit[] = [];
  readonly #temporary = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(world: DraftWorld) {
    this.world = world;
  }

  /** The name of a resource of this account; checks the account. */
  name(collection: string, id: string): string {
    return `customers/${this.world.account.id}/${collection}/${id}`;
  }

  newId(kind: Parameters<Market['newId']>[1]): string {
    return this.world.market.newId('google-ads', kind);
  }

  /** Remembers what a temporary name of this request stands for. */
  remember(operation: Operation, collection: string, id: string): void {
    const { resourceName } = operation;
    if (resourceName === '') return;
    const given = this.#read(operation, resourceName, collection, 'resource_name');
    if (!/^-\d+$/.test(given))
      throw refusal(
        operation,
        'new_resource_creation_error',
        'CANNOT_SET_ID_FOR_CREATE',
        'Do not set the id field while creating new resources.',
        'resource_name',
      );
    if (this.#temporary.has(given))
      throw refusal(
        operation,
        'new_resource_creation_error',
        'DUPLICATE_TEMP_IDS',
        'Creation of more than one resource with the same temp ID is not allowed.',
        'resource_name',
      );
    this.#temporary.set(given, id);
  }

  /** The id that a resource name stands for. */
  idIn(operation: Operation, resourceName: unknown, collection: string, field: string): string {
    if (typeof resourceName !== 'string' || resourceName === '') {
      throw refusal(operation, 'field_error', 'REQUIRED', 'The required field was not present.', field);
    }
    const given = this.#read(operation, resourceName, collection, field);
    if (!given.startsWith('-')) return given;
    const id = this.#temporary.get(given);
    if (id === undefined) throw this.notFound(operation, field);
    return id;
  }

  notFound(operation: Operation, field = 'resource_name'): AdsFailure {
    return refusal(
      operation,
      'mutate_error',
      'RESOURCE_NOT_FOUND',
      'Requested resource was not found.',
      operation.verb === 'remove' ? '' : field,
    );
  }

  present(id: string): PresentObject | undefined {
    const found = this.world.market.presentOf(id, this.world.now);
    return found?.accountId === this.world.account.id ? found : undefined;
  }

  campaign(operation: Operation, id: string, field?: string): PendingCampaign {
    const known = this.campaigns.get(id) ?? this.#presentCampaign(id);
    if (known === undefined) throw this.notFound(operation, field);
    if (known.status === 'removed') throw removed(operation, field);
    this.campaigns.set(id, known);
    return known;
  }

  group(operation: Operation, id: string, field?: string): PendingGroup {
    const known = this.groups.get(id) ?? this.#presentGroup(id);
    if (known === undefined) throw this.notFound(operation, field);
    if (known.status === 'removed') throw removed(operation, field);
    this.campaign(operation, known.campaignId, field);
    this.groups.set(id, known);
    return known;
  }

  /** Whether a name is taken among the objects of a kind that are not removed; takes it for this one. */
  takeName(kind: 'campaign' | 'ad-group' | 'asset-group', parentId: string, name: string, id: string): boolean {
    const key = `${kind}|${parentId}|${name}`;
    const holder = this.#names.get(key) ?? this.world.market.namesIn(kind, parentId, this.world.now).get(name);
    if (holder !== undefined && holder !== id) return false;
    this.#names.set(key, id);
    return true;
  }

  /** Everything the request comes to. */
  allEdits(): readonly Edit[] {
    const edits: Edit[] = [];
    for (const pending of [...this.campaigns.values(), ...this.groups.values()]) edits.push(...editsOf(pending));
    return [...edits, ...this.edits];
  }

  #read(operation: Operation, resourceName: string, collection: string, field: string): string {
    const [, customerId, its, id] = /^customers\/(\d+)\/(\w+)\/(-?[\d~]+)$/.exec(resourceName) ?? [];
    if (its !== collection || id === undefined)
      throw refusal(
        operation,
        'request_error',
        'RESOURCE_NAME_MALFORMED',
        `Resource name '${resourceName}' is malformed: expected 'customers/{customer_id}/${collection}/{id}'.`,
        operation.verb === 'remove' ? '' : field,
      );
    if (customerId !== this.world.account.id)
      throw refusal(operation, 'request_error', 'INVALID_CUSTOMER_ID', `Invalid customer ID '${customerId}'.`);
    return id;
  }

  #presentCampaign(id: string): PendingCampaign | undefined {
    const found = this.present(id);
    const campaign = this.world.account.campaigns.find((one) => one.id === id);
    if (found?.kind !== 'campaign' || campaign === undefined) return undefined;
    return {
      ...pendingOf(found),
      channel: campaign.channel,
      bids: found.settings.bids ?? { strategy: campaign.bidding },
      criteria: presentCriteria(found.own, this.world.account.market),
      criteriaChanged: false,
    };
  }

  #presentGroup(id: string): PendingGroup | undefined {
    const found = this.present(id);
    if (found?.kind !== 'ad-group') return undefined;
    return {
      ...pendingOf(found),
      campaignId: found.campaignId,
      criteria: presentCriteria(found.own, undefined),
      criteriaChanged: false,
    };
  }
}

export function removed(operation: Operation, field = ''): AdsFailure {
  return refusal(
    operation,
    'context_error',
    'OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE',
    'The operation is not allowed for removed resources.',
    field,
  );
}

const pendingOf = ({ id, name, settings }: PresentObject): Pending => ({
  id,
  add: undefined,
  name,
  status: settings.status,
  settings: {},
  own: {},
  changed: false,
});

function editsOf(pending: PendingCampaign | PendingGroup): readonly Edit[] {
  const { id, add, name, status, criteria, criteriaChanged } = pending;
  const targeting: { targeting?: Targeting } = criteriaChanged ? { targeting: targetingOf(criteria) } : {};
  const settings = { ...pending.settings, ...targeting, status };
  const own = { ...pending.own, ...(criteriaChanged ? { criteria } : {}) };
  if (add?.do === 'add-campaign') return [{ ...add, campaign: { ...add.campaign, name, settings, own } }];
  if (add?.do === 'add-ad-group') return [{ ...add, adGroup: { ...add.adGroup, name, settings, own } }];
  if (!pending.changed && !criteriaChanged) return [];
  return [{ do: 'set', objectId: id, set: settings, name, own }];
}
