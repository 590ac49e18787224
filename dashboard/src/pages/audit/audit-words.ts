import type { AuditEntry } from '../../../../sdks/javascript/src/generated/api.ts';
import type { Tone } from '../../parts/status.tsx';

export const actionWords: Readonly<Record<AuditEntry['action'], { readonly label: string; readonly tone: Tone }>> = {
  'change.previewed': { label: 'Change previewed', tone: 'aside' },
  'change.approval-asked': { label: 'Approval asked for', tone: 'warn' },
  'change.confirmed': { label: 'Change confirmed', tone: 'good' },
  'change.approved': { label: 'Change approved', tone: 'good' },
  'change.discarded': { label: 'Change discarded', tone: 'quiet' },
  'change.expired': { label: 'Change expired', tone: 'quiet' },
  'change.resumed': { label: 'Change resumed', tone: 'good' },
  'change.finished': { label: 'Change finished', tone: 'quiet' },
  'operation.applied': { label: 'Applied on the platform', tone: 'good' },
  'operation.failed': { label: 'Failed on the platform', tone: 'bad' },
  'operation.conflict': { label: 'Stopped: changed meanwhile', tone: 'bad' },
  'operation.unknown': { label: 'Outcome not known', tone: 'bad' },
  'operation.blocked': { label: 'Not applied', tone: 'bad' },
  'guardrails.changed': { label: 'Guardrails changed', tone: 'warn' },
  'brief.created': { label: 'Brief begun', tone: 'good' },
  'brief.changed': { label: 'Brief changed', tone: 'good' },
  'brand-kit.created': { label: 'Brand kit made', tone: 'good' },
  'brand-kit.changed': { label: 'Brand kit changed', tone: 'good' },
  'pixel.created': { label: 'Pixel made', tone: 'good' },
  'pixel.changed': { label: 'Pixel changed', tone: 'warn' },
  'generation.approved': { label: 'Generated ads approved', tone: 'good' },
  'generation.sent-back': { label: 'Generated ads sent back', tone: 'warn' },
  'generation.rejected': { label: 'Generated ads rejected', tone: 'aside' },
  'creative.edited': { label: 'Generated ad edited', tone: 'aside' },
  'review.approved': { label: 'Review: let pass', tone: 'good' },
  'review.rejected': { label: 'Review: rejected', tone: 'bad' },
  'review.escalated': { label: 'Review: handed to an owner', tone: 'warn' },
};
export const actions = Object.keys(actionWords) as readonly AuditEntry['action'][];
