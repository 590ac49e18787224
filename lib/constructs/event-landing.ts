import { Duration, type Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { landedColumns, landedFolder, landedPartitions, landedTable } from '../../contracts/streams/landed-event.ts';
import type { DataStack } from '../data-stack.ts';
import { physicalName, type Stage } from '../stage.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import { CapabilityFunction } from './capability-function.ts';
import { type EventStreamNames, lakeObjects, readSchemas } from './needs.ts';

/** What Firehose could not read lies here, for as long as events are kept. */
const errorPrefix = 'events-failed/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/';

/** Every event as it was delivered, in the lake as Parquet: what counters can be made again from. */
export function eventLanding(
  scope: Stack,
  stage: Stage,
  data: DataStack,
  events: Stream,
  names: EventStreamNames,
): CfnDeliveryStream {
  const root = `s3://${data.lake.bucketName}/${landedFolder}/`;
  const leaf = landedPartitions.map((partition) => `${partition}=\${${partition}}`).join('/');
  const table = new CfnTable(scope, 'StreamEvents', {
    catalogId: scope.account,
    databaseName: data.warehouse.database,
    tableInput: {
      name: landedTable,
      tableType: 'EXTERNAL_TABLE',
      parameters: {
        classification: 'parquet',
        'projection.enabled': 'true',
        ...Object.fromEntries(landedPartitions.map((partition) => [`projection.${partition}.type`, 'injected'])),
        'storage.location.template': `${root}${leaf}/`,
      },
      partitionKeys: landedPartitions.map((partition) => ({ name: partition, type: 'string' })),
      storageDescriptor: {
        location: root,
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        columns: landedColumns.map(({ name, type, description }) => ({ name, type, comment: description })),
      },
    },
  });

  const transform = new CapabilityFunction(scope, 'LandEvents', {
    stage,
    capability: 'integrations/land-events',
    memory: 512,
    timeout: Duration.minutes(1),
    needs: [readSchemas(scope, names)],
  });
  const role = new Role(scope, 'Landing', {
    assumedBy: new ServicePrincipal('firehose.amazonaws.com', {
      conditions: { StringEquals: { 'sts:ExternalId': scope.account } },
    }),
    description: 'Lets Firehose read the stream, have it transformed, and put it into the lake',
  });
  const folders = [lakeObjects(data.lake, 'events'), lakeObjects(data.lake, 'events-failed')];
  const bucket = `arn:${scope.partition}:s3:::${data.lake.bucketName}`;
  const glue = (resource: string, resourceName?: string): string =>
    scope.formatArn({ service: 'glue', resource, ...(resourceName === undefined ? {} : { resourceName }) });
  const allow = (actions: string[], resources: string[]): PolicyStatement =>
    new PolicyStatement({ actions, resources });
  for (const statement of [
    allow(
      ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
      [events.streamArn],
    ),
    allow(['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'], [transform.function.functionArn]),
    allow(['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], folders),
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket]),
    allow(
      ['glue:GetTable', 'glue:GetTableVersion', 'glue:GetTableVersions'],
      [
        glue('catalog'),
        glue('database', data.warehouse.database),
        glue('table', `${data.warehouse.database}/${landedTable}`),
      ],
    ),
  ]) {
    role.addToPolicy(statement);
  }
  acknowledgeWildcards(role, 'Objects end in a wildcard below a named folder.', folders);

  const delivery = new CfnDeliveryStream(scope, 'EventsToLake', {
    deliveryStreamName: physicalName(stage, 'stream-events'),
    deliveryStreamType: 'KinesisStreamAsSource',
    kinesisStreamSourceConfiguration: { kinesisStreamArn: events.streamArn, roleArn: role.roleArn },
    extendedS3DestinationConfiguration: {
      bucketArn: bucket,
      roleArn: role.roleArn,
      prefix: `${landedFolder}/${landedPartitions
        .map((partition) => `${partition}=!{partitionKeyFromLambda:${partition}}`)
        .join('/')}/`,
      errorOutputPrefix: errorPrefix,
      // 64 MB is the least with dynamic partitions; small files cost each replay.
      bufferingHints: { intervalInSeconds: 300, sizeInMBs: 128 },
      dynamicPartitioningConfiguration: { enabled: true, retryOptions: { durationInSeconds: 300 } },
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: 'Lambda',
            parameters: [
              { parameterName: 'LambdaArn', parameterValue: transform.function.functionArn },
              { parameterName: 'BufferSizeInMBs', parameterValue: '1' },
              { parameterName: 'BufferIntervalInSeconds', parameterValue: '60' },
            ],
          },
        ],
      },
      dataFormatConversionConfiguration: {
        enabled: true,
        inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
        outputFormatConfiguration: { serializer: { parquetSerDe: { compression: 'SNAPPY' } } },
        schemaConfiguration: {
          roleArn: role.roleArn,
          databaseName: data.warehouse.database,
          tableName: landedTable,
          region: scope.region,
          versionId: 'LATEST',
        },
      },
    },
  });
  acknowledge(delivery, 'Its source is a Kinesis stream, which is encrypted itself.', 'AwsSolutions-KDF1');
  // Firehose looks whether it may do all of it when it is made.
  delivery.node.addDependency(role, table);
  return delivery;
}
