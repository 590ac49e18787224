import type { GenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { inputsKey } from '../../../adapters/generation/open-run.ts';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { GenerationRecord } from '../../../adapters/stores/generation-run-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import {
  type GenerationRun,
  type GenerationRunDetail,
  generationRun,
  type StartGenerationBody,
} from '../../../contracts/schemas/generation-runs.ts';
import { AppError, type FieldError } from '../../../domain/errors.ts';
import type { RunInputs } from '../../../domain/generation/pipeline/run-inputs.ts';
import { newId, runIdFor } from '../../../domain/integrations/ids.ts';
import { decideRun } from './decide-run.ts';
import { cancelRun, resumeRun } from './run-control.ts';
import { requestHash } from './start-request.ts';

export type GenerationStores = WorkspaceStores<'generationRuns' | 'creatives' | 'reviews' | 'accounts' | 'audit'>;

export interface GenerationRunPorts {
  readonly stores: Stores<'generationRuns' | 'creatives' | 'reviews' | 'accounts' | 'audit'>;
  readonly workflow: GenerationWorkflow;
  readonly lake: Pick<Lake, 'getJson' | 'putJson'>;
  /** The brief, its page and the brand kit as they are now; undefined where one of them is not in the workspace. */
  readonly inputsOf: (
    workspaceId: string,
    asked: Pick<StartGenerationBody, 'briefId' | 'brief' | 'brandKitId' | 'brandKit'>,
  ) => Promise<RunInputs | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Entries of a page when the caller names no limit. */
const defaultLimit = 50;
const defaultVariants = 10;
const defaultSeed = 1;

export const noRun = (runId: string): AppError =>
  new AppError('not-found', `There is no run ${runId} in this workspace.`);

/** Runs from briefs to campaigns: start, decide on, cancel and resume one, list them, look into one. */
export function manageGenerationRuns(ports: GenerationRunPorts) {
  const { stores, workflow, now } = ports;
  return {
    /** Answers at once; the run's own progress tells the rest. */
    async startGenerationRun({ principal, body, idempotencyKey }) {
      const { workspaceId, subject } = principal;
      const own = stores.forWorkspace(workspaceId);
      const at = now();
      const runId = idempotencyKey === undefined ? newId('run', at) : runIdFor(workspaceId, idempotencyKey);
      const hash = idempotencyKey === undefined ? null : requestHash(body);
      const earlier = idempotencyKey === undefined ? undefined : await own.generationRuns.get(runId);
      if (earlier === undefined) {
        const inputs = await ports.inputsOf(workspaceId, body);
        if (inputs === undefined) throw new AppError('not-found', 'There is no such brief or brand kit here.');
        const platforms = await checkRequest(own, body, inputs);
        // First what it works from: a run without it could not begin.
        await ports.lake.putJson(inputsKey(workspaceId, runId), inputs);
        await own.generationRuns.create(freshRun(runId, body, inputs, platforms, { subject, at, hash }));
      }
      const run = await requireRun(own, runId);
      if (run.requestHash !== hash) {
        throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
      }
      if (run.status === 'queued') await workflow.start({ workspaceId, runId, attempt: run.attempt });
      return runOf(own, runId);
    },

    listGenerationRuns: ({ principal, query: { status, limit, cursor } }) =>
      stores.forWorkspace(principal.workspaceId).generationRuns.list({
        limit: limit ?? defaultLimit,
        ...(status !== undefined && { status }),
        ...(cursor !== undefined && { cursor }),
      }),

    getGenerationRun: ({ principal, path: { runId } }) => detailOf(stores.forWorkspace(principal.workspaceId), runId),

    async cancelGenerationRun({ principal: { workspaceId }, path: { runId } }) {
      const own = stores.forWorkspace(workspaceId);
      await cancelRun({ stores: own, workflow, now }, await requireRun(own, runId));
      return runOf(own, runId);
    },

    async resumeGenerationRun({ principal: { workspaceId }, path: { runId } }) {
      const own = stores.forWorkspace(workspaceId);
      await resumeRun({ stores: own, workflow, now }, await requireRun(own, runId));
      return runOf(own, runId);
    },

    async decideGenerationRun({ principal, path: { runId }, body, requestId }) {
      const own = stores.forWorkspace(principal.workspaceId);
      await decideRun({ stores: own, workflow, now }, await requireRun(own, runId), body, { principal, requestId });
      return detailOf(own, runId);
    },
  } satisfies RouteCases;
}

async function requireRun(own: GenerationStores, runId: string): Promise<GenerationRecord> {
  const run = await own.generationRuns.get(runId);
  if (run === undefined) throw noRun(runId);
  return run;
}

async function runOf(own: GenerationStores, runId: string): Promise<GenerationRun> {
  const run = await requireRun(own, runId);
  return generationRun.parse({ ...run, steps: await own.generationRuns.steps(runId) });
}

async function detailOf(own: GenerationStores, runId: string): Promise<GenerationRunDetail> {
  const detail = await own.generationRuns.detail(runId);
  if (detail === undefined) throw noRun(runId);
  return detail;
}

/** Everything that stands against a request, told at once. Answers the platforms that it goes to. */
async function checkRequest(
  own: GenerationStores,
  body: StartGenerationBody,
  { brief }: RunInputs,
): Promise<GenerationRun['platforms']> {
  const problems: FieldError[] = [];
  const foreign = (body.languages ?? []).filter((language) => !brief.languages.includes(language));
  if (foreign.length > 0) {
    problems.push({
      field: 'languages',
      message: `${foreign.join(', ')}: the brief has ${brief.languages.join(', ')}; add its texts there first`,
    });
  }
  const accounts = new Map((await own.accounts.all()).map((one) => [one.id, one]));
  const gone = brief.platforms.filter(({ accountId }) => !accounts.has(accountId));
  if (gone.length > 0) {
    const ids = gone.map(({ accountId }) => accountId).join(', ');
    problems.push({ field: 'brief.platforms', message: `these name accounts that are not in this workspace: ${ids}` });
  }
  if (brief.platforms.length === 0) {
    problems.push({
      field: 'briefId',
      message: 'the brief names no account to advertise on; add one to its platforms',
    });
  }
  const named = new Set(brief.platforms.flatMap(({ accountId }) => accounts.get(accountId)?.platform ?? []));
  const missing = (body.platforms ?? []).filter((platform) => !named.has(platform));
  if (missing.length > 0) {
    problems.push({ field: 'platforms', message: `${missing.join(', ')}: the brief names no account of it` });
  }
  if (problems.length > 0) {
    throw new AppError('invalid-request', 'This run cannot be started; `errors` says why.', { fields: problems });
  }
  return [...new Set(body.platforms ?? named)];
}

function freshRun(
  runId: string,
  body: StartGenerationBody,
  { brief }: RunInputs,
  platforms: GenerationRun['platforms'],
  by: { readonly subject: string; readonly at: number; readonly hash: string | null },
): GenerationRecord {
  return {
    id: runId,
    pipeline: 'campaign-generation',
    status: 'queued',
    briefId: body.briefId ?? null,
    briefName: brief.product.name,
    brandKitId: body.brandKitId ?? null,
    variants: body.variants ?? defaultVariants,
    seed: body.seed ?? defaultSeed,
    languages: [...new Set(body.languages ?? brief.languages)],
    platforms,
    images: body.images ?? true,
    launch: body.launch ?? 'paused',
    attempt: 1,
    round: 1,
    creatives: { total: 0, blocked: 0, warned: 0 },
    expiresAt: null,
    error: null,
    startedAt: new Date(by.at).toISOString(),
    startedBy: by.subject,
    finishedAt: null,
    requestHash: by.hash,
    cancelRequestedAt: null,
    taskToken: null,
    decisions: [],
    decidedRole: null,
    approvedIds: null,
    changes: [],
  };
}
