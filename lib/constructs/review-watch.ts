import { Duration, type Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import { alarmAbove } from './alarms.ts';
import { CapabilityFunction } from './capability-function.ts';
import { reachState, readParameters, readSettings } from './needs.ts';

/** Looks every quarter of an hour at what waits for a person, in all workspaces. */
export function reviewWatch(scope: Stack, stage: Stage, { state }: DataStack): void {
  const { function: watch } = new CapabilityFunction(scope, 'WatchReviews', {
    stage,
    capability: 'compliance/watch-reviews',
    memory: 256,
    timeout: Duration.minutes(1),
    needs: [
      reachState(state, 'GetItem', 'Query', 'QueryIndex'),
      readParameters(scope, stage),
      readSettings(scope, stage),
    ],
  });
  new Rule(scope, 'ReviewsWait', {
    description: 'Looks at what waits for a person',
    enabled: stage.schedulesEnabled,
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [new LambdaFunction(watch, { maxEventAge: Duration.minutes(10), retryAttempts: 0 })],
  });
  watchReviewAge(scope, stage);
}

/** Tells of work that is left lying: `review.hours` says how long is too long. */
export const watchReviewAge = (scope: Construct, stage: Stage) =>
  alarmAbove(scope, 'ReviewsOverdue', {
    stage,
    metric: new Metric({
      namespace: 'Conext',
      metricName: 'reviewsOverdueWorkspaces',
      dimensionsMap: { stage: stage.name },
      statistic: 'Maximum',
      period: Duration.hours(1),
    }),
    threshold: 0,
    meaning: 'Something waits for a person longer than review.hours says',
    runbook: 'reviews-overdue',
  });
