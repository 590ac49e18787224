import * as z from 'zod/mini';
import { workspaceId } from '../../../contracts/schemas/primitives.ts';
import { AppError } from '../../../domain/errors.ts';
import { type Evaluated, evaluateWorkspace } from './evaluate-workspace.ts';
import type { EvaluatePorts } from './ports.ts';

/** From the schedule nothing; from the bus the workspace whose facts were loaded. */
export const evaluateEvent = z.object({
  'detail-type': z.optional(z.literal('metrics.loaded')),
  detail: z.optional(z.object({ workspaceId })),
});

export interface EvaluateAllPorts {
  readonly workspaceIds: () => Promise<readonly string[]>;
  readonly portsOf: (workspaceId: string) => EvaluatePorts;
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly failed: (workspaceId: string, error: unknown) => void;
}

/** Workspaces looked at side by side. */
const atOnce = 4;

/**
 * Looks at the rules of one workspace, or of all. Whose turn comes first moves on each minute: where the time does not reach for all,
 * nobody is left out for good. A workspace that fails stops no other.
 */
export async function evaluateAlerts(
  ports: EvaluateAllPorts,
  event: z.infer<typeof evaluateEvent>,
): Promise<{ workspaces: number; opened: number; resolved: number; failed: number }> {
  const one = event.detail?.workspaceId;
  const trigger = one === undefined ? 'minute' : 'loaded';
  const all = one === undefined ? [...(await ports.workspaceIds())].sort() : [one];
  const first = all.length === 0 ? 0 : Math.floor(ports.now() / 60_000) % all.length;
  const order = [...all.slice(first), ...all.slice(0, first)];
  const sum = { workspaces: 0, opened: 0, resolved: 0, failed: 0 };
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < order.length && ports.remainingMs() > 0) {
      const id = order[next] ?? '';
      next += 1;
      try {
        const done: Evaluated = await evaluateWorkspace(ports.portsOf(id), trigger);
        sum.workspaces += 1;
        sum.opened += done.opened;
        sum.resolved += done.resolved;
      } catch (error) {
        sum.failed += 1;
        ports.failed(id, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, order.length) }, work));
  if (sum.failed > 0) {
    throw new AppError('unavailable', `The alert rules of ${sum.failed} workspaces could not be looked at.`);
  }
  return sum;
}
