import * as z from 'zod/mini';
import {
  type QualityResult,
  type QualitySeverity,
  type QualitySummary,
  qualityResult,
  qualitySummary,
} from '../../contracts/schemas/quality.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Seconds the results of one run are kept; the latest of an account stay. */
const keptSeconds = 90 * 86_400;
/** Examples of a result that are kept here; the lake has all. An item of DynamoDB holds 400 KB. */
const shownSamples = 10;

const checked = z.object({ results: z.array(qualityResult) });

export interface QualityQuery {
  readonly runId?: string;
  readonly accountId?: string;
  readonly severity?: QualitySeverity;
  readonly limit: number;
  readonly cursor?: string;
}

export interface QualityStore {
  /** Writes what a run's checks say of an account, and shows it as the latest unless a later check has said something. */
  put(runId: string, accountId: string, results: readonly QualityResult[]): Promise<void>;
  /** What stands in the way of judging accounts at all, of one run: a connection that failed as a whole. */
  putOfRun(runId: string, subject: string, results: readonly QualityResult[]): Promise<void>;
  /** Results of one run, or the latest of every account; by account, then in the order of the checks. */
  list(query: QualityQuery): Promise<Page<QualityResult>>;
  of(runId: string, subject: string): Promise<QualityResult[] | undefined>;
  close(runId: string, summary: QualitySummary): Promise<void>;
}

const runKey = (workspaceId: string, runId: string) => ({ pk: workspacePk(workspaceId), sk: `QUALITY-RUN#${runId}` });

/** `null` until the run was checked. */
export async function qualityOfRun(table: Table, workspaceId: string, runId: string): Promise<QualitySummary | null> {
  const item = await table.get(runKey(workspaceId, runId));
  return item ? qualitySummary.parse(item) : null;
}

const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1_000) + keptSeconds;

export function createQualityStore(table: Table, workspaceId: string): QualityStore {
  const pk = workspacePk(workspaceId);
  const runPrefix = (runId: string) => `QUALITY#${runId}#`;
  const latestPrefix = 'QUALITY-LATEST#';
  const parse = (item: Item): QualityResult[] => checked.parse(item).results;

  const putOfRun: QualityStore['putOfRun'] = async (runId, subject, results) => {
    const at = results[0]?.checkedAt;
    if (at === undefined) return;
    await table.putMany([
      { pk, sk: `${runPrefix(runId)}${subject}`, results: results.map(shortened), expiresAt: expiryOf(at) },
    ]);
  };

  return {
    putOfRun,
    async put(runId, accountId, results) {
      await putOfRun(runId, accountId, results);
      const checkedAt = results[0]?.checkedAt;
      if (checkedAt === undefined) return;
      await table.transact([
        {
          put: { pk, sk: `${latestPrefix}${accountId}`, checkedAt, results: results.map(shortened) },
          condition: 'attribute_not_exists(pk) OR checkedAt <= :at',
          values: { ':at': checkedAt },
        },
      ]);
    },
    async of(runId, subject) {
      const item = await table.get({ pk, sk: `${runPrefix(runId)}${subject}` });
      return item && parse(item);
    },
    async list({ runId, accountId, severity, limit, cursor }) {
      const question = [workspaceId, 'quality', runId, accountId, severity];
      const [from = '', start = '0'] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const prefix = runId === undefined ? latestPrefix : runPrefix(runId);
      const items: QualityResult[] = [];
      for await (const item of table.each({
        pk,
        between: [`${prefix}${accountId ?? from}`, `${prefix}${accountId ?? '~'}`],
      })) {
        const subject = String(item.sk).slice(prefix.length);
        for (const [index, result] of parse(item).entries()) {
          if (subject === from && index < Number(start)) continue;
          if (severity !== undefined && result.severity !== severity) continue;
          if (items.length === limit) return { items, nextCursor: encodeCursor(question, [subject, String(index)]) };
          items.push(result);
        }
      }
      return { items, nextCursor: null };
    },
    async close(runId, summary) {
      await table.putMany([
        { ...runKey(workspaceId, runId), ...qualitySummary.parse(summary), expiresAt: expiryOf(summary.checkedAt) },
      ]);
    },
  };
}

const shortened = (result: QualityResult): QualityResult =>
  qualityResult.parse({ ...result, sample: result.sample.slice(0, shownSamples) });
