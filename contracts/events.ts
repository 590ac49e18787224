import * as z from 'zod/mini';
import { accountId, instant, isoDate, platformId, runId, workspaceId } from './schemas/primitives.ts';

/** The event bus's source of everything this system says. */
export const eventSource = 'conext.ads';

const metricsLoaded = z.object({
  workspaceId,
  runId,
  accounts: z.array(z.object({ accountId, platform: platformId, from: isoDate, to: isoDate })),
  loadedAt: instant,
});

/** Events by detail type. */
export const events = { 'metrics.loaded': metricsLoaded } as const;
export type EventName = keyof typeof events;
export type EventDetail<N extends EventName> = z.infer<(typeof events)[N]>;
