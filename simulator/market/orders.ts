import { type Day, localDay, startOfDay } from './calendar.ts';
import { delayMs } from './conversions.ts';
import { type Claim, pick } from './divide.ts';
import { hashText, mix, uniform } from './random.ts';
import type { Account, Campaign, Platform } from './world.ts';

/**
 * How often an order that search brought was seen coming by another platform as well, once everybody has met its ads. The other
 * platform claims it whole: its own windows tell it so, and neither knows of the other.
 */
const sharedAtMost: Readonly<Record<Platform, number>> = { 'google-ads': 0, 'tiktok-ads': 0.3, 'linkedin-ads': 0.06 };
/** A day's impressions at which half of that is reached. */
const halfReachImpressions = 150_000;
/** A view counts up to a day before the click that another platform claims. */
const viewBeforeClickMs = 20 * 3_600_000;

/** What the pool asks the market. */
interface Delivering {
  accounts(): readonly Account[];
  readonly maxConversionDelayDays: number;
  /** Claims that come of a campaign's own clicks. */
  ownClaims(account: Account, campaign: Campaign, day: Day): readonly Claim[];
  /** The parts of a day by the fraction at which each begins, with the impressions the whole day would have had as it was then. */
  partsOn(
    account: Account,
    campaign: Campaign,
    day: Day,
  ): readonly { readonly from: number; readonly impressions: number }[];
}

/** One order of a country's shop, with everybody who says it is theirs. */
export interface Order {
  readonly id: string;
  readonly priceMicros: number;
  readonly currency: string;
  readonly claims: readonly {
    readonly platform: Platform;
    readonly accountId: string;
    readonly campaignId: string;
    readonly creditMicros: number;
    readonly valueMicros: number;
  }[];
}

/** The orders of one country, for which several platforms reach the same people. */
export class OrderPool {
  readonly #market: Delivering;
  readonly #shared = new Map<string, { readonly day: Day; readonly claims: ReadonlyMap<string, readonly Claim[]> }>();

  constructor(market: Delivering) {
    this.#market = market;
  }

  /** An account's claims, on a day, to orders that search campaigns of another platform brought; by campaign. */
  sharedClaims(account: Account, day: Day): ReadonlyMap<string, readonly Claim[]> {
    if (account.market === undefined || sharedAtMost[account.platform] === 0) return nobody;
    const key = `${account.id}|${day}`;
    const known = this.#shared.get(key);
    if (known !== undefined) return known.claims;
    const found = this.#findShared(account, day);
    if (this.#shared.size > 20_000) this.#shared.clear();
    this.#shared.set(key, { day, claims: found });
    return found;
  }

  /** After an edit: what was worked out for this day and later ones is worked out again. */
  forgetFrom(day: Day): void {
    for (const [key, known] of this.#shared) if (known.day >= day) this.#shared.delete(key);
  }

  #findShared(account: Account, day: Day): ReadonlyMap<string, readonly Claim[]> {
    const parts = account.campaigns.map((campaign) => this.#market.partsOn(account, campaign, day));
    // What the campaigns reach from each moment on at which one of them was edited.
    const moments = [...new Set(parts.flatMap((ofDay) => ofDay.map((part) => part.from)))].sort((a, b) => a - b);
    const reaches = moments.map((moment) => {
      const reached = parts.map((ofDay) => ofDay.findLast((part) => part.from <= moment)?.impressions ?? 0);
      return { moment, reached, total: reached.reduce((left, right) => left + right, 0) };
    });
    if (reaches.every(({ total }) => total === 0)) return nobody;
    const [from, to] = [startOfDay(day, account.timeZone), startOfDay(day + 1, account.timeZone)];
    const salt = hashText(account.id);
    const found = new Map<string, Claim[]>();
    for (const claim of this.#sourceClaims(account, from, to + viewBeforeClickMs)) {
      const own = mix(claim.key, salt);
      const seenAt = claim.at - Math.round(viewBeforeClickMs * uniform(mix(own, 2)));
      if (seenAt < from || seenAt >= to) continue;
      const fraction = (seenAt - from) / (to - from);
      const { reached, total } = reaches.findLast(({ moment }) => moment <= fraction) ?? { reached: [], total: 0 };
      if (uniform(mix(own, 1)) >= (sharedAtMost[account.platform] * total) / (total + halfReachImpressions)) continue;
      const campaign = account.campaigns[pick(uniform(mix(own, 3)) * total, reached)];
      if (campaign === undefined) continue;
      const list = found.get(campaign.id) ?? [];
      const delay = delayMs(mix(own, 4), this.#market.maxConversionDelayDays);
      list.push({
        ...claim,
        key: own,
        at: seenAt,
        // Never before the order itself was made, and never later than the world's longest delay after the view.
        reportedAt: Math.min(
          Math.max(claim.reportedAt, seenAt + delay),
          seenAt + this.#market.maxConversionDelayDays * 86_400_000 - 1,
        ),
        creditMicros: 1_000_000,
        valueMicros: claim.priceMicros,
      });
      found.set(campaign.id, list);
    }
    return found;
  }

  /** Claims of the accounts whose clicks bring orders, of the same country and currency, by the instant of the click. */
  *#sourceClaims(account: Account, from: number, to: number): Generator<Claim> {
    for (const source of this.#market.accounts()) {
      if (source.platform !== 'google-ads' || source.market !== account.market || source.currency !== account.currency)
        continue;
      const last = localDay(to - 1, source.timeZone);
      for (let day = localDay(from, source.timeZone); day <= last; day += 1) {
        for (const campaign of source.campaigns) {
          for (const claim of this.#market.ownClaims(source, campaign, day))
            if (claim.at >= from && claim.at < to) yield claim;
        }
      }
    }
  }
}

const nobody: ReadonlyMap<string, readonly Claim[]> = new Map();
