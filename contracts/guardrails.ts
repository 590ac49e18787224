import type { GuardrailPolicy } from './schemas/guardrails.ts';

/** What holds where a workspace has set nothing: safe before comfortable. */
export const guardrailDefaults: GuardrailPolicy = {
  maxRaiseShare: 0.5,
  maxRaiseShareIn24Hours: 1,
  maxCutShare: 0.8,
  workspaceCeiling: { dailyMicros: null, monthlyMicros: null },
  accountCeilings: {},
  minutesBetweenChanges: 10,
  quietHours: null,
  protectedCampaigns: [],
  decreasesAtOnce: true,
  approval: null,
};

/** Every rule a verdict may name, in the words of the documentation. */
export const guardrailRules = {
  'raise-per-change': 'A daily budget grows by at most `maxRaiseShare` of itself in one change',
  'raise-in-24-hours':
    'All raises of a daily budget in 24 hours together stay within `maxRaiseShareIn24Hours` of what it was before them; what is confirmed and not yet applied counts',
  'cut-per-change': 'A daily budget shrinks by at most `maxCutShare` of itself in one change',
  'bid-raise':
    'A bid, a cap or a target cost that grows by more than `maxRaiseShare`, is taken away, or stands in place of one that the platform does not tell, waits for an approval where the policy has one and else warns: the daily budget still bounds what it may cost',
  'account-ceiling-day':
    'What the account’s enabled campaigns may cost on one day, as the platform promises it, stays within its ceiling',
  'account-ceiling-month': 'The same for a calendar month',
  'workspace-ceiling-day': 'The same over all accounts, in the currency of the workspace',
  'workspace-ceiling-month': 'The same over all accounts for a calendar month',
  spacing:
    '`minutesBetweenChanges` lie between two changes of the same object; spending less and undoing need not wait',
  'quiet-hours': 'Nothing but what spends less is applied within the quiet hours',
  'protected-campaign': 'Nothing in a protected campaign is changed',
  'created-paused': 'Whatever is created is created paused; this cannot be turned off',
  approval: 'A raise above the amount waits for somebody with one of the roles',
} as const;
export type GuardrailRule = keyof typeof guardrailRules;
export const guardrailRuleNames = Object.keys(guardrailRules) as [GuardrailRule, ...GuardrailRule[]];
