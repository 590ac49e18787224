import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { physicalName, type Stage } from '../stage.ts';
import { acknowledgeWildcards } from './acknowledge.ts';
import { alarmAbove, alarmPeriod } from './alarms.ts';
import type { CapabilityFunction } from './capability-function.ts';

/** The state machine of imports, with an alarm. `steps` are the functions that its definition names. */
export function importWorkflow(
  scope: Stack,
  stage: Stage,
  steps: Readonly<Record<'LoadImport' | 'LoadFacts' | 'PublishRollups' | 'CheckQuality', CapabilityFunction>>,
): StateMachine {
  const name = physicalName(stage, 'import');
  const machine = new StateMachine(scope, 'Import', {
    stateMachineName: name,
    comment: 'A downloaded report to facts, or its facts away again: read, load, publish, check',
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromFile(join(import.meta.dirname, '..', '..', 'state-machines', 'import.asl.json')),
    definitionSubstitutions: Object.fromEntries(
      Object.entries(steps).map(([logicalId, step]) => [logicalId, step.function.functionArn]),
    ),
    timeout: Duration.hours(1),
    tracingEnabled: true,
    logs: {
      destination: new LogGroup(scope, 'ImportLogs', {
        logGroupName: `/aws/vendedlogs/states/${name}`,
        retention: stage.logRetention,
        removalPolicy: stage.removal,
      }),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
  });
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: Object.values(steps).map((step) => step.function.functionArn),
    }),
  );
  alarmAbove(scope, 'ImportFailed', {
    stage,
    metric: machine.metricFailed({ period: alarmPeriod }),
    threshold: 0,
    meaning: 'An import failed and could not write down why: open its execution in Step Functions',
  });
  acknowledgeWildcards(machine.role, 'Trace segments and log deliveries have no resource.', ['*']);
  return machine;
}
