import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { AppError } from '../../../domain/errors.ts';

/** Entries of a page when the caller names no limit. */
const defaultLimit = 100;

interface Filters {
  readonly accountId?: string | undefined;
  readonly campaignId?: string | undefined;
  readonly adGroupId?: string | undefined;
}

const parents = {
  accountId: { name: 'account', get: (stores, id) => stores.accounts.get(id) },
  campaignId: { name: 'campaign', get: (stores, id) => stores.campaigns.get(id) },
  adGroupId: { name: 'ad group', get: (stores, id) => stores.adGroups.get(id) },
} as const satisfies Record<
  keyof Filters,
  {
    name: string;
    get: (stores: WorkspaceStores<'accounts' | 'campaigns' | 'adGroups' | 'ads'>, id: string) => Promise<unknown>;
  }
>;

/** A filter by something that is not in the workspace is a mistake to hear of, not an empty list. */
async function requireParents(
  stores: WorkspaceStores<'accounts' | 'campaigns' | 'adGroups' | 'ads'>,
  filters: Filters,
): Promise<void> {
  for (const [field, { name, get }] of Object.entries(parents)) {
    const id = filters[field as keyof Filters];
    if (id !== undefined && (await get(stores, id)) === undefined) throw notFound(name, id);
  }
}

const notFound = (name: string, id: string): AppError =>
  new AppError('not-found', `There is no ${name} ${id} in this workspace.`);

/** Given values only: stores tell an absent filter from an undefined one. */
function present<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Accounts and what is in them, as the platforms last told. */
export function browseStructure(stores: Stores<'accounts' | 'campaigns' | 'adGroups' | 'ads'>) {
  const of = (workspaceId: string) => stores.forWorkspace(workspaceId);
  return {
    listAccounts: ({ principal, query }) =>
      of(principal.workspaceId).accounts.list({ limit: defaultLimit, ...present(query) }),
    async listCampaigns({ principal, query }) {
      const own = of(principal.workspaceId);
      await requireParents(own, query);
      return own.campaigns.list({ limit: defaultLimit, ...present(query) });
    },
    async getCampaign({ principal, path: { campaignId } }) {
      const campaign = await of(principal.workspaceId).campaigns.get(campaignId);
      if (campaign === undefined) throw notFound('campaign', campaignId);
      return campaign;
    },
    async listAdGroups({ principal, query }) {
      const own = of(principal.workspaceId);
      await requireParents(own, query);
      return own.adGroups.list({ limit: defaultLimit, ...present(query) });
    },
    async listAds({ principal, query }) {
      const own = of(principal.workspaceId);
      await requireParents(own, query);
      return own.ads.list({ limit: defaultLimit, ...present(query) });
    },
  } satisfies RouteCases;
}
