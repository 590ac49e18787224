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
import type { ApiFunctionsStack } from './api-functions-stack.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { alarmAbove, alarmPeriod } from './constructs/alarms.ts';
import { protect } from './constructs/api-firewall.ts';
import { gatewayModel, requiredQuery } from './constructs/api-models.ts';
import { answerProblems } from './constructs/api-problems.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import { gatewayTarget } from './constructs/gateway-target.ts';
import { authorizationScopes, type IdentityStack } from './identity-stack.ts';
import { physicalName, type Stage } from './stage.ts';

interface ApiProps extends StackProps {
  readonly stage: Stage;
  readonly identity: IdentityStack;
  readonly functions: ApiFunctionsStack;
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
      [...props.functions.handlers].map(([capability, handler]) => [
        capability,
        gatewayTarget(this, capability, handler, { api: this.api, stageName }),
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
