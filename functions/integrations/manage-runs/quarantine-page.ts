import type * as z from 'zod/mini';
import type { Lake } from '../../../adapters/lake.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import { type QuarantinedRow, quarantinedRow, type quarantinePage } from '../../../contracts/schemas/pipelines.ts';
import { AppError } from '../../../domain/errors.ts';
import { quarantineKey, quarantinePrefix } from '../../../domain/integrations/lake-layout.ts';

export interface QuarantineRequest {
  readonly workspaceId: string;
  readonly runId: string;
  readonly accountId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Item ids are `<accountId>-<from>`; what a cursor brings back must look like one before it becomes part of a key. */
const itemPattern = /^[A-Za-z0-9_-]{1,100}$/;

/** A page of the rows a run refused, file by file in the lake's order; the cursor holds the item and how many lines were shown. */
export async function readQuarantine(
  lake: Pick<Lake, 'list' | 'readLines'>,
  request: QuarantineRequest,
): Promise<z.infer<typeof quarantinePage>> {
  const { workspaceId, runId, accountId, limit } = request;
  const question = [workspaceId, 'quarantine', runId, accountId];
  const start = startOf(question, request.cursor);
  const found: { readonly row: QuarantinedRow; readonly itemId: string; readonly line: number }[] = [];
  // One more than asked for tells whether there is a next page.
  for await (const itemId of itemsFrom(lake, request, start?.itemId)) {
    let line = 0;
    for await (const value of lake.readLines(quarantineKey({ workspaceId, runId, itemId }))) {
      line += 1;
      if (itemId === start?.itemId && line <= start.shown) continue;
      found.push({ row: quarantinedRow.parse(value), itemId, line });
      if (found.length > limit) break;
    }
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ row }) => row),
    nextCursor: last && found.length > limit ? encodeCursor(question, [last.itemId, String(last.line)]) : null,
  };
}

/** The item the cursor stands in, then those after it; of one account when asked for. */
async function* itemsFrom(
  lake: Pick<Lake, 'list'>,
  { workspaceId, runId, accountId }: QuarantineRequest,
  startItem: string | undefined,
): AsyncGenerator<string> {
  const folder = quarantinePrefix(workspaceId, runId);
  const prefix = accountId === undefined ? folder : `${folder}item=${accountId}-`;
  if (startItem !== undefined) yield startItem;
  const after = startItem === undefined ? undefined : quarantineKey({ workspaceId, runId, itemId: startItem });
  for await (const { key } of lake.list(prefix, after === undefined ? {} : { after })) {
    const itemId = /item=([^/]+)\.jsonl\.gz$/.exec(key)?.[1];
    if (itemId !== undefined) yield itemId;
  }
}

function startOf(question: Parameters<typeof decodeCursor>[0], cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [itemId = '', shown = ''] = decodeCursor(question, cursor, 2);
  const accountId = question[3];
  const foreign = typeof accountId === 'string' && !itemId.startsWith(`${accountId}-`);
  if (!itemPattern.test(itemId) || !/^\d{1,9}$/.test(shown) || foreign) {
    throw new AppError('invalid-request', 'The cursor does not belong to this list. Start again without it.', {
      fields: [{ field: 'cursor', message: 'does not belong to this list' }],
    });
  }
  return { itemId, shown: Number(shown) };
}
