import * as z from 'zod/mini';
import type { Bidding } from '../../contracts/schemas/changes.ts';
import type { RawRow } from '../../domain/integrations/platform.ts';
import type { ObjectAddress, PresentObject } from '../../domain/integrations/platform-writer.ts';
import { textToMillionths } from '../millionths.ts';
import { unreadableAnswer } from './errors.ts';
import { urnPrefix } from './urns.ts';
import { statuses } from './vocabulary.ts';
import { targetingOf } from './write-targeting.ts';
import { waysToBid } from './write-vocabulary.ts';

const idText = z.union([z.string(), z.number()]);
const money = z.object({ amount: z.string(), currencyCode: z.string() });

const group = z.object({ id: idText, name: z.string(), status: z.string(), dailyBudget: z.optional(money) });
const campaign = z.object({
  id: idText,
  name: z.string(),
  status: z.string(),
  campaignGroup: z.string(),
  dailyBudget: z.optional(money),
  unitCost: z.optional(money),
  costType: z.optional(z.string()),
  optimizationTargetType: z.optional(z.string()),
  targetingCriteria: z.optional(z.unknown()),
});
const creative = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  intendedStatus: z.string(),
  campaign: z.string(),
  review: z.optional(z.object({ status: z.string(), rejectionReasons: z.optional(z.array(z.string())) })),
});

/** An object as LinkedIn answers it, in our words. Throws `PlatformError` for one that lacks what every object has. */
export function presentObject(row: RawRow, target: ObjectAddress): PresentObject {
  if (target.kind === 'campaign') {
    const { id, name, status, dailyBudget } = read(group, row);
    return {
      address: { ...target, platformId: String(id), campaignPlatformId: null, adGroupPlatformId: null },
      name,
      status: statusOf(status),
      dailyBudget: dailyBudget === undefined ? null : moneyOf(dailyBudget),
      bidding: null,
      targeting: null,
      serving: null,
    };
  }
  if (target.kind === 'ad-group') {
    const found = read(campaign, row);
    const campaignPlatformId = idIn(found.campaignGroup, urnPrefix('sponsoredCampaignGroup'));
    return {
      address: { ...target, platformId: String(found.id), campaignPlatformId, adGroupPlatformId: null },
      name: found.name,
      status: statusOf(found.status),
      dailyBudget: found.dailyBudget === undefined ? null : moneyOf(found.dailyBudget),
      bidding: biddingOf(found),
      targeting: targetingOf(found.targetingCriteria),
      serving: null,
    };
  }
  const { id, name, intendedStatus, campaign: parent, review } = read(creative, row);
  return {
    address: {
      ...target,
      platformId: idIn(id, urnPrefix('sponsoredCreative')),
      adGroupPlatformId: idIn(parent, urnPrefix('sponsoredCampaign')),
    },
    name: name ?? '',
    status: statusOf(intendedStatus),
    dailyBudget: null,
    bidding: null,
    targeting: null,
    serving: servingOf(review),
  };
}

function read<T>(shape: z.ZodMiniType<T>, row: RawRow): T {
  const found = shape.safeParse(row);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw unreadable(`an object without a usable ${issue?.path.join('.') ?? 'form'}`);
}

const unreadable = (what: string) =>
  unreadableAnswer(`LinkedIn answered ${what}`, { version: '', now: 0, secrets: [] });

function statusOf(word: string): PresentObject['status'] {
  const status = Object.hasOwn(statuses, word) ? statuses[word as keyof typeof statuses] : undefined;
  if (status === undefined) throw unreadable(`an object with the status ${word.slice(0, 40)}`);
  return status;
}

function idIn(urn: string, prefix: string): string {
  if (!urn.startsWith(prefix)) throw unreadable(`${urn.slice(0, 60)} where ${prefix}… was expected`);
  return urn.slice(prefix.length);
}

const moneyOf = ({ amount, currencyCode }: z.infer<typeof money>) => {
  const micros = textToMillionths(amount);
  if (micros === undefined) throw unreadable(`the amount ${amount.slice(0, 40)}`);
  return { micros, currency: currencyCode };
};

/** `null` for ways to bid that our model has no word for. */
function biddingOf({ costType, optimizationTargetType, unitCost }: z.infer<typeof campaign>): Bidding | null {
  const way = waysToBid.find((one) => one.optimizationTargetType === optimizationTargetType);
  // By hand, one bids for a click, a thousand impressions or a view, and the same field says what.
  if (way === undefined || (way.strategy === 'manual-cpc' && costType !== way.costType)) return null;
  if (!way.priced) return { strategy: way.strategy };
  return unitCost === undefined ? null : { strategy: way.strategy, amount: moneyOf(unitCost) };
}

function servingOf(review: z.infer<typeof creative>['review']): string | null {
  if (review === undefined || review.status === 'APPROVED') return null;
  if (review.status === 'PENDING') return 'in review';
  const reasons = (review.rejectionReasons ?? []).map((reason) => reason.toLowerCase().replaceAll('_', ' '));
  return ['rejected by the review', ...(reasons.length === 0 ? [] : [reasons.join(', ')])].join(': ');
}
