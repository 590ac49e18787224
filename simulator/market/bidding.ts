import type { DemandCurve, Settings } from './world.ts';

/** What a campaign or ad group brings into an auction. */
export interface Bid {
  readonly micros: number;
  /** The platform raises or lowers it until the budget is spent, up to `micros`. */
  readonly spendsBudget: boolean;
}

/** A platform that bids by itself goes up to this many times the competition when nothing bounds it. */
const unbounded = 2.2;

/** The bid of settings, `undefined` where they have none of their own. */
export function bidOf(settings: Settings, demand: DemandCurve): Bid | undefined {
  const { bids, bidMicros } = settings;
  const amount = bids?.amountMicros ?? 0;
  switch (bids?.strategy) {
    case undefined:
    case 'manual-cpc':
    case 'target-cpm': {
      const micros = bidMicros > 0 ? bidMicros : amount;
      return micros > 0 ? { micros, spendsBudget: false } : undefined;
    }
    case 'target-cpa':
      return amount > 0 ? { micros: amount * demand.conversionRate, spendsBudget: false } : undefined;
    case 'target-roas':
      return {
        micros: (demand.valueMicros * demand.conversionRate) / (bids?.targetRoas ?? 1),
        spendsBudget: false,
      };
    default:
      return { micros: amount > 0 ? amount : demand.competitionMicros * unbounded, spendsBudget: true };
  }
}
