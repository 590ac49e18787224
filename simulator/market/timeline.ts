import { dayOf } from './calendar.ts';
import { compareMoments, isBy, type Moment } from './moment.ts';
import type { Settings, World } from './world.ts';

interface Step extends Moment {
  readonly set: Partial<Settings>;
  /** It bids by another strategy from here on, and learns again. */
  readonly rebids: boolean;
}

type Entity = { readonly id: string; readonly settings: Settings };

/** Which settings are in force when, and since when an object takes part at all. */
export class Timeline {
  readonly #steps = new Map<string, Step[]>();
  readonly #from = new Map<string, Moment>();
  readonly #servesFrom = new Map<string, Moment | 'never'>();
  /** Moments at which an edit changed anything in a campaign. */
  readonly #edited = new Map<string, Moment[]>();

  constructor(world: World) {
    for (const { objectId, from, set } of world.changes) {
      this.#add(objectId, { day: dayOf(from), fraction: 0, set, rebids: false });
    }
  }

  /** Settings in force at a moment; without a fraction, when the day has passed. */
  settingsOn(entity: Entity, day: number, fraction = 1): Settings {
    const steps = this.#steps.get(entity.id);
    if (steps === undefined) return entity.settings;
    let settings = entity.settings;
    for (const step of steps) if (isBy(step, { day, fraction })) settings = { ...settings, ...step.set };
    return settings;
  }

  /** Whether an object is there, let through by its review and within its flight. */
  takesPart(entity: Entity, settings: Settings, at: Moment): boolean {
    if (settings.status !== 'enabled') return false;
    const from = this.#from.get(entity.id);
    if (from !== undefined && !isBy(from, at)) return false;
    const serves = this.#servesFrom.get(entity.id);
    if (serves === 'never' || (serves !== undefined && !isBy(serves, at))) return false;
    const { startDate, endDate } = settings;
    if (typeof startDate === 'string' && at.day < dayOf(startDate)) return false;
    return typeof endDate !== 'string' || at.day <= dayOf(endDate);
  }

  /** An edit of a campaign's object. */
  change(campaignId: string, objectId: string, step: Step): void {
    const { set } = step;
    this.#add(objectId, step);
    this.#mark(campaignId, step);
    if (typeof set.startDate === 'string') this.#mark(campaignId, { day: dayOf(set.startDate), fraction: 0 });
    if (typeof set.endDate === 'string') this.#mark(campaignId, { day: dayOf(set.endDate) + 1, fraction: 0 });
  }

  /** An object is there from a moment on, and is shown from another. */
  begin(campaignId: string, entity: Entity, at: Moment, servesFrom: Moment | 'never' | undefined): void {
    this.#from.set(entity.id, at);
    if (servesFrom !== undefined) this.#servesFrom.set(entity.id, servesFrom);
    if (servesFrom !== undefined && servesFrom !== 'never') this.#mark(campaignId, servesFrom);
    this.change(campaignId, entity.id, { ...at, set: entity.settings, rebids: false });
  }

  /** Moments of edits in a campaign, in order. */
  editsOf(campaignId: string): readonly Moment[] {
    return this.#edited.get(campaignId) ?? [];
  }

  /** Days from whose start the world's own changes of an object are in force. */
  changeDaysOf(objectId: string): readonly number[] {
    return this.#steps.get(objectId)?.flatMap(({ day, fraction }) => (fraction === 0 ? [day] : [])) ?? [];
  }

  /**
   * Since when a campaign or ad group has been learning at a moment: since an added one was first enabled, or since its bidding
   * strategy last changed. `undefined` for what has never had to.
   */
  learnsSince(entity: Entity, at: Moment): Moment | undefined {
    const added = this.#from.has(entity.id);
    let settings = entity.settings;
    // What was there when history began has run long enough, whatever it is switched to.
    let running = !added;
    let since: Moment | undefined;
    for (const step of this.#steps.get(entity.id) ?? []) {
      if (!isBy(step, at)) break;
      const after = { ...settings, ...step.set };
      if ((!running && after.status === 'enabled') || (running && step.rebids)) since = step;
      running ||= after.status === 'enabled';
      settings = after;
    }
    return since;
  }

  #add(objectId: string, step: Step): void {
    const steps = this.#steps.get(objectId) ?? [];
    steps.push(step);
    // Stable: of two edits at one instant the later one wins.
    steps.sort(compareMoments);
    this.#steps.set(objectId, steps);
  }

  #mark(campaignId: string, at: Moment): void {
    const moments = this.#edited.get(campaignId) ?? [];
    moments.push({ day: at.day, fraction: at.fraction });
    moments.sort(compareMoments);
    this.#edited.set(campaignId, moments);
  }
}
