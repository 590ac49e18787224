import type { GuardrailRule } from '../../contracts/guardrails.ts';
import type { GuardrailVerdict, SpendEffect } from '../../contracts/schemas/change-requests.ts';
import type { GuardrailPolicy } from '../../contracts/schemas/guardrails.ts';
import type { BidStep } from './bid-step.ts';
import { moneyText } from './money-text.ts';
import { quietAt } from './quiet-hours.ts';

/** Money is compared in whole micros: shares are read to a millionth. */
const millionths = 1_000_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;

export interface BudgetStep {
  readonly beforeMicros: number;
  readonly afterMicros: number;
  readonly currency: string;
}

/** What the guardrails look at in one operation. */
export interface GuardedOperation {
  readonly index: number;
  /** The object it changes; null for what it makes. */
  readonly objectId: string | null;
  readonly campaignId: string | null;
  readonly timeZone: string;
  readonly spend: 'increase' | 'decrease' | 'neutral';
  readonly budget: BudgetStep | null;
  /** What a change of bidding does to the price; null where it does not grow. */
  readonly bid: BidStep | null;
  readonly creates: boolean;
}

/** An earlier operation on an object, applied or on its way. */
export interface PastWrite {
  readonly objectId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly budget: Pick<BudgetStep, 'beforeMicros' | 'afterMicros'> | null;
  /** It made the object. */
  readonly creates: boolean;
}

