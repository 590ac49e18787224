import type { Asset } from '../../market/assets.ts';
import type { Day } from '../../market/calendar.ts';
import type { Standing } from '../../market/edits.ts';
import type { Market } from '../../market/market.ts';
import type { Account, Ad, AdGroup, AssetGroup, Campaign, Keyword, Media, Settings } from '../../market/world.ts';
import type { Directory } from '../directory.ts';
import type { Criterion } from '../mutate/criterion.ts';

/** What a row of a resource speaks of: one object with everything above it. */
export interface Subject {
  readonly account: Account;
  /** customer_client: the account listed and how far below it stands. */
  readonly client?: { readonly account: Account; readonly level: number };
  readonly campaign?: Campaign;
  readonly adGroup?: AdGroup;
  readonly ad?: Ad;
  readonly keyword?: Keyword;
  readonly assetGroup?: AssetGroup;
  readonly asset?: Asset;
  /** An asset that was uploaded. */
  readonly media?: Media;
  /** What was set beside keywords to bid on. */
  readonly criterion?: Criterion;
  readonly conversionAction?: ConversionAction;
  readonly searchTerm?: string;
  /** Values of the market's breakdowns, in its words. */
  readonly ageRange?: string;
  readonly gender?: string;
  readonly country?: string;
  /** The criterion of an ad group that is no keyword. */
  readonly criterionId?: string;
  /** Settings in force at the simulated clock. */
  settings(entity: { readonly id: string; readonly settings: Settings }): Settings;
  /** Whether it may be shown yet, at the simulated clock. */
  standing(entity: { readonly id: string }): Standing | undefined;
}

export interface ConversionAction {
  readonly id: string;
  readonly name: string;
  readonly clickWindowDays: number;
  readonly viewWindowDays: number;
}

/** One account at one instant. */
export interface Source {
  readonly market: Market;
  readonly directory: Directory;
  readonly account: Account;
  readonly asOfMs: number;
  /** The account's own day at that instant. */
  readonly today: Day;
  readonly settings: Subject['settings'];
  readonly standing: Subject['standing'];
}

export function subjectOf({ account, settings, standing }: Source, more: Partial<Subject>): Subject {
  return { account, settings, standing, ...more };
}
