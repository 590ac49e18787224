import * as z from 'zod/mini';

export const maintenanceTasks = ['schema', 'retention', 'tending'] as const;

/** Input of `integrations/maintain-warehouse`: what is done; everything by default. */
export const maintainWarehouse = z.object({ tasks: z.optional(z.array(z.enum(maintenanceTasks))) });

export const maintained = z.object({
  /** Columns that tables gained, `fact_ad_daily.video_views`. */
  columnsAdded: z.array(z.string()),
  rollupsRemoved: z.int(),
  /** Tables whose old facts were deleted. */
  factsExpired: z.array(z.string()),
  /** Tables that were compacted and whose snapshots were expired. */
  tended: z.array(z.string()),
  /** Tables that were left for the next time. */
  left: z.array(z.string()),
});
export type Maintained = z.infer<typeof maintained>;
