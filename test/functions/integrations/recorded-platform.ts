import type {
  DiscoveredAccount,
  Grain,
  PlatformError,
  PlatformReader,
  RawRow,
  ReportRequest,
} from '../../../domain/integrations/platform.ts';

/** One campaign's day, as Google Ads would report it. */
interface RecordedDay {
  readonly campaign: string;
  readonly date: string;
  readonly micros: number;
}

/** What the platform would answer: a test changes it between runs. */
export interface Recording {
  accounts: DiscoveredAccount[];
  days: Record<string, RecordedDay[]>;
  /** Rows put behind the account's campaign report as they are. */
  odd: Record<string, RawRow[]>;
  /** Accounts whose metrics end in this error after the first page. */
  failing: Record<string, PlatformError>;
  /** The connection itself is refused. */
  refused: PlatformError | undefined;
}

export const account = (platformId: string, over: Partial<DiscoveredAccount> = {}): DiscoveredAccount => ({
  platformId,
  name: `Shop ${platformId}`,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  status: 'enabled',
  ...over,
});

const metrics = (micros: number) => ({
  impressions: String(Math.ceil(micros / 1_000) + 1),
  clicks: '1',
  costMicros: String(micros),
  conversions: 0.5,
  conversionsValue: 12.345678,
});

const halved: ReadonlySet<Grain> = new Set(['asset', 'age', 'gender', 'country']);

/** Rows of a report in the form of Google's REST interface; every campaign has one ad group, ad and keyword. */
function rowsOf(recording: Recording, request: ReportRequest): RawRow[] {
  const days = recording.days[request.account.platformId] ?? [];
  const customer = { id: request.account.platformId, currencyCode: request.account.currency };
  const objects = (campaign: string) => ({
    customer,
    campaign: { id: campaign, name: `Campaign ${campaign}`, status: 'ENABLED', advertisingChannelType: 'SEARCH' },
    campaignBudget: { amountMicros: '5000000', period: 'DAILY' },
    adGroup: { id: `${campaign}1`, name: 'Group', status: 'ENABLED', type: 'SEARCH_STANDARD' },
    adGroupAd: { status: 'ENABLED', ad: { id: `${campaign}2`, type: 'RESPONSIVE_SEARCH_AD' } },
    adGroupCriterion: {
      criterionId: `${campaign}3`,
      ageRange: { type: 'AGE_RANGE_25_34' },
      gender: { type: 'FEMALE' },
    },
    searchTermView: { searchTerm: `shoes ${campaign}` },
    asset: { id: `${campaign}4` },
    userLocationView: { countryCriterionId: '2276' },
  });
  if (request.kind === 'structure') return [...new Set(days.map((day) => day.campaign))].map(objects);
  const inside = days.filter(({ date }) => date >= request.window.from && date <= request.window.to);
  if (request.grain === 'account') {
    return [...Map.groupBy(inside, (day) => day.date)].map(([date, list]) => ({
      customer,
      segments: { date },
      metrics: metrics(list.reduce((sum, day) => sum + day.micros, 0)),
    }));
  }
  // Two ad groups' halves: the platform answers these finer than the fact.
  const parts = halved.has(request.grain) ? (micros: number) => [micros - 1_000, 1_000] : (micros: number) => [micros];
  const rows = inside.flatMap(({ campaign, date, micros }) =>
    parts(micros).map((part) => ({
      ...objects(campaign),
      segments: { date, device: 'MOBILE', adNetworkType: 'SEARCH' },
      metrics: metrics(part),
    })),
  );
  return request.grain === 'campaign' ? [...rows, ...(recording.odd[request.account.platformId] ?? [])] : rows;
}

/** A reader that answers from the recording, in pages of two rows. */
export const openRecorded = (recording: Recording): PlatformReader => ({
  async listAccounts() {
    if (recording.refused) throw recording.refused;
    return recording.accounts;
  },
  async *report(request) {
    const rows = rowsOf(recording, request);
    const failure = recording.failing[request.account.platformId];
    for (let start = 0; start < rows.length; start += 2) {
      yield rows.slice(start, start + 2);
      if (failure && request.kind === 'metrics') throw failure;
    }
  },
});
