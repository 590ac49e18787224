import type { Brief } from '../../contracts/schemas/briefs.ts';
import { type RateTable, rateMaxAgeDays, rateOn } from '../../domain/analysis/currency-conversion.ts';
import type { CampaignShape } from '../../domain/generation/pipeline/campaign-shape.ts';
import type { PlannedAccount } from '../../domain/generation/pipeline/plan-campaigns.ts';
import { addDays } from '../../domain/integrations/calendar-day.ts';
import type { PlatformId } from '../../domain/integrations/platform.ts';
import type { WriteRules } from '../../domain/integrations/platform-writer.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import type { RateStore } from '../stores/rate-store.ts';

/** What is known of each platform without calling it. */
export interface PlatformKnowledge {
  readonly shapeOf: (platform: PlatformId) => CampaignShape;
  readonly rulesOf: (platform: PlatformId) => WriteRules;
  readonly nameOf: (platform: PlatformId) => string;
}

/** The accounts that a brief names, with the rate from its money to theirs on a day. Accounts that are gone are left out. */
export async function plannedAccounts(
  {
    accounts,
    rates,
    knowledge,
  }: {
    readonly accounts: { all(): Promise<AccountRecord[]> };
    readonly rates: RateStore;
    readonly knowledge: PlatformKnowledge;
  },
  brief: Brief,
  day: string,
): Promise<PlannedAccount[]> {
  const known = new Map((await accounts.all()).map((one) => [one.id, one]));
  const days = await rates.between(addDays(day, -rateMaxAgeDays), day);
  const table: RateTable = { base: 'EUR', days: new Map(days.map(({ date, rates: of }) => [date, of])) };
  return brief.platforms.flatMap(({ accountId, page, identity }): PlannedAccount[] => {
    const account = known.get(accountId);
    if (account === undefined) return [];
    return [
      {
        id: account.id,
        name: account.name,
        platform: account.platform,
        platformName: knowledge.nameOf(account.platform),
        currency: account.currency,
        enabled: account.status === 'enabled',
        shape: knowledge.shapeOf(account.platform),
        rules: knowledge.rulesOf(account.platform),
        rate: rateOn(table, brief.dailyBudget.currency, account.currency, day)?.approximate ?? null,
        page,
        identity,
      },
    ];
  });
}
