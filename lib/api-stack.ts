import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  type IRestApi,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Model,
  RequestValidator,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Route } from '../contracts/route.ts';
import { routes } from '../contracts/routes.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { alarmAbove, alarmPeriod } from './constructs/alarms.ts';
import { protect } from './constructs/api-firewall.ts';
import { gatewayModel, requiredQuery } from './constructs/api-models.ts';
import { answerProblems } from './constructs/api-problems.ts';
import { CapabilityFunction, type CapabilityProps } from './constructs/capability-function.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import { gatewayTarget } from './constructs/gateway-target.ts';
import {
  followWorkflow,
  keepConnections,
  putEvents,
  queryWarehouse,
  reachState,
  readApps,
  readConnections,
  readLake,
  readParameters,
  readSettings,
  startWorkflow,
  webhookSecrets,
  writeLake,
} from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { authorizationScopes, type IdentityStack } from './identity-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import { physicalName, type Stage } from './stage.ts';
import type { StreamStack } from './stream-stack.ts';

interface ApiProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly pipeline: PipelineStack;
  readonly stream: StreamStack;
  readonly dashboardOrigin: string;
}

/** Part of every address: https://….execute-api.….amazonaws.com/live */
const stageName = 'live';

/** The public API: every route of contracts/routes.ts, and nothing else. */
export class ApiStack extends Stack {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id, props);
    const { stage } = props;
    const dashboardOrigin = trustedOrigin(this, stage, props.dashboardOrigin);
    const name = physicalName(stage, 'api');

    this.api = new RestApi(this, 'Api', {
      restApiName: name,
      description: 'Conext Ads',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: stage.removal,
      deployOptions: {
        stageName,
        loggingLevel: MethodLoggingLevel.ERROR,
        metricsEnabled: true,
        tracingEnabled: true,
        throttlingRateLimit: 500,
        throttlingBurstLimit: 1000,
        accessLogDestination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', {
            logGroupName: `/conext/${name}/access`,
            retention: stage.logRetention,
            removalPolicy: stage.removal,
          }),
        ),
        // Without addresses: visitors of pages that have a pixel stand in it too.
        accessLogFormat: AccessLogFormat.jsonWithStandardFields({
          caller: true,
          httpMethod: true,
          ip: false,
          protocol: true,
          requestTime: true,
          resourcePath: true,
          responseLength: true,
          status: true,
          user: true,
        }),
      },
      defaultCorsPreflightOptions: {
        allowOrigins: [dashboardOrigin],
        allowMethods: ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'x-request-id'],
        maxAge: Duration.hours(1),
        statusCode: 204,
      },
    });

    // API Gateway would make this group itself and keep its lines for ever, so it has to be there before the stage is.
    const executionLogs = new LogGroup(this, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${this.api.restApiId}/${stageName}`,
      retention: stage.logRetention,
      removalPolicy: stage.removal,
    });
    this.api.deploymentStage.node.addDependency(executionLogs);

    // CDK's own classes and interfaces disagree about optional members under exactOptionalPropertyTypes.
    const restApi = this.api as IRestApi;
    const handlers = this.#handlers(props, dashboardOrigin);
    const validator = new RequestValidator(this, 'Validator', {
      restApi,
      requestValidatorName: 'parameters-and-body',
      validateRequestParameters: true,
      validateRequestBody: true,
    });
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'Authorizer', {
      cognitoUserPools: [props.identity.userPool],
      resultsCacheTtl: Duration.minutes(5),
    });

    const targets = new Map(
      [...handlers].map(([capability, { function: target }]) => [
        capability,
        gatewayTarget(target, this.api, stageName),
      ]),
    );
    for (const [routeName, route] of Object.entries<Route>(routes)) {
      const target = targets.get(route.handler);
      if (target === undefined) {
        throw new Error(`No function is declared for ${route.handler}, which answers ${route.method} ${route.path}`);
      }
      const streams = route.streaming !== undefined;
      this.api.root.resourceForPath(route.path).addMethod(
        route.method,
        new LambdaIntegration(target, {
          allowTestInvoke: false,
          timeout: streams ? Duration.minutes(5) : Duration.seconds(29),
          ...(streams ? { responseTransferMode: ResponseTransferMode.STREAM } : {}),
        }),
        {
          operationName: routeName,
          ...(route.scope === 'public'
            ? { authorizationType: AuthorizationType.NONE }
            : { authorizer, authorizationScopes: authorizationScopes(route.scope) }),
          requestValidator: validator,
          requestParameters: {
            ...requiredQuery(route.query),
            ...(route.idempotent ? { 'method.request.header.Idempotency-Key': false } : {}),
          },
          ...(route.body === undefined
            ? {}
            : {
                requestModels: {
                  'application/json': new Model(this, `${routeName}Body`, {
                    restApi,
                    contentType: 'application/json',
                    modelName: `${routeName}Body`,
                    schema: gatewayModel(route.body),
                  }),
                },
              }),
        },
      );
    }
    answerProblems(this, restApi, dashboardOrigin);
    protect(this, stage, this.api.deploymentStage.stageArn);
    this.#alarms(stage);

    acknowledge(
      this.api,
      'Preflight requests carry no credentials by the CORS standard; public routes know their callers by a pixel’s id or a platform’s signature (decision 0028); the log role is the one API Gateway prescribes.',
      'AwsSolutions-APIG4',
      'AwsSolutions-COG4',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    );
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
  }

  /** One function a capability that routes name; what each needs stands here. */
  #handlers(props: ApiProps, dashboardOrigin: string): ReadonlyMap<string, CapabilityFunction> {
    const { stage, data, pipeline, stream } = props;
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
        ],
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
        id: 'CheckPolicy',
        capability: 'compliance/check-policy',
        // Reads nothing: rules are part of the bundle.
        needs: [],
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
        needs: [reachState(data.state, 'GetItem', 'PutItem', 'UpdateItem', 'Query')],
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
    return new Map(
      declared.map(({ id, needs, ...rest }) => [
        rest.capability,
        new CapabilityFunction(this, id, {
          stage,
          ...rest,
          needs: [...needs, { environment: { ALLOWED_ORIGIN: dashboardOrigin }, statements: [] }],
        }),
      ]),
    );
  }

  #alarms(stage: Stage): void {
    alarmAbove(this, 'ServerErrors', {
      stage,
      metric: this.api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 5,
      meaning: 'The API answers 5xx: search the access log for the status, then the function’s log for the request id',
    });
    alarmAbove(this, 'Latency', {
      stage,
      metric: this.api.metricLatency({ period: alarmPeriod, statistic: 'p95' }),
      threshold: 2000,
      periods: 3,
      meaning: 'Five of a hundred API calls take more than two seconds',
    });
  }
}
