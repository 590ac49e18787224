import { Duration, type Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Stage } from '../stage.ts';
import type { CapabilityFunction } from './capability-function.ts';

/** Calls a function every minute. A call that is late or fails is not made again: the next minute goes on where this one ended. */
export function eachMinute(
  scope: Stack,
  id: string,
  {
    stage,
    description,
    calls,
  }: { readonly stage: Stage; readonly description: string; readonly calls: CapabilityFunction },
): void {
  const undelivered = calls.function.deadLetterQueue;
  new Rule(scope, id, {
    description,
    enabled: stage.schedulesEnabled,
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [
      new LambdaFunction(calls.function, {
        maxEventAge: Duration.minutes(1),
        retryAttempts: 0,
        ...(undelivered === undefined ? {} : { deadLetterQueue: undelivered }),
      }),
    ],
  });
}
