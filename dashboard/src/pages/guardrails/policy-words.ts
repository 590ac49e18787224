import type { Account, GuardrailPolicy, Guardrails } from '../../../../sdks/javascript/src/generated/api.ts';
import { change, money } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';

export interface PolicyLine {
  readonly label: string;
  /** What holds in the workspace. */
  readonly value: string;
  /** What holds where nobody has set anything. */
  readonly standard: string;
}

interface Surroundings {
  /** Of the workspace. */
  readonly currency: string;
  readonly accounts: readonly Account[];
}

type Ceiling = GuardrailPolicy['workspaceCeiling'];

const ceilingText = ({ dailyMicros, monthlyMicros }: Ceiling, currency: string, locale?: string): string => {
  const parts = [
    ...(dailyMicros === null ? [] : [`${money(dailyMicros, currency, locale)} a day`]),
    ...(monthlyMicros === null ? [] : [`${money(monthlyMicros, currency, locale)} a month`]),
  ];
  return parts.join(', ') || 'None; a raise warns of that';
};

const accountCeilings = (policy: GuardrailPolicy, { accounts }: Surroundings, locale?: string): string => {
  const entries = Object.entries(policy.accountCeilings).map(([id, ceiling]) => {
    const account = accounts.find((one) => one.id === id);
    return account === undefined ? id : `${account.name}: ${ceilingText(ceiling, account.currency, locale)}`;
  });
  return entries.join('; ') || 'None; a raise warns of that';
};

const quietText = ({ quietHours }: GuardrailPolicy): string =>
  quietHours === null
    ? 'None'
    : `${quietHours.from}–${quietHours.to}, ${quietHours.timeZone ?? 'in the time zone of each account'}`;

const approvalText = ({ approval }: GuardrailPolicy, currency: string, locale?: string): string =>
  approval === null
    ? 'Never asked for'
    : `Raises above ${money(approval.raiseAboveDailyMicros, currency, locale)} a day, by ${approval.byAnother ? 'another ' : ''}${approval.roles.join(' or ')}`;

const texts: readonly (readonly [
  label: string,
  text: (policy: GuardrailPolicy, around: Surroundings, locale?: string) => string,
])[] = [
  ['Raise of a daily budget in one change, at most', ({ maxRaiseShare }, _, locale) => change(maxRaiseShare, locale)],
  [
    'Raises of a daily budget in 24 hours, at most',
    ({ maxRaiseShareIn24Hours }, _, locale) => change(maxRaiseShareIn24Hours, locale),
  ],
  ['Cut of a daily budget in one change, at most', ({ maxCutShare }, _, locale) => change(maxCutShare, locale)],
  [
    'Ceiling of the workspace',
    ({ workspaceCeiling }, { currency }, locale) => ceilingText(workspaceCeiling, currency, locale),
  ],
  ['Ceilings of accounts', accountCeilings],
  ['Time between two changes of an object', ({ minutesBetweenChanges }) => counted(minutesBetweenChanges, 'minute')],
  ['Quiet hours: nothing but what spends less', quietText],
  [
    'Protected campaigns',
    ({ protectedCampaigns }) =>
      protectedCampaigns.length === 0 ? 'None' : counted(protectedCampaigns.length, 'campaign'),
  ],
  [
    'What only spends less may be applied at once',
    ({ decreasesAtOnce }) => (decreasesAtOnce ? 'Yes, where its caller asks for that' : 'No'),
  ],
  ['Approval', (policy, { currency }, locale) => approvalText(policy, currency, locale)],
];

/** The policy of a workspace in words, beside what holds by default. */
export const policyLines = (
  { policy, defaults }: Pick<Guardrails, 'policy' | 'defaults'>,
  around: Surroundings,
  locale?: string,
): PolicyLine[] =>
  texts.map(([label, text]) => ({
    label,
    value: text(policy, around, locale),
    standard: text(defaults, around, locale),
  }));
