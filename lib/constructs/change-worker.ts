import { Duration, type Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Stage } from '../stage.ts';
import { CapabilityFunction } from './capability-function.ts';
import {
  followStream,
  type Lake,
  reachState,
  readConnections,
  readLake,
  readParameters,
  readSettings,
} from './needs.ts';

/**
 * The worker that applies decided changes. The table’s stream wakes it at once; what a stream event lost, and every lease that ran
 * out, is found by the schedule that the pipeline gives it. Any number of them may run: each operation is leased.
 */
export function changeWorker(
  scope: Stack,
  stage: Stage,
  { state, lake }: { readonly state: TableV2; readonly lake: Lake },
): CapabilityFunction {
  const worker = new CapabilityFunction(scope, 'ApplyChanges', {
    stage,
    capability: 'integrations/apply-changes',
    // A video is held while it is uploaded.
    memory: 1024,
    timeout: Duration.minutes(5),
    keepsFailedEvents: true,
    needs: [
      reachState(
        state,
        'GetItem',
        'BatchGetItem',
        'Query',
        'QueryIndex',
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'BatchWriteItem',
      ),
      followStream(state),
      readConnections(scope, stage),
      readParameters(scope, stage),
      readSettings(scope, stage),
      // Pictures that runs made.
      readLake(lake, 'generation'),
    ],
  });
  const { deadLetterQueue } = worker.function;
  if (state.tableStreamArn === undefined || deadLetterQueue === undefined) {
    throw new Error('The worker of changes needs the stream of the state table and a queue for what fails.');
  }
  const mapping = new EventSourceMapping(scope, 'DecidedChanges', {
    target: worker.function,
    eventSourceArn: state.tableStreamArn,
    startingPosition: StartingPosition.LATEST,
    batchSize: 10,
    retryAttempts: 2,
    bisectBatchOnError: true,
    maxRecordAge: Duration.hours(1),
    filters: [
      FilterCriteria.filter({
        dynamodb: {
          NewImage: { sk: { S: FilterRule.beginsWith('CHANGE#') }, status: { S: FilterRule.isEqual('applying') } },
        },
      }),
    ],
    onFailure: new SqsDlq(deadLetterQueue),
  });
  // Without the permission to read the stream the mapping is refused.
  mapping.node.addDependency(worker);
  return worker;
}
