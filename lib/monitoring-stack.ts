import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { platformId } from '../contracts/schemas/primitives.ts';
import { alarmAbove, alarmTopicName } from './constructs/alarms.ts';
import { alertMetrics } from './constructs/alert-alarms.ts';
import { streamMetrics } from './constructs/stream-alarms.ts';
import { physicalName, type Stage } from './stage.ts';

/** The alarm topic and the operators' dashboard. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage }) {
    super(scope, id, props);
    const { stage } = props;

    const alarms = new Topic(this, 'Alarms', { topicName: alarmTopicName(stage), enforceSSL: true });
    // A policy of its own, here the one on TLS, takes the place of SNS's default: without this no alarm would be delivered.
    alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (stage.alarmEmail !== undefined) {
      alarms.addSubscription(new EmailSubscription(stage.alarmEmail));
    }

    const etl = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/States',
        metricName,
        dimensionsMap: {
          StateMachineArn: this.formatArn({
            service: 'states',
            resource: `stateMachine:${physicalName(stage, 'etl')}`,
          }),
        },
        statistic: 'Sum',
        period: Duration.hours(1),
      });
    const api = (metricName: string, statistic: string): Metric =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiName: physicalName(stage, 'api') },
        statistic,
        period: Duration.minutes(5),
      });
    /** As functions name them in their logs; CloudWatch knows no other spelling. */
    const product = (metricName: string): Metric =>
      new Metric({
        namespace: 'Conext',
        metricName,
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: Duration.hours(1),
      });

    /** Told once a day by check-connections. */
    const daily = (metricName: string, dimensions: Record<string, string> = {}, statistic = 'Maximum'): Metric =>
      new Metric({
        namespace: 'Conext',
        metricName,
        dimensionsMap: { stage: stage.name, ...dimensions },
        statistic,
        period: Duration.days(1),
      });
    for (const { id, metricName, meaning } of connectionAlarms) {
      alarmAbove(this, id, { stage, metric: daily(metricName), threshold: 0, meaning });
    }

    const stream = streamMetrics(stage);
    new Dashboard(this, 'Operations', {
      dashboardName: physicalName(stage, 'operations'),
      widgets: [
        [
          new TextWidget({
            markdown: `# Conext Ads, ${stage.name}\nRunbook: docs/operations.md, of the stream docs/runbooks/`,
            width: 24,
            height: 2,
          }),
        ],
        [
          new GraphWidget({ title: 'ETL runs', left: [etl('ExecutionsSucceeded'), etl('ExecutionsFailed')], width: 8 }),
          new GraphWidget({ title: 'Rows', left: [product('rowsLoaded'), product('rowsQuarantined')], width: 8 }),
          new GraphWidget({ title: 'Accounts that failed to load', left: [product('accountsFailed')], width: 8 }),
        ],
        [
          new GraphWidget({
            title: 'Failed checks of the data',
            left: [product('qualityErrors'), product('qualityWarnings')],
            width: 8,
          }),
        ],
        [
          new GraphWidget({
            title: 'Connections that fail or end soon',
            left: [daily('connectionsFailing'), daily('grantsNearEnd')],
            width: 12,
          }),
          new GraphWidget({
            title: 'Days until a platform gives up the version in use',
            left: platformId.options.map((platform) => daily('daysUntilSunset', { platform }, 'Minimum')),
            width: 12,
          }),
        ],
        [
          new GraphWidget({
            title: 'Stream: records a minute',
            left: [stream.incoming, stream.counted, stream.duplicates, stream.late, stream.dead],
            width: 8,
          }),
          new GraphWidget({ title: 'Stream: seconds to a number', left: [stream.lagSeconds], width: 8 }),
          new GraphWidget({
            title: 'Stream: bytes by shard, records refused',
            left: [stream.shardBytes],
            right: [stream.refused],
            width: 8,
          }),
        ],
        [
          new GraphWidget({
            title: 'Refused at the door: of pixels, of platforms’ webhooks',
            left: [stream.collectRefused],
            right: [stream.webhooksRefused],
            width: 12,
          }),
          new GraphWidget({
            title: 'Alerts given up, by channel',
            left: Object.values(alertMetrics(stage)),
            width: 12,
          }),
        ],
        [
          new GraphWidget({
            title: 'API requests',
            left: [api('Count', 'Sum')],
            right: [api('5XXError', 'Sum'), api('4XXError', 'Sum')],
            width: 12,
          }),
          new GraphWidget({
            title: 'API latency, ms',
            left: [api('Latency', 'p50'), api('Latency', 'p95'), api('Latency', 'p99')],
            width: 12,
          }),
        ],
      ],
    });
  }
}

const connectionAlarms = [
  {
    id: 'ConnectionsFailing',
    metricName: 'connectionsFailing',
    meaning: 'A platform no longer lets a connection in: the page of connections says which and why',
  },
  {
    id: 'GrantsNearEnd',
    metricName: 'grantsNearEnd',
    meaning: 'A connection’s grant ends soon: somebody has to authorize it again, see the page of connections',
  },
  {
    id: 'VersionsNearSunset',
    metricName: 'versionsNearSunset',
    meaning:
      'A platform stops answering the version in use soon: set apiVersion.<platform> once the new version is tried, see docs/configuration.md',
  },
] as const;
