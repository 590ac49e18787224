import * as z from 'zod/mini';
import {
  accountId,
  count,
  currency,
  cursor,
  grain,
  instant,
  isoDate,
  nextCursor,
  pageLimit,
  platformId,
  prefixedId,
  timeZone,
} from './primitives.ts';

const described = (description: string) => ({ description });

export const importId = prefixedId('imp', 'Import id');
export const importPath = z.strictObject({ importId });

/** What a file may hold, as the API takes it. */
export const importLimits = {
  bytes: 50 * 1024 ** 2,
  /** Bytes of one part but the last: base64 in JSON has to fit into one call of a function, 6 MB. */
  partBytes: 3 * 1024 ** 2,
} as const;

/** `uploading` until all parts are there; `removed` once its facts are taken away again. */
export const importStates = ['uploading', 'uploaded', 'loading', 'loaded', 'failed', 'removing', 'removed'] as const;
export const reportDateFormats = ['iso', 'day-month-year', 'month-day-year', 'named-month'] as const;
export const reportDecimalSigns = ['point', 'comma'] as const;
const dateFormat = z.enum(reportDateFormats);
const decimalSign = z.enum(reportDecimalSigns);

export const reportImport = z
  .object({
    id: importId,
    fileName: z.string(),
    bytes: count,
    partBytes: count.clone().register(z.globalRegistry, described('Bytes of every part but the last')),
    parts: count.clone().register(z.globalRegistry, described('Parts that the file is sent in')),
    state: z.enum(importStates),
    platform: z.nullable(platformId).register(z.globalRegistry, described('Null until the file was looked at')),
    grain: z.nullable(grain),
    from: z.nullable(isoDate),
    to: z.nullable(isoDate),
    accountId: z.nullable(accountId),
    rowsLoaded: count,
    rowsRefused: count
      .clone()
      .register(z.globalRegistry, described('Rows that could not be used; the preview says why')),
    rowsDelivered: count
      .clone()
      .register(z.globalRegistry, described('Rows left out because the platform’s API has delivered their day')),
    error: z.nullable(z.string()),
    createdAt: instant,
    loadedAt: z.nullable(instant),
    removedAt: z.nullable(instant),
  })
  .register(z.globalRegistry, {
    id: 'Import',
    description: 'A report that somebody downloaded from a platform’s own pages',
  });
export type ReportImport = z.infer<typeof reportImport>;

export const importPage = z
  .object({ items: z.array(reportImport), nextCursor })
  .register(z.globalRegistry, { id: 'ImportPage' });
export const listImportsQuery = z.strictObject({ limit: z.optional(pageLimit), cursor: z.optional(cursor) });

export const startImportBody = z
  .strictObject({
    fileName: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
    bytes: z.int().check(z.minimum(1), z.maximum(importLimits.bytes)),
  })
  .register(z.globalRegistry, { id: 'NewImport', description: 'A file that is about to be sent, at most 50 MB' });

export const importPartBody = z
  .strictObject({
    number: z.int().check(z.minimum(1), z.maximum(Math.ceil(importLimits.bytes / importLimits.partBytes))),
    content: z
      .string()
      .check(z.minLength(1), z.maxLength(Math.ceil(importLimits.partBytes / 3) * 4))
      .register(z.globalRegistry, described('Base64')),
  })
  .register(z.globalRegistry, {
    id: 'ImportPart',
    description: 'One part of the file; sent again, it replaces itself',
  });

export const previewImportBody = z
  .strictObject({
    platform: z.optional(platformId),
    dateFormat: z.optional(dateFormat),
    decimalSign: z.optional(decimalSign),
  })
  .register(z.globalRegistry, {
    id: 'ImportPreviewOrder',
    description: 'Decisions that the file leaves open; empty when it leaves none',
  });

export const importProblem = z
  .object({
    severity: z
      .enum(['error', 'warning'])
      .register(z.globalRegistry, described('An error forbids the import; a warning is of single rows or columns')),
    code: z.string(),
    message: z.string(),
    line: z.nullable(z.int()),
    column: z.nullable(z.string()),
  })
  .register(z.globalRegistry, { id: 'ImportProblem' });

export const importPreview = z
  .object({
    importable: z.boolean().register(z.globalRegistry, described('No error stands in the way of confirming it')),
    platform: z.nullable(platformId),
    language: z.nullable(z.string()).register(z.globalRegistry, described('Of the column titles')),
    grain: z.nullable(grain),
    accountPlatformId: z
      .nullable(z.string())
      .register(z.globalRegistry, described('Null when no column names the account')),
    accountName: z.nullable(z.string()),
    currency: z
      .nullable(currency)
      .register(z.globalRegistry, described('Null when no column names it: the account’s is taken')),
    timeZone: z.nullable(timeZone).register(z.globalRegistry, described('Null where it is the account’s')),
    dateFormat: z.nullable(dateFormat),
    decimalSign: z.nullable(decimalSign),
    format: z.object({
      kind: z.enum(['csv', 'xlsx']),
      encoding: z.nullable(z.string()),
      delimiter: z.nullable(z.string()),
      sheet: z.nullable(z.string()),
    }),
    from: z.nullable(isoDate),
    to: z.nullable(isoDate),
    headerLine: z.nullable(z.int()),
    titleRows: count,
    totalRows: count,
    dataRows: count,
    usableRows: count,
    complete: z
      .boolean()
      .register(z.globalRegistry, described('Whether all rows were looked at; of a larger file the first 200,000')),
    columns: z.array(z.object({ title: z.string(), field: z.string() })),
    unmapped: z.array(z.string()),
    sample: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
    problems: z
      .array(importProblem)
      .register(z.globalRegistry, described('The first 100 errors and the first 100 warnings')),
    problemCount: count,
  })
  .register(z.globalRegistry, {
    id: 'ImportPreview',
    description: 'What a file is taken for, and everything that is wrong with it',
  });
export type ImportPreview = z.infer<typeof importPreview>;

export const confirmImportBody = z
  .strictObject({
    accountId: z
      .optional(accountId)
      .register(z.globalRegistry, described('An account that is known; otherwise `account`')),
    account: z.optional(
      z.strictObject({
        platformId: z
          .optional(z.string().check(z.regex(/^[\d-]{1,24}$/)))
          .register(z.globalRegistry, described('The platform’s own id, where the file does not name it')),
        name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
        currency,
        timeZone,
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'ImportConfirmation', description: 'Which account the facts are of' });
export type ConfirmImportBody = z.infer<typeof confirmImportBody>;

/** What the state machine of imports is given, and its steps with it. */
export const importWork = z.object({
  workspaceId: prefixedId('wsp', 'Workspace id'),
  importId,
  runId: prefixedId('run', 'Pipeline run id'),
  action: z.enum(['load', 'remove']),
  step: z.enum(['read', 'finish', 'fail']),
  error: z.optional(z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) })),
});
export type ImportWork = z.infer<typeof importWork>;
