import * as z from 'zod/mini';
import { metricsQuery } from './metrics.ts';

export const exportFormats = ['csv', 'jsonl', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The parameters of `/v1/metrics` without paging. */
export const metricsExportQuery = z.extend(z.omit(metricsQuery, { limit: true, cursor: true }), {
  format: z.enum(exportFormats).register(z.globalRegistry, {
    description:
      'csv: money in units; jsonl: rows as `/v1/metrics` answers them; parquet: typed columns, money in micros',
  }),
  bom: z.optional(z.enum(['true', 'false'])).register(z.globalRegistry, {
    description: 'csv only: begin with a byte order mark, by which Excel knows UTF-8',
  }),
});
