import * as z from 'zod/mini';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import type { Workflows } from '../../../adapters/workflows.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';

/** How much of an instant names the slot that a schedule fills: one run a day, one an hour. */
const slotLength = { daily: '2026-11-01'.length, hourly: '2026-11-01T08'.length } as const;

export const scheduledStart = z.object({ trigger: z.enum(['daily', 'hourly']) });

export interface StartScheduledRunsPorts {
  readonly stores: Stores<'workspace' | 'runs', 'identity'>;
  readonly workflows: Pick<Workflows, 'startEtl'>;
  readonly now: () => number;
  readonly telemetry: Telemetry;
}

/**
 * Starts one run in every workspace that has connections. A repeat in the same hour or day finds the runs already there. One
 * workspace that cannot be started keeps no other from it; the schedule is told, so that it tries again.
 */
export async function startScheduledRuns(
  ports: StartScheduledRunsPorts,
  { trigger }: z.infer<typeof scheduledStart>,
): Promise<{ started: number }> {
  const at = new Date(ports.now()).toISOString();
  const slot = at.slice(0, slotLength[trigger]);
  let started = 0;
  let failed = 0;
  for (const workspaceId of await ports.stores.identity.workspaceIds()) {
    try {
      const stores = ports.stores.forWorkspace(workspaceId);
      if ((await stores.workspace.connections()).length === 0) continue;
      const runId = derivedId('run', [workspaceId, 'schedule', trigger, slot]);
      await startRun(
        { runs: stores.runs, workflows: ports.workflows },
        {
          workspaceId,
          runId,
          trigger,
          from: null,
          to: null,
          accountIds: null,
          // Segments are two thirds of the calls; the daily load brings them.
          ...(trigger === 'hourly' && { grains: 'objects' }),
          requestHash: null,
          at,
        },
      );
      started += 1;
    } catch (error) {
      failed += 1;
      ports.telemetry.error('a workspace could not be started', error, { workspaceId });
    }
  }
  if (failed > 0) throw new AppError('unavailable', `${failed} workspaces could not be started, ${started} were.`);
  return { started };
}
