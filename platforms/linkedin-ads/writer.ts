import * as z from 'zod/mini';
import { taggedPage } from '../../domain/changes/utm.ts';
import { dayNumber } from '../../domain/integrations/calendar-day.ts';
import {
  type AccountRef,
  type PlatformAccess,
  PlatformError,
  type RawRow,
} from '../../domain/integrations/platform.ts';
import type {
  Creation,
  ObjectAddress,
  PlatformOperation,
  PlatformOperationOf,
  PlatformWriter,
  PresentObject,
  WriteKey,
  WriteOptions,
  Written,
} from '../../domain/integrations/platform-writer.ts';
import { LinkedInClient } from './client.ts';
import { plainCommentary } from './commentary.ts';
import { type OpenOptions, openConnection } from './connection.ts';
import { platformError } from './errors.ts';
import { pagesByToken } from './paging.ts';
import type { Restli } from './restli.ts';
import { postsOf, referenceOf } from './structure.ts';
import { type UrnKind, urn, urnPrefix } from './urns.ts';
import { LinkedInWriteClient } from './write-client.ts';
import { upload, uploadedBefore } from './write-media.ts';
import { amountOf } from './write-money.ts';
import { presentObject } from './write-present.ts';
import { linkedInAdsWriteRules } from './write-rules.ts';
import { criteriaWith, facetsOf } from './write-targeting.ts';
import { callsToAction, locales, objectives, waysToBid } from './write-vocabulary.ts';

/** Opens the writing side of LinkedIn Ads for one connection. */
export async function openLinkedInAdsWriter(
  access: PlatformAccess,
  options: OpenOptions = {},
): Promise<PlatformWriter> {
  const connection = openConnection(access, options);
  return new LinkedInAdsWriter(new LinkedInClient(connection), new LinkedInWriteClient(connection), connection.now);
}

interface Level {
  readonly resource: 'adCampaignGroups' | 'adCampaigns' | 'creatives';
  readonly urn: UrnKind;
  readonly status: 'status' | 'intendedStatus';
}
const levels: Readonly<Record<ObjectAddress['kind'], Level>> = {
  campaign: { resource: 'adCampaignGroups', urn: 'sponsoredCampaignGroup', status: 'status' },
  'ad-group': { resource: 'adCampaigns', urn: 'sponsoredCampaign', status: 'status' },
  ad: { resource: 'creatives', urn: 'sponsoredCreative', status: 'intendedStatus' },
};
const statuses = { enabled: 'ACTIVE', paused: 'PAUSED' } as const;
/** What still counts when a name is looked for. */
const standing = ['ACTIVE', 'PAUSED', 'DRAFT', 'COMPLETED'];

const anything = z.record(z.string(), z.unknown());
const inlineAnswer = z.object({ value: z.optional(z.object({ creative: z.optional(z.string()) })) });

class LinkedInAdsWriter implements PlatformWriter {
  readonly #reads: LinkedInClient;
  readonly #writes: LinkedInWriteClient;
  readonly #now: () => number;

  constructor(reads: LinkedInClient, writes: LinkedInWriteClient, now: () => number) {
    this.#reads = reads;
    this.#writes = writes;
    this.#now = now;
  }

  async present(
    account: AccountRef,
    target: ObjectAddress,
    { signal }: WriteOptions = {},
  ): Promise<PresentObject | undefined> {
    const row = await this.#get(account.platformId, target, signal);
    return row === undefined ? undefined : presentObject(row, target);
  }

  async made(
    account: AccountRef,
    creation: Creation,
    _key: WriteKey,
    { signal }: WriteOptions = {},
  ): Promise<Written | undefined> {
    const id = account.platformId;
    if (creation.do === 'upload-asset') return uploadedBefore(this.#reads, id, creation, signal);
    if (creation.do === 'create-ad') return this.#adLike(id, creation, signal);
    const isCampaign = creation.do === 'create-campaign';
    const search = {
      name: { values: [creation.name] },
      status: { values: standing },
      ...(!isCampaign && { campaignGroup: { values: [urn('sponsoredCampaignGroup', creation.campaign.platformId)] } }),
    };
    const rows = await this.#found(
      id,
      isCampaign ? 'adCampaignGroups' : 'adCampaigns',
      { q: 'search', search },
      signal,
    );
    const same = rows.filter((row) => row.name === creation.name);
    if (same.length > 1) {
      const what = isCampaign ? 'campaign groups' : 'campaigns';
      throw refusal(
        'AMBIGUOUS_NAME',
        `name: there are ${same.length} ${what} of this name; rename all but one, or choose another`,
      );
    }
    const [row] = same;
    return row === undefined ? undefined : { platformId: String(row.id), platformRequestId: null };
  }

