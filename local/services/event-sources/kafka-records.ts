/** Records of a topic as Lambda hands them over. */
import type { Message } from '@platformatic/kafka';
import type { JsonObject } from '../json-protocol.ts';
import type { KafkaTopic } from './kafka-mapping.ts';

export type KafkaMessage = Message<Buffer, Buffer, Buffer, Buffer>;

/** Partition as Lambda names it: `<topic>-<number>`. */
export const partitionOf = ({ topic, partition }: KafkaMessage): string => `${topic}-${partition}`;

export function byPartition(messages: readonly KafkaMessage[]): Map<string, KafkaMessage[]> {
  const partitions = new Map<string, KafkaMessage[]>();
  for (const message of messages) {
    const name = partitionOf(message);
    const held = partitions.get(name);
    if (held === undefined) partitions.set(name, [message]);
    else held.push(message);
  }
  return partitions;
}

export const kafkaEvent = ({ brokers }: KafkaTopic, messages: readonly KafkaMessage[]): JsonObject => ({
  eventSource: 'SelfManagedKafka',
  bootstrapServers: brokers.join(','),
  records: Object.fromEntries([...byPartition(messages)].map(([name, records]) => [name, records.map(recordOf)])),
});

const recordOf = ({ topic, partition, offset, timestamp, key, value, headerEntries }: KafkaMessage): JsonObject => ({
  topic,
  partition,
  offset: Number(offset),
  timestamp: Number(timestamp),
  timestampType: 'CREATE_TIME',
  // A record without a key has no such property; a tombstone has no value.
  ...(key?.length > 0 ? { key: key.toString('base64') } : {}),
  ...(value === null || value === undefined ? {} : { value: value.toString('base64') }),
  headers: headerEntries.map(([name, content]) => ({ [name.toString()]: [...content] })),
});
