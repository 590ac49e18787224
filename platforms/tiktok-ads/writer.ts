import * as z from 'zod/mini';
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
import type { ReadPolicy } from '../read-policy.ts';
import { type Connection, TikTokClient } from './client.ts';
import { openConnection } from './connection.ts';
import { platformError } from './errors.ts';
import { creativeBody, identityOf, landingPage, showsTheSame } from './write-ads.ts';
import { campaignBody, newAdGroupBody } from './write-bodies.ts';
import { TikTokWriteClient } from './write-client.ts';
import { levels, listedById, listedByName, onlyOne } from './write-listed.ts';
import { upload, uploadedBefore } from './write-media.ts';
import { unitsOf } from './write-money.ts';
import { presentObject, priceField } from './write-present.ts';
import { tiktokAdsWriteRules } from './write-rules.ts';
import { refusal, TargetingVocabulary, targetingBody } from './write-targeting.ts';
import { dailyBudgetModes, statuses, strategiesByGoal } from './write-vocabulary.ts';

export interface TikTokWriterOptions {
  readonly policy?: Partial<ReadPolicy>;
  /** Epoch milliseconds: an ad group begins now or later. */
  readonly now?: () => number;
}

/** Opens the writing side of TikTok Ads for one connection. */
export async function openTikTokAdsWriter(
  access: PlatformAccess,
  options: TikTokWriterOptions = {},
): Promise<PlatformWriter> {
  return new TikTokAdsWriter(openConnection(access, options.policy), options.now ?? Date.now);
}

/** "A request with the same id": an earlier try has arrived, whatever became of its answer. */
const duplicateRequest = '40050';
/** Where ids of places are read back, any objective tells the same ones. */
const anyObjective = 'TRAFFIC';

class TikTokAdsWriter implements PlatformWriter {
  readonly #reads: TikTokClient;
  readonly #writes: TikTokWriteClient;
  readonly #vocabulary: TargetingVocabulary;
  readonly #now: () => number;

  constructor(connection: Connection, now: () => number) {
    this.#reads = new TikTokClient(connection);
    this.#writes = new TikTokWriteClient(connection);
    this.#vocabulary = new TargetingVocabulary(this.#reads);
    this.#now = now;
  }

