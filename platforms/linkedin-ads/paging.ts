import type { RawRow } from '../../domain/integrations/platform.ts';
import { offsetPage, tokenPage } from './answers.ts';
import type { LinkedInClient, Question } from './client.ts';
import { platformError } from './errors.ts';

/** Far above any account (5,000 campaigns of 100 creatives, 100 a page): a list that is longer does not end. */
const mostPages = 10_000;

/** Elements of a search that goes on by page token. Throws `PlatformError` when it comes back to where it was. */
export async function* pagesByToken(
  client: LinkedInClient,
  question: Question,
  pageSize: number,
): AsyncGenerator<readonly RawRow[], undefined> {
  const seen = new Set<string>();
  let previous = '';
  let pageToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const parameters = { ...question.parameters, pageSize, pageToken };
    const { elements, metadata } = await client.ask({ ...question, parameters }, tokenPage);
    const ids = elements.map(({ id }) => String(id)).join();
    if (ids !== '' && ids === previous) throw endless(question, 'the same page came twice');
    previous = ids;
    if (elements.length > 0) yield elements;
    const next = metadata?.nextPageToken ?? undefined;
    if (next === undefined || next === '') return undefined;
    if (seen.has(next)) throw endless(question, 'a page token came twice');
    seen.add(next);
    pageToken = next;
  }
  throw endless(question, `more than ${mostPages} pages`);
}

/** Elements of a finder that goes on by `start` and `count`; a short page is the last. */
export async function* pagesByOffset(
  client: LinkedInClient,
  question: Question,
  count: number,
): AsyncGenerator<readonly RawRow[], undefined> {
  let previous = '';
  for (let pages = 0; pages < mostPages; pages += 1) {
    const parameters = { ...question.parameters, start: pages * count, count };
    const { elements } = await client.ask({ ...question, parameters }, offsetPage);
    const ids = elements.map(({ id }) => String(id)).join();
    if (ids !== '' && ids === previous) throw endless(question, 'the same page came twice');
    previous = ids;
    if (elements.length > 0) yield elements;
    if (elements.length < count) return undefined;
  }
  throw endless(question, `more than ${mostPages} pages`);
}

const endless = ({ resource }: Question, how: string) =>
  platformError('unavailable', 'ENDLESS_PAGES', `${resource} does not come to an end: ${how}`, {
    version: '',
    now: 0,
    secrets: [],
  });
