import type { RateStore } from '../../../adapters/stores/rate-store.ts';
import type { FieldChange, GuardrailVerdict, SpendEffect } from '../../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import type { GuardrailPolicy } from '../../../contracts/schemas/guardrails.ts';
import { type ExchangeRate, rateMaxAgeDays, rateOn } from '../../../domain/analysis/currency-conversion.ts';
import { bidStep } from '../../../domain/changes/bid-step.ts';
import { judgeGuardrails, type PastWrite } from '../../../domain/changes/guardrails.ts';
import { type BudgetEdit, spendEffectOf, withEdits } from '../../../domain/changes/spend-effect.ts';
import { spendParts } from '../../../domain/changes/spend-parts.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';
import type { ChangePorts, ChangeStores } from './ports.ts';
import { budgetsNow } from './spend-now.ts';

/** An operation as far as guardrails look at it: from a fresh preview, or as it was kept. */
export interface GuardedPart {
  readonly index: number;
  readonly operation: Operation;
  readonly accountId: string;
  readonly object: { readonly kind: string; readonly id: string | null; readonly campaignId: string | null };
  readonly fields: readonly FieldChange[];
}

/** An operation of a change that was decided on: applied, or on its way. */
export interface DecidedPart extends GuardedPart {
  readonly id: string;
  /** Epoch milliseconds of its applying, or of the decision while it waits. */
  readonly at: number;
  readonly applied: boolean;
}

export interface Guarded {
  readonly effect: SpendEffect;
  readonly verdicts: readonly GuardrailVerdict[];
  readonly warnings: readonly string[];
}

const dayMs = 86_400_000;

/** How far back earlier changes count, epoch milliseconds. */
export const pastSince = (policy: GuardrailPolicy, now: number): number =>
  now - Math.max(dayMs, policy.minutesBetweenChanges * 60_000);

const merged = (edits: Map<string, BudgetEdit>, id: string | null, edit: BudgetEdit | null): void => {
  if (id !== null && edit !== null) edits.set(id, { ...edits.get(id), ...edit });
};

/** The effect of a change on spend and what the guardrails say of it, as things stand now. */
export async function guardChange(
  ports: Pick<ChangePorts, 'rulesOf' | 'now'> & { readonly rates: RateStore },
  stores: ChangeStores,
  question: {
    readonly operations: readonly GuardedPart[];
    readonly policy: GuardrailPolicy;
    readonly past: readonly DecidedPart[];
    readonly undoing: boolean;
  },
): Promise<Guarded> {
  const { operations, policy, past, undoing } = question;
  const now = ports.now();
  const [accounts, workspace] = await Promise.all([stores.accounts.all(), stores.workspace.get()]);
  const workspaceCurrency = workspace?.currency ?? 'EUR';
  const involved = [...operations, ...past];
  const budgets = await budgetsNow(stores, accounts, ports.rulesOf, {
    campaigns: [...new Set(involved.flatMap(({ object }) => object.campaignId ?? []))],
    adGroups: [...new Set(involved.flatMap(({ object }) => (object.kind === 'ad-group' ? (object.id ?? []) : [])))],
  });

  // As it is now: what the platforms said of the objects, and what is decided and on its way.
  const was = new Map<string, BudgetEdit>();
  for (const one of operations) merged(was, one.object.id, spendParts(one.operation, one.fields).was);
  for (const one of past) if (!one.applied) merged(was, one.object.id, spendParts(one.operation, one.fields).becomes);
  const becomes = new Map<string, BudgetEdit>();
  for (const one of operations) merged(becomes, one.object.id, spendParts(one.operation, one.fields).becomes);
  const before = withEdits(budgets, was);

  const today = new Date(now).toISOString().slice(0, 10);
  const days = await ports.rates.between(addDays(today, -rateMaxAgeDays), today);
  const table = { base: 'EUR', days: new Map(days.map(({ date, rates }) => [date, rates])) };
  const effect = spendEffectOf({
    accounts: accounts.map(({ id, currency, platform }) => ({
      id,
      currency,
      mostSpend: ports.rulesOf(platform).mostSpend,
    })),
    before,
    after: withEdits(before, becomes),
    touched: new Set(operations.map(({ accountId }) => accountId)),
    workspaceCurrency,
    rateOf: (currency): ExchangeRate | undefined => rateOn(table, currency, workspaceCurrency, today),
  });
  const zones = new Map(accounts.map(({ id, timeZone }) => [id, timeZone]));
  const verdicts = judgeGuardrails({
    policy,
    effect,
    workspaceCurrency,
    undoing,
    now,
    operations: operations.map((one) => {
      const creates = 'ref' in one.operation;
      const { direction, budget } = spendParts(one.operation, one.fields);
      return {
        index: one.index,
        objectId: creates ? null : one.object.id,
        campaignId: one.object.campaignId,
        timeZone: zones.get(one.accountId) ?? 'UTC',
        spend: direction,
        budget,
        bid: bidStep(one.operation, one.fields) ?? null,
        creates,
      };
    }),
    past: past.flatMap((one): PastWrite[] =>
      one.object.id === null
        ? []
        : [
            {
              objectId: one.object.id,
              at: one.at,
              budget: spendParts(one.operation, one.fields).budget,
              creates: 'ref' in one.operation,
            },
          ],
    ),
  });
  return {
    effect,
    verdicts,
    warnings:
      effect.workspace === null
        ? [
            `There is no exchange rate into ${workspaceCurrency} for every account: the effect on the whole workspace is not known.`,
          ]
        : [],
  };
}
