import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission, type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * A function of another stack as the methods of an API call it, with one permission for all of them, which stands with the API. Left to
 * itself CDK makes one a method, and a stack holds 500 resources. The permission ends at the deployed stage: test calls of the console,
 * which no authorizer sees, are refused.
 */
export function gatewayTarget(
  scope: Construct,
  id: string,
  target: IFunction,
  { api, stageName }: { readonly api: RestApi; readonly stageName: string },
): IFunction {
  const own = new Construct(scope, id.replace('/', '-'));
  new CfnPermission(own, 'Permission', {
    action: 'lambda:InvokeFunction',
    functionName: target.functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: api.arnForExecuteApi('*', '/*', stageName),
  });
  return LambdaFunction.fromFunctionAttributes(own, 'Function', {
    functionArn: target.functionArn,
    sameEnvironment: false,
    skipPermissions: true,
  });
}
