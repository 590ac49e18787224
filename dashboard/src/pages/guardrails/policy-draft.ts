import type { Account, GuardrailPolicy } from '../../../../sdks/javascript/src/generated/api.ts';
import { readBudget, writtenBudget } from '../campaigns/campaign-edits.ts';

/** Empty for no ceiling. */
export interface CeilingDraft {
  readonly daily: string;
  readonly monthly: string;
}

/** The policy as it is written in the form: shares in percent, money as amounts. */
export interface PolicyDraft {
  readonly maxRaiseShare: string;
  readonly maxRaiseShareIn24Hours: string;
  readonly maxCutShare: string;
  readonly workspaceCeiling: CeilingDraft;
  readonly accountCeilings: Readonly<Record<string, CeilingDraft>>;
  readonly minutesBetweenChanges: string;
  readonly quietHours: { readonly on: boolean; readonly from: string; readonly to: string; readonly timeZone: string };
  readonly protectedCampaigns: readonly string[];
  readonly decreasesAtOnce: boolean;
  readonly approval: {
    readonly on: boolean;
    readonly above: string;
    readonly owner: boolean;
    readonly manager: boolean;
    readonly byAnother: boolean;
  };
}
type Field = keyof PolicyDraft & keyof GuardrailPolicy;

export interface Surroundings {
  /** Of the workspace. */
  readonly currency: string;
  readonly accounts: readonly Account[];
}

/** What is wrong with a field, by its place in the form: `accountCeilings.acc_….daily`. */
export type PolicyFaults = Readonly<Record<string, string>>;
export type PolicyReading =
  /** The fields that become others; those that were not touched are left out. */
  | { readonly kind: 'read'; readonly policy: Partial<GuardrailPolicy> }
  | { readonly kind: 'refused'; readonly faults: PolicyFaults };

type Ceiling = GuardrailPolicy['workspaceCeiling'];

const percentText = (share: number): string => String(Math.round(share * 10_000) / 100);
const amountText = (micros: number | null): string => (micros === null ? '' : writtenBudget(micros));
const ceilingDraft = (ceiling: Ceiling | undefined): CeilingDraft => ({
  daily: amountText(ceiling?.dailyMicros ?? null),
  monthly: amountText(ceiling?.monthlyMicros ?? null),
});

/** Every account has its two fields, those without a ceiling too; a ceiling of an account that is gone stays. */
export function draftOf(policy: GuardrailPolicy, accounts: readonly Account[]): PolicyDraft {
  const { quietHours, approval, accountCeilings } = policy;
  const ids = new Set([...accounts.map(({ id }) => id), ...Object.keys(accountCeilings)]);
  return {
    maxRaiseShare: percentText(policy.maxRaiseShare),
    maxRaiseShareIn24Hours: percentText(policy.maxRaiseShareIn24Hours),
    maxCutShare: percentText(policy.maxCutShare),
    workspaceCeiling: ceilingDraft(policy.workspaceCeiling),
    accountCeilings: Object.fromEntries([...ids].map((id) => [id, ceilingDraft(accountCeilings[id])])),
    minutesBetweenChanges: String(policy.minutesBetweenChanges),
    quietHours: {
      on: quietHours !== null,
      from: quietHours?.from ?? '22:00',
      to: quietHours?.to ?? '06:00',
      timeZone: quietHours?.timeZone ?? '',
    },
    protectedCampaigns: policy.protectedCampaigns,
    decreasesAtOnce: policy.decreasesAtOnce,
    approval: {
      on: approval !== null,
      above: amountText(approval?.raiseAboveDailyMicros ?? null),
      owner: approval?.roles.includes('owner') ?? true,
      manager: approval?.roles.includes('manager') ?? false,
      byAnother: approval?.byAnother ?? true,
    },
  };
}

/** Thrown within the reading alone. */
class Unreadable extends Error {
  readonly place: string;
  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}

