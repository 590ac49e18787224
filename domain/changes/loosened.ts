import type { GuardrailPolicy } from '../../contracts/schemas/guardrails.ts';

/** No limit is looser than any. */
const wider = (before: number | null, after: number | null): boolean =>
  before !== null && (after === null || after > before);

type Ceiling = GuardrailPolicy['workspaceCeiling'];
const widerCeiling = (before: Ceiling, after: Ceiling): boolean =>
  wider(before.dailyMicros, after.dailyMicros) || wider(before.monthlyMicros, after.monthlyMicros);
const noCeiling: Ceiling = { dailyMicros: null, monthlyMicros: null };

/** Minutes of a day from one clock to another; the same clock twice is none. */
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

type Quiet = NonNullable<GuardrailPolicy['quietHours']>;
/** Whether some minute that was quiet is so no more; another zone moves all of them. */
const lessQuiet = (before: Quiet, after: Quiet): boolean => {
  if (before.timeZone !== after.timeZone) return true;
  const within = ({ from, to }: Quiet, minute: number): boolean => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
  };
  return Array.from({ length: 1_440 }, (_, minute) => minute).some(
    (minute) => within(before, minute) && !within(after, minute),
  );
};

type Approval = NonNullable<GuardrailPolicy['approval']>;
const easierApproval = (before: Approval, after: Approval): boolean =>
  after.raiseAboveDailyMicros > before.raiseAboveDailyMicros ||
  after.roles.some((role) => !before.roles.includes(role)) ||
  (before.byAnother && !after.byAnother);

/** For each field, whether going from one value to the other lets more through. */
const looser: {
  readonly [F in keyof GuardrailPolicy]: (before: GuardrailPolicy[F], after: GuardrailPolicy[F]) => boolean;
} = {
  maxRaiseShare: (before, after) => after > before,
  maxRaiseShareIn24Hours: (before, after) => after > before,
  maxCutShare: (before, after) => after > before,
  workspaceCeiling: widerCeiling,
  accountCeilings: (before, after) =>
    Object.entries(before).some(([id, ceiling]) => widerCeiling(ceiling, after[id] ?? noCeiling)),
  minutesBetweenChanges: (before, after) => after < before,
  quietHours: (before, after) => before !== null && (after === null || lessQuiet(before, after)),
  protectedCampaigns: (before, after) => before.some((id) => !after.includes(id)),
  decreasesAtOnce: (before, after) => after && !before,
  approval: (before, after) => before !== null && (after === null || easierApproval(before, after)),
};

/** The fields that a new policy loosens, in the order of the policy. */
export const loosenedFields = (before: GuardrailPolicy, after: GuardrailPolicy): (keyof GuardrailPolicy)[] =>
  (Object.keys(looser) as (keyof GuardrailPolicy)[]).filter((field) => isLooser(field, before, after));

const isLooser = <F extends keyof GuardrailPolicy>(
  field: F,
  before: GuardrailPolicy,
  after: GuardrailPolicy,
): boolean => looser[field](before[field], after[field]);
