/** Works off a batch of a topic: what fails is tried again from the first failed record of each partition, split, and given up. */
import type { FunctionInvoker } from '../../ports.ts';
import { isObject, objectsOf } from '../json-protocol.ts';
import { type GivingUpPorts, reportGivenUp, waitBeforeRetry } from './given-up-batch.ts';
import type { KafkaTopic } from './kafka-mapping.ts';
import { byPartition, type KafkaMessage, kafkaEvent, partitionOf } from './kafka-records.ts';
import type { Mapping } from './mapping.ts';

export interface KafkaBatchPorts extends GivingUpPorts {
  readonly invoker: FunctionInvoker;
}

interface Batch {
  readonly messages: readonly KafkaMessage[];
  readonly attempts: number;
}

/** `false` when stopped before the end: then nothing of the batch may be committed, and all of it comes again. */
export async function workOffTopic(
  ports: KafkaBatchPorts,
  mapping: Mapping,
  topic: KafkaTopic,
  messages: readonly KafkaMessage[],
  signal: AbortSignal,
): Promise<boolean> {
  const batches: Batch[] = [{ messages, attempts: 0 }];
  for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
    const { attempts } = batch;
    const rest = await leftOf(ports, mapping, topic, batch.messages, signal);
    // What was done is done, but a stopped poller does not know how much of the batch is: the function is told of it again.
    if (signal.aborted && rest.length > 0) return false;
    if (rest.length === 0) continue;
    if (attempts >= mapping.retries || tooOld(rest, mapping, ports.clock())) {
      await giveUp(ports, mapping, topic, rest, attempts + 1);
    } else if (mapping.bisect && rest.length > 1) {
      const half = Math.ceil(rest.length / 2);
      batches.push({ messages: rest.slice(half), attempts }, { messages: rest.slice(0, half), attempts });
    } else {
      await waitBeforeRetry(attempts, signal);
      batches.push({ messages: rest, attempts: attempts + 1 });
    }
    if (signal.aborted) return false;
  }
  return true;
}

/** Messages that the function did not take: all after the first failed one of a partition, in their order. */
async function leftOf(
  { invoker }: KafkaBatchPorts,
  mapping: Mapping,
  topic: KafkaTopic,
  messages: readonly KafkaMessage[],
  signal: AbortSignal,
): Promise<readonly KafkaMessage[]> {
  let payload: unknown;
  try {
    const result = await invoker.invoke(mapping.functionName, kafkaEvent(topic, messages), { signal });
    if (!result.ok) return messages;
    payload = result.payload;
  } catch {
    return messages;
  }
  if (!mapping.partial || !isObject(payload)) return [];
  const failures = objectsOf(payload, 'batchItemFailures').map(({ itemIdentifier }) => itemIdentifier);
  const known = new Set(messages.map((message) => `${partitionOf(message)}@${message.offset}`));
  const first = new Map<string, bigint>();
  for (const failure of failures) {
    const { partition, offset } = isObject(failure) ? failure : {};
    // As on AWS: an identifier that is not of this batch means that the answer cannot be trusted.
    if (typeof partition !== 'string' || !known.has(`${partition}@${String(offset)}`)) return messages;
    const at = BigInt(String(offset));
    const before = first.get(partition);
    if (before === undefined || at < before) first.set(partition, at);
  }
  return messages.filter((message) => {
    const from = first.get(partitionOf(message));
    return from !== undefined && message.offset >= from;
  });
}

const tooOld = (messages: readonly KafkaMessage[], mapping: Mapping, now: number): boolean =>
  messages.every(({ timestamp }) => now - Number(timestamp) > mapping.maxAgeMs);

function giveUp(
  ports: KafkaBatchPorts,
  mapping: Mapping,
  topic: KafkaTopic,
  messages: readonly KafkaMessage[],
  invocations: number,
): Promise<void> {
  const iso = (epoch: bigint | undefined): string => new Date(Number(epoch ?? 0n)).toISOString();
  return reportGivenUp(ports, mapping, {
    records: messages.length,
    tooOld: tooOld(messages, mapping, ports.clock()),
    invocations,
    info: {
      KafkaBatchInfo: {
        batchSize: messages.length,
        bootstrapServers: topic.brokers.join(','),
        recordsInfo: Object.fromEntries(
          [...byPartition(messages)].map(([name, records]) => [
            name,
            {
              firstRecordOffset: String(records[0]?.offset),
              lastRecordOffset: String(records.at(-1)?.offset),
              firstRecordTimestamp: iso(records[0]?.timestamp),
              lastRecordTimestamp: iso(records.at(-1)?.timestamp),
            },
          ]),
        ),
      },
    },
  });
}
