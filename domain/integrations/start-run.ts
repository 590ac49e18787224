import type { EtlInput } from '../../contracts/etl.ts';
import type { Run } from '../../contracts/schemas/pipelines.ts';
import { AppError } from '../errors.ts';

export interface StartRunPorts {
  readonly runs: {
    create(
      record: Run & {
        requestHash: string | null;
        accountIds: string[] | null;
        grains: NonNullable<EtlInput['grains']> | null;
      },
    ): Promise<boolean>;
    get(id: string): Promise<(Run & { requestHash: string | null }) | undefined>;
  };
  readonly workflows: { startEtl(input: EtlInput): Promise<void> };
}

export interface StartRun extends Omit<EtlInput, 'runId'> {
  /** New, or derived from what makes the request unique: then a repeat finds the run instead of starting another. */
  readonly runId: string;
  /** Fingerprint of the request, where the caller gave an idempotency key. */
  readonly requestHash: string | null;
  /** UTC instant. */
  readonly at: string;
}

/**
 * Writes the run's record, then starts its execution. A call that failed between the two is completed by its repeat.
 * Throws `idempotency-mismatch` when the key was used for another request.
 */
export async function startRun(ports: StartRunPorts, request: StartRun): Promise<Run> {
  const { requestHash, at, ...input } = request;
  const fresh: Run = {
    id: input.runId,
    pipeline: 'etl',
    trigger: input.trigger,
    mode: input.mode ?? 'load',
    attempt: 1,
    status: 'queued',
    from: input.from,
    to: input.to,
    accounts: { total: 0, loaded: 0, failed: 0, skipped: 0 },
    rowsExtracted: 0,
    rowsLoaded: 0,
    rowsQuarantined: 0,
    error: null,
    startedAt: at,
    finishedAt: null,
  };
  if (await ports.runs.create({ ...fresh, requestHash, accountIds: input.accountIds, grains: input.grains ?? null })) {
    await ports.workflows.startEtl(input);
    return fresh;
  }
  const existing = await ports.runs.get(input.runId);
  if (!existing) throw new AppError('internal', `Run ${input.runId} exists and cannot be read.`, { retryable: true });
  const { requestHash: known, ...run } = existing;
  if (known !== requestHash) {
    throw new AppError('idempotency-mismatch', 'The Idempotency-Key was used for another request. Use a new key.');
  }
  if (run.status === 'queued') await ports.workflows.startEtl(input);
  return run;
}
