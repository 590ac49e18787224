import { dayOf, localDay, startOfDay } from '../../market/calendar.ts';
import type { Market } from '../../market/market.ts';
import type { Account, Ad, AdGroup, Campaign, Settings, Status } from '../../market/world.ts';

/** LinkedIn counts days in UTC, whatever zone the advertiser lives in. */
export const zone = 'UTC';

/** The world at an instant, as LinkedIn's resources show it. */
export interface View {
  readonly market: Market;
  readonly nowMs: number;
}

/** A campaign of LinkedIn (the market's ad group) with what it stands in. */
export interface CampaignSubject {
  readonly account: Account;
  readonly group: Campaign;
  readonly campaign: AdGroup;
}

/** A creative of LinkedIn (the market's ad) with what it stands in. */
export interface CreativeSubject extends CampaignSubject {
  readonly ad: Ad;
}

type Entity = { readonly id: string; readonly settings: Settings; readonly own?: Readonly<Record<string, unknown>> };

export const accountUrn = ({ id }: Account) => `urn:li:sponsoredAccount:${id}`;
export const groupUrn = ({ id }: Campaign) => `urn:li:sponsoredCampaignGroup:${id}`;
export const campaignUrn = ({ id }: AdGroup) => `urn:li:sponsoredCampaign:${id}`;
export const creativeUrn = ({ id }: Ad) => `urn:li:sponsoredCreative:${id}`;
/** The post a creative shows has an id of its own. */
export const postUrn = ({ id }: Ad) => `urn:li:share:7${id.padStart(18, '0')}`;
/** The company page the accounts advertise for. */
export const organizationUrn = 'urn:li:organization:10455621';

/** An account's campaigns, group by group. Kept, for accounts of a hundred thousand ads are paged through. */
export function campaignsOf(account: Account): readonly CampaignSubject[] {
  return remembered(campaigns, account, () =>
    account.campaigns.flatMap((group) => group.adGroups.map((campaign) => ({ account, group, campaign }))),
  );
}

export function creativesOf(account: Account): readonly CreativeSubject[] {
  return remembered(creatives, account, () =>
    campaignsOf(account).flatMap((subject) => subject.campaign.ads.map((ad) => ({ ...subject, ad }))),
  );
}

/** The creative that shows a post. */
export function creativeOfPost(account: Account, urn: string): CreativeSubject | undefined {
  const byPost = remembered(
    posts,
    account,
    () => new Map(creativesOf(account).map((subject) => [postUrn(subject.ad), subject])),
  );
  return byPost.get(urn);
}

const campaigns = new WeakMap<Account, readonly CampaignSubject[]>();
const creatives = new WeakMap<Account, readonly CreativeSubject[]>();
const posts = new WeakMap<Account, ReadonlyMap<string, CreativeSubject>>();

/** Worlds never change: a new one has new accounts. */
function remembered<T>(cache: WeakMap<Account, T>, account: Account, make: () => T): T {
  const held = cache.get(account);
  if (held !== undefined) return held;
  const made = make();
  cache.set(account, made);
  return made;
}

export function settingsNow(view: View, entity: Entity): Settings {
  return view.market.plan.settingsOn(entity, localDay(view.nowMs, zone));
}

const words: Readonly<Record<Status, string>> = { enabled: 'ACTIVE', paused: 'PAUSED', removed: 'ARCHIVED' };

export function statusNow(view: View, entity: Entity): string {
  const { status } = settingsNow(view, entity);
  return status === 'removed' && entity.own?.['removal'] === 'PENDING_DELETION' ? 'PENDING_DELETION' : words[status];
}

/** What holds an object back from serving, each with LinkedIn's word for it; `RUNNABLE` when nothing does. */
export function servingStatuses(
  view: View,
  account: Account,
  ...holders: readonly (readonly [word: string, entity: Entity])[]
): readonly string[] {
  const holds = account.status === 'enabled' ? [] : ['ACCOUNT_SERVING_HOLD'];
  for (const [word, entity] of holders) if (settingsNow(view, entity).status !== 'enabled') holds.push(word);
  return holds.length === 0 ? ['RUNNABLE'] : holds;
}

/** Epoch milliseconds: made when the history begins, last changed by the newest dated change that is in force. */
export function stamps(
  view: View,
  entity: { readonly id: string; readonly createdAt?: number },
): { readonly created: number; readonly lastModified: number } {
  const { world } = view.market;
  const created = entity.createdAt ?? startOfDay(dayOf(world.historyStart), zone);
  const changes = world.changes
    .filter(({ objectId }) => objectId === entity.id)
    .map(({ from }) => startOfDay(dayOf(from), zone));
  return { created, lastModified: Math.max(created, ...changes.filter((at) => at <= view.nowMs)) };
}

export function auditStamps(view: View, entity: { readonly id: string; readonly createdAt?: number }) {
  const { created, lastModified } = stamps(view, entity);
  return { created: { time: created }, lastModified: { time: lastModified } };
}
