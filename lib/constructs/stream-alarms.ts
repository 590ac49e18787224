import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { physicalName, type Stage } from '../stage.ts';
import { alarmAbove } from './alarms.ts';

interface WatchedStream {
  readonly stage: Stage;
  readonly processor: IFunction;
  readonly deadLetters: IQueue;
  /** Name of the Firehose stream that brings raw events to the lake. */
  readonly landing?: string;
}

interface StreamAlarm {
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods in a row; one when absent. */
  readonly periods?: number;
  readonly meaning: string;
  readonly runbook: string;
}

const minute = Duration.minutes(1);
/** What Kinesis lets one shard take: 1 MB and 1,000 records a second. Heat begins at four fifths of it, for a minute. */
const shardBytesPerMinute = 1_000_000 * 60;
const shardRecordsPerMinute = 1_000 * 60;
const heat = 0.8;
/** In a quarter of an hour. Strangers and broken pages are refused all day; a shop that cannot send refuses each of its visitors. */
const mostCollectRefused = 500;
/** In a quarter of an hour. The addresses are public, so a few come from nobody; a platform repeats what is refused. */
const mostWebhooksRefused = 20;
/** Messages are kept for fourteen days; at four somebody has a week and a half left. */
const oldestLetterSeconds = 4 * 86_400;

const ofStream = (stage: Stage, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/Kinesis',
    metricName,
    dimensionsMap: { StreamName: physicalName(stage, 'stream-events') },
    statistic,
    period: minute,
  });

/** As the processor names them in its logs. */
const ofProcessor = (stage: Stage, metricName: string, statistic: string): Metric =>
  new Metric({ namespace: 'Conext', metricName, dimensionsMap: { stage: stage.name }, statistic, period: minute });

/**
 * A shard-level metric, a line a shard. A query rather than a metric of each: shards get new ids whenever their number is changed, and an
 * alarm on an id that is closed would watch nothing. A stream whose keys are uneven refuses puts while its own totals look idle.
 */
const ofEachShard = (stage: Stage, metricName: string): MathExpression =>
  new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/Kinesis", ShardId, StreamName) WHERE StreamName = '${physicalName(stage, 'stream-events')}' GROUP BY ShardId ORDER BY SUM() DESC`,
    label: metricName,
    period: minute,
    usingMetrics: {},
  });

const quarterHour = Duration.minutes(15);

/** What is counted by reason, of all reasons together. */
const refusedForAnyReason = (stage: Stage, metricName: string, dimensions: readonly string[]): MathExpression =>
  new MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("Conext", ${dimensions.map((name) => `"${name}"`).join(', ')}) WHERE "stage" = '${stage.name}'`,
    label: metricName,
    period: quarterHour,
    usingMetrics: {},
  });

/** The metrics that the alarms and the operators' dashboard look at. */
export const streamMetrics = (stage: Stage) => ({
  lagSeconds: ofProcessor(stage, 'liveLagSeconds', 'Maximum'),
  counted: ofProcessor(stage, 'recordsCounted', 'Sum'),
  duplicates: ofProcessor(stage, 'recordsDuplicate', 'Sum'),
  late: ofProcessor(stage, 'recordsLate', 'Sum'),
  dead: ofProcessor(stage, 'recordsDead', 'Sum'),
  incoming: ofStream(stage, 'IncomingRecords', 'Sum'),
  refused: ofStream(stage, 'WriteProvisionedThroughputExceeded', 'Sum'),
  shardBytes: ofEachShard(stage, 'IncomingBytes'),
  shardRecords: ofEachShard(stage, 'IncomingRecords'),
  collectRefused: refusedForAnyReason(stage, 'collectRefused', ['reason', 'stage']),
  webhooksRefused: refusedForAnyReason(stage, 'webhooksRefused', ['platform', 'reason', 'stage']),
});

/** Tells of a stream that falls behind, gives up records, runs hot or refuses them. Each alarm names its page in docs/runbooks/. */
export function watchStream(scope: Construct, { stage, processor, deadLetters, landing }: WatchedStream): void {
  const metrics = streamMetrics(stage);
  const alarms: readonly StreamAlarm[] = [
    {
      id: 'ProcessorBehind',
      metric: processor.metric('IteratorAge', { statistic: 'Maximum', period: minute }),
      threshold: 60_000,
      periods: 3,
      meaning: 'The processor of the stream reads records that are more than a minute old',
      runbook: 'processor-behind',
    },
    {
      id: 'LiveViewStale',
      metric: metrics.lagSeconds,
      threshold: 60,
      periods: 3,
      meaning: 'Events show in live views more than a minute after they came',
      runbook: 'live-view-stale',
    },
    {
      id: 'DeadLettersWaiting',
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: minute }),
      threshold: 0,
      meaning: 'Records of the stream were not counted and wait in the dead-letter queue',
      runbook: 'dead-letters-waiting',
    },
    {
      id: 'DeadLettersOld',
      metric: deadLetters.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.hours(1) }),
      threshold: oldestLetterSeconds,
      meaning: 'A dead letter of the stream waits for four days; after fourteen it is gone',
      runbook: 'dead-letters-old',
    },
    {
      id: 'ShardBytesHot',
      metric: metrics.shardBytes,
      threshold: shardBytesPerMinute * heat,
      periods: 3,
      meaning: 'A shard of the stream takes more than 80 % of the bytes that it can',
      runbook: 'shard-hot',
    },
    {
      id: 'ShardRecordsHot',
      metric: metrics.shardRecords,
      threshold: shardRecordsPerMinute * heat,
      periods: 3,
      meaning: 'A shard of the stream takes more than 80 % of the records that it can',
      runbook: 'shard-hot',
    },
    {
      id: 'PutsRefused',
      metric: metrics.refused,
      threshold: 0,
      periods: 2,
      meaning: 'The stream refuses records: callers try again, and are answered 503 in the end',
      runbook: 'puts-refused',
    },
    {
      id: 'CollectRefused',
      metric: metrics.collectRefused,
      threshold: mostCollectRefused,
      meaning: 'Much of what pages send to pixels is refused',
      runbook: 'collect-refused',
    },
    {
      id: 'WebhooksRefused',
      metric: metrics.webhooksRefused,
      threshold: mostWebhooksRefused,
      meaning: 'Deliveries of platforms are refused: most likely the secret of our app is not theirs any more',
      runbook: 'webhooks-refused',
    },
    ...(landing === undefined ? [] : [landingStale(landing)]),
  ];
  for (const { id, ...alarm } of alarms) alarmAbove(scope, id, { stage, ...alarm });
}

/** Firehose's own age of the oldest record that is not in the lake yet. */
const landingStale = (deliveryStreamName: string): StreamAlarm => ({
  id: 'LandingStale',
  metric: new Metric({
    namespace: 'AWS/Firehose',
    metricName: 'DeliveryToS3.DataFreshness',
    dimensionsMap: { DeliveryStreamName: deliveryStreamName },
    statistic: 'Maximum',
    period: Duration.minutes(5),
  }),
  // Buffers fill for a quarter of an hour at most.
  threshold: 1_800,
  periods: 2,
  meaning: 'Raw events reach the lake more than half an hour after they came',
  runbook: 'landing-stale',
});
