import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, type CfnResource, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnRegistry, CfnSchema, CfnSchemaVersion } from 'aws-cdk-lib/aws-glue';
import { ShardLevelMetrics, Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { streamEventSchemaName } from '../contracts/streams/stream-event.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { CapabilityFunction } from './constructs/capability-function.ts';
import { eventLanding } from './constructs/event-landing.ts';
import { followKafka, readKafkaTopic } from './constructs/kafka-source.ts';
import {
  type EventStreamNames,
  followEvents,
  keepDeadLetters,
  queryWarehouse,
  reachState,
  readLake,
  readSchemas,
} from './constructs/needs.ts';
import { pollPlatforms } from './constructs/platform-poller.ts';
import { watchStream } from './constructs/stream-alarms.ts';
import { closeWindows } from './constructs/window-closer.ts';
import type { DataStack } from './data-stack.ts';
import { physicalName, type Stage } from './stage.ts';

/** Events as they happen: the stream, its schemas, and what counts and keeps them. */
export class StreamStack extends Stack {
  readonly events: Stream;
  /** Records that are no events, and ranges of the stream that were given up. */
  readonly deadLetters: Queue;
  readonly processor: CapabilityFunction;
  /** What a function needs to know to put events on it. */
  readonly names: EventStreamNames;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage; readonly data: DataStack }) {
    super(scope, id, props);
    const { stage, data } = props;

    this.events = new Stream(this, 'Events', {
      streamName: physicalName(stage, 'stream-events'),
      streamMode: StreamMode.PROVISIONED,
      shardCount: stage.streamShards,
      // What a worker could not take is there for a week: somebody has a weekend to mend it.
      retentionPeriod: Duration.days(7),
      encryption: StreamEncryption.MANAGED,
      // The totals of a stream hide the one shard that is full.
      shardLevelMetrics: [
        ShardLevelMetrics.INCOMING_BYTES,
        ShardLevelMetrics.INCOMING_RECORDS,
        ShardLevelMetrics.WRITE_PROVISIONED_THROUGHPUT_EXCEEDED,
      ],
      removalPolicy: stage.removal,
    });

    const registry = new CfnRegistry(this, 'Schemas', {
      name: physicalName(stage, 'schemas'),
      description: 'Avro schemas of what travels on the streams',
    });
    this.names = { streamName: physicalName(stage, 'stream-events'), registryName: registry.name };
    this.#schema(registry, streamEventSchemaName);

    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: stage.removal,
    });
    acknowledge(this.deadLetters, 'This is itself a dead-letter queue.', 'AwsSolutions-SQS3');
    this.processor = this.#processor(stage, data);
    this.#rebuilder(stage, data);
    eventLanding(this, stage, data, this.events, this.names);
    pollPlatforms(this, stage, data.state, this.names);
    closeWindows(this, stage, data);
    watchStream(this, {
      stage,
      processor: this.processor.function,
      deadLetters: this.deadLetters,
      landing: physicalName(stage, 'stream-events'),
    });
    new CfnOutput(this, 'StreamDeadLetters', { value: this.deadLetters.queueUrl });
    new CfnOutput(this, 'EventStream', { value: this.events.streamName });
  }

  /** Counts events as they come, from Kinesis and, where a deployment has it, from Kafka. */
  #processor(stage: Stage, data: DataStack): CapabilityFunction {
    const processor = new CapabilityFunction(this, 'ProcessStream', {
      stage,
      capability: 'integrations/process-stream',
      // One core: a batch is decoded and counted by one thread.
      memory: 1769,
      timeout: Duration.minutes(1),
      needs: [
        reachState(data.state, 'GetItem', 'PutItem', 'Query'),
        readSchemas(this, this.names),
        followEvents(this.events),
        keepDeadLetters(this.deadLetters),
        ...followKafka(stage),
      ],
    });
    const mapping = new EventSourceMapping(this, 'EventsToCount', {
      target: processor.function,
      eventSourceArn: this.events.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 5_000,
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // A table that is throttled or away for minutes is waited for; what is left then waits in the queue, and its records for a week
      // in the stream.
      retryAttempts: 100,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(this.deadLetters),
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    // Without the permission to read the stream the mapping is refused.
    mapping.node.addDependency(processor);
    readKafkaTopic(this, stage, processor, this.deadLetters);
    return processor;
  }

  /** Holds counters against the lake for an operator, and makes them from it again. */
  #rebuilder(stage: Stage, data: DataStack): void {
    new CapabilityFunction(this, 'RebuildWindows', {
      stage,
      capability: 'integrations/rebuild-windows',
      memory: 1769,
      timeout: Duration.minutes(15),
      needs: [
        reachState(data.state, 'GetItem', 'PutItem', 'Query'),
        queryWarehouse(this, data.warehouse, 'read'),
        readLake(data.lake, 'events'),
      ],
    });
  }

  /** Every released version, in its order: what an earlier release wrote stays readable. */
  #schema(registry: CfnRegistry, name: string): void {
    const folder = join(import.meta.dirname, '..', 'contracts', 'streams', 'released', name);
    const [first, ...later] = readdirSync(folder)
      .map((file) => Number.parseInt(file, 10))
      .sort((a, b) => a - b)
      .map((version) => JSON.stringify(JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8'))));
    if (first === undefined) throw new Error(`${folder} holds no version of ${name}.`);
    const schema = new CfnSchema(this, `Schema-${name}`, {
      registry: { name: registry.name },
      name,
      dataFormat: 'AVRO',
      compatibility: 'BACKWARD_ALL',
      schemaDefinition: first,
    });
    schema.addResourceDependency(registry);
    let before: CfnResource = schema;
    for (const [index, schemaDefinition] of later.entries()) {
      const version = new CfnSchemaVersion(this, `Schema-${name}-${index + 2}`, {
        schema: { registryName: registry.name, schemaName: name },
        schemaDefinition,
      });
      version.addResourceDependency(before);
      before = version;
    }
  }
}
