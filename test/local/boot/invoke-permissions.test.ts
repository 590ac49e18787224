import { describe, expect, it } from 'vitest';
import { missingInvokePermissions } from '../../../local/boot/invoke-permissions.ts';
import { loadAccessControl } from '../../../local/iam/access-control.ts';
import type { ResolvedResource } from '../../../local/ports.ts';

const ACCOUNT = '000000000000';
const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:answer`;
const POOL = `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/eu-central-1_pool`;
const API = `arn:aws:execute-api:eu-central-1:${ACCOUNT}:api1`;

const resource = (
  type: string,
  properties: ResolvedResource['properties'],
  physicalId = 'it',
  arn = 'arn:it',
): ResolvedResource => ({ type, stack: 'Main', logicalId: 'It', physicalId, arn, properties });

const answer = resource('AWS::Lambda::Function', {}, 'answer', FUNCTION);
const api: readonly ResolvedResource[] = [
  answer,
  resource('AWS::ApiGateway::RestApi', { Name: 'api' }, 'api1', 'arn:aws:apigateway:eu-central-1::/restapis/api1'),
  resource('AWS::ApiGateway::Stage', { RestApiId: 'api1', StageName: 'live' }, 'live'),
  resource('AWS::ApiGateway::Resource', { RestApiId: 'api1', ParentId: 'root', PathPart: 'things' }, 'things'),
  resource('AWS::ApiGateway::Resource', { RestApiId: 'api1', ParentId: 'things', PathPart: '{id}' }, 'thing'),
  resource('AWS::ApiGateway::Method', {
    RestApiId: 'api1',
    ResourceId: 'thing',
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/${FUNCTION}/invocations`,
    },
  }),
];
const pool: readonly ResolvedResource[] = [
  answer,
  resource(
    'AWS::Cognito::UserPool',
    { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: FUNCTION, LambdaVersion: 'V3_0' } } },
    'pool',
    POOL,
  ),
];
const permission = (principal: string, sourceArn: string): ResolvedResource =>
  resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: FUNCTION,
    Principal: principal,
    SourceArn: sourceArn,
  });

const missing = (resources: readonly ResolvedResource[]): readonly string[] =>
  missingInvokePermissions(resources, loadAccessControl(resources, ACCOUNT).control, ACCOUNT);

describe('a function behind another service', () => {
  it.each<[string, readonly ResolvedResource[]]>([
    ['API Gateway, for the method', [...api, permission('apigateway.amazonaws.com', `${API}/live/GET/things/*`)]],
    ['Cognito, for the pool', [...pool, permission('cognito-idp.amazonaws.com', POOL)]],
  ])('may be invoked by %s', (_who, resources) => {
    expect(missing(resources)).toEqual([]);
  });

  it.each<[string, readonly ResolvedResource[]]>([
    ['a method without any', api],
    [
      'a method with one for another method',
      [...api, permission('apigateway.amazonaws.com', `${API}/live/POST/things/*`)],
    ],
    [
      'a method with one for another stage',
      [...api, permission('apigateway.amazonaws.com', `${API}/test/GET/things/*`)],
    ],
    ['a method with one for another service', [...api, permission('events.amazonaws.com', `${API}/live/GET/things/*`)]],
    ['a trigger without any', pool],
    ['a trigger with one for another pool', [...pool, permission('cognito-idp.amazonaws.com', `${POOL}2`)]],
  ])('needs a permission: %s is named', (_what, resources) => {
    expect(missing(resources)).toEqual([
      expect.stringMatching(
        /^AWS::Lambda::Permission is missing: .+ may not lambda:InvokeFunction on arn:.+:function:answer/,
      ),
    ]);
  });
});
