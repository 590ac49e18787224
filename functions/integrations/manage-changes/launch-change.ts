import * as z from 'zod/mini';
import type { Lake } from '../../../adapters/lake.ts';
import type { LaunchAnswer, LaunchRequest } from '../../../contracts/generation.ts';
import { operation } from '../../../contracts/schemas/changes.ts';
import { AppError } from '../../../domain/errors.ts';
import type { ChangePorts } from './ports.ts';
import { previewChange } from './preview-change.ts';
import { confirmChange } from './take-decision.ts';

const kept = z.object({ operations: z.array(operation).check(z.minLength(1)) });

/**
 * What was approved of a run, asked for like any other change: preview, guardrails, approval where they ask for it. A repeated request
 * finds the change of the first. What stands against it is an answer, not a failure: the change is there to be looked at.
 */
export async function launchChange(
  ports: ChangePorts & { readonly lake: Pick<Lake, 'getJson'> },
  request: LaunchRequest,
): Promise<LaunchAnswer> {
  const stores = ports.stores.forWorkspace(request.workspaceId);
  const { campaignKey, approvedBy: subject } = request;
  const { operations } = kept.parse(await ports.lake.getJson(request.operationsKey));
  const requestId = request.runId;
  try {
    const { record } = await previewChange(
      ports,
      stores,
      { subject, requestId },
      { reason: request.reason, operations, dryRun: false, undoOf: null, warnings: [] },
      request.idempotencyKey,
    );
    const against = await confirmed(ports, request, record.id);
    const status = (await stores.changes.get(record.id))?.status ?? null;
    const note =
      against ?? (status === 'awaiting-approval' ? 'The guardrails ask for an approval of this change.' : null);
    return { campaignKey, changeId: record.id, status, note };
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable || error.code === 'internal') throw error;
    return { campaignKey, changeId: null, status: null, note: wordsOf(error) };
  }
}

/** Why the change was not confirmed; null when it was. */
async function confirmed(ports: ChangePorts, request: LaunchRequest, changeId: string): Promise<string | null> {
  const stores = ports.stores.forWorkspace(request.workspaceId);
  // Confirming asks for no role: whoever may approve a run may ask for what is in it; an approval is somebody's own.
  const principal = {
    workspaceId: request.workspaceId,
    subject: request.approvedBy,
    role: 'viewer' as const,
    scopes: [],
  };
  try {
    await confirmChange(ports, stores, changeId, { principal, requestId: request.runId, comment: undefined });
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    return wordsOf(error);
  }
}

const wordsOf = ({ message, fields }: AppError): string =>
  [message, ...fields.slice(0, 3).map(({ field, message: why }) => `${field}: ${why}`)].join(' ').slice(0, 1000);