function share(place: string, text: string, mostPercent: number): number {
  const percent = /^\d{1,5}(?:[.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  if (!(percent <= mostPercent)) throw new Unreadable(place, `Write percent from 0 to ${mostPercent}, like 50.`);
  return Math.round(percent * 100) / 10_000;
}

function amount(place: string, text: string, currency: string): number {
  if (/^0+(?:[.,]0+)?$/.test(text.trim())) return 0;
  const read = readBudget(text, currency);
  if (read.kind === 'refused') throw new Unreadable(place, read.reason);
  return read.micros;
}

const amountOrNone = (place: string, text: string, currency: string): number | null =>
  text.trim() === '' ? null : amount(place, text, currency);

const ceiling = (place: string, { daily, monthly }: CeilingDraft, currency: string): Ceiling => ({
  dailyMicros: amountOrNone(`${place}.daily`, daily, currency),
  monthlyMicros: amountOrNone(`${place}.monthly`, monthly, currency),
});

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

type Reader<F extends Field> = (draft: PolicyDraft[F], around: Surroundings) => GuardrailPolicy[F];

const readers: { readonly [F in Field]: Reader<F> } = {
  maxRaiseShare: (text) => share('maxRaiseShare', text, 10_000),
  maxRaiseShareIn24Hours: (text) => share('maxRaiseShareIn24Hours', text, 10_000),
  maxCutShare: (text) => share('maxCutShare', text, 100),
  workspaceCeiling: (draft, { currency }) => ceiling('workspaceCeiling', draft, currency),
  accountCeilings: (draft, { accounts, currency }) =>
    Object.fromEntries(
      Object.entries(draft).flatMap(([id, one]) => {
        const own = accounts.find((account) => account.id === id)?.currency ?? currency;
        const read = ceiling(`accountCeilings.${id}`, one, own);
        return read.dailyMicros === null && read.monthlyMicros === null ? [] : [[id, read]];
      }),
    ),
  minutesBetweenChanges: (text) => {
    const minutes = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
    // A week, as the contract has it.
    if (!(minutes <= 10_080)) throw new Unreadable('minutesBetweenChanges', 'Write whole minutes, at most 10080.');
    return minutes;
  },
  quietHours: ({ on, from, to, timeZone }) => {
    if (!on) return null;
    if (from === '' || to === '') throw new Unreadable('quietHours', 'Say from when to when.');
    if (from === to) throw new Unreadable('quietHours', 'They begin and end at the same time: nothing would be quiet.');
    if (timeZone.trim() !== '' && !isZone(timeZone.trim()))
      throw new Unreadable('quietHours', 'Name a time zone like Europe/Berlin, or leave it empty.');
    return { from, to, timeZone: timeZone.trim() === '' ? null : timeZone.trim() };
  },
  protectedCampaigns: (ids) => [...ids],
  decreasesAtOnce: (on) => on,
  approval: ({ on, above, owner, manager, byAnother }, { currency }) => {
    if (!on) return null;
    if (!owner && !manager) throw new Unreadable('approval', 'Somebody has to be able to approve: choose a role.');
    const roles = [...(owner ? (['owner'] as const) : []), ...(manager ? (['manager'] as const) : [])];
    return { raiseAboveDailyMicros: amount('approval', above, currency), roles, byAnother };
  },
};

const fields = Object.keys(readers) as readonly Field[];

/** What the form asks for, or what is wrong with each field. What was not touched is not read: it stays as it is. */
export function readPolicy(draft: PolicyDraft, before: PolicyDraft, around: Surroundings): PolicyReading {
  const faults: Record<string, string> = {};
  const policy: Partial<Record<Field, unknown>> = {};
  for (const field of fields) {
    if (JSON.stringify(draft[field]) === JSON.stringify(before[field])) continue;
    const read = readers[field] as (value: unknown, around: Surroundings) => unknown;
    try {
      policy[field] = read(draft[field], around);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults[error.place] = error.message;
    }
  }
  return Object.keys(faults).length > 0
    ? { kind: 'refused', faults }
    : { kind: 'read', policy: policy as Partial<GuardrailPolicy> };
}
