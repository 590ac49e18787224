import { describe, expect, it } from 'vitest';
import { proxyTo, resource, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const functions = functionsOf({ ok: () => ({ statusCode: 200, body: '' }) });

/** As CDK writes a CORS preflight. */
const preflight = (response: Record<string, unknown> = {}) => ({
  Integration: {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
    IntegrationResponses: [
      {
        StatusCode: '204',
        ResponseParameters: {
          'method.response.header.Access-Control-Allow-Origin': "'http://127.0.0.1:4600'",
          'method.response.header.Access-Control-Allow-Headers': "'authorization,content-type'",
          'method.response.header.Vary': "'Origin'",
        },
        ...response,
      },
    ],
  },
});

describe('MOCK integrations', () => {
  it('answer preflights as the template says', async () => {
    const { url } = await startGateway(route('/a', 'OPTIONS', preflight()), functions);
    const response = await fetch(`${url}/a`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:4600');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it("echo a second allowed origin through CDK's template and no other", async () => {
    const template = [
      '#set($origin = $input.params().header.get("Origin"))',
      '#if($origin == "") #set($origin = $input.params().header.get("origin")) #end',
      '#if($origin.matches("http://127.0.0.1:4600") || $origin.matches("https://a.example"))',
      '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
      '#end',
    ].join('\n');
    const { url } = await startGateway(
      route('/a', 'OPTIONS', preflight({ ResponseTemplates: { 'application/json': template } })),
      functions,
    );
    const allowed = async (origin: string) =>
      (await fetch(`${url}/a`, { method: 'OPTIONS', headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed('https://a.example')).toBe('https://a.example');
    expect(await allowed('https://evil.example')).toBe('http://127.0.0.1:4600');
  });
});

describe('what the templates ask for and the gateway cannot do', () => {
  it.each([
    [
      'an HTTP integration',
      route('/a', 'GET', { Integration: { Type: 'HTTP_PROXY', Uri: 'https://a.example' } }),
      /Type "HTTP_PROXY"/,
    ],
    [
      'an AWS integration',
      route('/a', 'POST', { Integration: { Type: 'AWS', Uri: 'arn:aws:apigateway:x:sqs:path/a' } }),
      /Type "AWS"/,
    ],
    [
      'IAM authorization',
      route('/a', 'GET', { AuthorizationType: 'AWS_IAM', Integration: proxyTo('ok') }),
      /AuthorizationType "AWS_IAM"/,
    ],
    ['a Lambda authorizer', [resource('Authorizer', 'lambda', { RestApiId: 'api', Type: 'TOKEN' })], /Type "TOKEN"/],
    ['a resource policy', [resource('RestApi', 'api', { Name: 'test', Policy: {} })], /Policy is not supported/],
    [
      'a cache',
      [resource('Stage', 'v1', { RestApiId: 'api', StageName: 'v1', CacheClusterEnabled: true })],
      /CacheClusterEnabled true/,
    ],
    ['a VPC link', [resource('VpcLink', 'link', {})], /AWS::ApiGateway::VpcLink Api\/link/],
    ['a second API', [resource('RestApi', 'second', { Name: 'second' })], /the templates have 2/],
    [
      'Velocity in a mock',
      route('/a', 'GET', preflight({ ResponseTemplates: { 'application/json': '$input.json("$")' } })),
      /Velocity/,
    ],
  ])('is refused by name at start: %s', async (_what, resources, message) => {
    await expect(startGateway(resources, functions)).rejects.toThrow(message);
  });

  it('is an authorizer over a user pool that nobody serves', async () => {
    const guardedRoute = route('/a', 'GET', {
      AuthorizationType: 'COGNITO_USER_POOLS',
      AuthorizerId: 'authorizer',
      Integration: proxyTo('ok'),
    });
    await expect(startGateway(guardedRoute, functions, { userPools: [] })).rejects.toThrow(
      'trusts an unknown user pool',
    );
  });
});
