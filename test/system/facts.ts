/** The same facts twice: as the API tells them and as the platform would report them, comparable to the micro. */
import type { Answer, TestSystem } from './running-system.ts';
import type { TruthRow } from './simulator.ts';

type Account = Answer<'listAccounts'>['items'][number];
type Grain = 'account' | 'campaign';
interface Window {
  readonly from: string;
  readonly to: string;
}

export interface Fact {
  /** The day, then the platform's campaign id where the grain has one. */
  readonly key: string;
  readonly impressions: number;
  readonly clicks: number;
  /** Micros of the account's currency, as are all amounts here. */
  readonly spendMicros: number;
  readonly conversions: number | null;
  readonly conversionValueMicros: number | null;
}

export function accountOf(accounts: readonly Account[], platformId: string): Account {
  const found = accounts.find((account) => account.platformId === platformId);
  if (found === undefined) throw new Error(`${platformId} is not listed.`);
  return found;
}

export function valuesOf({ values }: Answer<'queryMetrics'>['rows'][number]): Omit<Fact, 'key'> {
  const { impressions, clicks, spendMicros, conversions, conversionValueMicros } = values;
  return { impressions, clicks, spendMicros, conversions, conversionValueMicros };
}

const byKey = (facts: readonly Fact[]): readonly Fact[] => facts.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** An account's facts of the API, in the account's own currency. */
export async function toldFacts(
  system: TestSystem,
  { id, currency }: Account,
  grain: Grain,
  window: Window,
): Promise<readonly Fact[]> {
  const rows = await system.pages<Answer<'queryMetrics'>['rows'][number]>('queryMetrics', {
    ...window,
    groupBy: grain === 'account' ? 'date' : 'campaign,date',
    grain,
    accountId: id,
    currency,
    limit: '1000',
  });
  const campaigns = await system.pages<Answer<'listCampaigns'>['items'][number]>('listCampaigns', {
    accountId: id,
    limit: '1000',
  });
  const platformIds = new Map(campaigns.map((campaign) => [campaign.id, campaign.platformId]));
  return byKey(
    rows.map((row) => ({
      key: `${row.date} ${row.campaignId === undefined ? '' : platformIds.get(row.campaignId)}`,
      ...valuesOf(row),
    })),
  );
}

/** What the platform would report now. */
export async function reportedFacts(
  system: TestSystem,
  platformId: string,
  grain: Grain,
  { from, to }: Window,
): Promise<readonly Fact[]> {
  const rows = await system.simulator.truth(platformId, grain, from, to);
  return byKey(rows.map((row) => ({ key: `${row.date} ${row.campaignId ?? ''}`, ...measuresOf(row) })));
}

const measuresOf = ({ impressions, clicks, costMicros, conversionsMicros, valueMicros }: TruthRow) => ({
  impressions,
  clicks,
  spendMicros: costMicros,
  conversions: conversionsMicros / 1e6,
  conversionValueMicros: valueMicros,
});
