import type { Market } from '../market/market.ts';
import { type Moment, momentOf } from '../market/moment.ts';
import type { Account, Ad, AdGroup, Campaign, Status } from '../market/world.ts';

/** One object of an account with everything above it. */
export interface Subject {
  readonly account: Account;
  readonly campaign: Campaign;
  readonly adGroup?: AdGroup | undefined;
  readonly ad?: Ad | undefined;
}

export type Level = 'campaign' | 'adgroup' | 'ad';

export const primaryStatuses = [
  'STATUS_ALL',
  'STATUS_NOT_DELETE',
  'STATUS_DELETE',
  'STATUS_DELIVERY_OK',
  'STATUS_DISABLE',
] as const;
export type PrimaryStatus = (typeof primaryStatuses)[number];

/** What an object's own switch and those above it come to today: the nearest reason why it does not deliver. */
export interface Standing {
  readonly operation: 'ENABLE' | 'DISABLE';
  readonly secondary: string;
  readonly deleted: boolean;
  readonly delivers: boolean;
}

const prefix: Readonly<Record<Level, string>> = {
  campaign: 'CAMPAIGN_STATUS',
  adgroup: 'ADGROUP_STATUS',
  ad: 'AD_STATUS',
};

/** Reads settings as they are at an instant. */
export class Standings {
  readonly #market: Market;
  readonly #nowMs: number;
  readonly #now: Moment;

  constructor(market: Market, account: Account, nowMs: number) {
    this.#market = market;
    this.#nowMs = nowMs;
    this.#now = momentOf(nowMs, account.timeZone);
  }

  settings(entity: Parameters<Market['plan']['settingsOn']>[0]) {
    return this.#market.plan.settingsOn(entity, this.#now.day, this.#now.fraction);
  }

  of(subject: Subject, level: Level): Standing {
    const chain: readonly (readonly [Level, Campaign | AdGroup | Ad | undefined])[] = [
      ['ad', subject.ad],
      ['adgroup', subject.adGroup],
      ['campaign', subject.campaign],
    ];
    const own = chain.findIndex(([name]) => name === level);
    const states = chain.slice(own).flatMap(([name, entity]) => {
      const state: readonly (readonly [Level, Status])[] = entity ? [[name, this.settings(entity).status]] : [];
      return state;
    });
    const deleted = states.find(([, status]) => status === 'removed')?.[0];
    const paused = states.find(([, status]) => status === 'paused')?.[0];
    const review = deleted === undefined && level === 'ad' ? this.#review(subject.ad) : undefined;
    const reason = deleted ?? paused;
    const word = deleted === undefined ? 'DISABLE' : 'DELETE';
    const running = level === 'campaign' ? 'ENABLE' : 'DELIVERY_OK';
    const above = reason === undefined || reason === level ? '' : `${reason.toUpperCase()}_`;
    return {
      operation: states[0]?.[1] === 'enabled' ? 'ENABLE' : 'DISABLE',
      secondary: `${prefix[level]}_${review ?? (reason === undefined ? running : `${above}${word}`)}`,
      deleted: deleted !== undefined,
      delivers: reason === undefined && review === undefined,
    };
  }

  /** New ads are looked at before they are shown, switched on or not; the first ones were, long ago. */
  #review(ad: Ad | undefined): 'AUDIT' | 'AUDIT_DENY' | undefined {
    if (ad?.createdAt === undefined) return undefined;
    const review = this.#market.presentOf(ad.id, this.#nowMs)?.standing.review;
    return review === 'in-review' ? 'AUDIT' : review === 'rejected' ? 'AUDIT_DENY' : undefined;
  }
}

export function hasPrimaryStatus(standing: Standing, status: PrimaryStatus): boolean {
  switch (status) {
    case 'STATUS_ALL':
      return true;
    case 'STATUS_DELETE':
      return standing.deleted;
    case 'STATUS_DELIVERY_OK':
      return standing.delivers;
    case 'STATUS_DISABLE':
      return !standing.deleted && !standing.delivers;
    default:
      return !standing.deleted;
  }
}

/** Everything of one level in an account, whatever its status. */
export function* subjectsOf(account: Account, level: Level): Generator<Subject> {
  for (const campaign of account.campaigns) {
    if (level === 'campaign') yield { account, campaign };
    else {
      for (const adGroup of campaign.adGroups) {
        if (level === 'adgroup') yield { account, campaign, adGroup };
        else for (const ad of adGroup.ads) yield { account, campaign, adGroup, ad };
      }
    }
  }
}

export function idOf(subject: Subject, level: Level): string {
  if (level === 'campaign') return subject.campaign.id;
  return (level === 'adgroup' ? subject.adGroup?.id : subject.ad?.id) ?? '';
}
