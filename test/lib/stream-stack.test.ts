import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { watchAlerts } from '../../lib/constructs/alert-alarms.ts';
import { watchReviewAge } from '../../lib/constructs/review-watch.ts';
import { watchStream } from '../../lib/constructs/stream-alarms.ts';
import { DataStack } from '../../lib/data-stack.ts';
import { readStage } from '../../lib/stage.ts';
import { StreamStack } from '../../lib/stream-stack.ts';
import { openApp } from './open-app.ts';

const deployed = { stage: 'test', account: '123456789012', region: 'eu-central-1' };
/** As the app is made: names of buckets are plain text with them. */
const flags = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8')) as { context: object }
).context;
const synthesize = (context: Record<string, string>): Template => {
  const app = openApp({ ...flags, ...context });
  const stage = readStage(app.node);
  const env = { account: stage.account, region: stage.region };
  const data = new DataStack(app, 'Data', { env, stage });
  return Template.fromStack(new StreamStack(app, 'Stream', { env, stage, data }));
};
const mappings = (template: Template) =>
  Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).map(({ Properties }) => Properties);
const actions = (template: Template): string => JSON.stringify(template.findResources('AWS::IAM::Policy'));
const plain = synthesize(deployed);

describe('Kafka in a deployment', () => {
  it('is nowhere without its settings', () => {
    expect(mappings(plain)).toHaveLength(1);
    expect(actions(plain)).not.toMatch(/kafka|ec2:/);
  });

  it('is read from brokers of one’s own under the promises of the stream', () => {
    const template = synthesize({
      ...deployed,
      kafkaBootstrapServers: 'b1.example.com:9096, b2.example.com:9096',
      kafkaTopic: 'events',
      kafkaSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf',
      kafkaSubnetIds: 'subnet-0a1b',
      kafkaSecurityGroupIds: 'sg-0a1b',
    });
    expect(mappings(template)).toContainEqual(
      expect.objectContaining({
        SelfManagedEventSource: {
          Endpoints: { KafkaBootstrapServers: ['b1.example.com:9096', 'b2.example.com:9096'] },
        },
        Topics: ['events'],
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 100,
        MaximumRecordAgeInSeconds: 21_600,
        ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 4 },
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      }),
    );
    expect(actions(template)).toContain('secret:kafka-AbCdEf');
  });

  it('is read from MSK as the function, and from its topic alone', () => {
    const clusterArn = 'arn:aws:kafka:eu-central-1:123456789012:cluster/main/abc-1';
    const template = synthesize({ ...deployed, mskClusterArn: clusterArn, kafkaTopic: 'events' });
    expect(mappings(template)).toContainEqual(
      expect.objectContaining({ EventSourceArn: clusterArn, Topics: ['events'], BisectBatchOnFunctionError: true }),
    );
    expect(actions(template)).toContain('arn:aws:kafka:eu-central-1:123456789012:topic/main/abc-1/events');
  });

  it.each([
    [{ kafkaTopic: 'events' }, /kafkaTopic without a cluster/],
    [{ kafkaBootstrapServers: 'b1.example.com:9096' }, /kafkaTopic is ""/],
    [{ kafkaBootstrapServers: 'b1.example.com', kafkaTopic: 'events' }, /"b1.example.com": each must be host:port/],
    [{ kafkaBootstrapServers: 'b1.example.com:9096', kafkaTopic: 'events' }, /kafkaSecretArn is ""/],
    [{ mskClusterArn: 'main', kafkaTopic: 'events' }, /mskClusterArn is "main"/],
    [{ mskClusterArn: 'main', kafkaBootstrapServers: 'b:1', kafkaTopic: 'events' }, /two clusters/],
  ])('refuses %j', (context, message) => {
    expect(() => readStage(openApp({ ...deployed, ...context }).node)).toThrow(message);
  });
});

it('names a page for each of its alarms, and has an alarm for each page', () => {
  const stack = new Stack(openApp(), 'Landing');
  watchStream(stack, {
    stage: readStage(openApp(deployed).node),
    processor: LambdaFunction.fromFunctionName(stack, 'Processor', 'processor'),
    deadLetters: new Queue(stack, 'Queue'),
    landing: 'raw-events',
  });
  watchAlerts(stack, readStage(openApp(deployed).node));
  watchReviewAge(stack, readStage(openApp(deployed).node));
  const told = [plain, Template.fromStack(stack)].flatMap((template) =>
    Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) =>
        /Runbook: docs\/runbooks\/([a-z-]+\.md)$/.exec(String(Properties.AlarmDescription))?.[1] ??
        `no page: ${JSON.stringify(Properties.AlarmDescription)}`,
    ),
  );
  const pages = readdirSync(join(import.meta.dirname, '..', '..', 'docs', 'runbooks')).filter(
    (page) => page !== 'README.md',
  );
  expect([...new Set(told)].sort()).toEqual(pages.sort());
});
