import { type AwsCall, createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';

/** A record that is no event, or none that may be counted: what people read who look into the queue, and what is put again. */
export interface DeadLetter {
  readonly kind: 'record';
  readonly reason:
    | 'unreadable'
    | 'unknown-schema'
    | 'incompatible-schema'
    | 'undecodable'
    | 'invalid'
    | 'unknown-account'
    | 'other-currency'
    | 'no-currency'
    | 'in-the-future'
    | 'expired';
  readonly detail: string;
  readonly source: object;
  readonly arrivedAt: string;
  readonly schemaVersionId: string | null;
  readonly workspaceId: string | null;
  /** The record, base64; its beginning alone where `cutFrom` is there. */
  readonly data: string;
  /** Bytes of a record too large for a message. The stream has the whole of it for as long as it keeps records. */
  readonly cutFrom?: number;
}

export interface DeadLetters {
  /** Answers the positions of those that could not be kept; none is lost while they are delivered again. */
  keep(letters: readonly DeadLetter[]): Promise<number[]>;
}

/** As SQS limits a batch: ten messages, and 1 MiB of them since August 2025. */
const mostMessages = 10;
const mostBytes = 1_000_000;

export function createDeadLetters(
  config: Config<'aws' | 'credentials' | 'deadLetters'>,
  call: AwsCall = createAwsCall(config, { name: 'sqs', target: 'AmazonSQS', version: '1.0' }),
): DeadLetters {
  return {
    async keep(letters) {
      const unkept: number[] = [];
      for (const batch of batches(letters)) {
        try {
          const { Failed = [] } = await call('SendMessageBatch', {
            QueueUrl: config.deadLetters.queueUrl,
            Entries: batch.map(({ index, body }) => ({ Id: String(index), MessageBody: body })),
          });
          unkept.push(...(Failed as readonly { readonly Id: string }[]).map(({ Id }) => Number(Id)));
        } catch {
          unkept.push(...batch.map(({ index }) => index));
        }
      }
      return unkept;
    },
  };
}

/** A record may be as large as a message, and base64 makes it larger by a third. */
const mostData = 600_000;

const fitting = (letter: DeadLetter): DeadLetter =>
  letter.data.length <= mostData
    ? letter
    : { ...letter, data: letter.data.slice(0, mostData), cutFrom: Math.floor((letter.data.length * 3) / 4) };

function* batches(letters: readonly DeadLetter[]): Generator<{ readonly index: number; readonly body: string }[]> {
  let batch: { index: number; body: string }[] = [];
  let bytes = 0;
  for (const [index, letter] of letters.entries()) {
    const body = JSON.stringify(fitting(letter));
    const size = Buffer.byteLength(body);
    if (batch.length === mostMessages || (batch.length > 0 && bytes + size > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ index, body });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