  async apply(
    account: AccountRef,
    operation: PlatformOperation,
    _key: WriteKey,
    { signal }: WriteOptions = {},
  ): Promise<Written> {
    const against = linkedInAdsWriteRules.objections(operation, account);
    if (against.length > 0) {
      throw refusal('NOT_WRITABLE', against.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
    }
    const id = account.platformId;
    switch (operation.do) {
      case 'set-status':
        return this.#set(
          id,
          operation.target,
          { [levels[operation.target.kind].status]: statuses[operation.status] },
          signal,
        );
      case 'remove':
        return this.#set(id, operation.target, { [levels[operation.target.kind].status]: 'PENDING_DELETION' }, signal);
      case 'rename':
        return this.#set(id, operation.target, { name: operation.name }, signal);
      case 'set-daily-budget':
        return this.#setDailyBudget(id, operation, signal);
      case 'set-bidding':
        return this.#setBidding(id, operation, signal);
      case 'set-targeting':
        return this.#setTargeting(id, operation, signal);
      case 'upload-asset':
        return upload({ reads: this.#reads, writes: this.#writes }, id, operation, signal);
      case 'create-campaign':
        return this.#createCampaign(id, operation, signal);
      case 'create-ad-group':
        return this.#createAdGroup(id, operation, signal);
      case 'create-ad':
        return this.#createAd(id, operation, signal);
    }
  }

  async #createCampaign(
    accountId: string,
    draft: PlatformOperationOf<'create-campaign'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    return this.#create(
      accountId,
      'adCampaignGroups',
      {
        name: draft.name,
        status: 'PAUSED',
        objectiveType: objectives[draft.objective],
        runSchedule: this.#schedule(draft),
        ...(draft.dailyBudget !== undefined && {
          dailyBudget: amountOf(draft.dailyBudget),
          // A budget of the group is divided among its campaigns, which have none of their own then.
          budgetOptimization: { budgetOptimizationStrategy: 'DYNAMIC' },
        }),
      },
      signal,
    );
  }

