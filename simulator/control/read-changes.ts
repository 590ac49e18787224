import { dayOf } from '../market/calendar.ts';
import type { Change, Settings, Status, World } from '../market/world.ts';

const statuses: readonly Status[] = ['enabled', 'paused', 'removed'];

type Changeable = 'status' | 'dailyBudgetMicros' | 'bidMicros' | 'quality';

/** What may stand in `set`, and how it is read. */
const settings: Readonly<Record<Changeable, (value: unknown) => Partial<Settings> | undefined>> = {
  status: (value) => {
    const status = statuses.find((known) => known === value);
    return status === undefined ? undefined : { status };
  },
  dailyBudgetMicros: (value) => (isAmount(value) ? { dailyBudgetMicros: value } : undefined),
  bidMicros: (value) => (isAmount(value) ? { bidMicros: value } : undefined),
  quality: (value) => (typeof value === 'number' && value >= 0 && value <= 10 ? { quality: value } : undefined),
};

/** Reads dated changes from JSON. Throws an Error that names what is wrong, an object the world does not have included. */
export function readChanges(given: unknown, world: World): Change[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw new Error('changes must be a list.');
  const ids = new Set(world.accounts.flatMap(({ campaigns }) => campaigns.flatMap((campaign) => objectIds(campaign))));
  return given.map((change: unknown) => readChange(change, ids));
}

function readChange(change: unknown, ids: ReadonlySet<string>): Change {
  if (typeof change !== 'object' || change === null || !('from' in change && 'objectId' in change && 'set' in change)) {
    throw new Error(
      'A change is { from: ISO date, objectId, set: { status?, dailyBudgetMicros?, bidMicros?, quality? } }.',
    );
  }
  const { from, objectId, set } = change;
  if (typeof objectId !== 'string' || !ids.has(objectId))
    throw new Error(`There is no object ${JSON.stringify(objectId)}.`);
  if (typeof set !== 'object' || set === null) throw new Error("A change's set must be an object.");
  const parts = Object.entries(set).map(([name, value]) => {
    const part = Object.hasOwn(settings, name) ? settings[name as Changeable](value) : undefined;
    if (part === undefined) throw new Error(`A change cannot set ${name} to ${JSON.stringify(value)}.`);
    return part;
  });
  const date = String(from);
  dayOf(date);
  return { from: date, objectId, set: Object.assign({}, ...parts) };
}

function objectIds(campaign: World['accounts'][number]['campaigns'][number]): string[] {
  const groups = campaign.adGroups.flatMap((group) => [group, ...group.ads, ...group.keywords]);
  return [campaign, ...campaign.assetGroups, ...groups].map(({ id }) => id);
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
