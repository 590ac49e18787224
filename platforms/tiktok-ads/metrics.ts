import { type DateWindow, type Grain, PlatformError, type RawRow } from '../../domain/integrations/platform.ts';
import type { Connection, TikTokClient } from './client.ts';
import { platformError } from './errors.ts';
import { largestPage, type Page, pagesOf } from './pages.ts';
import { metricsOf, reportShape } from './reports.ts';
import { type TaskPatience, taskReport } from './task-report.ts';

/**
 * Rows above which a report is made asynchronously. Fifty pages are five seconds of all that an app at the Basic level may ask;
 * a task costs a handful of calls, but answers from data that is some hours old.
 */
const mostSynchronousRows = 50_000;

/** The rows of one grain over one window of at most 30 days. Throws `PlatformError`. */
export async function* metricsPages(
  client: TikTokClient,
  connection: Connection,
  request: { readonly grain: Grain; readonly advertiserId: string; readonly window: DateWindow },
  options: { readonly patience: TaskPatience; readonly signal: AbortSignal | undefined },
): AsyncGenerator<readonly RawRow[], void> {
  const { advertiserId, window } = request;
  const { policy, permits } = connection;
  const { signal } = options;
  const shape = reportShape(request.grain);
  const metrics = metricsOf(shape);
  const report = {
    advertiser_id: advertiserId,
    service_type: 'AUCTION',
    report_type: shape.reportType,
    data_level: shape.dataLevel,
    dimensions: shape.dimensions,
    metrics,
    start_date: window.from,
    end_date: window.to,
  };
  const filtering =
    shape.statusFilter === undefined
      ? undefined
      : [{ field_name: shape.statusFilter, filter_type: 'IN', filter_value: '["STATUS_ALL"]' }];
  const question = {
    operation: 'report/integrated/get',
    parameters: { ...report, filtering },
    advertiserId,
    signal,
  };

  const pages = pagesOf(client, question, Math.min(largestPage, policy.pageRows));
  const first = await pages.next().catch(tooLarge);
  if (first.done) return;
  const { rows, total, leftOut } = first.value;
  if (shape.asTask && (leftOut !== undefined || total > mostSynchronousRows)) {
    const tasks = taskReport(
      client,
      // Tasks filter by ids alone and hold what was deleted.
      { body: report, dimensions: shape.dimensions, metrics },
      { advertiserId, bucket: permits.tasks, signal },
      { pageRows: policy.pageRows, patience: options.patience },
    );
    const opened = await tasks.next().catch((error: unknown) => notAllowed(error, leftOut));
    if (opened !== undefined) {
      if (opened.done) return;
      yield opened.value;
      yield* tasks;
      return;
    }
  } else if (leftOut !== undefined) throw incomplete(leftOut);

  yield rows;
  for await (const page of pages) {
    if (page.leftOut !== undefined) throw incomplete(page.leftOut);
    yield page.rows;
  }
}

/** A query that TikTok finds too large for one answer (40067) is one whose rows were all left out. */
function tooLarge(error: unknown): IteratorYieldResult<Page> {
  if (!(error instanceof PlatformError) || error.platformCode !== '40067') throw error;
  return { done: false, value: { rows: [], total: 0, leftOut: error.message } };
}

/** Asynchronous reports are granted to an app on request: without them a complete synchronous answer is read on, page by page. */
function notAllowed(error: unknown, leftOut: string | undefined): undefined {
  if (!(error instanceof PlatformError) || error.kind !== 'rejected') throw error;
  if (leftOut !== undefined) throw incomplete(leftOut);
  return undefined;
}

const incomplete = (leftOut: string): PlatformError =>
  platformError(
    'rejected',
    'REPORT_TRUNCATED',
    `TikTok left rows out and no asynchronous report is possible: ${leftOut}`,
    {
      secrets: [],
    },
  );
