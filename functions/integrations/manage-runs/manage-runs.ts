import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Workflows } from '../../../adapters/workflows.ts';
import { type Run, run } from '../../../contracts/schemas/pipelines.ts';
import { AppError } from '../../../domain/errors.ts';
import { newId, runIdFor } from '../../../domain/integrations/ids.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { type EstimatePorts, estimateRun } from './estimate-run.ts';
import { readQuarantine } from './quarantine-page.ts';
import { cancelRun, resumeRun } from './run-control.ts';
import { checkDates, distinct, requestHash } from './start-request.ts';

export interface RunPorts {
  readonly stores: Stores<'accounts' | 'runs' | 'calls'>;
  readonly workflows: Workflows;
  readonly lake: Pick<Lake, 'list' | 'readLines'>;
  readonly descriptorOf: EstimatePorts['descriptorOf'];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Entries of a page when the caller names no limit. */
const defaultLimit = 50;

const noRun = (runId: string): AppError => new AppError('not-found', `There is no run ${runId} in this workspace.`);

/** Data loads: start, resume and cancel one, list them, look into one, reckon what one would take. */
export function manageRuns({ stores, workflows, lake, descriptorOf, now }: RunPorts) {
  return {
    /** Answers at once; the run's own progress tells the rest. */
    async startEtlRun({ principal, body, idempotencyKey }) {
      const own = stores.forWorkspace(principal.workspaceId);
      const at = now();
      checkDates(body, at);
      if (body.accountIds !== undefined) await requireAccounts(own, body.accountIds);
      return startRun(
        { runs: own.runs, workflows },
        {
          workspaceId: principal.workspaceId,
          runId: idempotencyKey === undefined ? newId('run', at) : runIdFor(principal.workspaceId, idempotencyKey),
          trigger: 'on-demand',
          from: body.from ?? null,
          to: body.to ?? null,
          accountIds: body.accountIds === undefined ? null : distinct(body.accountIds),
          ...(body.grains !== undefined && { grains: body.grains }),
          ...(body.mode === 'reprocess' && { mode: body.mode }),
          requestHash: idempotencyKey === undefined ? null : requestHash(body),
          at: new Date(at).toISOString(),
        },
      );
    },

    async resumeEtlRun({ principal: { workspaceId }, path: { runId } }) {
      const { runs } = stores.forWorkspace(workspaceId);
      await resumeRun({ workspaceId, runs, workflows, now }, runId);
      return runOf(runs, runId);
    },

    async cancelEtlRun({ principal: { workspaceId }, path: { runId } }) {
      const { runs } = stores.forWorkspace(workspaceId);
      await cancelRun({ workspaceId, runs, workflows, now }, runId);
      return runOf(runs, runId);
    },

    async estimateEtlRun({ principal, body }) {
      const own = stores.forWorkspace(principal.workspaceId);
      checkDates(body, now());
      if (body.accountIds !== undefined) await requireAccounts(own, body.accountIds);
      return estimateRun({ stores: own, descriptorOf, now }, body);
    },

    listEtlRuns: ({ principal, query: { status, limit, cursor } }) =>
      stores.forWorkspace(principal.workspaceId).runs.list({
        limit: limit ?? defaultLimit,
        ...(status !== undefined && { status }),
        ...(cursor !== undefined && { cursor }),
      }),

    async getEtlRun({ principal, path: { runId } }) {
      const detail = await stores.forWorkspace(principal.workspaceId).runs.detail(runId);
      if (detail === undefined) throw noRun(runId);
      return detail;
    },

    async listQuarantine({ principal: { workspaceId }, path: { runId }, query }) {
      const own = stores.forWorkspace(workspaceId);
      if ((await own.runs.get(runId)) === undefined) throw noRun(runId);
      if (query.accountId !== undefined) await requireAccounts(own, [query.accountId]);
      return readQuarantine(lake, {
        workspaceId,
        runId,
        accountId: query.accountId,
        limit: query.limit ?? defaultLimit,
        cursor: query.cursor,
      });
    },
  } satisfies RouteCases;
}

async function runOf(runs: WorkspaceStores<'runs'>['runs'], runId: string): Promise<Run> {
  const found = await runs.get(runId);
  if (found === undefined) throw noRun(runId);
  return run.parse(found);
}

async function requireAccounts(
  own: WorkspaceStores<'accounts' | 'runs' | 'calls'>,
  ids: readonly string[],
): Promise<void> {
  const known = new Set((await own.accounts.all()).map((account) => account.id));
  const unknown = distinct(ids).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new AppError('not-found', `There is no account ${unknown.join(', ')} in this workspace.`);
  }
}
