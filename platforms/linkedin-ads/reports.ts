/**
 * What is asked of LinkedIn for each grain and where each column stands in the answer. The requests ask for exactly the fields of
 * these tables, the mapping reads by them and the data dictionary prints them. Source: learn.microsoft.com/linkedin/marketing,
 * "Reporting" and "Reporting schema".
 */
import type { Grain } from '../../domain/integrations/platform.ts';
import { columnOf, type FactColumn, type FactColumns } from '../fact-columns.ts';
import { countriesByGeo } from './countries.ts';
import { type UrnKind, urnPrefix } from './urns.ts';
import { deviceWords, placementWords } from './vocabulary.ts';

/** By which things a request that is too large is cut: its rows belong to one of them each. */
export type Facet = 'campaignGroups' | 'campaigns';

export interface Report {
  readonly pivots: readonly string[];
  readonly columns: FactColumns;
  /** The coarser first. */
  readonly cuts?: readonly Facet[];
  /** Asked for one campaign group at a time: the pivot goes with no other, so the group must be known from the question. */
  readonly oneGroupAtATime?: true;
  /** Rows are finer than the fact: several of one key are its parts. */
  readonly aggregated?: true;
}

/** Where the reader notes which campaign group it asked for, beside what LinkedIn answered. */
export const askedGroup = 'askedCampaignGroup';

const idOf = (kind: UrnKind, path: string, caveat?: string): FactColumn<string> => ({
  ...columnOf.id(path, caveat),
  read: (fields, at) => fields.idAfter(at, urnPrefix(kind)),
});

const campaign = {
  campaignPlatformId: idOf('sponsoredCampaignGroup', 'pivotValues.0', 'LinkedIn’s campaign group'),
} as const;
const adGroup = {
  ...campaign,
  adGroupPlatformId: idOf('sponsoredCampaign', 'pivotValues.1', 'LinkedIn’s campaign'),
} as const;

const unitsOfAccount =
  'In the account’s currency; costInUsd is never read, because conversion value stands in the account’s';
const traffic = {
  date: {
    ...columnOf.date('dateRange.start', 'The UTC day: LinkedIn accounts have no time zone of their own'),
    read: (fields, path) => fields.dateParts(path),
  },
  impressions: columnOf.count('impressions', 'For Sponsored Messaging the messages sent'),
  clicks: columnOf.count('clicks', 'Chargeable clicks by the campaign’s objective, not landing page clicks alone'),
  spendMicros: columnOf.currencyUnits('costInLocalCurrency', unitsOfAccount),
  videoViews: {
    ...columnOf.count('videoViews', 'At least 2 seconds with half the video in view, or a click on its call to action'),
    whenAbsent: null,
  },
} as const satisfies Partial<FactColumns>;

const conversions = columnOf.conversions(
  ['externalWebsiteConversions', 'oneClickLeads'],
  'Conversions on the website after a click or a view, and leads from LinkedIn’s own forms; counted on the day of the impression or click, and for some members estimated',
);
const value = columnOf.signedCurrencyUnits(
  'conversionValueInLocalCurrency',
  'Set by the advertiser for each conversion rule; leads of LinkedIn’s own forms have none',
);

const measures = { ...traffic, conversionsMicros: conversions, conversionValueMicros: value } as const;

const approximate =
  'Approximate to protect members: noise on every day, nothing below 3 events, the 100 largest countries of a creative alone, up to 24 hours late; sums to less than the campaign';

export const reports = {
  account: { pivots: ['ACCOUNT'], columns: measures },
  campaign: { pivots: ['CAMPAIGN_GROUP'], cuts: ['campaignGroups'], columns: { ...campaign, ...measures } },
  'ad-group': {
    pivots: ['CAMPAIGN_GROUP', 'CAMPAIGN'],
    cuts: ['campaignGroups', 'campaigns'],
    columns: { ...adGroup, ...measures },
  },
  ad: {
    pivots: ['CAMPAIGN_GROUP', 'CAMPAIGN', 'CREATIVE'],
    cuts: ['campaignGroups', 'campaigns'],
    columns: {
      ...adGroup,
      adPlatformId: idOf('sponsoredCreative', 'pivotValues.2', 'LinkedIn’s creative'),
      ...measures,
    },
  },
  country: {
    pivots: ['MEMBER_COUNTRY_V2'],
    oneGroupAtATime: true,
    columns: {
      campaignPlatformId: idOf(
        'sponsoredCampaignGroup',
        askedGroup,
        'LinkedIn’s campaign group, from the question: the pivot goes with no other',
      ),
      segment: columnOf.segment('pivotValues.0', countriesByGeo, approximate),
      ...traffic,
      // Value is documented as missing for member pivots and is not asked for.
      conversionsMicros: conversions,
    },
  },
  device: {
    pivots: ['CAMPAIGN_GROUP', 'IMPRESSION_DEVICE_TYPE'],
    cuts: ['campaignGroups'],
    aggregated: true,
    columns: {
      ...campaign,
      segment: columnOf.segment(
        'pivotValues.1',
        deviceWords,
        'Of the impression; app and web are added up. LinkedIn reports no conversions by device',
      ),
      // Conversion metrics are documented as missing for this pivot and are not asked for.
      ...traffic,
    },
  },
  placement: {
    pivots: ['CAMPAIGN_GROUP', 'PLACEMENT_NAME'],
    cuts: ['campaignGroups'],
    columns: {
      ...campaign,
      segment: columnOf.segment('pivotValues.1', placementWords, 'Estimated by LinkedIn for part of the traffic'),
      ...traffic,
      conversionsMicros: { ...conversions, whenAbsent: null },
      conversionValueMicros: { ...value, whenAbsent: null },
    },
  },
} as const satisfies Partial<Record<Grain, Report>>;

export const reportOf = (grain: Grain): Report | undefined =>
  Object.hasOwn(reports, grain) ? (reports as Readonly<Partial<Record<Grain, Report>>>)[grain] : undefined;

/** Names at LinkedIn of everything the columns read; `dateRange` and `pivotValues` are fields too, and 20 are allowed. */
export function fieldsOf({ columns }: Report): readonly string[] {
  const paths = Object.values(columns).flatMap((column) => column.paths);
  return [...new Set(['dateRange', 'pivotValues', ...paths.map((path) => path.split('.')[0] ?? '')])].filter(
    (field) => field !== askedGroup,
  );
}
