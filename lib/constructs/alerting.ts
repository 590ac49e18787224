import { type CfnElement, Duration, type Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { eventSource } from '../../contracts/events.ts';
import type { DataStack } from '../data-stack.ts';
import { physicalName, type Stage } from '../stage.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { watchAlerts } from './alert-alarms.ts';
import { CapabilityFunction } from './capability-function.ts';
import { publishEvents, reachState, readLake, readSettings, sendMail, webhookSecrets } from './needs.ts';

/**
 * The evaluator, each minute and when facts were loaded, and what sends alerts, when one was opened or resolved and each minute for
 * what is to be tried again. Any number of either may run: every step is a conditional write.
 */
export function alerting(scope: Stack, stage: Stage, { state, lake, bus }: DataStack, dashboardOrigin: string): void {
  const evaluate = new CapabilityFunction(scope, 'EvaluateAlerts', {
    stage,
    capability: 'analysis/evaluate-alerts',
    memory: 1769,
    timeout: Duration.minutes(1),
    keepsFailedEvents: true,
    needs: [
      reachState(state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem'),
      readLake(lake, 'rollups'),
      publishEvents(bus),
    ],
  });
  const deliver = new CapabilityFunction(scope, 'DeliverAlerts', {
    stage,
    capability: 'analysis/deliver-alerts',
    memory: 256,
    timeout: Duration.minutes(1),
    keepsFailedEvents: true,
    needs: [
      reachState(state, 'QueryIndex', 'PutItem'),
      webhookSecrets(scope, stage, 'read'),
      readSettings(scope, stage),
      sendMail(scope),
      publishEvents(bus),
      { environment: { ALLOWED_ORIGIN: dashboardOrigin }, statements: [] },
    ],
  });

  for (const { id, description, detailType, target } of [
    {
      id: 'FactsLoaded',
      description: 'Rules on loaded facts are looked at when facts were loaded',
      detailType: ['metrics.loaded'],
      target: evaluate,
    },
    {
      id: 'AlertMoved',
      description: 'An alert that opened or was resolved is sent at once',
      detailType: ['alert.opened', 'alert.resolved'],
      target: deliver,
    },
  ]) {
    const { deadLetterQueue } = target.function;
    new Rule(scope, id, {
      description,
      eventBus: bus,
      eventPattern: { source: [eventSource], detailType },
      targets: [
        new LambdaFunction(target.function, {
          maxEventAge: Duration.hours(1),
          retryAttempts: 3,
          ...(deadLetterQueue === undefined ? {} : { deadLetterQueue }),
        }),
      ],
    });
  }

  watchAlerts(scope, stage);

  const scheduler = new Role(scope, 'Scheduler', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': scope.account } },
    }),
    description: 'Lets the schedules of alerts invoke their functions',
  });
  acknowledgeWildcards(
    scheduler,
    'The schedule target grants every version of the one function.',
    [evaluate, deliver].map(
      ({ function: target }) => `<${scope.getLogicalId(target.node.defaultChild as CfnElement)}.Arn>:*`,
    ),
  );
  for (const { id, name, description, target } of [
    { id: 'EachMinute', name: 'evaluate-alerts', description: 'Rules on live events', target: evaluate },
    { id: 'SendAgain', name: 'deliver-alerts', description: 'What of alerts could not be sent yet', target: deliver },
  ]) {
    const { deadLetterQueue } = target.function;
    new Schedule(scope, id, {
      scheduleName: physicalName(stage, name),
      description,
      enabled: stage.schedulesEnabled,
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(target.function, {
        input: ScheduleTargetInput.fromObject({}),
        role: scheduler,
        // The next minute's is better than a late one.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
        ...(deadLetterQueue === undefined ? {} : { deadLetterQueue }),
      }),
    });
  }
}
