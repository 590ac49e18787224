import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CapabilityFunction, type CapabilityProps } from './constructs/capability-function.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import {
  answerWorkflow,
  followWorkflow,
  keepConnections,
  publishEvents,
  putEvents,
  queryWarehouse,
  reachState,
  readApps,
  readConnections,
  readLake,
  readParameters,
  readSettings,
  removeFromLake,
  startWorkflow,
  webhookSecrets,
  writeLake,
} from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import type { GenerationStack } from './generation-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import type { Stage } from './stage.ts';
import type { StreamStack } from './stream-stack.ts';

interface ApiFunctionsProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly pipeline: PipelineStack;
  readonly generation: GenerationStack;
  readonly stream: StreamStack;
  readonly dashboardOrigin: string;
}

/**
 * The functions behind the API, one a capability that routes name; what each needs stands here. Apart from the API's own stack, which its
 * methods fill: CloudFormation takes 500 resources a stack.
 */
export class ApiFunctionsStack extends Stack {
  /** By `<module>/<capability>`. */
  readonly handlers: ReadonlyMap<string, IFunction>;

  constructor(scope: Construct, id: string, props: ApiFunctionsProps) {
    super(scope, id, props);
    const { stage, data, pipeline, generation, stream } = props;
    const dashboardOrigin = trustedOrigin(this, stage, props.dashboardOrigin);
    const declared: readonly (Omit<CapabilityProps, 'stage'> & { id: string })[] = [
      {
        id: 'DescribeSession',
        capability: 'gateway/describe-session',
        memory: 256,
        needs: [reachState(data.state, 'GetItem')],
      },
      {
        id: 'BrowseStructure',
        capability: 'integrations/browse-structure',
        needs: [reachState(data.state, 'GetItem', 'Query', 'QueryIndex')],
      },
      {
        id: 'QueryMetrics',
        capability: 'analysis/query-metrics',
        memory: 1769,
        needs: [reachState(data.state, 'GetItem', 'BatchGetItem', 'Query'), readLake(data.lake, 'rollups')],
        timeout: Duration.seconds(29),
      },
      {
        id: 'QueryLive',
        capability: 'analysis/query-live',
        memory: 1769,
        needs: [reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex')],
        timeout: Duration.seconds(29),
      },
      {
        id: 'ReconcileLive',
        capability: 'analysis/reconcile-live',
        memory: 1769,
        needs: [reachState(data.state, 'GetItem', 'Query'), readLake(data.lake, 'rollups')],
        timeout: Duration.seconds(29),
      },
      {
        id: 'ExportMetrics',
        capability: 'analysis/export-metrics',
        memory: 1769,
        // As long as the gateway streams.
        timeout: Duration.seconds(330),
        needs: [reachState(data.state, 'GetItem', 'BatchGetItem', 'Query'), readLake(data.lake, 'rollups')],
      },
      {
        id: 'RunQuery',
        capability: 'analysis/run-query',
        // A query is stopped after 20 s.
        timeout: Duration.seconds(29),
        needs: [queryWarehouse(this, data.analysts, 'read')],
      },
      {
        id: 'ManageAlerts',
        capability: 'analysis/manage-alerts',
        // A preview looks at seven days of every object.
        memory: 1769,
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem', 'DeleteItem'),
          readLake(data.lake, 'rollups'),
          webhookSecrets(this, stage, 'keep'),
        ],
      },
      {
        id: 'CheckPolicy',
        capability: 'compliance/check-policy',
        // Reads nothing: rules are part of the bundle.
        needs: [],
      },
      {
        id: 'CheckModeration',
        capability: 'compliance/check-moderation',
        // Models that have just been started take some seconds.
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem'),
          readLake(data.lake, 'generation'),
          readParameters(this, stage),
          readSettings(this, stage),
          generation.moderation,
        ],
      },
      {
        id: 'ManageReviews',
        capability: 'compliance/manage-reviews',
        needs: [
          reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem', 'UpdateItem'),
          readLake(data.lake, 'generation'),
          readParameters(this, stage),
          readSettings(this, stage),
        ],
      },
      {
        id: 'ManageRuns',
        capability: 'integrations/manage-runs',
        needs: [
          reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'QueryIndex'),
          readLake(data.lake, 'quarantine'),
          startWorkflow('ETL_STATE_MACHINE_ARN', pipeline.etl.stateMachineArn),
          followWorkflow(this, stage, 'etl'),
        ],
      },
      {
        id: 'ImportReport',
        capability: 'integrations/import-report',
        // A preview reads the whole file, twice.
        memory: 1769,
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
          readLake(data.lake, 'imports'),
          writeLake(data.lake, 'imports'),
          startWorkflow('IMPORT_STATE_MACHINE_ARN', pipeline.imports.stateMachineArn),
        ],
      },
      {
        id: 'ManageConnections',
        capability: 'integrations/manage-connections',
        // A platform's token endpoint is waited for ten seconds.
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem', 'Query'),
          readConnections(this, stage),
          keepConnections(this, stage),
          readParameters(this, stage),
          readSettings(this, stage),
        ],
      },
      {
        id: 'ManageSettings',
        capability: 'gateway/manage-settings',
        memory: 256,
        needs: [reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem'), readSettings(this, stage)],
      },
      {
        id: 'ManageChanges',
        capability: 'integrations/manage-changes',
        // A preview asks the platforms, and holds a video while it looks at it.
        memory: 1024,
        timeout: Duration.seconds(29),
        needs: [
          reachState(
            data.state,
            'GetItem',
            'BatchGetItem',
            'Query',
            'QueryIndex',
            'PutItem',
            'UpdateItem',
            'BatchWriteItem',
          ),
          readConnections(this, stage),
          readParameters(this, stage),
          readSettings(this, stage),
          // What somebody approved of a run: its operations and pictures.
          readLake(data.lake, 'generation'),
        ],
      },
      {
        id: 'ManageAssets',
        capability: 'generation/manage-assets',
        // Decodes a picture of forty megapixels.
        memory: 2048,
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem', 'Query', 'PutItem', 'DeleteItem'),
          readLake(data.lake, 'assets'),
          writeLake(data.lake, 'assets'),
          removeFromLake(data.lake, 'assets'),
          readParameters(this, stage),
          readSettings(this, stage),
          generation.moderation,
        ],
      },
      {
        id: 'ManageBriefs',
        capability: 'generation/manage-briefs',
        needs: [reachState(data.state, 'GetItem', 'Query', 'PutItem', 'UpdateItem'), publishEvents(data.bus)],
      },
      {
        id: 'ManageBrandKits',
        capability: 'generation/manage-brand-kits',
        memory: 256,
        needs: [reachState(data.state, 'GetItem', 'Query', 'PutItem')],
      },
      {
        id: 'ManageGenerationRuns',
        capability: 'generation/manage-generation-runs',
        timeout: Duration.seconds(29),
        needs: [
          reachState(
            data.state,
            'GetItem',
            'BatchGetItem',
            'Query',
            'QueryIndex',
            'PutItem',
            'UpdateItem',
            'BatchWriteItem',
          ),
          readLake(data.lake, 'generation'),
          writeLake(data.lake, 'generation'),
          startWorkflow('GENERATION_STATE_MACHINE_ARN', generation.workflow.stateMachineArn),
          followWorkflow(this, stage, 'campaign-generation'),
          answerWorkflow(this, stage, 'campaign-generation'),
        ],
      },
      {
        id: 'ManageCreatives',
        capability: 'generation/manage-creatives',
        // A change of words is checked against every rule.
        memory: 1024,
        timeout: Duration.seconds(29),
        needs: [
          reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex', 'PutItem', 'UpdateItem'),
          readLake(data.lake, 'generation'),
          readParameters(this, stage),
          readSettings(this, stage),
          generation.moderation,
        ],
      },
      {
        id: 'StreamGenerationProgress',
        capability: 'generation/stream-generation-progress',
        memory: 256,
        // As that of data loads.
        timeout: Duration.seconds(330),
        needs: [reachState(data.state, 'GetItem', 'Query')],
      },
      {
        id: 'ManageGuardrails',
        capability: 'integrations/manage-guardrails',
        memory: 256,
        needs: [reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'PutItem')],
      },
      {
        id: 'BrowseAudit',
        capability: 'gateway/browse-audit',
        // Verification reads the whole trail.
        timeout: Duration.seconds(29),
        needs: [reachState(data.state, 'GetItem', 'Query', 'QueryIndex')],
      },
      {
        id: 'ExportAudit',
        capability: 'gateway/export-audit',
        memory: 256,
        // As long as the gateway streams.
        timeout: Duration.seconds(330),
        needs: [reachState(data.state, 'GetItem', 'Query', 'QueryIndex')],
      },
      {
        id: 'ShowQuality',
        capability: 'integrations/show-quality',
        needs: [reachState(data.state, 'GetItem', 'Query')],
      },
      {
        id: 'StreamLive',
        capability: 'analysis/stream-live',
        memory: 1024,
        // As the one below.
        timeout: Duration.seconds(330),
        needs: [reachState(data.state, 'GetItem', 'BatchGetItem', 'Query', 'QueryIndex')],
      },
      {
        id: 'StreamRunProgress',
        capability: 'integrations/stream-run-progress',
        memory: 256,
        // It ends its stream after 285 s and the gateway after 300; near its own limit it would alarm at every long run.
        timeout: Duration.seconds(330),
        needs: [reachState(data.state, 'GetItem', 'Query')],
      },
      {
        id: 'ReceiveEvents',
        capability: 'integrations/receive-events',
        // It waits out a stream that is throttled for some seconds.
        timeout: Duration.seconds(29),
        memory: 1024,
        needs: [
          reachState(data.state, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'),
          putEvents(this, stream.names),
          readSettings(this, stage),
        ],
      },
      {
        id: 'ManagePixels',
        capability: 'integrations/manage-pixels',
        memory: 256,
        needs: [reachState(data.state, 'GetItem', 'PutItem', 'Query')],
      },
      {
        id: 'CollectEvents',
        capability: 'integrations/collect-events',
        memory: 1024,
        needs: [
          reachState(data.state, 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query', 'QueryIndex'),
          putEvents(this, stream.names),
          readSettings(this, stage),
        ],
      },
      {
        id: 'ReceiveWebhooks',
        capability: 'gateway/receive-webhooks',
        needs: [
          reachState(data.state, 'BatchGetItem', 'Query', 'QueryIndex'),
          putEvents(this, stream.names),
          readApps(this, stage),
        ],
      },
    ];
    this.handlers = new Map(
      declared.map(({ id, needs, ...rest }) => [
        rest.capability,
        new CapabilityFunction(this, id, {
          stage,
          ...rest,
          needs: [...needs, { environment: { ALLOWED_ORIGIN: dashboardOrigin }, statements: [] }],
        }).function,
      ]),
    );
  }
}