  async #createAdGroup(
    accountId: string,
    draft: PlatformOperationOf<'create-ad-group'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const group = await this.#listed(accountId, { ...draft.campaign, kind: 'campaign' }, signal);
    const objective = String(group.objectiveType);
    if (!Object.values(objectives).includes(objective)) {
      throw refusal(
        'OBJECTIVE_NOT_WRITTEN',
        `campaign: ad groups of the objective ${objective} are not written to LinkedIn`,
      );
    }
    const divided = group.dailyBudget !== undefined;
    if (divided !== (draft.dailyBudget === undefined)) {
      throw refusal(
        'BUDGET_LEVEL',
        divided
          ? 'dailyBudget: the campaign has the budget and divides it; its ad groups have none'
          : 'dailyBudget: the campaign has no daily budget, so each of its ad groups needs one',
      );
    }
    const { reference } = await this.#reads.ask(
      { path: `adAccounts/${accountId}`, resource: 'adAccounts', parameters: {}, signal },
      anything,
    );
    if (typeof reference !== 'string') {
      throw refusal('NO_PAGE', 'accountId: the account advertises for no company page; link one on LinkedIn');
    }
    const targeting = draft.targeting ?? {};
    return this.#create(
      accountId,
      'adCampaigns',
      {
        campaignGroup: urn('sponsoredCampaignGroup', draft.campaign.platformId),
        name: draft.name,
        status: 'PAUSED',
        type: 'SPONSORED_UPDATES',
        format: 'STANDARD_UPDATE',
        objectiveType: objective,
        associatedEntity: reference,
        creativeSelection: 'OPTIMIZED',
        // Whatever LinkedIn would add by itself and nobody asked for is off: other sites, other people.
        audienceExpansionEnabled: false,
        offsiteDeliveryEnabled: false,
        locale: locales[targeting.languages?.[0] ?? ''],
        politicalIntent: draft.politicalAdvertising === 'none' ? 'NOT_POLITICAL' : 'POLITICAL',
        runSchedule: this.#schedule(draft),
        targetingCriteria: criteriaWith(undefined, facetsOf(targeting)),
        ...(draft.dailyBudget !== undefined && { dailyBudget: amountOf(draft.dailyBudget) }),
        ...biddingFields(draft.bidding, objective),
      },
      signal,
    );
  }

  /** One call makes the post and the creative that shows it: there is never one without the other. */
  async #createAd(
    accountId: string,
    draft: PlatformOperationOf<'create-ad'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const { creative } = draft;
    if (creative.format !== 'single-image') {
      throw refusal('NOT_WRITABLE', `creative.format: LinkedIn has no ${creative.format} ads`);
    }
    const body = {
      creative: {
        name: draft.name,
        campaign: urn('sponsoredCampaign', draft.parent.platformId),
        intendedStatus: 'PAUSED',
        inlineContent: {
          post: {
            adContext: { dscAdAccount: urn('sponsoredAccount', accountId), dscStatus: 'ACTIVE' },
            author: creative.page,
            commentary: plainCommentary(creative.introduction),
            visibility: 'PUBLIC',
            lifecycleState: 'PUBLISHED',
            isReshareDisabledByAuthor: false,
            contentCallToActionLabel: creative.callToAction && callsToAction[creative.callToAction],
            contentLandingPage: landingPage(draft, creative.landingPageUrl),
            content: { media: { title: creative.headline, id: creative.image.platformId } },
          },
        },
      },
    };
    const path = `adAccounts/${accountId}/creatives?action=createInline`;
    const { data, id, requestId } = await this.#writes.send(
      { path, resource: 'creatives', body, signal },
      inlineAnswer,
    );
    const made = data.value?.creative ?? decodeURIComponent(id ?? '');
    if (!made.startsWith(urnPrefix('sponsoredCreative'))) {
      throw platformError('unavailable', 'UNREADABLE_ANSWER', 'creatives answered a creation without an id', nowhere);
    }
    return { platformId: made.slice(urnPrefix('sponsoredCreative').length), platformRequestId: requestId };
  }

  /** Of the same name beneath the same campaign, that shows the same. */
  async #adLike(
    accountId: string,
    draft: PlatformOperationOf<'create-ad'>,
    signal: AbortSignal | undefined,
  ): Promise<Written | undefined> {
    const { creative, parent, name } = draft;
    if (creative.format !== 'single-image') return undefined;
    const campaigns = [urn('sponsoredCampaign', parent.platformId)];
    const parameters = { q: 'criteria', campaigns, intendedStatuses: ['ACTIVE', 'PAUSED', 'DRAFT'] };
    const rows = (await this.#found(accountId, 'creatives', parameters, signal)).filter((row) => row.name === name);
    if (rows.length === 0) return undefined;
    const posts = await postsOf({ client: this.#reads, accountId, signal }, rows);
    const commentary = plainCommentary(creative.introduction);
    for (const row of rows) {
      const post = posts.get(referenceOf(row) ?? '');
      const media = shown.safeParse(post).data?.content?.media;
      // Posts are read with a permission of their own. Without it a name has to do: the preview takes none that is there already.
      const isOther =
        post !== undefined &&
        (post.commentary !== commentary ||
          media?.title !== creative.headline ||
          media.id !== creative.image.platformId);
      if (isOther) continue;
      return { platformId: String(row.id).replace(urnPrefix('sponsoredCreative'), ''), platformRequestId: null };
    }
    return undefined;
  }

  async #setDailyBudget(
    accountId: string,
    { target, dailyBudget }: PlatformOperationOf<'set-daily-budget'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const row = await this.#listed(accountId, target, signal);
    if (row.dailyBudget === undefined) {
      throw refusal(
        'NO_DAILY_BUDGET',
        'dailyBudget: it has no daily budget on LinkedIn; the budget stands at another level, or is one of the whole flight',
      );
    }
    return this.#set(accountId, target, { dailyBudget: amountOf(dailyBudget) }, signal);
  }

  async #setBidding(
    accountId: string,
    { target, bidding }: PlatformOperationOf<'set-bidding'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const row = await this.#listed(accountId, target, signal);
    const fields = biddingFields(bidding, String(row.objectiveType));
    // A patch keeps what it does not name: the price of another way to bid is taken away.
    const stale = bidding.amount === undefined && row.unitCost !== undefined ? ['unitCost'] : [];
    return this.#set(accountId, target, fields, signal, stale);
  }

  async #setTargeting(
    accountId: string,
    { target, targeting }: PlatformOperationOf<'set-targeting'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const row = await this.#listed(accountId, target, signal);
    const targetingCriteria = criteriaWith(row.targetingCriteria, facetsOf(targeting));
    return this.#set(accountId, target, { targetingCriteria }, signal);
  }

  async #create(
    accountId: string,
    resource: Level['resource'],
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const body = { account: urn('sponsoredAccount', accountId), ...fields };
    const { id, requestId } = await this.#writes.send(
      { path: `adAccounts/${accountId}/${resource}`, resource, body, signal },
      anything,
    );
    if (id === undefined) {
      throw platformError('unavailable', 'UNREADABLE_ANSWER', `${resource} answered a creation without an id`, nowhere);
    }
    return { platformId: id, platformRequestId: requestId };
  }

  async #set(
    accountId: string,
    target: ObjectAddress,
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
    takenAway: readonly string[] = [],
  ): Promise<Written> {
    const { resource } = levels[target.kind];
    const { requestId } = await this.#writes.send(
      {
        path: pathOf(accountId, target),
        resource,
        method: 'PARTIAL_UPDATE',
        body: { patch: { $set: fields, ...(takenAway.length > 0 && { $delete: takenAway }) } },
        signal,
      },
      anything,
    );
    return { platformId: target.platformId, platformRequestId: requestId };
  }

  async #get(accountId: string, target: ObjectAddress, signal: AbortSignal | undefined): Promise<RawRow | undefined> {
    const { resource } = levels[target.kind];
    try {
      return await this.#reads.ask({ path: pathOf(accountId, target), resource, parameters: {}, signal }, anything);
    } catch (error) {
      if (error instanceof PlatformError && ['NOT_FOUND', 'HTTP_404'].includes(error.platformCode ?? ''))
        return undefined;
      throw error;
    }
  }

  /** The object itself; what is not there is refused before anything is sent. */
  async #listed(accountId: string, target: ObjectAddress, signal: AbortSignal | undefined): Promise<RawRow> {
    const row = await this.#get(accountId, target, signal);
    if (row === undefined) throw refusal('NOT_FOUND', `target: the account has no ${target.kind} ${target.platformId}`);
    return row;
  }

  async #found(
    accountId: string,
    resource: Level['resource'],
    parameters: Readonly<Record<string, Restli>>,
    signal: AbortSignal | undefined,
  ): Promise<readonly RawRow[]> {
    const found: RawRow[] = [];
    const question = { path: `adAccounts/${accountId}/${resource}`, resource, parameters, signal };
    for await (const rows of pagesByToken(this.#reads, question, 100)) found.push(...rows);
    return found;
  }

  /** Days of the account, which LinkedIn counts in UTC; the last one belongs to the flight. */
  #schedule({
    startDate,
    endDate,
  }: {
    readonly startDate?: string | undefined;
    readonly endDate?: string | undefined;
  }) {
    const startOf = (day: number): number => day * 86_400_000;
    return {
      start: startDate === undefined ? this.#now() : Math.max(this.#now(), startOf(dayNumber(startDate))),
      ...(endDate !== undefined && { end: startOf(dayNumber(endDate) + 1) }),
    };
  }
}

