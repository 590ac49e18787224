import { Duration, type Stack } from 'aws-cdk-lib';
import type { DataStack } from '../data-stack.ts';
import type { Stage } from '../stage.ts';
import { CapabilityFunction } from './capability-function.ts';
import { eachMinute } from './each-minute.ts';
import { publishEvents, reachState } from './needs.ts';

/** Tells the bus, each minute, which hours of the live counters are over and settled. */
export function closeWindows(scope: Stack, stage: Stage, { state, bus }: DataStack): CapabilityFunction {
  const closer = new CapabilityFunction(scope, 'CloseWindows', {
    stage,
    capability: 'integrations/close-windows',
    // The counters of a day are held at once.
    memory: 512,
    timeout: Duration.minutes(1),
    keepsFailedEvents: true,
    needs: [reachState(state, 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'QueryIndex'), publishEvents(bus)],
  });
  eachMinute(scope, 'CloseEachMinute', {
    stage,
    description: 'Hours of the live counters that are over and settled',
    calls: closer,
  });
  return closer;
}
