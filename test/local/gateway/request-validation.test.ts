import { describe, expect, it } from 'vitest';
import { proxyTo, resource, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const functions = functionsOf({ ok: () => ({ statusCode: 200, body: '' }) });
const modelUrl = (name: string) => `https://apigateway.amazonaws.com/restapis/api/models/${name}`;

const models = [
  resource('Model', 'Money', {
    RestApiId: 'api',
    ContentType: 'application/json',
    Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'integer', minimum: 0, exclusiveMinimum: true },
  }),
  resource('Model', 'Budget', {
    RestApiId: 'api',
    ContentType: 'application/json',
    Schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['name', 'micros'],
      properties: {
        name: { type: 'string', maxLength: 5 },
        micros: { $ref: modelUrl('Money') },
        id: { type: 'string' },
      },
      additionalProperties: false,
    },
  }),
];
const resources = [
  ...models,
  ...route('/budgets', 'POST', {
    Integration: proxyTo('ok'),
    RequestValidatorId: 'strict',
    RequestModels: { 'application/json': 'Budget' },
  }),
  ...route('/metrics', 'GET', {
    Integration: proxyTo('ok'),
    RequestValidatorId: 'strict',
    RequestParameters: {
      'method.request.querystring.grain': true,
      'method.request.querystring.from': false,
      'method.request.header.X-Kind': true,
    },
  }),
  resource('GatewayResponse', 'bad body', {
    RestApiId: 'api',
    ResponseType: 'BAD_REQUEST_BODY',
    ResponseTemplates: { 'application/problem+json': '{"detail":"$context.error.validationErrorString"}' },
  }),
];

describe('request validators', () => {
  it('let a body through that fits its model', async () => {
    const { url } = await startGateway(resources, functions);
    const response = await fetch(`${url}/budgets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ name: 'spring', micros: 1 }).replace('spring', 'may'),
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ['a missing property', '{"name":"may"}', "[body must have required property 'micros']"],
    ['an excluded bound, through a referenced model', '{"name":"may","micros":0}', '[/micros must be > 0]'],
    ['a wrong type', '{"name":1,"micros":1}', '[/name must be string]'],
    ['an unknown property', '{"name":"may","micros":1,"x\\"y":1}', '[body must NOT have additional properties]'],
    ['no JSON', '{"name":', '[the body is not JSON]'],
    ['no body', '', '[the body is not JSON]'],
  ])('refuse %s', async (_what, body, detail) => {
    const { url } = await startGateway(resources, functions);
    const response = await fetch(`${url}/budgets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail });
  });

  it('name the required parameters that are missing', async () => {
    const { url } = await startGateway(resources, functions);
    const response = await fetch(`${url}/metrics?from=2026-11-01&grain=`);
    expect(response.status).toBe(400);
    const { message } = (await response.json()) as { message: string };
    expect(message).toBe('Missing required request parameters: [grain, X-Kind]');
    expect((await fetch(`${url}/metrics?grain=day`, { headers: { 'x-kind': 'a' } })).status).toBe(200);
  });

  it('refuse at start a method whose model is missing', async () => {
    const orphan = route('/x', 'POST', {
      Integration: proxyTo('ok'),
      RequestValidatorId: 'strict',
      RequestModels: { 'application/json': 'Nope' },
    });
    await expect(startGateway(orphan, functions)).rejects.toThrow('POST /x validates against the model Nope');
  });
});