const shown = z.object({
  content: z.optional(z.object({ media: z.optional(z.object({ id: z.string(), title: z.optional(z.string()) })) })),
});

function pathOf(accountId: string, { kind, platformId }: ObjectAddress): string {
  const { resource, urn: kindOfUrn } = levels[kind];
  const key = kind === 'ad' ? encodeURIComponent(urn(kindOfUrn, platformId)) : platformId;
  return `adAccounts/${accountId}/${resource}/${key}`;
}

/** Throws `PlatformError` for a way to bid that LinkedIn does not have for the objective. */
function biddingFields(bidding: PlatformOperationOf<'set-bidding'>['bidding'] | undefined, objective: string) {
  const priced = bidding?.amount !== undefined;
  const ways = waysToBid.filter(({ objectives: own }) => own.includes(objective));
  const way = ways.find((one) => one.strategy === bidding?.strategy && one.priced === priced);
  if (way === undefined) {
    const there = ways.map((one) => `${one.strategy}${one.priced ? ' with an amount' : ''}`).join(', ');
    throw refusal(
      'BIDDING_NOT_FOR_OBJECTIVE',
      `bidding.strategy: LinkedIn bids ${there || 'in no way this system knows'} for the objective ${objective}`,
    );
  }
  const { costType, optimizationTargetType } = way;
  return {
    costType,
    optimizationTargetType,
    ...(bidding?.amount !== undefined && { unitCost: amountOf(bidding.amount) }),
  };
}

/** LinkedIn fills in nothing by itself: what is known when the ad is made stands in the address. Names change, ids do not. */
const landingPage = ({ parent, utmTemplate }: PlatformOperationOf<'create-ad'>, page: string): string => {
  const values = {
    platform: 'linkedin-ads',
    campaign: parent.campaignPlatformId ?? '',
    'ad-group': parent.platformId,
    ad: '',
  };
  return taggedPage(page, utmTemplate, (placeholder) => values[placeholder]);
};

const nowhere = { version: '', now: 0, secrets: [] };
const refusal = (code: string, message: string): PlatformError => platformError('rejected', code, message, nowhere);
