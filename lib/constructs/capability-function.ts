import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { physicalName, type Stage } from '../stage.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import { alarmAbove, alarmPeriod } from './alarms.ts';

/** A permission and the environment variables that make it usable: one is never given without the other. */
export interface Need {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

export interface CapabilityProps {
  readonly stage: Stage;
  /** `<module>/<capability>`, the folder under functions/. */
  readonly capability: string;
  readonly needs: readonly Need[];
  /** MiB; Lambda gives CPU in proportion. */
  readonly memory?: number;
  readonly timeout?: Duration;
  /** At most this many at once, where a platform or the warehouse bears no more. */
  readonly concurrency?: number;
  /** Invoked asynchronously (events, schedules): what could not be processed is kept in a queue. */
  readonly keepsFailedEvents?: boolean;
}

/** Bundles are made by `npm run build` before synthesis; CDK only picks them up. */
const bundleFolder = (capability: string): string => {
  const folder = join(import.meta.dirname, '..', '..', 'dist', 'functions', capability.replace('/', '-'));
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new Error(`The bundle of ${capability} is missing at ${folder}. Run "npm run build" first.`);
  }
  return folder;
};

/** A function with the house defaults: its own role and log group, tracing, JSON logs, bounded time, alarms. */
export class CapabilityFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    const { stage } = props;
    const name = physicalName(stage, props.capability.replace('/', '-'));
    const timeout = props.timeout ?? Duration.seconds(15);

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Execution role of ${props.capability}`,
    });
    logGroup.grantWrite(role);

    const failedEvents = props.keepsFailedEvents
      ? new Queue(this, 'FailedEvents', {
          encryption: QueueEncryption.SQS_MANAGED,
          enforceSSL: true,
          retentionPeriod: Duration.days(14),
          removalPolicy: stage.removal,
        })
      : undefined;

    this.function = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: props.capability,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleFolder(props.capability)),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      memorySize: props.memory ?? 512,
      timeout,
      tracing: Tracing.ACTIVE,
      retryAttempts: 2,
      ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
      ...(failedEvents === undefined ? {} : { deadLetterQueue: failedEvents }),
      environment: {
        CONEXT_STAGE: stage.name,
        NODE_OPTIONS: '--enable-source-maps',
        ...Object.assign({}, ...props.needs.map((need) => need.environment)),
      },
    });
    for (const statement of props.needs.flatMap((need) => need.statements)) {
      role.addToPolicy(statement);
    }

    alarmAbove(this, 'Errors', {
      stage,
      metric: this.function.metricErrors({ period: alarmPeriod }),
      threshold: 0,
      periods: 2,
      meaning: `${props.capability} throws: read /aws/lambda/${name}`,
      runbook: 'function-errors',
    });
    alarmAbove(this, 'Throttles', {
      stage,
      metric: this.function.metricThrottles({ period: alarmPeriod }),
      threshold: 0,
      periods: 2,
      meaning: `${props.capability} is refused for lack of concurrency`,
      runbook: 'function-throttled',
    });
    alarmAbove(this, 'NearTimeout', {
      stage,
      metric: this.function.metricDuration({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: timeout.toMilliseconds() * 0.9,
      meaning: `${props.capability} comes near its time limit of ${timeout.toSeconds()} s`,
      runbook: 'function-near-timeout',
    });
    if (failedEvents !== undefined) {
      alarmAbove(this, 'FailedEventsKept', {
        stage,
        metric: failedEvents.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
        threshold: 0,
        meaning: `Events of ${props.capability} failed for good and wait in ${failedEvents.node.path}`,
        runbook: 'failed-events-kept',
      });
      acknowledge(failedEvents, 'This is itself a dead-letter queue.', 'AwsSolutions-SQS3');
    }
    acknowledgeWildcards(
      role,
      'Trace segments have no resource, nor has dynamodb:ListStreams, which Lambda demands of a role that follows a stream (Service Authorization Reference); objects, secrets and tables end in a wildcard below a named folder, prefix or database.',
      ['*', ...props.needs.flatMap((need) => need.statements).flatMap((statement) => statement.resources)],
    );
  }
}
