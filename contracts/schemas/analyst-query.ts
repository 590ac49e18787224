import * as z from 'zod/mini';

/** The most rows of one answer. */
export const maximumQueryRows = 10_000;

export const analystQuery = z.strictObject({
  sql: z
    .string()
    .check(z.minLength(1), z.maxLength(20_000))
    .register(z.globalRegistry, { description: 'One SELECT over the views `metrics_…_daily`' }),
  maxRows: z.optional(z.int().check(z.minimum(1), z.maximum(maximumQueryRows))).register(z.globalRegistry, {
    description: `Rows to answer at most; 1,000 by default, ${maximumQueryRows} at most`,
  }),
});

export const analystAnswer = z
  .object({
    columns: z.array(
      z.object({
        name: z.string(),
        type: z
          .string()
          .register(z.globalRegistry, { description: 'As Athena names it: `bigint`, `varchar`, `date`, …' }),
      }),
    ),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).register(z.globalRegistry, {
      description:
        'Values in the order of the columns. Whole numbers beyond 2⁵³ and decimals are text, so that no digit is lost',
    }),
    truncated: z
      .boolean()
      .register(z.globalRegistry, { description: 'There are more rows than `maxRows`, or than 6 MB hold' }),
    scannedBytes: z.int(),
    milliseconds: z.int(),
  })
  .register(z.globalRegistry, { id: 'AnalystAnswer' });
