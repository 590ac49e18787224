/** What an event source mapping says of a Kafka topic. */
import { type JsonObject, objectOf, optionalText, textsOf } from '../json-protocol.ts';
import type { PropertySupport } from '../property-support.ts';

export interface KafkaTopic {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly groupId: string;
}

export const kafkaProperties: PropertySupport = {
  SelfManagedEventSource: 'honoured',
  SelfManagedKafkaEventSourceConfig: 'honoured',
  Topics: 'honoured',
  // One topic a mapping and a broker without a password: a laptop has no VPC, and a secret of AWS is not there.
  SourceAccessConfigurations: () => 'is not supported locally: brokers are reached without TLS or password',
};

/** `undefined` for a mapping of another source. */
export function kafkaTopicOf(properties: JsonObject): KafkaTopic | undefined {
  const brokers = textsOf(
    objectOf(objectOf(properties, 'SelfManagedEventSource'), 'Endpoints'),
    'KafkaBootstrapServers',
  );
  const [topic] = textsOf(properties, 'Topics');
  if (brokers.length === 0 || topic === undefined) return undefined;
  return {
    brokers,
    topic,
    groupId: optionalText(objectOf(properties, 'SelfManagedKafkaEventSourceConfig'), 'ConsumerGroupId') ?? 'conext',
  };
}
