import type { SpendEffect } from '../../contracts/schemas/change-requests.ts';
import { convertMicros, type ExchangeRate } from '../analysis/currency-conversion.ts';
import type { WriteRules } from '../integrations/platform-writer.ts';

/** Something that keeps a daily budget; `dailyBudgetMicros` in the account's currency, null where it keeps none. */
export interface BudgetHolder {
  readonly id: string;
  readonly enabled: boolean;
  readonly dailyBudgetMicros: number | null;
}
export interface CampaignBudget extends BudgetHolder {
  readonly accountId: string;
  readonly adGroups: readonly BudgetHolder[];
}

export interface SpendAccount {
  readonly id: string;
  readonly currency: string;
  readonly mostSpend: WriteRules['mostSpend'];
}

/** What a change makes of an object that keeps a budget or is above one. Absent fields stay. */
export interface BudgetEdit {
  readonly enabled?: boolean;
  readonly dailyBudgetMicros?: number | null;
}

export interface AccountSpend {
  readonly dailyBudgetMicros: number;
  readonly mostOnADayMicros: number;
  readonly mostInAMonthMicros: number;
}

const nothing: AccountSpend = { dailyBudgetMicros: 0, mostOnADayMicros: 0, mostInAMonthMicros: 0 };

const plus = (a: AccountSpend, b: AccountSpend): AccountSpend => ({
  dailyBudgetMicros: a.dailyBudgetMicros + b.dailyBudgetMicros,
  mostOnADayMicros: a.mostOnADayMicros + b.mostOnADayMicros,
  mostInAMonthMicros: a.mostInAMonthMicros + b.mostInAMonthMicros,
});

const enabledMicros = ({ enabled, dailyBudgetMicros }: BudgetHolder): number =>
  enabled ? (dailyBudgetMicros ?? 0) : 0;

/** What a campaign may spend a day: its own budget, or where it keeps none those of its enabled ad groups. */
const dailyOf = (campaign: CampaignBudget): number => {
  if (!campaign.enabled) return 0;
  return campaign.dailyBudgetMicros ?? campaign.adGroups.reduce((sum, one) => sum + enabledMicros(one), 0);
};

export function spendOf(campaigns: readonly CampaignBudget[], mostSpend: WriteRules['mostSpend']): AccountSpend {
  return campaigns.reduce((sum, campaign) => {
    const daily = dailyOf(campaign);
    // A platform's promise holds for each budget by itself, so it is asked for each.
    const { dayMicros, monthMicros } = mostSpend(daily);
    return plus(sum, { dailyBudgetMicros: daily, mostOnADayMicros: dayMicros, mostInAMonthMicros: monthMicros });
  }, nothing);
}

/** The campaigns as they are once edits, by object id, are made. */
export const withEdits = (
  campaigns: readonly CampaignBudget[],
  edits: ReadonlyMap<string, BudgetEdit>,
): CampaignBudget[] =>
  campaigns.map((campaign) => ({
    ...campaign,
    ...edits.get(campaign.id),
    adGroups: campaign.adGroups.map((one) => ({ ...one, ...edits.get(one.id) })),
  }));

export interface SpendQuestion {
  readonly accounts: readonly SpendAccount[];
  /** Of all accounts, as they are now. */
  readonly before: readonly CampaignBudget[];
  readonly after: readonly CampaignBudget[];
  /** Accounts the change is about: only these are listed. */
  readonly touched: ReadonlySet<string>;
  readonly workspaceCurrency: string;
  /** Into the currency of the workspace; undefined where no rate is known. */
  readonly rateOf: (currency: string) => ExchangeRate | undefined;
}

const fieldsOf = (before: AccountSpend, after: AccountSpend) => ({
  dailyBudgetMicros: { before: before.dailyBudgetMicros, after: after.dailyBudgetMicros },
  mostOnADayMicros: { before: before.mostOnADayMicros, after: after.mostOnADayMicros },
  mostInAMonthMicros: { before: before.mostInAMonthMicros, after: after.mostInAMonthMicros },
});

const converted = (spend: AccountSpend, rate: ExchangeRate): AccountSpend => ({
  dailyBudgetMicros: convertMicros(spend.dailyBudgetMicros, rate),
  mostOnADayMicros: convertMicros(spend.mostOnADayMicros, rate),
  mostInAMonthMicros: convertMicros(spend.mostInAMonthMicros, rate),
});

/** What a change does to the budgets of its accounts and of the whole workspace. */
export function spendEffectOf(question: SpendQuestion): SpendEffect {
  const before = Map.groupBy(question.before, (one) => one.accountId);
  const after = Map.groupBy(question.after, (one) => one.accountId);
  const each = question.accounts.map((account) => ({
    account,
    before: spendOf(before.get(account.id) ?? [], account.mostSpend),
    after: spendOf(after.get(account.id) ?? [], account.mostSpend),
  }));
  let whole: { before: AccountSpend; after: AccountSpend } | null = { before: nothing, after: nothing };
  let ratesOf: string | null = null;
  for (const one of each) {
    // An account without spend needs no rate.
    if (one.before.dailyBudgetMicros === 0 && one.after.dailyBudgetMicros === 0) continue;
    const rate = question.rateOf(one.account.currency);
    if (rate === undefined) {
      whole = null;
      break;
    }
    whole = {
      before: plus(whole.before, converted(one.before, rate)),
      after: plus(whole.after, converted(one.after, rate)),
    };
    if (one.account.currency !== question.workspaceCurrency && (ratesOf === null || rate.publishedOn < ratesOf)) {
      ratesOf = rate.publishedOn;
    }
  }
  return {
    accounts: each
      .filter(({ account }) => question.touched.has(account.id))
      .map(({ account, before: was, after: becomes }) => ({
        accountId: account.id,
        currency: account.currency,
        ...fieldsOf(was, becomes),
      })),
    workspace: whole && { currency: question.workspaceCurrency, ratesOf, ...fieldsOf(whole.before, whole.after) },
  };
}
