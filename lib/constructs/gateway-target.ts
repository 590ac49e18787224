import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * A function as the methods of an API call it, with one permission for all of them. Left to itself CDK makes one a method, and a stack
 * holds 500 resources. The permission ends at the deployed stage: test calls of the console, which no authorizer sees, are refused.
 */
export function gatewayTarget(target: LambdaFunction, api: RestApi, stageName: string): IFunction {
  target.addPermission('Gateway', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: api.arnForExecuteApi('*', '/*', stageName),
  });
  return LambdaFunction.fromFunctionAttributes(target, 'Target', {
    functionArn: target.functionArn,
    sameEnvironment: false,
    skipPermissions: true,
  });
}
