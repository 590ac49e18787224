import type { Bidding, Money } from '../../contracts/schemas/changes.ts';
import type { RawFields } from '../raw-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A strategy as fields of a campaign. Google's oneof: setting one member takes the others away, and a target of 0 takes away a target
 * there was, so every member is written with its target.
 */
export function biddingFields({ strategy, amount, targetRoas }: Bidding): Fields {
  switch (strategy) {
    case 'maximize-conversions':
      return { maximize_conversions: { target_cpa_micros: 0 } };
    // A target cost is a maximize-conversions strategy that aims: so Google makes them since it merged the two.
    case 'target-cpa':
      return { maximize_conversions: { target_cpa_micros: amount?.micros ?? 0 } };
    case 'maximize-conversion-value':
      return { maximize_conversion_value: { target_roas: 0 } };
    case 'target-roas':
      return { maximize_conversion_value: { target_roas: targetRoas ?? 0 } };
    case 'maximize-clicks':
      return { target_spend: { cpc_bid_ceiling_micros: amount?.micros ?? 0 } };
    case 'manual-cpc':
      return { manual_cpc: { enhanced_cpc_enabled: false } };
    case 'maximize-delivery':
      throw new RangeError('Google Ads has no maximize-delivery; the write rules refuse it.');
  }
}

export const biddingSelected = [
  'campaign.bidding_strategy_type',
  'campaign.maximize_conversions.target_cpa_micros',
  'campaign.maximize_conversion_value.target_roas',
  'campaign.target_cpa.target_cpa_micros',
  'campaign.target_roas.target_roas',
  'campaign.target_spend.cpc_bid_ceiling_micros',
] as const;

/** How a campaign bids; `null` for strategies that this system has no word for. */
export function campaignBidding(row: RawFields, currency: string): Bidding | null {
  const money = (path: string): Money | undefined => {
    const micros = row.has(path) ? row.whole(path) : 0;
    return micros > 0 ? { micros, currency } : undefined;
  };
  const roas = (path: string): number | undefined => {
    const millionths = row.has(path) ? row.millionths(path) : 0;
    return millionths > 0 ? millionths / 1_000_000 : undefined;
  };
  switch (row.optionalText('campaign.biddingStrategyType')) {
    case 'MANUAL_CPC':
      return { strategy: 'manual-cpc' };
    case 'TARGET_SPEND': {
      const amount = money('campaign.targetSpend.cpcBidCeilingMicros');
      return { strategy: 'maximize-clicks', ...(amount && { amount }) };
    }
    case 'MAXIMIZE_CONVERSIONS': {
      const amount = money('campaign.maximizeConversions.targetCpaMicros');
      return amount === undefined ? { strategy: 'maximize-conversions' } : { strategy: 'target-cpa', amount };
    }
    case 'TARGET_CPA': {
      const amount = money('campaign.targetCpa.targetCpaMicros');
      return { strategy: 'target-cpa', ...(amount && { amount }) };
    }
    case 'MAXIMIZE_CONVERSION_VALUE': {
      const targetRoas = roas('campaign.maximizeConversionValue.targetRoas');
      return targetRoas === undefined
        ? { strategy: 'maximize-conversion-value' }
        : { strategy: 'target-roas', targetRoas };
    }
    case 'TARGET_ROAS': {
      const targetRoas = roas('campaign.targetRoas.targetRoas');
      return { strategy: 'target-roas', ...(targetRoas !== undefined && { targetRoas }) };
    }
    default:
      return null;
  }
}
