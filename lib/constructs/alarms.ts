import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { physicalName, type Stage } from '../stage.ts';

export const alarmTopicName = (stage: Stage): string => physicalName(stage, 'alarms');

/**
 * An alarm that tells the stage's topic when the metric is above the threshold for the given number of periods.
 * The topic is found by name: every stack raises alarms, and none should wait for the monitoring stack to exist.
 */
export function alarmAbove(
  scope: Construct,
  id: string,
  options: {
    stage: Stage;
    metric: IMetric;
    threshold: number;
    periods?: number;
    meaning: string;
    /** A page of docs/runbooks/, without its ending. */
    runbook?: string;
  },
): Alarm {
  const stack = Stack.of(scope);
  const alarm = new Alarm(scope, id, {
    metric: options.metric,
    threshold: options.threshold,
    evaluationPeriods: options.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription:
      options.runbook === undefined
        ? options.meaning
        : `${options.meaning}. Runbook: docs/runbooks/${options.runbook}.md`,
  });
  const topicArn = stack.formatArn({ service: 'sns', resource: alarmTopicName(options.stage) });
  alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(scope, `${id}Topic`, topicArn)));
  return alarm;
}

/** The period house alarms look at. */
export const alarmPeriod = Duration.minutes(5);
