import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, SourceAccessConfigurationType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { KafkaSettings } from '../kafka-settings.ts';
import { physicalName, type Stage } from '../stage.ts';
import type { CapabilityFunction, Need } from './capability-function.ts';

const groupOf = (stage: Stage): string => physicalName(stage, 'process-stream');

/** What Lambda does as the function while it reads the topic; the function itself calls none of it. */
export function followKafka(stage: Stage): readonly Need[] {
  const { kafka } = stage;
  if (kafka === undefined) return [];
  return [{ environment: {}, statements: kafka.kind === 'msk' ? ofMsk(stage, kafka) : ofSelfManaged(kafka) }];
}

/** Reads the topic into the processor under the same promises as the stream. docs/decisions/0027-kafka-source.md */
export function readKafkaTopic(scope: Stack, stage: Stage, processor: CapabilityFunction, deadLetters: Queue): void {
  const { kafka } = stage;
  if (kafka === undefined) return;
  const mapping = new EventSourceMapping(scope, 'KafkaEventsToCount', {
    target: processor.function,
    ...(kafka.kind === 'msk'
      ? { eventSourceArn: kafka.clusterArn }
      : { kafkaBootstrapServers: [...kafka.bootstrapServers] }),
    ...(kafka.kind === 'msk' ? {} : accessOf(kafka)),
    kafkaTopic: kafka.topic,
    kafkaConsumerGroupId: groupOf(stage),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 5_000,
    maxBatchingWindow: Duration.seconds(1),
    // Lambda bounds retries, splits batches and takes partial answers of Kafka with pollers of its own alone.
    provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 4 },
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: 100,
    maxRecordAge: Duration.hours(6),
    onFailure: new SqsDlq(deadLetters),
  });
  mapping.node.addDependency(processor);
}

type SelfManaged = Extract<KafkaSettings, { kind: 'self-managed' }>;
type Msk = Extract<KafkaSettings, { kind: 'msk' }>;

function accessOf({ secretArn, subnetIds, securityGroupIds }: SelfManaged) {
  const access = [
    ...(secretArn === undefined ? [] : [{ type: SourceAccessConfigurationType.SASL_SCRAM_512_AUTH, uri: secretArn }]),
    ...subnetIds.map((id) => ({ type: SourceAccessConfigurationType.VPC_SUBNET, uri: `subnet:${id}` })),
    ...securityGroupIds.map((id) => ({
      type: SourceAccessConfigurationType.VPC_SECURITY_GROUP,
      uri: `security_group:${id}`,
    })),
  ];
  return access.length === 0 ? {} : { sourceAccessConfigurations: access };
}

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/** Network interfaces that do not exist yet, and descriptions, have no resource to name (Service Authorization Reference, EC2). */
const network = (): PolicyStatement =>
  allow(
    [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    ['*'],
  );

const ofSelfManaged = ({ secretArn, subnetIds }: SelfManaged): PolicyStatement[] => [
  ...(secretArn === undefined ? [] : [allow(['secretsmanager:GetSecretValue'], [secretArn])]),
  ...(subnetIds.length === 0 ? [] : [network()]),
];

function ofMsk(stage: Stage, { clusterArn, topic }: Msk): PolicyStatement[] {
  const within = (kind: 'topic' | 'group', name: string): string =>
    `${clusterArn.replace(':cluster/', `:${kind}/`)}/${name}`;
  return [
    allow(
      ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', 'kafka-cluster:Connect'],
      [clusterArn],
    ),
    allow(['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], [within('topic', topic)]),
    allow(['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'], [within('group', groupOf(stage))]),
    network(),
  ];
}
