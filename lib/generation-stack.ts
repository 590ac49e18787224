import { join } from 'node:path';
import { ArnFormat, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { eventSource } from '../contracts/events.ts';
import { acknowledgeWildcards } from './constructs/acknowledge.ts';
import { alarmAbove, alarmPeriod } from './constructs/alarms.ts';
import { CapabilityFunction, type CapabilityProps, type Need } from './constructs/capability-function.ts';
import { contentGuardrail } from './constructs/content-guardrail.ts';
import {
  answerWorkflow,
  askModel,
  reachState,
  readLake,
  readSettings,
  signContentCredentials,
  writeLake,
} from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { physicalName, type Stage } from './stage.ts';

/** Brief → facts → plan → words and pictures → checks → decision → change requests. */
export class GenerationStack extends Stack {
  readonly workflow: StateMachine;
  /** For whoever looks at texts and pictures before they are shown. */
  readonly moderation: Need;

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage; readonly data: DataStack }) {
    super(scope, id, props);
    const { stage, data } = props;
    const { state, lake } = data;
    const made = [readLake(lake, 'generation'), writeLake(lake, 'generation')];
    const capability = (logicalId: string, rest: Omit<CapabilityProps, 'stage'>): CapabilityFunction =>
      new CapabilityFunction(this, logicalId, { stage, ...rest });
    this.moderation = contentGuardrail(this, stage);
    const end = capability('EndGeneration', {
      capability: 'generation/end-generation',
      memory: 256,
      keepsFailedEvents: true,
      needs: [reachState(state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem', 'UpdateItem')],
    });
    const steps = {
      GatherFacts: capability('GatherFacts', {
        capability: 'generation/gather-facts',
        timeout: Duration.minutes(1),
        needs: [
          reachState(state, 'GetItem', 'Query', 'PutItem', 'UpdateItem'),
          readLake(lake, 'generation', 'rollups'),
          writeLake(lake, 'generation'),
        ],
      }),
      PlanCampaigns: capability('PlanCampaigns', {
        capability: 'generation/plan-campaigns',
        timeout: Duration.minutes(1),
        needs: [reachState(state, 'GetItem', 'Query', 'PutItem', 'UpdateItem'), ...made, readSettings(this, stage)],
      }),
      WriteCopy: capability('WriteCopy', {
        capability: 'generation/write-copy',
        memory: 1769,
        timeout: Duration.minutes(5),
        needs: [
          reachState(state, 'GetItem', 'UpdateItem'),
          ...made,
          readSettings(this, stage),
          askModel(this, stage, 'copy.model'),
        ],
      }),
      MakeImages: capability('MakeImages', {
        capability: 'generation/make-images',
        // Pixels of a large picture several times over, and its fonts.
        memory: 2048,
        timeout: Duration.minutes(10),
        needs: [
          reachState(state, 'GetItem', 'UpdateItem'),
          ...made,
          readLake(lake, 'assets'),
          readSettings(this, stage),
          askModel(this, stage, 'images.model'),
          signContentCredentials(this, stage),
        ],
      }),
      FinishCreatives: capability('FinishCreatives', {
        capability: 'generation/finish-creatives',
        memory: 1769,
        // Hundreds of texts and pictures are looked at.
        timeout: Duration.minutes(5),
        needs: [
          reachState(state, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem'),
          ...made,
          readSettings(this, stage),
          this.moderation,
        ],
      }),
      AskApproval: capability('AskApproval', {
        capability: 'generation/ask-approval',
        memory: 256,
        needs: [
          reachState(state, 'GetItem', 'PutItem', 'UpdateItem'),
          readLake(lake, 'generation'),
          answerWorkflow(this, stage, 'campaign-generation'),
        ],
      }),
      LaunchCampaigns: capability('LaunchCampaigns', {
        capability: 'generation/launch-campaigns',
        timeout: Duration.minutes(2),
        needs: [reachState(state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem', 'UpdateItem'), ...made],
      }),
      EndGeneration: end,
    };
    this.workflow = this.#workflow(stage, steps);
    this.#closeStoppedRuns(end);
    this.#readLandingPages(stage, data);
  }

  /** A brief may be begun from a page alone: it is read in the background, as somebody asked for it. */
  #readLandingPages(stage: Stage, { state, lake, bus }: DataStack): void {
    const { function: reader } = new CapabilityFunction(this, 'ReadLandingPage', {
      stage,
      capability: 'generation/read-landing-page',
      memory: 1024,
      // A page is waited for ten seconds.
      timeout: Duration.seconds(30),
      keepsFailedEvents: true,
      needs: [reachState(state, 'GetItem', 'UpdateItem'), writeLake(lake, 'generation')],
    });
    const undelivered = reader.deadLetterQueue;
    new Rule(this, 'PageAskedFor', {
      description: 'The landing page of a brief is read when somebody asks for it',
      eventBus: bus,
      eventPattern: { source: [eventSource], detailType: ['brief.reading.asked'] },
      targets: [
        new LambdaFunction(reader, {
          maxEventAge: Duration.hours(1),
          retryAttempts: 3,
          ...(undelivered === undefined ? {} : { deadLetterQueue: undelivered }),
        }),
      ],
    });
  }

  #workflow(stage: Stage, steps: Readonly<Record<string, CapabilityFunction>>): StateMachine {
    const name = physicalName(stage, 'campaign-generation');
    // Stands in a stack that needs this one: only its name is known here.
    const requestChange = this.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: physicalName(stage, 'integrations-manage-changes'),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const machine = new StateMachine(this, 'CampaignGeneration', {
      stateMachineName: name,
      comment: 'A brief to campaigns that somebody approved',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(
        join(import.meta.dirname, '..', 'state-machines', 'campaign-generation.asl.json'),
      ),
      definitionSubstitutions: {
        ...Object.fromEntries(Object.entries(steps).map(([logicalId, step]) => [logicalId, step.function.functionArn])),
        RequestChange: requestChange,
      },
      // Each round may wait as long as an approval at most, and there are ten.
      timeout: Duration.days(365),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'CampaignGenerationLogs', {
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
        resources: [...Object.values(steps).map((step) => step.function.functionArn), requestChange],
      }),
    );
    alarmAbove(this, 'GenerationFailed', {
      stage,
      metric: machine.metricFailed({ period: alarmPeriod }),
      threshold: 0,
      meaning: 'A run from a brief to campaigns failed: its record says at which step and why',
    });
    acknowledgeWildcards(machine.role, 'Trace segments and log deliveries have no resource.', ['*']);
    return machine;
  }

  /** An execution that is stopped or cut off cannot write its end itself: its run would be `running` for ever. */
  #closeStoppedRuns({ function: end }: CapabilityFunction): void {
    const undelivered = end.deadLetterQueue;
    new Rule(this, 'GenerationEnded', {
      description: 'Closes the run of an execution that was stopped, timed out or failed where nothing catches',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.workflow.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [
        new LambdaFunction(end, {
          maxEventAge: Duration.hours(1),
          retryAttempts: 3,
          ...(undelivered === undefined ? {} : { deadLetterQueue: undelivered }),
        }),
      ],
    });
  }
}
