/** Whether API Gateway and Cognito may invoke the functions they are told to: without an AWS::Lambda::Permission AWS answers 500. */
import { readApiDefinition } from '../gateway/api-definition.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { AwsError, type DeliverySource, type ResolvedResource } from '../ports.ts';
import { isObject, objectOf } from '../services/json-protocol.ts';

interface Invocation {
  readonly functionArn: string;
  readonly source: Required<DeliverySource>;
}

/** A sentence for every function that its caller may not invoke. */
export function missingInvokePermissions(
  resources: readonly ResolvedResource[],
  control: AccessControl,
  accountId: string,
): readonly string[] {
  return [...gatewayInvocations(resources, accountId), ...triggerInvocations(resources)].flatMap(
    ({ functionArn, source }) => {
      try {
        control.checkResourcePolicy(source, { action: 'lambda:InvokeFunction', resource: functionArn });
        return [];
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return [`AWS::Lambda::Permission is missing: ${error.message}`];
      }
    },
  );
}

function gatewayInvocations(resources: readonly ResolvedResource[], accountId: string): readonly Invocation[] {
  const parts = resources.filter(({ type }) => type.startsWith('AWS::ApiGateway::'));
  const region = parts.find(({ type }) => type === 'AWS::ApiGateway::RestApi')?.arn.split(':')[3];
  if (region === undefined) return [];
  const api = readApiDefinition(parts);
  return api.methods.flatMap(({ integration, httpMethod, resourcePath }) => {
    if (integration.kind !== 'function') return [];
    // A method for all of them is invoked under the one that the caller used.
    const method = httpMethod === 'ANY' ? 'GET' : httpMethod;
    const arn = `arn:aws:execute-api:${region}:${accountId}:${api.id}/${api.stage}/${method}${resourcePath}`;
    return [{ functionArn: integration.functionArn, source: { service: 'apigateway.amazonaws.com', arn } }];
  });
}

function triggerInvocations(resources: readonly ResolvedResource[]): readonly Invocation[] {
  return resources
    .filter(({ type }) => type === 'AWS::Cognito::UserPool')
    .flatMap((pool) =>
      Object.values(objectOf(pool.properties, 'LambdaConfig'))
        .map((trigger) => (isObject(trigger) ? trigger.LambdaArn : trigger))
        .filter((arn) => typeof arn === 'string')
        .map((functionArn) => ({ functionArn, source: { service: 'cognito-idp.amazonaws.com', arn: pool.arn } })),
    );
}
