import type { Principal } from '../../../adapters/http/principal.ts';
import { closeReviews } from '../../../adapters/reviews/waiting-ads.ts';
import type { GenerationRecord } from '../../../adapters/stores/generation-run-store.ts';
import type { AuditAction } from '../../../contracts/schemas/audit.ts';
import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type {
  DecideRunBody,
  GenerationStatus,
  GenerationStep,
  RunDecision,
} from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import { isBlocked } from '../../../domain/generation/pipeline/is-blocked.ts';
import type { ControlPorts } from './run-control.ts';

/** Made anew when a round is sent back. */
const ofRound: readonly GenerationStep[] = ['copy', 'images', 'personalise', 'check', 'score', 'approval', 'launch'];
/** Each costs what a writer costs. */
const mostRounds = 10;

const next = {
  approve: { status: 'launching', audit: 'generation.approved' },
  'send-back': { status: 'running', audit: 'generation.sent-back' },
  reject: { status: 'rejected', audit: 'generation.rejected' },
} as const satisfies Record<
  DecideRunBody['decision'],
  { readonly status: GenerationStatus; readonly audit: AuditAction }
>;

const said = {
  approve: 'Approved.',
  'send-back': 'Sent back.',
  reject: 'Rejected.',
} as const satisfies Record<DecideRunBody['decision'], string>;

/**
 * A decision on a round: written down first, then told to the execution that waits. A repeated decision is told again, for the call
 * between the two may have been lost; another one is refused.
 */
export async function decideRun(
  ports: ControlPorts,
  run: GenerationRecord,
  body: DecideRunBody,
  asker: { readonly principal: Principal; readonly requestId: string },
): Promise<void> {
  const { stores, workflow } = ports;
  const made = run.decisions.at(-1);
  const repeated =
    made !== undefined &&
    made.decision === body.decision &&
    made.comment === (body.comment ?? null) &&
    made.decidedBy === asker.principal.subject;
  if (run.status !== 'awaiting-approval') {
    if (!repeated) throw new AppError('conflict', `The run is ${run.status}; there is nothing to decide on.`);
    if (run.taskToken !== null)
      await workflow.answer(run.taskToken, { decision: body.decision, round: roundAfter(made) });
    return;
  }
  if (run.taskToken === null) throw new AppError('conflict', 'The run does not wait yet. Try again in a moment.');
  const decision = await write(ports, run, body, asker);
  if (body.decision === 'send-back') await stores.generationRuns.forgetSteps(run.id, ofRound);
  await workflow.answer(run.taskToken, { decision: body.decision, round: roundAfter(decision) });
}

const roundAfter = ({ decision, round }: Pick<RunDecision, 'decision' | 'round'>): number =>
  decision === 'send-back' ? round + 1 : round;

async function write(
  { stores, now }: ControlPorts,
  run: GenerationRecord,
  body: DecideRunBody,
  { principal, requestId }: { readonly principal: Principal; readonly requestId: string },
): Promise<RunDecision> {
  const at = new Date(now()).toISOString();
  const comment = body.comment ?? null;
  if (body.decision === 'send-back' && comment === null) {
    throw new AppError('invalid-request', 'Say what is to become different.', {
      fields: [{ field: 'comment', message: 'is needed to send creatives back' }],
    });
  }
  if (body.decision === 'send-back' && run.round >= mostRounds) {
    throw new AppError(
      'conflict',
      `The creatives were written ${run.round} times. Change the brief and start a new run.`,
    );
  }
  const creatives = (await stores.creatives.ofRun(run.id)).filter(({ round }) => round === run.round);
  const approvedIds = body.decision === 'approve' ? approved(creatives, body.creativeIds) : null;
  const decision: RunDecision = {
    round: run.round,
    decision: body.decision,
    comment,
    decidedBy: principal.subject,
    decidedAt: at,
  };
  const { status, audit } = next[body.decision];
  const taken = await stores.generationRuns.transition(
    run.id,
    ['awaiting-approval'],
    {
      status,
      decisions: [...run.decisions, decision],
      decidedRole: principal.role,
      approvedIds,
      expiresAt: null,
      round: roundAfter(decision),
      ...(status === 'rejected' && { finishedAt: at }),
    },
    { attempt: run.attempt, round: run.round },
  );
  if (!taken) throw new AppError('conflict', 'Somebody else has just decided on this run.');
  await stores.generationRuns.endStep(run.id, 'approval', {
    status: 'done',
    at,
    note: said[body.decision],
  });
  const chosen = new Set(approvedIds ?? []);
  const open = ['draft', 'needs-review'] as const;
  const rest = creatives.filter(({ id }) => !chosen.has(id)).map(({ id }) => id);
  const restStatus = body.decision === 'send-back' ? ('sent-back' as const) : ('rejected' as const);
  await stores.creatives.move([...chosen], open, { status: 'approved', updatedAt: at });
  await stores.creatives.move(rest, open, { status: restStatus, updatedAt: at });
  await closeReviews(stores, creatives.filter(isBlocked), at, `The run was decided on: ${body.decision}.`);
  await stores.audit.append([
    {
      ...{ at, action: audit, actor: principal.subject, requestId, reason: comment },
      ...{ changeId: null, operationId: null, platformRequestId: null, problem: null },
      object: { kind: 'generation-run', id: run.id, platformId: null, name: run.briefName },
      before: { status: run.status, round: run.round },
      after: { status, creatives: chosen.size },
    },
  ]);
  return decision;
}

/** Those named, or all that nothing blocks. What the check objects to is not launched, unless a reviewer has let it pass. */
function approved(creatives: readonly CreativeRecord[], named: readonly string[] | undefined): string[] {
  const known = new Map(creatives.map((one) => [one.id, one]));
  const unknown = (named ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError('not-found', `There is no creative ${unknown.join(', ')} in this round of the run.`);
  }
  const wanted =
    named === undefined
      ? creatives.filter((one) => one.status !== 'rejected' && !isBlocked(one))
      : named.flatMap((id) => known.get(id) ?? []);
  const blocked = wanted.filter((one) => one.status === 'rejected' || isBlocked(one));
  if (blocked.length > 0) {
    throw new AppError('conflict', 'Some creatives break a rule; mend them, or leave them out. `errors` lists each.', {
      fields: blocked.map(({ id, status, findings }) => ({
        field: id,
        message:
          status === 'rejected'
            ? 'A reviewer has rejected it.'
            : (findings.find(({ severity }) => severity === 'block')?.message ?? 'is blocked'),
      })),
    });
  }
  if (wanted.length === 0) {
    throw new AppError('conflict', 'Every creative of this round breaks a rule: mend one, or send them back.');
  }
  return wanted.map(({ id }) => id);
}
