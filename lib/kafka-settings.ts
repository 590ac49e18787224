/** Where a deployment reads events from besides its own stream; nothing of Kafka is there without it. */
export type KafkaSettings =
  | {
      readonly kind: 'self-managed';
      readonly bootstrapServers: readonly string[];
      readonly topic: string;
      /** SASL/SCRAM-512 user and password; absent for the laptop's broker alone. */
      readonly secretArn: string | undefined;
      /** Through which Lambda reaches brokers of a VPC; none for brokers on the internet. */
      readonly subnetIds: readonly string[];
      readonly securityGroupIds: readonly string[];
    }
  | { readonly kind: 'msk'; readonly clusterArn: string; readonly topic: string };

const keys = [
  'kafkaBootstrapServers',
  'kafkaTopic',
  'kafkaSecretArn',
  'kafkaSubnetIds',
  'kafkaSecurityGroupIds',
  'mskClusterArn',
] as const;
type Key = (typeof keys)[number];

const server = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:([1-9]\d{0,4})$/;
const topicName = /^[A-Za-z0-9._-]{1,249}$/;
const secret = /^arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/;
const cluster = /^arn:aws[\w-]*:kafka:[a-z0-9-]+:\d{12}:cluster\/[\w-]+\/[\w-]+$/;
const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * Reads `-c kafkaBootstrapServers=host:9096,… -c kafkaTopic=… -c kafkaSecretArn=…`, or `-c mskClusterArn=… -c kafkaTopic=…`.
 * @throws with what is wrong and what to pass instead.
 */
export function readKafka(text: (key: Key) => string | undefined, isLocal: boolean): KafkaSettings | undefined {
  const given = keys.filter((key) => text(key) !== undefined);
  if (given.length === 0) return undefined;
  const clusterArn = text('mskClusterArn');
  const servers = listOf(text('kafkaBootstrapServers'));
  if (clusterArn !== undefined && servers.length > 0) {
    throw new Error('mskClusterArn and kafkaBootstrapServers name two clusters: pass one of them.');
  }
  if (clusterArn === undefined && servers.length === 0) {
    throw new Error(`${given.join(', ')} without a cluster: pass kafkaBootstrapServers or mskClusterArn too.`);
  }
  const topic = text('kafkaTopic');
  if (topic === undefined || !topicName.test(topic)) {
    throw new Error(`kafkaTopic is "${topic ?? ''}": it must name the topic in letters, digits, ".", "_" and "-".`);
  }
  return clusterArn === undefined ? selfManaged(text, servers, topic, isLocal) : msk(text, clusterArn, topic);
}

function msk(text: (key: Key) => string | undefined, clusterArn: string, topic: string): KafkaSettings {
  if (!cluster.test(clusterArn)) {
    throw new Error(
      `mskClusterArn is "${clusterArn}": it must be arn:aws:kafka:<region>:<account>:cluster/<name>/<id>.`,
    );
  }
  const foreign = (['kafkaSecretArn', 'kafkaSubnetIds', 'kafkaSecurityGroupIds'] as const).filter(
    (key) => text(key) !== undefined,
  );
  if (foreign.length > 0) {
    throw new Error(`${foreign.join(', ')}: an MSK cluster is reached with IAM and its own network; leave it out.`);
  }
  return { kind: 'msk', clusterArn, topic };
}

function selfManaged(
  text: (key: Key) => string | undefined,
  bootstrapServers: readonly string[],
  topic: string,
  isLocal: boolean,
): KafkaSettings {
  const wrong = bootstrapServers.find((one) => Number(server.exec(one)?.[2] ?? Number.NaN) <= 65_535 === false);
  if (wrong !== undefined) throw new Error(`kafkaBootstrapServers holds "${wrong}": each must be host:port.`);
  const secretArn = text('kafkaSecretArn');
  if (secretArn === undefined ? !isLocal : !secret.test(secretArn)) {
    throw new Error(
      `kafkaSecretArn is "${secretArn ?? ''}": it must be the ARN of a secret with username and password (SASL/SCRAM-512).`,
    );
  }
  const subnetIds = listOf(text('kafkaSubnetIds'));
  const securityGroupIds = listOf(text('kafkaSecurityGroupIds'));
  if ((subnetIds.length === 0) !== (securityGroupIds.length === 0)) {
    throw new Error(
      'kafkaSubnetIds and kafkaSecurityGroupIds go together: pass both for brokers in a VPC, or neither.',
    );
  }
  const strange =
    subnetIds.find((id) => !/^subnet-[0-9a-f]+$/.test(id)) ?? securityGroupIds.find((id) => !/^sg-[0-9a-f]+$/.test(id));
  if (strange !== undefined) throw new Error(`"${strange}" is no id of a subnet or security group.`);
  return { kind: 'self-managed', bootstrapServers, topic, secretArn, subnetIds, securityGroupIds };
}
