/** Feeds a function from a topic of a Kafka broker, each partition in order. */
import { setTimeout as wait } from 'node:timers/promises';
import { type KafkaBatchPorts, workOffTopic } from './kafka-batches.ts';
import type { KafkaTopic } from './kafka-mapping.ts';
import { byPartition, type KafkaMessage } from './kafka-records.ts';
import type { Mapping } from './mapping.ts';

const SESSION_MS = 10_000;
const CONNECT_MS = 5_000;
/** Lambda takes 6 MB: values in base64, and half a kilobyte of each record about it. */
const MOST_PAYLOAD_BYTES = 5_500_000;
const RECORD_OVERHEAD_BYTES = 500;

/** Reads until it is stopped; throws when the broker is not there or goes away. */
export async function pollKafka(
  ports: KafkaBatchPorts,
  mapping: Mapping,
  topic: KafkaTopic,
  signal: AbortSignal,
): Promise<void> {
  // A client of half a megabyte that nobody needs without a broker.
  const { Consumer } = await import('@platformatic/kafka');
  const consumer = new Consumer({
    clientId: 'conext-local',
    groupId: topic.groupId,
    // Under a name of its own a poller that is started again takes the place of the one that was killed, without waiting it out.
    groupInstanceId: 'conext-local',
    bootstrapBrokers: [...topic.brokers],
    sessionTimeout: SESSION_MS,
    heartbeatInterval: SESSION_MS / 5,
    connectTimeout: CONNECT_MS,
    retries: 2,
    autocommit: false,
  });
  try {
    const stream = await consumer.consume({
      topics: [topic.topic],
      mode: 'committed',
      fallbackMode: mapping.from === 'LATEST' ? 'latest' : 'earliest',
      maxWaitTime: 500,
      highWaterMark: mapping.batchSize,
    });
    const inbox = new Inbox(stream[Symbol.asyncIterator]());
    while (!signal.aborted) {
      const messages = await inbox.gather(mapping.batchSize, mapping.windowMs, signal);
      if (messages.length === 0) continue;
      if (!(await workOffTopic(ports, mapping, topic, messages, signal))) return;
      // Only now: what a killed poller did not commit comes again.
      await consumer.commit({
        offsets: [...byPartition(messages).values()].flatMap((records) => {
          const last = records.at(-1);
          return last === undefined
            ? []
            : [
                {
                  topic: last.topic,
                  partition: last.partition,
                  offset: last.offset + 1n,
                  leaderEpoch: last.leaderEpoch,
                },
              ];
        }),
      });
    }
  } finally {
    await consumer.close(true).catch(() => undefined);
  }
}

/** Messages as batches; the one that was asked for and did not come in time stays asked for. */
class Inbox {
  readonly #messages: AsyncIterator<KafkaMessage>;
  #next: Promise<IteratorResult<KafkaMessage>> | undefined;

  constructor(messages: AsyncIterator<KafkaMessage>) {
    this.#messages = messages;
  }

  /** What there is by the end of the window, which begins with the first message, or a whole batch before it. */
  async gather(most: number, windowMs: number, signal: AbortSignal): Promise<readonly KafkaMessage[]> {
    const messages: KafkaMessage[] = [];
    let bytes = 0;
    let until = Number.POSITIVE_INFINITY;
    while (messages.length < most && bytes < MOST_PAYLOAD_BYTES) {
      const message = await this.#take(until, signal);
      if (message === undefined) break;
      if (messages.length === 0) until = Date.now() + windowMs;
      messages.push(message);
      bytes += Math.ceil((message.value?.length ?? 0) / 3) * 4 + RECORD_OVERHEAD_BYTES;
    }
    return messages;
  }

  async #take(until: number, signal: AbortSignal): Promise<KafkaMessage | undefined> {
    this.#next ??= this.#messages.next();
    // Whoever is stopped meanwhile lets it fail unheard.
    this.#next.catch(() => undefined);
    const timer = new AbortController();
    const stop = AbortSignal.any([signal, timer.signal]);
    // Longer than a timer can wait is for ever.
    const ms = Math.min(until - Date.now(), 2 ** 31 - 1);
    try {
      const result = await Promise.race([
        this.#next,
        wait(Math.max(0, ms), undefined, { signal: stop }).catch(() => undefined),
      ]);
      if (result === undefined) return undefined;
      this.#next = undefined;
      if (result.done) throw new Error('The broker ended the stream.');
      return result.value;
    } finally {
      timer.abort();
    }
  }
}
