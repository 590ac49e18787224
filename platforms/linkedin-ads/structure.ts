import { PlatformError, type RawRow, type StructureKind } from '../../domain/integrations/platform.ts';
import { batchAnswer, campaignShape } from './answers.ts';
import type { LinkedInClient } from './client.ts';
import { pagesByToken } from './paging.ts';
import { inBatches, urn, urnsPerRequest } from './urns.ts';

export interface Scope {
  readonly client: LinkedInClient;
  readonly accountId: string;
  readonly signal: AbortSignal | undefined;
}

/** Resources below an account, by the finder that lists them. Without criteria they list every status. */
const lists = {
  adCampaignGroups: { q: 'search', pageSize: 1_000 },
  adCampaigns: { q: 'search', pageSize: 1_000 },
  creatives: { q: 'criteria', pageSize: 100 },
} as const;

export async function* listed(
  { client, accountId, signal }: Scope,
  resource: keyof typeof lists,
): AsyncGenerator<readonly RawRow[], undefined> {
  const { q, pageSize } = lists[resource];
  yield* pagesByToken(
    client,
    { path: `adAccounts/${accountId}/${resource}`, resource, parameters: { q }, signal },
    pageSize,
  );
}

/** Raw rows about what exists. A creative is handed out with what LinkedIn says of its campaign and of the post it shows. */
export async function* structure(scope: Scope, kind: StructureKind): AsyncGenerator<readonly RawRow[], undefined> {
  if (kind === 'campaign') yield* listed(scope, 'adCampaignGroups');
  else if (kind === 'ad-group') yield* listed(scope, 'adCampaigns');
  else {
    const groups = await groupsByCampaign(scope);
    for await (const creatives of listed(scope, 'creatives')) {
      const posts = await postsOf(scope, creatives);
      yield creatives.map((creative) => {
        const campaign = String(creative.campaign);
        const post = posts.get(referenceOf(creative) ?? '');
        return {
          creative,
          campaign: { id: campaign, campaignGroup: groups.get(campaign) },
          ...(post && { post }),
        };
      });
    }
  }
}

/** Creatives do not name their campaign group. An account has at most 5,000 campaigns. */
async function groupsByCampaign(scope: Scope): Promise<ReadonlyMap<string, string>> {
  const groups = new Map<string, string>();
  for await (const page of listed(scope, 'adCampaigns')) {
    for (const element of page) {
      const read = campaignShape.safeParse(element);
      // A spoilt campaign costs its own creatives, which are rejected for want of a campaign group.
      if (read.success) groups.set(urn('sponsoredCampaign', String(read.data.id)), read.data.campaignGroup);
    }
  }
  return groups;
}

/** Posts by URN. Without the permission to read them (`r_organization_social`) creatives are known without what they show. */
export async function postsOf(
  { client, signal }: Scope,
  creatives: readonly RawRow[],
): Promise<ReadonlyMap<string, RawRow>> {
  const references = [...new Set(creatives.flatMap((creative) => referenceOf(creative) ?? []))];
  const posts = new Map<string, RawRow>();
  for (const batch of inBatches(references, urnsPerRequest)) {
    try {
      const { results } = await client.ask(
        { path: 'posts', resource: 'posts', parameters: { ids: batch }, method: 'BATCH_GET', signal },
        batchAnswer,
      );
      for (const [id, post] of Object.entries(results)) posts.set(id, post);
    } catch (error) {
      if (error instanceof PlatformError && error.platformCode === 'ACCESS_DENIED') return posts;
      throw error;
    }
  }
  return posts;
}

/** URN of the post that a creative shows, where it shows one. */
export function referenceOf(creative: RawRow): string | undefined {
  const { content } = creative;
  if (typeof content !== 'object' || content === null || !('reference' in content)) return undefined;
  const { reference } = content;
  return typeof reference === 'string' && /^urn:li:(share|ugcPost):\d+$/.test(reference) ? reference : undefined;
}
