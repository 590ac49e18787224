import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type Letter, readLetter } from './dead-letter.ts';

export interface QueueMessage {
  readonly id: string;
  readonly receipt: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly body: string;
  readonly letter: Letter;
}

/** At most this many are looked at in one call of the command; each is out of others' sight until the call is over. */
export const mostMessages = 10_000;
const hiddenSeconds = 600;
const mostMillis = 5 * 60_000;
/** SQS may answer few or none of what it has: only several empty answers in a row say that it has no more. */
const emptyAnswers = 3;

/**
 * Gives each message to `visit`, until that answers `stop`, and gives back all that were not deleted: nobody else misses what was only
 * looked at. Answers how many there were.
 */
export async function visitMessages(
  sqs: SQSClient,
  queueUrl: string,
  visit: (message: QueueMessage) => Promise<'keep' | 'delete' | 'stop'>,
): Promise<number> {
  const seen = new Set<string>();
  const held: string[] = [];
  const until = Date.now() + mostMillis;
  let empty = 0;
  try {
    while (seen.size < mostMessages && empty < emptyAnswers && Date.now() < until) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      empty = Messages.length === 0 ? empty + 1 : 0;
      const batch = Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => ({
        id: MessageId,
        receipt: ReceiptHandle,
        sentAt: Number(Attributes?.SentTimestamp ?? Number.NaN),
        body: Body,
        letter: readLetter(Body),
      }));
      // Held before any is looked at: whatever happens then, all of them are given back.
      held.push(...batch.map(({ receipt }) => receipt));
      for (const message of batch) {
        if (seen.has(message.id)) continue;
        seen.add(message.id);
        const verdict = await visit(message);
        if (verdict === 'delete') {
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.receipt }));
          held.splice(held.indexOf(message.receipt), 1);
        }
        if (verdict === 'stop') return seen.size;
      }
    }
    return seen.size;
  } finally {
    for (let start = 0; start < held.length; start += 10) {
      await sqs.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: held
            .slice(start, start + 10)
            .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
        }),
      );
    }
  }
}
