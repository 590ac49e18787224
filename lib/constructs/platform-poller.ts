import { Duration, type Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Stage } from '../stage.ts';
import { CapabilityFunction } from './capability-function.ts';
import { eachMinute } from './each-minute.ts';
import {
  type EventStreamNames,
  putEvents,
  reachState,
  readParameters,
  readSettings,
  renewConnections,
} from './needs.ts';

/** Asks the platforms for the running day, each minute; which accounts are due their settings say. */
export function pollPlatforms(
  scope: Stack,
  stage: Stage,
  state: TableV2,
  stream: EventStreamNames,
): CapabilityFunction {
  const poller = new CapabilityFunction(scope, 'PollPlatforms', {
    stage,
    capability: 'integrations/poll-platforms',
    memory: 1024,
    timeout: Duration.minutes(3),
    // Two of them would only find each other's leases.
    concurrency: 2,
    keepsFailedEvents: true,
    needs: [
      reachState(state, 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'QueryIndex'),
      renewConnections(scope, stage),
      readParameters(scope, stage),
      readSettings(scope, stage),
      putEvents(scope, stream),
    ],
  });
  eachMinute(scope, 'PollEachMinute', {
    stage,
    description: 'What the running day of every account has come to',
    calls: poller,
  });
  return poller;
}
