import * as z from 'zod/mini';
import type { RawRow } from '../../domain/integrations/platform.ts';
import { realRetryWorld } from '../read-policy.ts';
import type { Question, TikTokClient } from './client.ts';
import { csvRecords } from './csv.ts';
import { platformError, unreadableAnswer } from './errors.ts';

const created = z.object({ task_id: z.string() });
const checked = z.object({ status: z.string(), message: z.optional(z.nullable(z.string())) });

export interface TaskPatience {
  /** Between two looks at a task. */
  readonly everyMs: number;
  /** For the task to be done. */
  readonly totalMs: number;
}

/** Tasks of a large account take minutes. Together with the download it must fit the function that waits. */
export const defaultTaskPatience: TaskPatience = { everyMs: 5_000, totalMs: 5 * 60_000 };

/**
 * A report made asynchronously: created, waited for, downloaded as a CSV stream. It knows no pages and leaves out no ads, unlike
 * the synchronous one. Rows take the synchronous shape, so that the mapping reads both. Throws `PlatformError`.
 */
export async function* taskReport(
  client: TikTokClient,
  report: {
    readonly body: Readonly<Record<string, unknown>>;
    readonly dimensions: readonly string[];
    readonly metrics: readonly string[];
  },
  call: Required<Pick<Question, 'advertiserId' | 'bucket'>> & Pick<Question, 'signal'>,
  options: { readonly pageRows: number; readonly patience: TaskPatience },
): AsyncGenerator<readonly RawRow[], void> {
  const { advertiserId, bucket, signal } = call;
  const body = {
    ...report.body,
    output_format: 'CSV_STRING',
    // Titles are translated and change with the wording of TikTok's pages; names do not.
    enable_report_title_translation: false,
  };
  const create = { operation: 'report/task/create', parameters: {}, body, advertiserId, bucket, signal };
  const { task_id } = (await client.ask(create, created)).data;
  const parameters = { advertiser_id: advertiserId, task_id };
  await finished(
    client,
    { operation: 'report/task/check', parameters, advertiserId, bucket, signal },
    options.patience,
  );

  const pieces = await client.open({ operation: 'report/task/download', parameters, advertiserId, bucket, signal });
  const names = [...report.dimensions, ...report.metrics];
  let columns: readonly number[] | undefined;
  let width = 0;
  let page: RawRow[] = [];
  try {
    for await (const record of csvRecords(pieces)) {
      if (!columns) {
        const title = record.map((name) => name.replace(/^\uFEFF/, ''));
        const missing = names.filter((name) => !title.includes(name));
        if (missing.length > 0) throw new RangeError(`no column ${missing.join(', ')}`);
        columns = names.map((name) => title.indexOf(name));
        width = title.length;
        continue;
      }
      if (record.length !== width) throw new RangeError(`a record of ${record.length} fields below ${width} titles`);
      const values = columns.map((index) => record[index] ?? '');
      page.push({
        dimensions: Object.fromEntries(report.dimensions.map((name, index) => [name, values[index]])),
        metrics: Object.fromEntries(
          report.metrics.map((name, index) => [name, values[report.dimensions.length + index]]),
        ),
      });
      if (page.length === options.pageRows) {
        yield page;
        page = [];
      }
    }
    if (!columns) throw new RangeError('not even titles');
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      throw unreadableAnswer(`report/task/download answered a file with ${error.message}`, { secrets: [] });
    }
    throw error;
  }
  if (page.length > 0) yield page;
}

async function finished(client: TikTokClient, question: Question, patience: TaskPatience): Promise<void> {
  const looks = Math.ceil(patience.totalMs / patience.everyMs);
  for (let look = 0; look < looks; look += 1) {
    if (look > 0) await realRetryWorld.wait(patience.everyMs, question.signal);
    const { status, message } = (await client.ask(question, checked)).data;
    if (status === 'SUCCESS') return;
    if (status === 'FAILED' || status === 'CANCELED') {
      throw platformError('unavailable', `TASK_${status}`, message || 'the report task did not end well', {
        secrets: [],
      });
    }
  }
  throw platformError('unavailable', 'TASK_TOO_SLOW', `the report task took more than ${patience.totalMs} ms`, {
    secrets: [],
  });
}