  async present(
    account: AccountRef,
    target: ObjectAddress,
    { signal }: WriteOptions = {},
  ): Promise<PresentObject | undefined> {
    const row = await listedById(this.#reads, account.platformId, target.kind, target.platformId, signal);
    if (row === undefined) return undefined;
    const countries =
      target.kind === 'ad-group'
        ? await this.#vocabulary.countries(account.platformId, anyObjective, signal)
        : undefined;
    return presentObject(row, target, account, countries);
  }

  async made(
    account: AccountRef,
    creation: Creation,
    _key: WriteKey,
    { signal }: WriteOptions = {},
  ): Promise<Written | undefined> {
    const advertiserId = account.platformId;
    if (creation.do === 'upload-asset') return uploadedBefore(this.#reads, advertiserId, creation, signal);
    const found = await this.#sameAs(advertiserId, creation, signal);
    const id = found?.row[found.id];
    return typeof id === 'string' ? { platformId: id, platformRequestId: null } : undefined;
  }

  async apply(
    account: AccountRef,
    operation: PlatformOperation,
    key: WriteKey,
    { signal }: WriteOptions = {},
  ): Promise<Written> {
    const against = tiktokAdsWriteRules.objections(operation, account);
    if (against.length > 0) {
      throw refusal('NOT_WRITABLE', against.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
    }
    const id = account.platformId;
    switch (operation.do) {
      case 'set-status':
        return this.#setStatus(id, operation.target, statuses[operation.status], signal);
      case 'remove':
        return this.#setStatus(id, operation.target, 'DELETE', signal);
      case 'rename':
        return this.#rename(id, operation, signal);
      case 'set-daily-budget':
        return this.#setDailyBudget(id, operation, signal);
      case 'set-bidding':
        return this.#setBidding(id, operation, signal);
      case 'set-targeting':
        return this.#setTargeting(id, operation, signal);
      case 'upload-asset':
        return upload(this.#writes, id, operation, signal);
      case 'create-campaign':
        return this.#once(account, operation, key, signal, () =>
          this.#create('campaign', id, campaignBody(operation, key), signal),
        );
      case 'create-ad-group':
        return this.#createAdGroup(account, operation, key, signal);
      case 'create-ad':
        return this.#createAd(id, operation, signal);
    }
  }

  async #sameAs(
    advertiserId: string,
    creation: Exclude<Creation, { readonly do: 'upload-asset' }>,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly row: RawRow; readonly id: string } | undefined> {
    const listed = (kind: ObjectAddress['kind'], beneath: Readonly<Record<string, readonly string[]>>) =>
      listedByName(this.#reads, advertiserId, kind, creation.name, beneath, signal);
    const as = (row: RawRow | undefined, kind: ObjectAddress['kind']) => row && { row, id: levels[kind].id };
    switch (creation.do) {
      case 'create-campaign':
        return as(onlyOne(await listed('campaign', {}), 'campaigns'), 'campaign');
      case 'create-ad-group': {
        const rows = await listed('ad-group', { campaign_ids: [creation.campaign.platformId] });
        return as(onlyOne(rows, 'ad groups'), 'ad-group');
      }
      case 'create-ad': {
        const rows = await listed('ad', { adgroup_ids: [creation.parent.platformId] });
        return as(
          rows.find((row) => showsTheSame(row, creation)),
          'ad',
        );
      }
    }
  }

  /** A creation that TikTok knows by its request id is not made again: what the earlier try has made is what this one asks for. */
  async #once(
    account: AccountRef,
    creation: Creation,
    key: WriteKey,
    signal: AbortSignal | undefined,
    create: () => Promise<Written>,
  ): Promise<Written> {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof PlatformError) || error.platformCode !== duplicateRequest) throw error;
      const made = await this.made(account, creation, key, { ...(signal && { signal }) });
      if (made !== undefined) return made;
      throw platformError(
        'unavailable',
        duplicateRequest,
        'has this request already and does not list its outcome yet',
        {
          secrets: [],
          requestId: error.platformRequestId,
        },
      );
    }
  }

  async #create(
    level: 'campaign' | 'adgroup',
    advertiserId: string,
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const body = { advertiser_id: advertiserId, ...fields };
    const command = { operation: `${level}/create`, advertiserId, body, signal };
    const shape = z.object({ [`${level}_id`]: z.string().check(z.minLength(1)) });
    const { data, requestId } = await this.#writes.send(command, shape);
    return { platformId: data[`${level}_id`] ?? '', platformRequestId: requestId ?? null };
  }

  async #createAdGroup(
    account: AccountRef,
    operation: PlatformOperationOf<'create-ad-group'>,
    key: WriteKey,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const id = account.platformId;
    const campaign = await this.#listed(id, { ...operation.campaign, kind: 'campaign' }, signal);
    const objective = String(campaign.objective_type);
    const targeting = await this.#targetingFields(id, operation.targeting ?? {}, objective, signal);
    const body = newAdGroupBody(operation, campaign, targeting, { key, timeZone: account.timeZone, now: this.#now() });
    return this.#once(account, operation, key, signal, () => this.#create('adgroup', id, body, signal));
  }

  async #createAd(
    advertiserId: string,
    { name, parent, creative, utmTemplate }: PlatformOperationOf<'create-ad'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    if (creative.format !== 'in-feed-video' && creative.format !== 'in-feed-image') {
      throw refusal('NOT_WRITABLE', `creative.format: TikTok has no ${creative.format} ads`);
    }
    const identity = await identityOf(this.#reads, advertiserId, creative.identity, signal);
    const body = {
      advertiser_id: advertiserId,
      adgroup_id: parent.platformId,
      creatives: [creativeBody(name, { ...creative, landingPageUrl: landingPage(creative, utmTemplate) }, identity)],
    };
    const made = z.object({ ad_ids: z.array(z.string()).check(z.minLength(1)) });
    const { data, requestId } = await this.#writes.send({ operation: 'ad/create', advertiserId, body, signal }, made);
    return { platformId: data.ad_ids[0] ?? '', platformRequestId: requestId ?? null };
  }

  async #setStatus(
    advertiserId: string,
    target: ObjectAddress,
    status: string,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const { ids } = levels[target.kind];
    return this.#change(
      advertiserId,
      target,
      'status/update',
      { [ids]: [target.platformId], operation_status: status },
      signal,
    );
  }

  async #rename(
    advertiserId: string,
    { target, name }: PlatformOperationOf<'rename'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const { id, name: field } = levels[target.kind];
    const own = { [id]: target.platformId, [field]: name };
    if (target.kind !== 'ad') return this.#change(advertiserId, target, 'update', own, signal);
    // Without `patch_update` whatever is left out of an ad would be emptied.
    const body = { adgroup_id: target.adGroupPlatformId, patch_update: true, creatives: [own] };
    return this.#change(advertiserId, target, 'update', body, signal);
  }

  async #setDailyBudget(
    advertiserId: string,
    { target, dailyBudget }: PlatformOperationOf<'set-daily-budget'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const row = await this.#listed(advertiserId, target, signal);
    // The same field is money for the whole flight in other modes, and a mode cannot be changed.
    if (!dailyBudgetModes.has(String(row.budget_mode))) {
      throw refusal(
        'NO_DAILY_BUDGET',
        `dailyBudget: it has no daily budget on TikTok (${row.budget_mode}), and TikTok changes none into one`,
      );
    }
    const body = { [levels[target.kind].id]: target.platformId, budget: unitsOf(dailyBudget.micros) };
    return this.#change(advertiserId, target, 'update', body, signal);
  }

  async #setBidding(
    advertiserId: string,
    { target, bidding }: PlatformOperationOf<'set-bidding'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const row = await this.#listed(advertiserId, target, signal);
    const known = strategiesByGoal[String(row.optimization_goal)];
    const wanted = bidding.amount === undefined ? known?.free : known?.capped;
    if (wanted !== bidding.strategy) {
      const instead = known === undefined ? 'and its bids are not supported' : `which bids ${known.free}`;
      throw refusal(
        'BIDDING_NOT_FOR_GOAL',
        `bidding.strategy: the ad group is optimised for ${row.optimization_goal}, ${instead}`,
      );
    }
    const price = bidding.amount && { [priceField(row.billing_event)]: unitsOf(bidding.amount.micros) };
    const body = {
      adgroup_id: target.platformId,
      bid_type: bidding.amount === undefined ? 'BID_TYPE_NO_BID' : 'BID_TYPE_CUSTOM',
      ...price,
    };
    return this.#change(advertiserId, target, 'update', body, signal);
  }

  async #setTargeting(
    advertiserId: string,
    { target, targeting }: PlatformOperationOf<'set-targeting'>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const fields = await this.#targetingFields(advertiserId, targeting, anyObjective, signal);
    const body = { adgroup_id: target.platformId, ...fields };
    return this.#change(advertiserId, target, 'update', body, signal);
  }

  async #targetingFields(
    advertiserId: string,
    targeting: PlatformOperationOf<'set-targeting'>['targeting'],
    objective: string,
    signal: AbortSignal | undefined,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { countries, languages } = targeting;
    const places = countries && (await this.#vocabulary.countries(advertiserId, objective, signal));
    const known = languages?.length ? await this.#vocabulary.languages(advertiserId, signal) : undefined;
    return targetingBody(targeting, places, known);
  }

  /** The object itself; what is gone is refused before anything is sent. */
  async #listed(advertiserId: string, target: ObjectAddress, signal: AbortSignal | undefined): Promise<RawRow> {
    const row = await listedById(this.#reads, advertiserId, target.kind, target.platformId, signal);
    if (row === undefined) throw refusal('NOT_FOUND', `target: the account has no ${target.kind} ${target.platformId}`);
    return row;
  }

  async #change(
    advertiserId: string,
    target: ObjectAddress,
    action: 'update' | 'status/update',
    fields: Readonly<Record<string, unknown>>,
    signal: AbortSignal | undefined,
  ): Promise<Written> {
    const level = target.kind === 'ad-group' ? 'adgroup' : target.kind;
    const body = { advertiser_id: advertiserId, ...fields };
    const command = { operation: `${level}/${action}`, advertiserId, body, signal };
    const { requestId } = await this.#writes.send(command, z.unknown());
    return { platformId: target.platformId, platformRequestId: requestId ?? null };
  }
}
