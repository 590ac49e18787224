import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { alarmAbove } from './alarms.ts';

const ofChannel = (stage: Stage, channel: string): Metric =>
  new Metric({
    namespace: 'Conext',
    metricName: 'alertDeliveriesGivenUp',
    dimensionsMap: { stage: stage.name, channel },
    statistic: 'Sum',
    period: Duration.hours(1),
    label: channel,
  });

/** Deliveries of alerts that were given up, by channel, as deliver-alerts names them in its logs. */
export const alertMetrics = (stage: Stage) => ({
  bus: ofChannel(stage, 'bus'),
  email: ofChannel(stage, 'email'),
  webhook: ofChannel(stage, 'webhook'),
});

/** Told on how many in an hour. The bus and the sender of mail are ours; an address that is gone is its owner's, many at once are not. */
const most = { bus: 0, email: 2, webhook: 20 } as const;

/** Tells of alerts that nobody heard of. */
export function watchAlerts(scope: Construct, stage: Stage): void {
  const metrics = alertMetrics(stage);
  for (const [id, channel] of [
    ['BusGivenUp', 'bus'],
    ['MailGivenUp', 'email'],
    ['WebhooksGivenUp', 'webhook'],
  ] as const) {
    alarmAbove(scope, id, {
      stage,
      metric: metrics[channel],
      threshold: most[channel],
      meaning: `Alerts could not be sent by ${channel} and were given up`,
      runbook: 'alerts-given-up',
    });
  }
}
