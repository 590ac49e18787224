import type { DeliveryPlan } from './delivery.ts';
import type { EditedWorld } from './edited-world.ts';
import type { ObjectKind, PresentObject, Standing } from './edits.ts';
import { type Moment, momentOf } from './moment.ts';
import type { Entity } from './objects.ts';
import { reviewOf, type Verdict } from './review.ts';
import type { Account } from './world.ts';

/** Since when an added object may be shown as far as its review goes: `undefined` for what is not reviewed. */
export function servesFrom(
  account: Account,
  entity: Entity,
  plan: DeliveryPlan,
  at: number,
): Moment | 'never' | undefined {
  const verdict = verdictOf(account, entity, plan);
  if (verdict === undefined) return undefined;
  return verdict.reason === undefined ? momentOf(at + verdict.afterMs, account.timeZone) : 'never';
}

export function presentOf(
  edited: EditedWorld,
  plan: DeliveryPlan,
  objectId: string,
  at: number,
): PresentObject | undefined {
  const found = edited.entity(objectId);
  const account = found === undefined ? undefined : edited.account(found.place.accountId);
  if (found === undefined || account === undefined) return undefined;
  const { place, entity } = found;
  const now = momentOf(at, account.timeZone);
  const settings = plan.settingsOn(entity, now.day, now.fraction);
  const campaign = edited.campaign(place);
  const learns =
    (place.kind === 'campaign' || place.kind === 'ad-group') &&
    [entity, campaign].some((one) => one !== undefined && plan.isLearning(one, now));
  return {
    kind: place.kind,
    id: entity.id,
    accountId: account.id,
    campaignId: place.campaignId,
    adGroupId: place.groupId,
    name: entity.name,
    settings,
    targeting: settings.targeting,
    createdAt: entity.createdAt,
    own: entity.own ?? {},
    standing: { ...reviewAt(account, entity, plan, at), learning: learns },
  };
}

function reviewAt(account: Account, entity: Entity, plan: DeliveryPlan, at: number): Omit<Standing, 'learning'> {
  const reviewed = 'headlines' in entity && entity.headlines !== undefined;
  const verdict = verdictOf(account, entity, plan);
  // The world's first ads were reviewed before history began.
  if (verdict === undefined) return { review: reviewed ? 'approved' : 'none', reason: undefined };
  if (at < (entity.createdAt ?? 0) + verdict.afterMs) return { review: 'in-review', reason: undefined };
  return { review: verdict.reason === undefined ? 'approved' : 'rejected', reason: verdict.reason };
}

function verdictOf(account: Account, entity: Entity, plan: DeliveryPlan): Verdict | undefined {
  if (entity.createdAt === undefined || !('headlines' in entity) || entity.headlines === undefined) return undefined;
  return reviewOf(account.platform, [...entity.headlines, ...(entity.descriptions ?? [])], plan.saltOf(entity.id));
}

/** Names that the objects of one kind beneath an account, campaign or ad group have, with their ids; not of removed ones. */
export function namesIn(
  edited: EditedWorld,
  plan: DeliveryPlan,
  kind: ObjectKind,
  parentId: string,
  at: number,
): ReadonlyMap<string, string> {
  const account = edited.account(edited.placeOf(parentId)?.accountId ?? parentId);
  if (account === undefined) return new Map();
  const now = momentOf(at, account.timeZone);
  const present = childrenOf(edited, kind, parentId).filter(
    (entity) => plan.settingsOn(entity, now.day, now.fraction).status !== 'removed',
  );
  return new Map(present.map(({ name, id }) => [name, id]));
}

/** Children of a parent; for ad groups and ads the account stands for all of its campaigns. */
function childrenOf(edited: EditedWorld, kind: ObjectKind, parentId: string): readonly Entity[] {
  const account = edited.account(parentId);
  const place = edited.placeOf(parentId);
  const campaign = place === undefined ? undefined : edited.campaign(place);
  const campaigns = account?.campaigns ?? (campaign === undefined ? [] : [campaign]);
  if (kind === 'campaign') return campaigns;
  if (kind === 'asset-group') return campaigns.flatMap((one) => one.assetGroups);
  const groups = campaigns.flatMap((one) => one.adGroups);
  if (kind === 'ad-group') return groups;
  const within = place?.kind === 'ad-group' ? groups.filter(({ id }) => id === parentId) : groups;
  return within.flatMap((group): readonly Entity[] => (kind === 'ad' ? group.ads : group.keywords));
}
