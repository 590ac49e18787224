import { join } from 'node:path';
import { ArnFormat, type CfnElement, Duration, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from './constructs/acknowledge.ts';
import { alarmAbove, alarmPeriod } from './constructs/alarms.ts';
import { CapabilityFunction, type CapabilityProps } from './constructs/capability-function.ts';
import { changeWorker } from './constructs/change-worker.ts';
import { importWorkflow } from './constructs/import-workflow.ts';
import {
  eraseFromLake,
  lakeObjects,
  publishEvents,
  queryWarehouse,
  reachState,
  readLake,
  readParameters,
  readSettings,
  removeConnections,
  removeFromLake,
  renewConnections,
  startWorkflow,
  writeLake,
} from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { physicalName, type Stage } from './stage.ts';

/** The ETL: platforms → lake → warehouse → rollups, on schedules and on demand. */
export class PipelineStack extends Stack {
  readonly etl: StateMachine;
  /** Loads reports that people downloaded, and takes them away again. */
  readonly imports: StateMachine;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage; readonly data: DataStack }) {
    super(scope, id, props);
    const { stage, data } = props;
    const { state, lake, bus, warehouse } = data;
    const capability = (logicalId: string, rest: Omit<CapabilityProps, 'stage'>): CapabilityFunction =>
      new CapabilityFunction(this, logicalId, { stage, ...rest });

    const steps = {
      PlanSync: capability('PlanSync', {
        capability: 'integrations/plan-sync',
        memory: 1024,
        timeout: Duration.minutes(5),
        needs: [
          reachState(state, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem'),
          renewConnections(this, stage),
          readParameters(this, stage),
          readSettings(this, stage),
          readLake(lake, 'raw', 'runs'),
          writeLake(lake, 'runs'),
        ],
      }),
      ExtractReport: capability('ExtractReport', {
        capability: 'integrations/extract-report',
        memory: 1024,
        timeout: Duration.minutes(15),
        needs: [
          reachState(state, 'GetItem', 'PutItem', 'UpdateItem', 'QueryIndex'),
          renewConnections(this, stage),
          readParameters(this, stage),
          readSettings(this, stage),
          readLake(lake, 'raw'),
          writeLake(lake, 'raw'),
        ],
      }),
      TransformReport: capability('TransformReport', {
        capability: 'integrations/transform-report',
        memory: 1024,
        timeout: Duration.minutes(10),
        needs: [
          reachState(state, 'BatchGetItem', 'UpdateItem', 'BatchWriteItem', 'QueryIndex'),
          readLake(lake, 'raw'),
          writeLake(lake, 'staging', 'quarantine'),
        ],
      }),
      LoadFacts: capability('LoadFacts', {
        capability: 'integrations/load-facts',
        timeout: Duration.minutes(10),
        needs: [reachState(state, 'UpdateItem'), queryWarehouse(this, warehouse, 'change')],
      }),
      PublishRollups: capability('PublishRollups', {
        capability: 'integrations/publish-rollups',
        memory: 1024,
        timeout: Duration.minutes(10),
        needs: [
          reachState(state, 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
          readLake(lake, 'runs'),
          writeLake(lake, 'rollups'),
          queryWarehouse(this, warehouse, 'read'),
          publishEvents(bus),
        ],
      }),
      CheckQuality: capability('CheckQuality', {
        capability: 'integrations/check-quality',
        memory: 1024,
        timeout: Duration.minutes(10),
        needs: [
          reachState(state, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'BatchWriteItem'),
          readLake(lake, 'rollups', 'quarantine'),
          writeLake(lake, 'quality'),
          readSettings(this, stage),
        ],
      }),
      RecordFailure: capability('RecordFailure', {
        capability: 'integrations/record-failure',
        memory: 256,
        keepsFailedEvents: true,
        needs: [reachState(state, 'GetItem', 'Query', 'UpdateItem')],
      }),
    };

    this.etl = this.#workflow(stage, data, steps);
    this.#closeStoppedRuns(steps.RecordFailure);
    this.imports = importWorkflow(this, stage, {
      LoadImport: capability('LoadImport', {
        capability: 'integrations/load-import',
        // A file of a million rows, its keys among them, and its Parquet.
        memory: 2048,
        timeout: Duration.minutes(10),
        needs: [
          reachState(state, 'GetItem', 'Query', 'UpdateItem', 'BatchWriteItem'),
          readLake(lake, 'imports', 'raw'),
          writeLake(lake, 'staging', 'runs'),
          queryWarehouse(this, warehouse, 'change'),
        ],
      }),
      LoadFacts: steps.LoadFacts,
      PublishRollups: steps.PublishRollups,
      CheckQuality: steps.CheckQuality,
    });
    this.#schedules(stage, data, capability);

    // Operators alone call it; nothing in the system does.
    capability('DeleteWorkspaceData', {
      capability: 'integrations/delete-workspace-data',
      timeout: Duration.minutes(15),
      needs: [
        reachState(state, 'GetItem', 'Query', 'QueryIndex', 'PutItem', 'BatchWriteItem'),
        eraseFromLake(
          lake,
          'raw',
          'runs',
          'staging',
          'quarantine',
          'rollups',
          'quality',
          'imports',
          'assets',
          'generation',
          'events',
        ),
        writeLake(lake, 'proofs'),
        queryWarehouse(this, warehouse, 'change'),
        removeConnections(this, stage),
      ],
    });
  }

  #workflow(stage: Stage, data: DataStack, steps: Readonly<Record<string, CapabilityFunction>>): StateMachine {
    const name = physicalName(stage, 'etl');
    const machine = new StateMachine(this, 'Etl', {
      stateMachineName: name,
      comment: 'Platforms to facts: plan, then extract, transform and load each account, then publish',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(join(import.meta.dirname, '..', 'state-machines', 'etl.asl.json')),
      definitionSubstitutions: Object.fromEntries(
        Object.entries(steps).map(([logicalId, step]) => [logicalId, step.function.functionArn]),
      ),
      timeout: Duration.hours(6),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'EtlLogs', {
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
    // A distributed Map reads its items and starts its children as the machine itself.
    const items = lakeObjects(data.lake, 'runs');
    machine.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [items] }));
    machine.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [
          this.formatArn({
            service: 'states',
            resource: 'stateMachine',
            resourceName: name,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
    // The machine's own executions, as Step Functions' example policy has them, and its Map's children under their label.
    const executions = [`${name}:*`, `${name}/Account:*`].map((resourceName) =>
      this.formatArn({
        service: 'states',
        resource: 'execution',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    machine.addToRolePolicy(
      new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: executions }),
    );
    alarmAbove(this, 'EtlFailed', {
      stage,
      metric: machine.metricFailed({ period: alarmPeriod }),
      threshold: 0,
      meaning: 'An ETL run failed as a whole: open the run in the dashboard or the execution in Step Functions',
    });
    alarmAbove(this, 'AccountsFailed', {
      stage,
      metric: new Metric({
        namespace: 'Conext',
        metricName: 'accountsFailed',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: alarmPeriod,
      }),
      threshold: 0,
      meaning: 'An account could not be loaded: the run says which and why, in the platform’s words',
    });
    alarmAbove(this, 'QualityErrors', {
      stage,
      metric: new Metric({
        namespace: 'Conext',
        metricName: 'qualityErrors',
        dimensionsMap: { stage: stage.name },
        statistic: 'Sum',
        period: alarmPeriod,
      }),
      threshold: 0,
      meaning:
        'Loaded data contradicts itself or the platform’s own totals: GET /v1/quality?severity=error says where and by how much',
    });
    alarmAbove(this, 'EtlTimedOut', {
      stage,
      metric: machine.metricTimedOut({ period: alarmPeriod }),
      threshold: 0,
      meaning: 'An ETL run was cut off at its time limit, which Step Functions does not count among the failed ones',
    });
    acknowledgeWildcards(
      machine.role,
      'Trace segments and log deliveries have no resource; executions and items end in a wildcard after the machine’s or folder’s name.',
      ['*', items, ...executions],
    );
    return machine;
  }

  /** An execution that is stopped or cut off cannot write its end itself: its run would be `running` for ever. */
  #closeStoppedRuns({ function: recordFailure }: CapabilityFunction): void {
    const undelivered = recordFailure.deadLetterQueue;
    new Rule(this, 'EtlEnded', {
      description: 'Closes the run of an execution that was stopped, timed out or failed where nothing catches',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.etl.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [
        new LambdaFunction(recordFailure, {
          maxEventAge: Duration.hours(1),
          retryAttempts: 3,
          ...(undelivered === undefined ? {} : { deadLetterQueue: undelivered }),
        }),
      ],
    });
  }

  #schedules(
    stage: Stage,
    data: DataStack,
    capability: (logicalId: string, rest: Omit<CapabilityProps, 'stage'>) => CapabilityFunction,
  ): void {
    const start = capability('StartScheduledRuns', {
      capability: 'integrations/start-scheduled-runs',
      memory: 256,
      timeout: Duration.minutes(1),
      keepsFailedEvents: true,
      needs: [
        reachState(data.state, 'GetItem', 'PutItem', 'Query', 'QueryIndex'),
        startWorkflow('ETL_STATE_MACHINE_ARN', this.etl.stateMachineArn),
      ],
    });
    const rates = capability('LoadRates', {
      capability: 'integrations/load-rates',
      memory: 256,
      timeout: Duration.minutes(1),
      keepsFailedEvents: true,
      needs: [reachState(data.state, 'BatchWriteItem'), readParameters(this, stage)],
    });

    const maintenance = capability('MaintainWarehouse', {
      capability: 'integrations/maintain-warehouse',
      memory: 256,
      timeout: Duration.minutes(15),
      keepsFailedEvents: true,
      needs: [
        reachState(data.state, 'Query', 'QueryIndex', 'PutItem'),
        readLake(data.lake, 'rollups'),
        removeFromLake(data.lake, 'rollups'),
        queryWarehouse(this, data.warehouse, 'change'),
        readSettings(this, stage),
      ],
    });
    const connections = capability('CheckConnections', {
      capability: 'integrations/check-connections',
      memory: 1024,
      timeout: Duration.minutes(10),
      keepsFailedEvents: true,
      needs: [
        reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'QueryIndex'),
        renewConnections(this, stage),
        readParameters(this, stage),
        readSettings(this, stage),
      ],
    });
    const targets = { runs: start, rates, maintenance, connections, changes: changeWorker(this, stage, data) };

    const missed = new Queue(this, 'MissedSchedules', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: stage.removal,
    });
    acknowledge(missed, 'This is itself a dead-letter queue.', 'AwsSolutions-SQS3');
    alarmAbove(this, 'ScheduleMissed', {
      stage,
      metric: missed.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 0,
      meaning: 'A scheduled load could not be started',
    });

    const scheduler = new Role(this, 'Scheduler', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      description: 'Lets the schedules invoke their functions',
    });
    acknowledgeWildcards(
      scheduler,
      'The schedule target grants every version of the one function.',
      Object.values(targets).map(
        ({ function: target }) => `<${this.getLogicalId(target.node.defaultChild as CfnElement)}.Arn>:*`,
      ),
    );
    for (const plan of schedules) {
      new Schedule(this, plan.id, {
        scheduleName: physicalName(stage, plan.name),
        description: plan.description,
        enabled: stage.schedulesEnabled,
        schedule: plan.expression,
        target: new LambdaInvoke(targets[plan.starts].function, {
          input: ScheduleTargetInput.fromObject(plan.input),
          role: scheduler,
          deadLetterQueue: missed,
          retryAttempts: 3,
          maxEventAge: Duration.hours(1),
        }),
      });
    }
  }
}