export interface GuardrailQuestion {
  readonly policy: GuardrailPolicy;
  readonly operations: readonly GuardedOperation[];
  readonly effect: SpendEffect;
  readonly workspaceCurrency: string;
  /** Of the objects of the operations: the last 24 hours, or the spacing where that is longer. */
  readonly past: readonly PastWrite[];
  /** It puts back what stood before: the size of its steps was allowed once, and correcting must not wait. */
  readonly undoing: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Verdict = Omit<GuardrailVerdict, 'currency' | 'operation'> &
  Partial<Pick<GuardrailVerdict, 'currency' | 'operation'>>;
const verdict = (given: Verdict): GuardrailVerdict => ({ currency: null, operation: null, ...given });

const shareOf = (part: number, whole: number): number =>
  whole === 0 ? Number.MAX_SAFE_INTEGER : Math.round((part / whole) * 10_000) / 10_000;
/** Whether `part` is more than `share` of `whole`, in integers. */
const exceeds = (part: number, whole: number, share: number): boolean =>
  BigInt(part) * BigInt(millionths) > BigInt(whole) * BigInt(Math.round(share * millionths));
const percent = (share: number): string =>
  share >= Number.MAX_SAFE_INTEGER ? 'from nothing' : `${Math.round(share * 1_000) / 10} %`;

type Rule = (question: GuardrailQuestion) => readonly GuardrailVerdict[];

const ofOperations =
  (judge: (operation: GuardedOperation, question: GuardrailQuestion) => GuardrailVerdict | undefined): Rule =>
  (question) =>
    question.operations.flatMap((operation) => {
      const found = judge(operation, question);
      return found === undefined ? [] : [{ ...found, operation: operation.index }];
    });

const raisePerChange = ofOperations(({ budget }, { policy, undoing }) => {
  if (budget === null || undoing) return undefined;
  const raise = budget.afterMicros - budget.beforeMicros;
  if (raise <= 0 || !exceeds(raise, budget.beforeMicros, policy.maxRaiseShare)) return undefined;
  const value = shareOf(raise, budget.beforeMicros);
  return verdict({
    rule: 'raise-per-change',
    outcome: 'violated',
    unit: 'share',
    limit: policy.maxRaiseShare,
    value,
    message: `The daily budget would grow by ${percent(value)}; at most ${percent(policy.maxRaiseShare)} is allowed in one change.`,
  });
});

const raiseIn24Hours = ofOperations(({ budget, objectId }, { policy, past, now, undoing }) => {
  if (budget === null || undoing || budget.afterMicros <= budget.beforeMicros) return undefined;
  const steps = past
    .flatMap((one) =>
      one.objectId === objectId && one.at > now - dayMs && one.budget !== null ? [{ at: one.at, ...one.budget }] : [],
    )
    .sort((a, b) => a.at - b.at);
  const first = steps[0]?.beforeMicros ?? budget.beforeMicros;
  // A cut in between gives nothing back: down and up again would go round the limit.
  const raised = [...steps, budget].reduce((sum, step) => sum + Math.max(0, step.afterMicros - step.beforeMicros), 0);
  if (!exceeds(raised, first, policy.maxRaiseShareIn24Hours)) return undefined;
  const value = shareOf(raised, first);
  return verdict({
    rule: 'raise-in-24-hours',
    outcome: 'violated',
    unit: 'share',
    limit: policy.maxRaiseShareIn24Hours,
    value,
    message: `All raises of 24 hours together would be ${percent(value)} of the daily budget before them; at most ${percent(policy.maxRaiseShareIn24Hours)} is allowed.`,
  });
});

const cutPerChange = ofOperations(({ budget }, { policy, undoing }) => {
  if (budget === null || undoing) return undefined;
  const cut = budget.beforeMicros - budget.afterMicros;
  if (cut <= 0 || !exceeds(cut, budget.beforeMicros, policy.maxCutShare)) return undefined;
  const value = shareOf(cut, budget.beforeMicros);
  return verdict({
    rule: 'cut-per-change',
    outcome: 'violated',
    unit: 'share',
    limit: policy.maxCutShare,
    value,
    message: `The daily budget would shrink by ${percent(value)}; at most ${percent(policy.maxCutShare)} is allowed in one change. To stop spending at once, pause it.`,
  });
});

/** The budget holds whatever a click costs: so it is looked at, not refused. */
const bidRaise = ofOperations(({ bid }, { policy, undoing }) => {
  if (bid === null || undoing || (bid.raise !== null && bid.raise <= policy.maxRaiseShare)) return undefined;
  const limit = policy.maxRaiseShare;
  const by = policy.approval === null ? '' : ` It waits for ${policy.approval.roles.join(' or ')}.`;
  return verdict({
    rule: 'bid-raise',
    outcome: policy.approval === null ? 'warning' : 'needs-approval',
    unit: 'share',
    limit,
    value: bid.raise === null ? null : Math.round(bid.raise * 10_000) / 10_000,
    message: `${bid.said} More than ${percent(limit)} at once is looked at.${by}`,
  });
});

const spacing = ofOperations(({ objectId, spend }, { policy, past, now, undoing }) => {
  if (objectId === null || undoing || spend === 'decrease') return undefined;
  // What is made is made paused: putting it live is its next step, not a second change of mind.
  const changes = past.filter((one) => one.objectId === objectId && !one.creates);
  const latest = Math.max(...changes.map((one) => one.at), 0);
  if (now - latest >= policy.minutesBetweenChanges * minuteMs) return undefined;
  const value = Math.floor((now - latest) / minuteMs);
  return verdict({
    rule: 'spacing',
    outcome: 'violated',
    unit: 'minutes',
    limit: policy.minutesBetweenChanges,
    value,
    message: `The last change of this object was ${value} minutes ago; ${policy.minutesBetweenChanges} have to lie between two.`,
  });
});

const quietHours = ofOperations(({ spend, timeZone }, { policy, now }) => {
  if (policy.quietHours === null || spend === 'decrease') return undefined;
  const zone = policy.quietHours.timeZone ?? timeZone;
  const quiet = quietAt(policy.quietHours, zone, now);
  if (quiet === undefined) return undefined;
  return verdict({
    rule: 'quiet-hours',
    outcome: 'violated',
    unit: 'time',
    limit: `${policy.quietHours.from}–${policy.quietHours.to}`,
    value: quiet.clock,
    message: `It is ${quiet.clock} in ${zone}: from ${policy.quietHours.from} to ${policy.quietHours.to} nothing is applied but what spends less.`,
  });
});

const protectedCampaign = ofOperations(({ campaignId }, { policy }) => {
  if (campaignId === null || !policy.protectedCampaigns.includes(campaignId)) return undefined;
  return verdict({
    rule: 'protected-campaign',
    outcome: 'violated',
    unit: 'campaign',
    limit: null,
    value: campaignId,
    message: 'The campaign is protected. Whoever may change the guardrails can take it off the list.',
  });
});

const createdPaused = ofOperations(({ creates }) =>
  creates
    ? verdict({
        rule: 'created-paused',
        outcome: 'kept',
        unit: 'status',
        limit: 'paused',
        value: 'paused',
        message: 'It is created paused; enabling it is a change of its own.',
      })
    : undefined,
);

type Spend = Omit<SpendEffect['accounts'][number], 'accountId'>;

function underCeiling(
  rule: GuardrailRule,
  limit: number | null,
  spend: Spend,
  sum: 'mostOnADayMicros' | 'mostInAMonthMicros',
  of: string,
): GuardrailVerdict[] {
  const { before, after } = spend[sum];
  // What spends less is let through even above the ceiling: it brings it nearer.
  if (after <= before) return [];
  const given = { rule, unit: 'micros', currency: spend.currency, value: after } as const;
  const span = sum === 'mostOnADayMicros' ? 'a day' : 'a calendar month';
  if (limit === null) {
    const message = `There is no ceiling for ${span} of ${of}; it may cost up to ${moneyText(after, spend.currency)}.`;
    return [verdict({ ...given, outcome: 'warning', limit: null, message })];
  }
  if (after <= limit) return [];
  const message = `${of} may cost up to ${moneyText(after, spend.currency)} in ${span}; the ceiling is ${moneyText(limit, spend.currency)}.`;
  return [verdict({ ...given, outcome: 'violated', limit, message })];
}

const accountCeilings: Rule = ({ policy, effect }) =>
  effect.accounts.flatMap((spend) => {
    const ceiling = policy.accountCeilings[spend.accountId] ?? { dailyMicros: null, monthlyMicros: null };
    const of = 'the account';
    return [
      ...underCeiling('account-ceiling-day', ceiling.dailyMicros, spend, 'mostOnADayMicros', of),
      ...underCeiling('account-ceiling-month', ceiling.monthlyMicros, spend, 'mostInAMonthMicros', of),
    ];
  });

const increases = (question: GuardrailQuestion): boolean =>
  question.operations.some((operation) => operation.spend === 'increase');

const workspaceCeilings: Rule = (question) => {
  const { policy, effect, workspaceCurrency } = question;
  const { dailyMicros, monthlyMicros } = policy.workspaceCeiling;
  if (effect.workspace === null) {
    // What cannot be reckoned cannot be shown to stay below a ceiling.
    const limits = [
      ['workspace-ceiling-day', dailyMicros],
      ['workspace-ceiling-month', monthlyMicros],
    ] as const;
    if (!increases(question)) return [];
    return limits.flatMap(([rule, limit]) =>
      limit === null
        ? []
        : [
            verdict({
              rule,
              outcome: 'violated',
              unit: 'micros',
              currency: workspaceCurrency,
              limit,
              value: null,
              message: `There is no exchange rate for every account, so nobody can say whether the ceiling of ${moneyText(limit, workspaceCurrency)} holds.`,
            }),
          ],
    );
  }
  const of = 'the workspace';
  return [
    ...underCeiling('workspace-ceiling-day', dailyMicros, effect.workspace, 'mostOnADayMicros', of),
    ...underCeiling('workspace-ceiling-month', monthlyMicros, effect.workspace, 'mostInAMonthMicros', of),
  ];
};

const approval: Rule = (question) => {
  const { policy, effect, workspaceCurrency } = question;
  if (policy.approval === null || !increases(question)) return [];
  const limit = policy.approval.raiseAboveDailyMicros;
  const spend = effect.workspace?.dailyBudgetMicros;
  const value = spend === undefined ? null : spend.after - spend.before;
  // Without a rate nobody knows how much it is: then somebody looks.
  if (value !== null && value <= limit) return [];
  const by = `${policy.approval.byAnother ? 'another ' : ''}${policy.approval.roles.join(' or ')}`;
  return [
    verdict({
      rule: 'approval',
      outcome: 'needs-approval',
      unit: 'micros',
      currency: workspaceCurrency,
      limit,
      value,
      message: `It raises daily budgets by ${value === null ? 'an amount without an exchange rate' : moneyText(value, workspaceCurrency)}; above ${moneyText(limit, workspaceCurrency)} it waits for ${by}.`,
    }),
  ];
};

/** Every rule with what judges it; ceilings speak for two rules each. */
const judges: readonly (readonly [readonly GuardrailRule[], Rule])[] = [
  [['protected-campaign'], protectedCampaign],
  [['raise-per-change'], raisePerChange],
  [['raise-in-24-hours'], raiseIn24Hours],
  [['cut-per-change'], cutPerChange],
  [['bid-raise'], bidRaise],
  [['account-ceiling-day', 'account-ceiling-month'], accountCeilings],
  [['workspace-ceiling-day', 'workspace-ceiling-month'], workspaceCeilings],
  [['spacing'], spacing],
  [['quiet-hours'], quietHours],
  [['created-paused'], createdPaused],
  [['approval'], approval],
];

/** Whether a rule has anything to say of a change; what it cannot touch is not said to be kept. */
const units: Readonly<Record<GuardrailRule, GuardrailVerdict['unit']>> = {
  'raise-per-change': 'share',
  'raise-in-24-hours': 'share',
  'cut-per-change': 'share',
  'bid-raise': 'share',
  'account-ceiling-day': 'micros',
  'account-ceiling-month': 'micros',
  'workspace-ceiling-day': 'micros',
  'workspace-ceiling-month': 'micros',
  spacing: 'minutes',
  'quiet-hours': 'time',
  'protected-campaign': 'campaign',
  'created-paused': 'status',
  approval: 'micros',
};

/** What every guardrail says of a change: each violation by operation, and of each rule without one that it is kept. */
export function judgeGuardrails(question: GuardrailQuestion): GuardrailVerdict[] {
  return judges.flatMap(([rules, judge]) => {
    const found = judge(question);
    const kept = rules
      .filter((rule) => rule !== 'created-paused' && !found.some((one) => one.rule === rule))
      .map((rule) => verdict({ rule, outcome: 'kept', unit: units[rule], limit: null, value: null, message: 'Kept.' }));
    return [...found, ...kept];
  });
}

export const isViolated = (verdicts: readonly GuardrailVerdict[]): boolean =>
  verdicts.some((one) => one.outcome === 'violated');
export const needsApproval = (verdicts: readonly GuardrailVerdict[]): boolean =>
  verdicts.some((one) => one.outcome === 'needs-approval');
