/** AWS::KinesisFirehose::DeliveryStream as this runtime reads it: a Kinesis stream, transformed by a function, into Parquet. */
import type { ResolvedResource } from '../../ports.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import { asBoolean, asNumber, type PropertySupport, refuseUnlisted } from '../property-support.ts';

export interface Delivery {
  readonly name: string;
  readonly arn: string;
  readonly stream: string;
  readonly streamArn: string;
  readonly roleArn: string;
  readonly functionArn: string;
  readonly bucket: string;
  /** With `!{…}` where a value is put in. */
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly bufferMs: number;
  readonly bufferBytes: number;
  readonly table: { readonly database: string; readonly name: string };
}

const STREAM: PropertySupport = {
  DeliveryStreamName: 'honoured',
  DeliveryStreamType: (value) =>
    value === 'KinesisStreamAsSource' ? undefined : `${String(value)} is not supported locally`,
  KinesisStreamSourceConfiguration: 'honoured',
  ExtendedS3DestinationConfiguration: 'honoured',
  Tags: 'harmless',
};

const DESTINATION: PropertySupport = {
  BucketARN: 'honoured',
  RoleARN: 'honoured',
  Prefix: 'honoured',
  ErrorOutputPrefix: 'honoured',
  BufferingHints: 'honoured',
  ProcessingConfiguration: 'honoured',
  // Prefixes are filled in whether it says so or not.
  DynamicPartitioningConfiguration: 'harmless',
  DataFormatConversionConfiguration: 'honoured',
  CloudWatchLoggingOptions: 'harmless',
  CompressionFormat: (value) => (value === 'UNCOMPRESSED' ? undefined : 'is Parquet’s own business here'),
};

export function refuseDelivery(resource: ResolvedResource): string | undefined {
  const destination = objectOf(resource.properties, 'ExtendedS3DestinationConfiguration');
  const unlisted =
    refuseUnlisted(resource, STREAM) ?? refuseUnlisted({ ...resource, properties: destination }, DESTINATION);
  if (unlisted !== undefined) return unlisted;
  const where = `${resource.type} ${resource.stack}/${resource.logicalId}`;
  const delivery = readDelivery(resource);
  if (delivery.functionArn === '') return `${where}: without a transforming function it is not supported locally.`;
  if (delivery.table.name === '') return `${where}: without conversion to Parquet it is not supported locally.`;
  const left = `${delivery.prefix}${delivery.errorPrefix}`.replace(
    /!\{(partitionKeyFromLambda:\w+|timestamp:yyyy-MM-dd|firehose:error-output-type)\}/g,
    '',
  );
  return left.includes('!{') ? `${where}: ${/!\{[^}]*\}?/.exec(left)?.[0]} is not supported locally.` : undefined;
}

export function readDelivery({ physicalId, arn, properties }: ResolvedResource): Delivery {
  const source = objectOf(properties, 'KinesisStreamSourceConfiguration');
  const destination = objectOf(properties, 'ExtendedS3DestinationConfiguration');
  const hints = objectOf(destination, 'BufferingHints');
  const processing = objectOf(destination, 'ProcessingConfiguration');
  const lambda = asBoolean(processing.Enabled)
    ? objectsOf(processing, 'Processors').find(({ Type }) => Type === 'Lambda')
    : undefined;
  const conversion = objectOf(destination, 'DataFormatConversionConfiguration');
  const schema = conversion.Enabled === false ? {} : objectOf(conversion, 'SchemaConfiguration');
  const streamArn = optionalText(source, 'KinesisStreamARN') ?? '';
  return {
    name: physicalId,
    arn,
    streamArn,
    stream: streamArn.split('/').at(-1) ?? '',
    roleArn: optionalText(destination, 'RoleARN') ?? '',
    functionArn: parameterOf(lambda, 'LambdaArn'),
    bucket: (optionalText(destination, 'BucketARN') ?? '').split(':').at(-1) ?? '',
    prefix: optionalText(destination, 'Prefix') ?? '',
    errorPrefix: optionalText(destination, 'ErrorOutputPrefix') ?? '',
    bufferMs: (asNumber(hints.IntervalInSeconds) ?? 300) * 1_000,
    bufferBytes: (asNumber(hints.SizeInMBs) ?? 5) * 1_048_576,
    table: {
      database: (optionalText(schema, 'DatabaseName') ?? '').toLowerCase(),
      name: (optionalText(schema, 'TableName') ?? '').toLowerCase(),
    },
  };
}

function parameterOf(processor: JsonObject | undefined, name: string): string {
  const found = objectsOf(processor ?? {}, 'Parameters').find(({ ParameterName }) => ParameterName === name);
  return isObject(found) ? (optionalText(found, 'ParameterValue') ?? '') : '';
}
