import * as z from 'zod/mini';
import type { ChangeStatus } from '../../contracts/schemas/change-requests.ts';
import {
  type ChangeRecord,
  changeRecord,
  type OperationRecord,
  operationRecord,
} from '../../domain/changes/change-record.ts';
import { workspacePk } from './keys.ts';

/** How changes, their operations and the outbox lie in the table: shared by the stores that decide and those that apply. */

/** Every outbox item of the stage, ordered by when it is due. */
export const outboxPk = 'OUTBOX';
const indexDigits = 4;

export const changeKey = (workspaceId: string, id: string) => ({ pk: workspacePk(workspaceId), sk: `CHANGE#${id}` });
export const changeListPk = (workspaceId: string, status: ChangeStatus): string =>
  `${workspacePk(workspaceId)}#CHANGE#${status}`;
export const decisionsKey = (workspaceId: string) => ({ pk: workspacePk(workspaceId), sk: 'DECISIONS' });
export const operationPrefix = (changeId: string): string => `OPERATION#${changeId}#`;
export const outboxPrefix = (changeId: string): string => `OUTBOX#${changeId}#`;
export const laneKey = (workspaceId: string, lane: string) => ({ pk: workspacePk(workspaceId), sk: `LANE#${lane}` });

const digits = (index: number): string => (index < 0 ? 'end' : String(index).padStart(indexDigits, '0'));

/** What is to be applied: an operation, or with the index -1 the end of its change. It goes when that is done. */
export const outboxRecord = z.object({
  workspaceId: z.string(),
  changeId: z.string(),
  index: z.int(),
  /** When somebody should look at it: now, when a lease has run out, or when the platform may be asked again. */
  dueAt: z.string(),
});
export type OutboxItem = z.infer<typeof outboxRecord>;

export const outboxItem = (workspaceId: string, changeId: string, index: number, dueAt: string): OutboxItem => ({
  workspaceId,
  changeId,
  index,
  dueAt,
});
export const outboxKey = ({
  workspaceId,
  changeId,
  index,
}: Pick<OutboxItem, 'workspaceId' | 'changeId' | 'index'>) => ({
  pk: workspacePk(workspaceId),
  sk: `${outboxPrefix(changeId)}${digits(index)}`,
});
export const outboxPut = (item: OutboxItem) => ({
  put: {
    ...outboxKey(item),
    gsi1pk: outboxPk,
    gsi1sk: `${item.dueAt}#${item.workspaceId}#${item.changeId}#${digits(item.index)}`,
    ...outboxRecord.parse(item),
  },
});

/** The record is one attribute: its own `expiresAt` is no expiry of the item. */
export const itemOfChange = (workspaceId: string, record: ChangeRecord) => ({
  ...changeKey(workspaceId, record.id),
  gsi1pk: changeListPk(workspaceId, record.status),
  gsi1sk: `${record.createdAt}#${record.id}`,
  workspaceId,
  id: record.id,
  status: record.status,
  revision: record.revision,
  record: changeRecord.parse(record),
});
export const itemOfOperation = (workspaceId: string, record: OperationRecord) => ({
  pk: workspacePk(workspaceId),
  sk: `${operationPrefix(record.changeId)}${digits(record.index)}`,
  revision: record.revision,
  record: operationRecord.parse(record),
});

/** Of items with a `revision`: nobody has written it since. */
export const unchangedSince = (revision: number) => ({
  condition: 'revision = :revision',
  values: { ':revision': revision },
});
