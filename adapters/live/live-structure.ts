import type { LiveObject } from '../../domain/analysis/live/live-state.ts';
import type { StructureKind } from '../../domain/integrations/platform.ts';
import type { StructureRecord } from '../../domain/integrations/structure-record.ts';
import type { StructureStore } from '../stores/structure-store.ts';

/** Objects of a page and pages of a kind: 10,000 enabled ones are looked through for budgets, the rest as rows name them. */
const pageSize = 1_000;
const mostPages = 10;
const idsPerRead = 100;

export const liveObject = ({
  id,
  accountId,
  status,
  dailyBudgetMicros,
}: StructureRecord<'campaign' | 'ad-group'>): LiveObject => ({
  id,
  accountId,
  enabled: status === 'enabled',
  dailyBudgetMicros,
});

/** Enabled campaigns; one without a budget of its own has that of its enabled ad groups together, where they have any. */
export async function enabledCampaigns(stores: {
  readonly campaigns: StructureStore<'campaign'>;
  readonly adGroups: StructureStore<'ad-group'>;
}): Promise<ReadonlyMap<string, LiveObject & { readonly name: string }>> {
  const campaigns = await enabled(stores.campaigns);
  const beneath = new Map<string, number>();
  if (campaigns.some(({ dailyBudgetMicros }) => dailyBudgetMicros === null)) {
    for (const { campaignId, dailyBudgetMicros } of await enabled(stores.adGroups)) {
      if (dailyBudgetMicros !== null) beneath.set(campaignId, (beneath.get(campaignId) ?? 0) + dailyBudgetMicros);
    }
  }
  return new Map(
    campaigns.map((record) => [
      record.id,
      {
        ...liveObject(record),
        name: record.name,
        dailyBudgetMicros: record.dailyBudgetMicros ?? beneath.get(record.id) ?? null,
      },
    ]),
  );
}

async function enabled<K extends StructureKind>(store: StructureStore<K>): Promise<StructureRecord<K>[]> {
  const all: StructureRecord<K>[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor } = await store.list({
      status: 'enabled',
      limit: pageSize,
      ...(cursor !== undefined && { cursor }),
    });
    all.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return all;
}

/** Records by id, a hundred a read. */
export async function recordsOf<K extends StructureKind>(
  store: StructureStore<K>,
  ids: readonly string[],
): Promise<Map<string, StructureRecord<K>>> {
  const found = new Map<string, StructureRecord<K>>();
  for (let start = 0; start < ids.length; start += idsPerRead) {
    for (const [id, record] of await store.getMany(ids.slice(start, start + idsPerRead))) found.set(id, record);
  }
  return found;
}
