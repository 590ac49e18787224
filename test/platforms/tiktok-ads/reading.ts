import {
  type PlatformAccess,
  PlatformError,
  type RawRow,
  type ReportRequest,
} from '../../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../../../platforms/read-policy.ts';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { reportRow } from './fake-tiktok.ts';

export const account = { platformId: '7012345678901234567', currency: 'EUR', timeZone: 'Europe/Berlin' };
export const november = {
  kind: 'metrics',
  grain: 'campaign',
  account,
  window: { from: '2026-11-01', to: '2026-11-03' },
} as const satisfies ReportRequest;

export const quick: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 1_100,
  answerTimeoutMs: 300,
  idleTimeoutMs: 300,
  totalTimeoutMs: 5_000,
};

export const report = 'report/integrated/get';
/** So many rows of one day, no two alike. */
export const rowsOfADay = (count: number) =>
  Array.from({ length: count }, (_, index) => reportRow('2026-11-01', { clicks: `${index}` }));

/** All pages of a report. */
export async function read(
  access: PlatformAccess,
  request: ReportRequest = november,
  policy: Partial<ReadPolicy> = {},
): Promise<readonly (readonly RawRow[])[]> {
  const reader = await openTikTokAdsReader(access, {
    policy: { ...quick, ...policy },
    taskPatience: { everyMs: 5, totalMs: 100 },
  });
  const pages: (readonly RawRow[])[] = [];
  for await (const rows of reader.report(request)) pages.push(rows);
  return pages;
}

export async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, got ${String(error)}`, { cause: error });
}
