import * as z from 'zod/mini';
import { changeId } from '../../../contracts/schemas/change-requests.ts';
import { workspaceId } from '../../../contracts/schemas/primitives.ts';
import type { ChangeName } from './run-outbox.ts';

const text = z.object({ S: z.string() });

/** Records of the table's stream; none from the schedule. */
export const outboxEvent = z.object({
  Records: z.optional(
    z.array(z.object({ dynamodb: z.object({ NewImage: z.optional(z.record(z.string(), z.unknown())) }) })),
  ),
});

const image = z.object({ workspaceId: text, id: text, status: z.object({ S: z.literal('applying') }) });

/** The changes that an event says are being applied. Other records of the table are none of ours. */
export function changesOf({ Records = [] }: z.infer<typeof outboxEvent>): ChangeName[] {
  return Records.flatMap(({ dynamodb }) => {
    const read = image.safeParse(dynamodb.NewImage);
    if (!read.success) return [];
    const named = { workspaceId: read.data.workspaceId.S, changeId: read.data.id.S };
    return workspaceId.safeParse(named.workspaceId).success && changeId.safeParse(named.changeId).success
      ? [named]
      : [];
  });
}
