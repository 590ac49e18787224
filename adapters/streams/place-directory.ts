import type { PlatformReference } from '../../contracts/schemas/stream-input.ts';
import type { FieldError } from '../../domain/errors.ts';
import { type AccountScope, mirroredId } from '../../domain/integrations/ids.ts';
import type { StructureKind } from '../../domain/integrations/platform.ts';
import { type EventPlace, nowhere } from '../../domain/integrations/streaming/event-input.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import type { Stores, WorkspaceStores } from '../stores/stores.ts';
import { structureStoreOf } from '../stores/structure-store.ts';

type Reference = string | PlatformReference | undefined;
/** What an event says it belongs to. */
export interface PlaceReferences {
  readonly accountId?: Reference;
  readonly campaignId?: Reference;
  readonly adGroupId?: Reference;
  readonly adId?: Reference;
}
export type FoundPlace =
  | { readonly kind: 'found'; readonly place: EventPlace }
  | { readonly kind: 'unknown'; readonly problems: readonly FieldError[] };

export interface PlaceDirectory {
  /** In the order asked. Reads what is not remembered in batches: one for accounts, one for each level that is named. */
  find(workspaceId: string, references: readonly PlaceReferences[]): Promise<readonly FoundPlace[]>;
}

/** What is remembered of an object: where it stands does not change on any platform. */
interface Known {
  readonly accountId: string;
  readonly campaignId: string | null;
  readonly adGroupId: string | null;
  readonly platformId: string;
}
type Field = 'campaignId' | 'adGroupId' | 'adId';
type PlaceKinds = 'accounts' | 'campaigns' | 'adGroups' | 'ads';

const levels: readonly { readonly field: Field; readonly kind: StructureKind; readonly what: string }[] = [
  { field: 'campaignId', kind: 'campaign', what: 'campaign' },
  { field: 'adGroupId', kind: 'ad-group', what: 'ad group' },
  { field: 'adId', kind: 'ad', what: 'ad' },
];

const accountsForMillis = 60_000;
/** What a sender names too early, e.g. an ad of the last minutes, is found soon after the next load of structure. */
const unknownForMillis = 10_000;
const mostKnown = 50_000;
/** Accounts of a platform in which an object may be looked for when none is named: each is a read for each object. */
const mostCandidates = 20;

/** Objects of workspaces as a warm worker remembers them. `now` in epoch milliseconds. */
export function createPlaceDirectory(stores: Stores<PlaceKinds>, now: () => number): PlaceDirectory {
  const accounts = new Map<string, { readonly list: readonly AccountRecord[]; readonly at: number }>();
  const objects = new Map<string, { readonly known: Known | undefined; readonly at: number }>();

  async function accountsOf(own: WorkspaceStores<PlaceKinds>, named: readonly Reference[]) {
    const held = accounts.get(own.workspaceId);
    const age = held === undefined ? Number.POSITIVE_INFINITY : now() - held.at;
    const missing = named.some((one) => one !== undefined && !held?.list.some((account) => isAccount(account, one)));
    if (held !== undefined && age <= (missing ? unknownForMillis : accountsForMillis)) return held.list;
    const list = await own.accounts.all();
    if (accounts.size >= mostKnown) accounts.clear();
    accounts.set(own.workspaceId, { list, at: now() });
    return list;
  }

  async function objectsOf(own: WorkspaceStores<PlaceKinds>, kind: StructureKind, ids: ReadonlySet<string>) {
    const name = (id: string) => `${own.workspaceId}/${id}`;
    const unread = [...ids].filter((id) => {
      const held = objects.get(name(id));
      return held === undefined || (held.known === undefined && now() - held.at > unknownForMillis);
    });
    if (unread.length > 0) {
      const found = await structureStoreOf(own, kind).getMany(unread);
      if (objects.size + unread.length > mostKnown) objects.clear();
      for (const id of unread) {
        const record = found.get(id);
        objects.set(name(id), { known: record && knownOf(record), at: now() });
      }
    }
    return (id: string): Known | undefined => objects.get(name(id))?.known;
  }

  return {
    async find(workspaceId, references) {
      if (references.every((one) => Object.values(one).every((given) => given === undefined))) {
        return references.map(() => ({ kind: 'found', place: nowhere }));
      }
      const own = stores.forWorkspace(workspaceId);
      const all = await accountsOf(
        own,
        references.map(({ accountId }) => accountId),
      );
      const searches = references.map((given) => new Search(workspaceId, given, all));
      // From the top: an ad by its platform's id is found through its ad group.
      for (const { field, kind, what } of levels) {
        const candidates = new Set(searches.flatMap((search) => search.candidates(field, kind)));
        if (candidates.size === 0) continue;
        const known = await objectsOf(own, kind, candidates);
        for (const search of searches) search.settle(field, what, known);
      }
      return searches.map((search) => search.outcome());
    },
  };
}