const schedules = [
  {
    id: 'Daily',
    name: 'etl-daily',
    description: 'Reload the look-back window of every account: platforms restate past days',
    expression: ScheduleExpression.cron({ minute: '20', hour: '3', timeZone: TimeZone.ETC_UTC }),
    starts: 'runs',
    input: { trigger: 'daily' },
  },
  {
    id: 'Hourly',
    name: 'etl-hourly',
    description: 'Load today as far as it has come',
    expression: ScheduleExpression.cron({ minute: '5', timeZone: TimeZone.ETC_UTC }),
    starts: 'runs',
    input: { trigger: 'hourly' },
  },
  {
    id: 'Rates',
    name: 'exchange-rates',
    description: 'The ECB publishes reference rates around 16:00 CET on working days',
    expression: ScheduleExpression.cron({ minute: '30', hour: '16', timeZone: TimeZone.EUROPE_BERLIN }),
    starts: 'rates',
    input: {},
  },
  {
    id: 'Connections',
    name: 'check-connections',
    description: 'Whether every platform still lets us in, and for how long',
    expression: ScheduleExpression.cron({ minute: '40', hour: '2', timeZone: TimeZone.ETC_UTC }),
    starts: 'connections',
    input: {},
  },
  {
    id: 'Changes',
    name: 'apply-changes',
    description: 'What of decided changes was left undone: leases that ran out, platforms that may be asked again',
    expression: ScheduleExpression.rate(Duration.minutes(1)),
    starts: 'changes',
    input: {},
  },
  {
    id: 'Maintenance',
    name: 'warehouse-maintenance',
    description: 'New columns, retention, compaction and snapshot expiry, once the daily loads are done',
    expression: ScheduleExpression.cron({ minute: '10', hour: '5', timeZone: TimeZone.ETC_UTC }),
    starts: 'maintenance',
    input: {},
  },
] as const;
