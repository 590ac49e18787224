import type { Rollup, RollupObject } from '../../analysis/rollup.ts';
import type { Grain } from '../platform.ts';
import type { ReferencedLevel, RowTest } from './check.ts';

/** Examples kept of what was found; the state keeps the first few of them, the lake all. */
export const sampleSize = 1_000;

interface CampaignDay {
  spendMicros: number;
  rows: number;
}

interface OddRows {
  rows: number;
  spendMicros: number;
  readonly sample: Record<string, unknown>[];
}

/** What the checks need to know of one grain: small, however many rows it has. */
export interface GrainDigest {
  readonly rows: number;
  /** By day, then by campaign; the account's own rows stand under ''. */
  readonly spend: ReadonlyMap<string, ReadonlyMap<string, Readonly<CampaignDay>>>;
  readonly impressions: ReadonlyMap<string, number>;
  /** Spend of each object, by level. */
  readonly objects: Readonly<Record<ReferencedLevel, ReadonlyMap<string, number>>>;
  readonly duplicates: Readonly<OddRows>;
  /** By the place of their tests in the list given. */
  readonly odd: readonly Readonly<OddRows>[];
}

const idOf: Readonly<Record<ReferencedLevel, keyof RollupObject>> = {
  campaign: 'campaignId',
  'ad-group': 'adGroupId',
  ad: 'adId',
};
const levels = Object.keys(idOf) as readonly ReferencedLevel[];

/** Goes once over the rollups of a grain, days outside the window left out. */
export function digestGrain(
  grain: Grain,
  rollups: readonly Rollup[],
  window: { readonly from: string; readonly to: string },
  tests: readonly (readonly RowTest[])[],
): GrainDigest {
  const spend = new Map<string, Map<string, CampaignDay>>();
  const impressions = new Map<string, number>();
  const objects = { campaign: new Map<string, number>(), 'ad-group': new Map(), ad: new Map() };
  const duplicates: OddRows = { rows: 0, spendMicros: 0, sample: [] };
  const odd = tests.map((): OddRows => ({ rows: 0, spendMicros: 0, sample: [] }));
  let rows = 0;

  for (const rollup of rollups) {
    const { measures } = rollup;
    for (let row = 0; row < rollup.rows; row += 1) {
      const date = rollup.dates[rollup.date[row] ?? -1] ?? '';
      if (date < window.from || date > window.to) continue;
      rows += 1;
      const object = rollup.objects[rollup.object[row] ?? -1] ?? { platformId: '' };
      const cost = measures.spendMicros[row] ?? 0;
      const day = spend.get(date) ?? new Map<string, CampaignDay>();
      spend.set(date, day);
      const campaign = day.get(object.campaignId ?? '') ?? { spendMicros: 0, rows: 0 };
      day.set(object.campaignId ?? '', campaign);
      campaign.spendMicros += cost;
      campaign.rows += 1;
      impressions.set(date, (impressions.get(date) ?? 0) + (measures.impressions[row] ?? 0));
      for (const level of levels) {
        const id = object[idOf[level]];
        if (id !== undefined) objects[level].set(id, (objects[level].get(id) ?? 0) + cost);
      }
      const note = (found: OddRows) => {
        found.rows += 1;
        found.spendMicros += cost;
        if (found.sample.length < sampleSize) found.sample.push(described(grain, date, object, rollup, row));
      };
      // Rows are sorted by object, then day.
      if (row > 0 && rollup.object[row] === rollup.object[row - 1] && rollup.date[row] === rollup.date[row - 1]) {
        note(duplicates);
      }
      for (const [place, where] of tests.entries()) {
        const found = odd[place];
        if (found && where.every((test) => meets(test, rollup, row))) note(found);
      }
    }
  }
  return { rows, spend, impressions, objects, duplicates, odd };
}

function meets({ measure, is, than }: RowTest, { measures }: Rollup, row: number): boolean {
  const value = measures[measure][row] ?? Number.NaN;
  const bound = typeof than === 'number' ? than : (measures[than][row] ?? Number.NaN);
  // NaN, not reported, is neither.
  return is === 'above' ? value > bound : is === 'below' ? value < bound : value === bound;
}

const described = (grain: Grain, date: string, object: RollupObject, { measures }: Rollup, row: number) => ({
  grain,
  date,
  platformId: object.platformId,
  ...(object.segment !== undefined && { segment: object.segment }),
  impressions: measures.impressions[row],
  clicks: measures.clicks[row],
  spendMicros: measures.spendMicros[row],
});
