/** How messages lie in SQLite, and what names them: deduplication ids and receipts. */
import { AwsError } from '../../ports.ts';
import { md5OfBody } from './message-digest.ts';
import type { QueueAttributes } from './queue-attributes.ts';

export interface Row {
  readonly sequence: number;
  readonly id: string;
  readonly body: string;
  readonly attributes: string;
  readonly group_id: string | null;
  readonly deduplication_id: string | null;
  readonly source_arn: string | null;
  readonly sent: number;
  readonly visible_at: number;
  readonly receives: number;
  readonly first_received: number | null;
}

export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
    group_id TEXT, deduplication_id TEXT, source_arn TEXT, sent INTEGER NOT NULL, visible_at INTEGER NOT NULL,
    receives INTEGER NOT NULL DEFAULT 0, first_received INTEGER, receipt TEXT);
  CREATE INDEX IF NOT EXISTS by_queue ON messages (queue, sequence);
  CREATE TABLE IF NOT EXISTS sent_lately (
    queue TEXT NOT NULL, deduplication_id TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (queue, deduplication_id));`;

/** Throws when a message for a FIFO queue lacks its group or its id. */
export function fifoDeduplicationId(
  queue: QueueAttributes,
  message: {
    readonly body: string;
    readonly groupId?: string | undefined;
    readonly deduplicationId?: string | undefined;
  },
): string {
  if (message.groupId === undefined)
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  const id = message.deduplicationId ?? (queue.contentDeduplication ? md5OfBody(message.body) : undefined);
  if (id === undefined) {
    throw new AwsError(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.',
    );
  }
  return id;
}

export function readReceipt(receipt: string): { readonly sequence: number; readonly token: string } {
  const [sequence = '', token = ''] = receipt.split(':');
  if (!/^\d+$/.test(sequence) || token === '')
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receipt}" is not a valid receipt handle.`,
    );
  return { sequence: Number(sequence), token };
}
