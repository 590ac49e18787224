import type { Change, ChangeOperation, GuardrailVerdict } from '../../../../sdks/javascript/src/generated/api.ts';
import { ownWord } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import type { Tone } from '../../parts/status.tsx';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

export const changeStatus: Readonly<Record<Change['status'], Word>> = {
  previewed: { label: 'To be confirmed', tone: 'warn' },
  'awaiting-approval': { label: 'Waits for approval', tone: 'warn' },
  applying: { label: 'Being applied', tone: 'busy' },
  applied: { label: 'Applied', tone: 'good' },
  partial: { label: 'Applied in part', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
  discarded: { label: 'Discarded', tone: 'quiet' },
  expired: { label: 'Expired', tone: 'quiet' },
};
export const changeStatuses = Object.keys(changeStatus) as readonly Change['status'][];

export const operationStatus: Readonly<Record<ChangeOperation['status'], Word>> = {
  planned: { label: 'Not applied yet', tone: 'aside' },
  blocked: { label: 'Cannot be applied', tone: 'bad' },
  pending: { label: 'Waiting', tone: 'busy' },
  applying: { label: 'Being applied', tone: 'busy' },
  applied: { label: 'Applied', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  conflict: { label: 'Changed on the platform meanwhile', tone: 'bad' },
  unknown: { label: 'Nobody knows; look on the platform', tone: 'bad' },
};

/** The states of operations in the order in which they need somebody. */
const countedStates = [
  ['unknown', 'not known'],
  ['conflict', 'in conflict'],
  ['failed', 'failed'],
  ['blocked', 'cannot be applied'],
  ['applying', 'being applied'],
  ['pending', 'waiting'],
] as const;

/** `3 operations, 1 failed` */
export function operationsText({ operationCounts }: Pick<Change, 'operationCounts'>): string {
  const total = Object.values(operationCounts).reduce((sum, count) => sum + count, 0);
  const parts = countedStates.flatMap(([state, word]) => {
    const count = operationCounts[state] ?? 0;
    return count === 0 ? [] : [count === total ? word : `${count} ${word}`];
  });
  return [counted(total, 'operation'), ...parts].join(', ');
}

const kinds: Readonly<Record<ChangeOperation['object']['kind'], string>> = {
  campaign: 'Campaign',
  'ad-group': 'Ad group',
  ad: 'Ad',
  asset: 'Asset',
};

/** `Ad group (campaign on LinkedIn)` where the platform has another word. */
export function objectKind({ object: { kind }, platform }: Pick<ChangeOperation, 'object' | 'platform'>): string {
  const own = kind === 'asset' ? undefined : ownWord(platform, kind);
  return own === undefined ? kinds[kind] : `${kinds[kind]} (the platform calls it ${own})`;
}

const deeds: Readonly<Record<string, string>> = {
  'set-status': 'Change of status',
  'set-daily-budget': 'Change of budget',
  'set-bidding': 'Change of bidding',
  rename: 'New name',
  'set-targeting': 'Change of targeting',
  remove: 'Removal',
  'upload-asset': 'Upload',
  'create-campaign': 'New campaign',
  'create-ad-group': 'New ad group',
  'create-ad': 'New ad',
};

/** What an operation does, in two words. */
export const deedOf = ({ operation }: Pick<ChangeOperation, 'operation'>): string =>
  deeds[operation.do] ?? operation.do;

export const ruleNames: Readonly<Record<GuardrailVerdict['rule'], string>> = {
  'raise-per-change': 'Raise in one change',
  'raise-in-24-hours': 'Raises in 24 hours',
  'bid-raise': 'Bid raised',
  'cut-per-change': 'Cut in one change',
  'account-ceiling-day': 'Ceiling of the account, a day',
  'account-ceiling-month': 'Ceiling of the account, a month',
  'workspace-ceiling-day': 'Ceiling of the workspace, a day',
  'workspace-ceiling-month': 'Ceiling of the workspace, a month',
  spacing: 'Time between two changes',
  'quiet-hours': 'Quiet hours',
  'protected-campaign': 'Protected campaigns',
  'created-paused': 'Created paused',
  approval: 'Approval',
};

export const verdictWords: Readonly<Record<GuardrailVerdict['outcome'], Word>> = {
  violated: { label: 'Violated', tone: 'bad' },
  'needs-approval': { label: 'Needs approval', tone: 'warn' },
  warning: { label: 'Warning', tone: 'warn' },
  kept: { label: 'Kept', tone: 'good' },
};

export const isUnderWay = ({ status }: Pick<Change, 'status'>): boolean => status === 'applying';

/** Who did something, for whoever looks: people are known by their id alone. */
export function personText(subject: string, own: string | undefined): string {
  if (subject === own) return 'You';
  return subject.length <= 16 ? subject : `${subject.slice(0, 8)}…`;
}
