import { divideByAsset, type Slots, slotsOf } from './assets.ts';
import { type Breakdown, mixOf, partsOn } from './breakdowns.ts';
import type { Day } from './calendar.ts';
import type { PartDay } from './campaign-days.ts';
import { admittedShare, type DeliveryPlan, type Part } from './delivery.ts';
import { divide, type Share } from './divide.ts';
import { isActive, type Measures, measuresOf, sum } from './measures.ts';
import { isBreakdown, type MarketGrain } from './reported.ts';
import { type SearchTerms, searchTermsOf } from './search-terms.ts';
import { type Account, billableMicros, type Campaign } from './world.ts';

/** One object on one account-local day, as the platform reports it at the instant asked about. */
export interface MarketRow extends Measures {
  readonly day: Day;
  readonly campaignId?: string;
  /** Ad group or asset group. */
  readonly groupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
  /** What the row is a part by: the words searched for, the asset's id, a value of breakdowns.ts. */
  readonly segment?: string;
}

type RowsOfDay = (day: Day, parts: readonly PartDay[]) => Iterable<MarketRow>;

/** How a campaign's days are divided into rows of a grain; what all of its days have in common is worked out once. */
export function rowsBy(account: Account, campaign: Campaign, grain: MarketGrain, plan: DeliveryPlan): RowsOfDay {
  if (isBreakdown(grain)) {
    const mixture = mixOf(account, campaign, grain, plan.saltOf(campaign.id));
    return (day, parts) => {
      const people = partsOn(mixture, day);
      return merged(parts.map((part) => segmentRows(account, campaign.id, grain, day, part, people)));
    };
  }
  const details = detailsOf(account, campaign, grain, plan);
  return (day, parts) => merged(parts.map((part) => campaignRows(account, campaign, grain, day, part, details)));
}

/** Rows of a day's parts as rows of the day: those of one object are added up, in the order they first appear. */
function* merged(parts: readonly Iterable<MarketRow>[]): Generator<MarketRow> {
  const [only] = parts;
  if (only === undefined) return;
  if (parts.length === 1) return yield* only;
  const rows = new Map<string, MarketRow>();
  for (const row of parts.flatMap((part) => [...part])) {
    const key = [row.groupId, row.adId, row.keywordId, row.segment].join('|');
    const held = rows.get(key);
    rows.set(key, held === undefined ? row : { ...held, ...sum([held, row]) });
  }
  yield* rows.values();
}

function* campaignRows(
  account: Account,
  campaign: Campaign,
  grain: MarketGrain,
  day: Day,
  whole: PartDay,
  details: Details,
): Generator<MarketRow> {
  const centMicros = billableMicros(account.currency);
  const at = { day, campaignId: campaign.id };
  if (grain === 'campaign') {
    yield { ...at, ...measuresOf(whole) };
    return;
  }
  const groups = divide(whole, { parts: whole.delivery.groups, draw: 'group', day, centMicros });
  for (const [index, group] of groups.entries()) {
    const plan = whole.delivery.groups[index];
    if (plan === undefined || !isActive(group)) continue;
    const inGroup = { ...at, groupId: plan.id };
    if (grain === 'ad-group' || grain === 'asset-group') yield { ...inGroup, ...measuresOf(group) };
    else if (grain === 'ad' || grain === 'asset') {
      const division = { parts: plan.ads, unnamedWeight: plan.withoutAdWeight, draw: 'ad', day, centMicros } as const;
      for (const ad of named(divide(group, division))) {
        const inAd = { ...inGroup, adId: ad.part.id };
        if (grain === 'ad') yield { ...inAd, ...measuresOf(ad) };
        else yield* assetRows(details.slots.get(ad.part.id) ?? [], ad, inAd, centMicros);
      }
    } else {
      for (const keyword of named(divide(group, { parts: plan.keywords, draw: 'keyword', day, centMicros }))) {
        const ofKeyword = { ...inGroup, keywordId: keyword.part.id };
        if (grain === 'keyword') yield { ...ofKeyword, ...measuresOf(keyword) };
        else yield* termRows(details.terms.get(keyword.part.id), keyword, ofKeyword, centMicros);
      }
    }
  }
}

function detailsOf(account: Account, campaign: Campaign, grain: MarketGrain, plan: DeliveryPlan): Details {
  const keywords = grain === 'search-term' ? campaign.adGroups.flatMap((group) => group.keywords) : [];
  const ads = grain === 'asset' ? campaign.adGroups.flatMap((group) => group.ads) : [];
  return {
    terms: new Map(keywords.map((keyword) => [keyword.id, searchTermsOf(keyword, plan.saltOf(keyword.id))])),
    slots: new Map(ads.map((ad) => [ad.id, slotsOf(account.id, ad, plan.saltOf(ad.id))])),
  };
}

type Named = Share & { readonly part: NonNullable<Share['part']> };

function named(shares: readonly Share[]): Named[] {
  return shares.filter((share): share is Named => share.part !== undefined && isActive(share));
}

function* segmentRows(
  account: Account,
  campaignId: string,
  draw: Breakdown,
  day: Day,
  whole: PartDay,
  people: readonly Part[],
): Generator<MarketRow> {
  const parts = people.flatMap((part) => {
    const share = admittedShare(whole.delivery, draw, part.id);
    return share === 0 ? [] : [{ ...part, weight: part.weight * share }];
  });
  for (const share of named(divide(whole, { parts, draw, day, centMicros: billableMicros(account.currency) })))
    yield { day, campaignId, segment: share.part.id, ...measuresOf(share) };
}

function* assetRows(used: readonly Slots[], share: Named, at: MarketPlace, centMicros: number): Generator<MarketRow> {
  for (const { assetId, ...row } of divideByAsset(share, used, at.day, centMicros))
    if (isActive(row)) yield { ...at, segment: assetId, ...row };
}

function* termRows(terms: SearchTerms | undefined, share: Named, at: MarketPlace, centMicros: number) {
  if (terms === undefined) return;
  for (const term of named(divide(share, { ...terms, draw: 'search-term', day: at.day, centMicros })))
    yield { ...at, segment: term.part.id, ...measuresOf(term) };
}

type MarketPlace = Pick<MarketRow, 'day' | 'campaignId' | 'groupId' | 'adId' | 'keywordId'>;

/** What a campaign's keywords and ads are divided by further, worked out once for a report. */
interface Details {
  readonly terms: ReadonlyMap<string, SearchTerms>;
  readonly slots: ReadonlyMap<string, readonly Slots[]>;
}
