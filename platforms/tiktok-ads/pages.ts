import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { RawRow } from '../../domain/integrations/platform.ts';
import type { Question, TikTokClient } from './client.ts';
import { platformError, unreadableAnswer } from './errors.ts';

/** What TikTok allows. */
export const largestPage = 1_000;
/** A million rows, far above what is read synchronously; a list that is longer does not end. */
const mostPages = 1_000;

const page = z.object({
  list: z.array(z.record(z.string(), z.unknown())),
  page_info: z.object({
    page: z.number(),
    page_size: z.number(),
    total_number: z.number(),
    total_page: z.number(),
  }),
});

export interface Page {
  readonly rows: readonly RawRow[];
  /** Rows of all pages together. */
  readonly total: number;
  readonly leftOut: string | undefined;
}

/**
 * A list page by page. Each page is repeated on its own. Throws `PlatformError`: `rejected` for a list that does not end,
 * `unavailable` for pages that come twice, are not the one asked for, or stop before the end.
 */
export async function* pagesOf(client: TikTokClient, question: Question, pageSize: number): AsyncGenerator<Page, void> {
  const broken = (what: string) => unreadableAnswer(`${question.operation} ${what}`, { secrets: [] });
  const seen = new Set<string>();
  let rows = 0;
  for (let number = 1; number <= mostPages; number += 1) {
    const parameters = { ...question.parameters, page: number, page_size: pageSize };
    const { data, leftOut } = await client.ask({ ...question, parameters }, page);
    const { list, page_info: info } = data;
    if (info.page !== number) throw broken(`answered page ${info.page} when asked for page ${number}`);
    if (list.length > pageSize) throw broken(`answered ${list.length} rows on a page of ${pageSize}`);
    const last = number >= info.total_page;
    if (!last && list.length < pageSize) throw broken(`answered a short page ${number} of ${info.total_page}`);
    if (list.length > 0) {
      const print = createHash('sha256').update(JSON.stringify(list)).digest('base64url');
      if (seen.has(print)) throw broken(`answered page ${number} twice`);
      seen.add(print);
      rows += list.length;
      yield { rows: list, total: info.total_number, leftOut };
    }
    if (!last) continue;
    if (rows < info.total_number) throw broken(`answered ${rows} of ${info.total_number} rows`);
    return;
  }
  throw platformError('rejected', 'ENDLESS_LIST', `${question.operation} did not end within ${mostPages} pages`, {
    secrets: [],
  });
}
