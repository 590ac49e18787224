import { type Day, dayOf, localDay } from './calendar.ts';
import { CampaignDays } from './campaign-days.ts';
import { DeliveryPlan } from './delivery.ts';
import { type Applied, EditedWorld } from './edited-world.ts';
import type { DatedEdit, Edit, ObjectKind, PresentObject } from './edits.ts';
import type { IdKind } from './ids.ts';
import { isActive, type Measures, sum } from './measures.ts';
import { momentOf } from './moment.ts';
import type { Order } from './orders.ts';
import { namesIn, presentOf, servesFrom } from './present.ts';
import { type MarketGrain, marketGrains, reports, seenAt } from './reported.ts';
import { type MarketRow, rowsBy } from './rows-of-day.ts';
import type { Account, Platform, World } from './world.ts';

export { type MarketGrain, type MarketRow, type Measures, marketGrains, sum };

/**
 * The market: a pure function of (world, edits, object, day, instant). Counts of a finer grain are divided from the coarser
 * one, so that grains agree exactly wherever the platform reports them whole. An edit leaves everything before its instant as it was.
 */
export class Market {
  readonly plan: DeliveryPlan;
  readonly #edited: EditedWorld;
  readonly #edits: DatedEdit[] = [];
  readonly #firstDay: Day;
  readonly #days: CampaignDays;
  readonly #keep: (edits: readonly DatedEdit[]) => void;

  /** `edits` were made before, in lists of which each was made at once; `keep` is given every later list. */
  constructor(
    world: World,
    edits: readonly (readonly DatedEdit[])[] = [],
    keep: (edits: readonly DatedEdit[]) => void = () => {},
  ) {
    this.#edited = new EditedWorld(world);
    this.plan = new DeliveryPlan(world);
    this.#firstDay = dayOf(world.historyStart);
    this.#days = new CampaignDays(() => this.world, this.plan);
    this.#keep = keep;
    for (const list of edits) this.#make(list);
  }

  /** The world with everything that was made, renamed and uploaded up to now; an edit makes another. */
  get world(): World {
    return this.#edited.world;
  }

  /** Every edit so far, in the order they arrived: with the first world, they are all there is to know. */
  get edits(): readonly DatedEdit[] {
    return this.#edits;
  }

  /** An id for what an edit is going to add. */
  newId(platform: Platform, kind: IdKind): string {
    return this.#edited.newId(platform, kind);
  }

  /**
   * Makes edits in force as of an instant. Whoever calls has found them valid; an unknown object or account is an Error, and then none
   * of them is made.
   */
  edit(edits: readonly Edit[], at: number): void {
    const dated = edits.map((edit) => ({ at, edit }));
    this.#make(dated);
    this.#keep(dated);
  }

  /** An object as it is at an instant, whatever its status; `undefined` when there is no such object. */
  presentOf(objectId: string, at: number): PresentObject | undefined {
    return presentOf(this.#edited, this.plan, objectId, at);
  }

  /** Names in use beneath an account, campaign or ad group, with their ids; those of removed objects are free again. */
  namesIn(kind: ObjectKind, parentId: string, at: number): ReadonlyMap<string, string> {
    return namesIn(this.#edited, this.plan, kind, parentId, at);
  }

  #make(edits: readonly DatedEdit[]): void {
    const applied = this.#edited.applyAll(edits);
    this.#edits.push(...edits);
    for (const [index, { at }] of edits.entries()) {
      const one = applied[index];
      if (one !== undefined) this.#note(one, at);
    }
  }

  #note(applied: Applied, at: number): void {
    if (applied.kind === 'uploaded') return;
    const { place, entity } = applied;
    const account = this.#edited.account(place.accountId);
    if (account === undefined) return;
    const moment = momentOf(at, account.timeZone);
    const { timeline } = this.plan;
    if (applied.kind === 'added')
      timeline.begin(place.campaignId, entity, moment, servesFrom(account, entity, this.plan, at));
    else {
      const { bids } = this.plan.settingsOn(applied.before, moment.day, moment.fraction);
      const strategy = bids?.strategy ?? applied.strategy;
      const rebids = applied.set.bids !== undefined && applied.set.bids.strategy !== strategy;
      timeline.change(place.campaignId, entity.id, { ...moment, set: applied.set, rebids });
    }
    this.plan.forget(place.campaignId);
    this.#days.forgetFrom(moment.day);
  }

  /** Days with possible traffic in an account: from the world's first to the account's today. */
  knownDays(account: Account, asOfMs: number): { readonly from: Day; readonly to: Day } {
    return { from: this.#firstDay, to: localDay(asOfMs, account.timeZone) };
  }

  /** Rows with activity, ordered by campaign, then day (the account grain by day alone). `from` and `to` inclusive. */
  *rows(account: Account, grain: MarketGrain, from: Day, to: Day, asOfMs: number): Generator<MarketRow> {
    const known = this.knownDays(account, asOfMs);
    const seenMs = seenAt(account.platform, asOfMs);
    const first = Math.max(from, known.from);
    const last = Math.min(to, known.to);
    if (grain === 'account') {
      for (let day = first; day <= last; day += 1) {
        const total = sum(account.campaigns.map((campaign) => this.#days.on(account, campaign, day, seenMs)));
        if (isActive(total)) yield { day, ...total };
      }
      return;
    }
    for (const campaign of account.campaigns) {
      if (!reports(campaign, grain)) continue;
      const divided = rowsBy(account, campaign, grain, this.plan);
      for (let day = first; day <= last; day += 1) {
        const whole = this.#days.on(account, campaign, day, seenMs);
        if (isActive(whole)) yield* divided(day, whole.parts);
      }
    }
  }

  /** True orders of a country's shop whose ads were clicked on these days, with everybody who claims them by now. */
  orders(country: string, from: Day, to: Day, asOfMs: number): readonly Order[] {
    const orders = new Map<string, Order>();
    for (const account of this.world.accounts) {
      if (account.market !== country) continue;
      const known = this.knownDays(account, asOfMs);
      const seenMs = seenAt(account.platform, asOfMs);
      for (const campaign of account.campaigns) {
        for (let day = Math.max(from, known.from); day <= Math.min(to, known.to); day += 1) {
          for (const claim of this.#days.claimsOf(account, campaign, day)) {
            if (claim.reportedAt > seenMs) continue;
            const { creditMicros, valueMicros } = claim;
            const order = orders.get(claim.orderId);
            orders.set(claim.orderId, {
              id: claim.orderId,
              priceMicros: claim.priceMicros,
              currency: account.currency,
              claims: [
                ...(order?.claims ?? []),
                {
                  platform: account.platform,
                  accountId: account.id,
                  campaignId: campaign.id,
                  creditMicros,
                  valueMicros,
                },
              ],
            });
          }
        }
      }
    }
    return [...orders.values()];
  }
}
