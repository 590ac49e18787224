import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-glue';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import { streamEventAvro, streamEventSchemaName } from '../contracts/streams/stream-event.ts';
import type { EventStreamNames } from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { physicalName, type Stage } from './stage.ts';

/** Events as they happen: the stream, its schemas, and what counts and keeps them. */
export class StreamStack extends Stack {
  readonly events: Stream;
  /** What a function needs to know to put events on it. */
  readonly names: EventStreamNames;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage; readonly data: DataStack }) {
    super(scope, id, props);
    const { stage } = props;

    this.events = new Stream(this, 'Events', {
      streamName: physicalName(stage, 'stream-events'),
      streamMode: StreamMode.PROVISIONED,
      shardCount: stage.streamShards,
      // What a worker could not take is there for a week: somebody has a weekend to mend it.
      retentionPeriod: Duration.days(7),
      encryption: StreamEncryption.MANAGED,
      removalPolicy: stage.removal,
    });

    const registry = new CfnRegistry(this, 'Schemas', {
      name: physicalName(stage, 'schemas'),
      description: 'Avro schemas of what travels on the streams',
    });
    this.names = { streamName: physicalName(stage, 'stream-events'), registryName: registry.name };
    new CfnSchema(this, 'StreamEvent', {
      registry: { name: registry.name },
      name: streamEventSchemaName,
      dataFormat: 'AVRO',
      compatibility: 'BACKWARD',
      schemaDefinition: JSON.stringify(streamEventAvro),
    }).addResourceDependency(registry);
  }
}
