/** AWS::Lambda::EventSourceMapping as this runtime reads it. */
import type { ResolvedResource } from '../../ports.ts';
import { patternProblem } from '../events/event-pattern.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText, textsOf } from '../json-protocol.ts';
import { asBoolean, asNumber, type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { type KafkaTopic, kafkaProperties, kafkaTopicOf } from './kafka-mapping.ts';

export interface Mapping {
  /** Stable over restarts: stack and logical id. */
  readonly id: string;
  readonly sourceArn: string;
  readonly functionName: string;
  /** Of a broker rather than of a service with an ARN. */
  readonly kafka: KafkaTopic | undefined;
  readonly batchSize: number;
  /** How long a batch may wait to fill. */
  readonly windowMs: number;
  /** The function answers `batchItemFailures`. */
  readonly partial: boolean;
  readonly patterns: readonly JsonObject[];
  readonly from: 'TRIM_HORIZON' | 'LATEST';
  readonly bisect: boolean;
  /** Further attempts after the first; infinite until the records are too old. */
  readonly retries: number;
  readonly maxAgeMs: number;
  /** Told of batches that are given up. */
  readonly onFailureArn: string | undefined;
}

const MAPPING: PropertySupport = {
  ...kafkaProperties,
  EventSourceArn: (value) => sourceProblem(String(value)),
  FunctionName: 'honoured',
  Enabled: 'honoured',
  BatchSize: 'honoured',
  MaximumBatchingWindowInSeconds: 'honoured',
  FunctionResponseTypes: 'honoured',
  StartingPosition: (value) =>
    value === 'TRIM_HORIZON' || value === 'LATEST' ? undefined : `${String(value)} is not supported locally`,
  BisectBatchOnFunctionError: 'honoured',
  MaximumRetryAttempts: 'honoured',
  MaximumRecordAgeInSeconds: 'honoured',
  DestinationConfig: (value) => destinationProblem(value),
  FilterCriteria: (value) => filterProblem(value),
  TumblingWindowInSeconds: (value) => (asNumber(value) === 0 ? undefined : 'is not supported locally'),
  // A shard is read by one worker and a queue by two, which is within any of these limits.
  ParallelizationFactor: 'harmless',
  ScalingConfig: 'harmless',
  ProvisionedPollerConfig: 'harmless',
  MetricsConfig: 'harmless',
  KmsKeyArn: 'harmless',
  Tags: 'harmless',
};

function sourceProblem(arn: string): string | undefined {
  const service = arn.split(':')[2] ?? '';
  if (service === 'sqs' || service === 'kinesis' || (service === 'dynamodb' && arn.includes('/stream/')))
    return undefined;
  return `${arn} (${service}) is not supported locally; SQS queues, DynamoDB streams and Kinesis streams are`;
}

function destinationProblem(value: unknown): string | undefined {
  const arn = isObject(value) ? optionalText(objectOf(value, 'OnFailure'), 'Destination') : undefined;
  return arn === undefined || arn.split(':')[2] === 'sqs'
    ? undefined
    : `${arn} is not supported locally; SQS queues are`;
}

function filtersOf(value: unknown): readonly unknown[] {
  return isObject(value)
    ? objectsOf(value, 'Filters').map((filter) => JSON.parse(optionalText(filter, 'Pattern') ?? '{}'))
    : [];
}

function filterProblem(value: unknown): string | undefined {
  try {
    const problem = filtersOf(value)
      .map((pattern) => patternProblem(pattern))
      .find((found) => found !== undefined);
    return problem === undefined ? undefined : `is refused: ${problem}`;
  } catch {
    return 'holds a pattern that is not JSON';
  }
}

export function refuseMapping(resource: ResolvedResource): string | undefined {
  const unlisted = refuseUnlisted(resource, MAPPING);
  if (unlisted !== undefined || String(resource.properties.EventSourceArn).split(':')[2] !== 'kinesis') return unlisted;
  // Lambda filters records of Kinesis by their data alone.
  const other = filtersOf(resource.properties.FilterCriteria)
    .flatMap((pattern) => (isObject(pattern) ? Object.keys(pattern) : []))
    .find((key) => key !== 'data');
  return other === undefined
    ? undefined
    : `${resource.type} ${resource.stack}/${resource.logicalId}: FilterCriteria asks for ${other}; of Kinesis records there is data alone.`;
}

/** `undefined` for one that is switched off. */
export function readMapping(resource: ResolvedResource): Mapping | undefined {
  const { properties } = resource;
  if (properties.Enabled !== undefined && !asBoolean(properties.Enabled)) return undefined;
  const sourceArn = optionalText(properties, 'EventSourceArn') ?? '';
  const service = sourceArn.split(':')[2];
  const retries = asNumber(properties.MaximumRetryAttempts) ?? -1;
  const age = asNumber(properties.MaximumRecordAgeInSeconds) ?? -1;
  return {
    id: `${resource.stack}/${resource.logicalId}`,
    sourceArn,
    kafka: kafkaTopicOf(properties),
    functionName: optionalText(properties, 'FunctionName') ?? '',
    batchSize: asNumber(properties.BatchSize) ?? (service === 'sqs' ? 10 : 100),
    windowMs: (asNumber(properties.MaximumBatchingWindowInSeconds) ?? 0) * 1000,
    partial: textsOf(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
    patterns: filtersOf(properties.FilterCriteria).filter(isObject),
    from: properties.StartingPosition === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
    bisect: asBoolean(properties.BisectBatchOnFunctionError),
    retries: retries < 0 ? Number.POSITIVE_INFINITY : retries,
    // Tables' streams keep their records for a day, Kinesis and Kafka as long as their retention says.
    maxAgeMs:
      age < 0 ? (service === 'kinesis' || service === undefined ? Number.POSITIVE_INFINITY : 86_400_000) : age * 1000,
    onFailureArn: optionalText(objectOf(objectOf(properties, 'DestinationConfig'), 'OnFailure'), 'Destination'),
  };
}
