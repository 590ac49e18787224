import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  GatewayResponse,
  type IRestApi,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Model,
  Period,
  RequestValidator,
  ResponseTransferMode,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { type Route, routes } from '../contracts/routes.ts';
import { type ProblemCode, problemCodes, problemType } from '../contracts/schemas/problem.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { alarmAbove, alarmPeriod } from './constructs/alarms.ts';
import { gatewayModel, requiredQuery } from './constructs/api-models.ts';
import { CapabilityFunction, type CapabilityProps } from './constructs/capability-function.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import { changeState, readLake, readState, startWorkflow } from './constructs/needs.ts';
import type { DataStack } from './data-stack.ts';
import { authorizationScopes, type IdentityStack } from './identity-stack.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import { physicalName, type Stage } from './stage.ts';

interface ApiProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  readonly pipeline: PipelineStack;
  readonly dashboardOrigin: string;
}

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
        stageName: 'live',
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
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      },
      defaultCorsPreflightOptions: {
        allowOrigins: [dashboardOrigin],
        allowMethods: ['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
        allowHeaders: [
          'authorization',
          'content-type',
          'idempotency-key',
          'if-match',
          'if-none-match',
          'x-api-key',
          'x-request-id',
        ],
        maxAge: Duration.hours(1),
        statusCode: 204,
      },
    });

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

    for (const [routeName, route] of Object.entries<Route>(routes)) {
      const handler = handlers.get(route.handler);
      if (handler === undefined) {
        throw new Error(`No function is declared for ${route.handler}, which answers ${route.method} ${route.path}`);
      }
      const streams = route.streaming !== undefined;
      this.api.root.resourceForPath(route.path).addMethod(
        route.method,
        new LambdaIntegration(handler.function, {
          allowTestInvoke: false,
          timeout: streams ? Duration.minutes(5) : Duration.seconds(29),
          ...(streams ? { responseTransferMode: ResponseTransferMode.STREAM } : {}),
        }),
        {
          operationName: routeName,
          authorizer,
          authorizationScopes: authorizationScopes(route.scope),
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
    this.#problems(dashboardOrigin);
    this.#usagePlan(stage);
    this.#firewall(stage);
    this.#alarms(stage);

    acknowledge(
      this.api,
      'Preflight requests carry no credentials by the CORS standard; the log role is the one API Gateway prescribes.',
      'AwsSolutions-APIG4',
      'AwsSolutions-COG4',
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    );
    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
  }

  /** One function a capability that routes name; what each needs stands here. */
  #handlers(props: ApiProps, dashboardOrigin: string): ReadonlyMap<string, CapabilityFunction> {
    const { stage, data, pipeline } = props;
    const readsMetrics = [readState(data.state), readLake(data.lake, 'rollups')];
    const declared: readonly (Omit<CapabilityProps, 'stage'> & { id: string })[] = [
      { id: 'DescribeSession', capability: 'gateway/describe-session', needs: [readState(data.state)] },
      { id: 'BrowseStructure', capability: 'integrations/browse-structure', needs: [readState(data.state)] },
      {
        id: 'QueryMetrics',
        capability: 'analysis/query-metrics',
        memory: 1769,
        needs: readsMetrics,
        timeout: Duration.seconds(29),
      },
      {
        id: 'ManageRuns',
        capability: 'integrations/manage-runs',
        needs: [
          changeState(data.state),
          readLake(data.lake, 'quarantine'),
          startWorkflow('ETL_STATE_MACHINE_ARN', pipeline.etl.stateMachineArn),
        ],
      },
      {
        id: 'StreamRunProgress',
        capability: 'integrations/stream-run-progress',
        timeout: Duration.minutes(5),
        needs: [readState(data.state)],
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

  /** What the gateway refuses itself reads like what a handler refuses: the same problem format, nothing leaked. */
  #problems(dashboardOrigin: string): void {
    for (const { type, code, detail } of gatewayProblems) {
      const { status, title } = problemCodes[code];
      const body = {
        type: problemType(code),
        title,
        status,
        code,
        ...(detail === undefined ? {} : { detail }),
        requestId: '$context.requestId',
      };
      new GatewayResponse(this, `${type.responseType}Problem`, {
        restApi: this.api as IRestApi,
        type,
        statusCode: String(status),
        responseHeaders: {
          'Access-Control-Allow-Origin': `'${dashboardOrigin}'`,
          'X-Request-Id': 'context.requestId',
          'Content-Type': "'application/problem+json'",
        },
        templates: { 'application/json': JSON.stringify(body) },
      });
    }
  }

  /** Machine clients present a key beside their token; the key alone opens nothing. */
  #usagePlan(stage: Stage): void {
    this.api.addUsagePlan('MachineClients', {
      name: physicalName(stage, 'machine-clients'),
      description: 'For machine clients with their own key',
      apiStages: [{ stage: this.api.deploymentStage }],
      throttle: { rateLimit: 100, burstLimit: 200 },
      quota: { limit: 1_000_000, period: Period.DAY },
    });
  }

  #firewall(stage: Stage): void {
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const acl = new CfnWebACL(this, 'Firewall', {
      name: physicalName(stage, 'api'),
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('api'),
      rules: [
        ...[
          'AWSManagedRulesCommonRuleSet',
          'AWSManagedRulesKnownBadInputsRuleSet',
          'AWSManagedRulesAmazonIpReputationList',
        ].map((group, index) => ({
          name: group,
          priority: index,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: group } },
          visibilityConfig: visibility(group),
        })),
        {
          name: 'PerAddressRate',
          priority: 10,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: 10_000, evaluationWindowSec: 300 } },
          visibilityConfig: visibility('PerAddressRate'),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'FirewallAssociation', {
      webAclArn: acl.attrArn,
      resourceArn: this.api.deploymentStage.stageArn,
    });
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

/** Which gateway refusal becomes which problem. `$context.error…` is text of API Gateway, about the caller's own request. */
const gatewayProblems: readonly { type: ResponseType; code: ProblemCode; detail?: string }[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    code: 'unauthenticated',
    detail: 'Send a valid access token as "Authorization: Bearer <token>".',
  },
  { type: ResponseType.EXPIRED_TOKEN, code: 'unauthenticated', detail: 'The access token has expired; get a new one.' },
  { type: ResponseType.ACCESS_DENIED, code: 'forbidden', detail: 'The token lacks the scope this route needs.' },
  { type: ResponseType.INVALID_API_KEY, code: 'forbidden', detail: 'The API key is not known.' },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'not-found', detail: 'No route has this method and path.' },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'not-found', detail: 'No route has this method and path.' },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'invalid-request',
    detail: '$context.error.validationErrorString',
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    code: 'invalid-request',
    detail: 'The body does not fit the route’s schema; see the API reference.',
  },
  { type: ResponseType.REQUEST_TOO_LARGE, code: 'too-large', detail: 'At most 10 MB.' },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, code: 'unsupported-media-type', detail: 'Send application/json.' },
  { type: ResponseType.THROTTLED, code: 'rate-limited', detail: 'Slow down and try again.' },
  { type: ResponseType.QUOTA_EXCEEDED, code: 'rate-limited', detail: 'The quota of this key is used up.' },
  { type: ResponseType.INTEGRATION_TIMEOUT, code: 'timeout' },
  { type: ResponseType.INTEGRATION_FAILURE, code: 'internal' },
  { type: ResponseType.DEFAULT_5XX, code: 'internal' },
];