const isAccount = (account: AccountRecord, given: Reference): boolean =>
  typeof given === 'string'
    ? account.id === given
    : account.platform === given?.platform && account.platformId === given.platformId;

const knownOf = (record: { readonly accountId: string; readonly platformId: string; readonly id: string }): Known => {
  const { campaignId, adGroupId } = record as { readonly campaignId?: string; readonly adGroupId?: string };
  return {
    accountId: record.accountId,
    campaignId: campaignId ?? null,
    adGroupId: adGroupId ?? null,
    platformId: record.platformId,
  };
};

/** One event's way from the account down. */
class Search {
  readonly #workspaceId: string;
  readonly #given: PlaceReferences;
  readonly #all: readonly AccountRecord[];
  readonly #problems: FieldError[] = [];
  #account: AccountRecord | undefined;
  #place: Pick<EventPlace, Field> = { campaignId: null, adGroupId: null, adId: null };
  #adGroupPlatformId: string | null = null;
  #candidates: readonly string[] = [];

  constructor(workspaceId: string, given: PlaceReferences, all: readonly AccountRecord[]) {
    this.#workspaceId = workspaceId;
    this.#given = given;
    this.#all = all;
    if (given.accountId === undefined) return;
    this.#account = all.find((account) => isAccount(account, given.accountId));
    if (this.#account === undefined) this.#refuse('accountId', 'is no account of this workspace');
  }

  /** Ids that the object may have. */
  candidates(field: Field, kind: StructureKind): readonly string[] {
    const given = this.#given[field];
    this.#candidates = given === undefined || this.#problems.length > 0 ? [] : this.#idsOf(given, field, kind);
    return this.#candidates;
  }

  settle(field: Field, what: string, known: (id: string) => Known | undefined): void {
    if (this.#candidates.length === 0) return;
    const found = this.#candidates.filter((id) => known(id) !== undefined);
    const [id] = found;
    const object = id === undefined ? undefined : known(id);
    const within = {
      campaignId: field === 'campaignId' ? (id ?? null) : (object?.campaignId ?? null),
      adGroupId: field === 'adGroupId' ? (id ?? null) : (object?.adGroupId ?? null),
      adId: field === 'adId' ? (id ?? null) : null,
    };
    const account = this.#account ?? this.#all.find((one) => one.id === object?.accountId);
    const above = levels.find((level) => {
      const named = this.#place[level.field];
      return named !== null && named !== within[level.field];
    });
    const problem =
      object === undefined
        ? `is no ${what} of this workspace that the last load has seen`
        : found.length > 1
          ? 'is the id of several; name the account too'
          : account?.id !== object.accountId
            ? 'belongs to another account'
            : above !== undefined
              ? `does not belong to ${above.field}`
              : undefined;
    if (problem !== undefined) {
      this.#refuse(field, problem);
      return;
    }
    this.#account = account;
    this.#place = within;
    if (field === 'adGroupId') this.#adGroupPlatformId = object?.platformId ?? null;
  }

  outcome(): FoundPlace {
    if (this.#problems.length > 0) return { kind: 'unknown', problems: this.#problems };
    const { id = null, platform = null, currency = null } = this.#account ?? {};
    return { kind: 'found', place: { ...this.#place, accountId: id, platform, accountCurrency: currency } };
  }

  #refuse(field: string, message: string): void {
    this.#problems.push({ field, message });
  }

  #idsOf(given: string | PlatformReference, field: Field, kind: StructureKind): readonly string[] {
    if (typeof given === 'string') return [given];
    const among = this.#account === undefined ? this.#all : [this.#account];
    const accounts = among.filter(({ platform }) => platform === given.platform);
    if (accounts.length === 0) this.#refuse(field, `is of ${given.platform}, where this workspace has no such account`);
    if (accounts.length > mostCandidates) {
      this.#refuse(field, `may be of ${accounts.length} accounts; name the account too`);
    }
    if (kind === 'ad' && this.#adGroupPlatformId === null) this.#refuse(field, 'needs its ad group beside it');
    if (this.#problems.length > 0) return [];
    return accounts.map(({ platform, platformId }) => {
      const scope: AccountScope = { workspaceId: this.#workspaceId, platform, accountPlatformId: platformId };
      return mirroredId(kind, scope, {
        platformId: given.platformId,
        adGroupPlatformId: this.#adGroupPlatformId,
      });
    });
  }
}
