import type { APIGatewayProxyEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { proxyTo, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const echo = { Integration: proxyTo('echo') };
const functions = functionsOf({
  echo: (event) => ({ statusCode: 200, body: JSON.stringify(event) }),
  headers: () => ({
    statusCode: 201,
    headers: { 'X-One': '1', 'Content-Type': 'text/plain', Server: 'mine', 'Content-Length': '7' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'x-one': ['1', '2'] },
    body: 'héllo',
  }),
  image: () => ({
    statusCode: 200,
    headers: { 'content-type': 'image/png' },
    body: Buffer.from([0, 255, 7]).toString('base64'),
    isBase64Encoded: true,
  }),
  splitting: () => ({ statusCode: 200, headers: { 'x-a': 'b\r\nx-evil: 1' }, body: '' }),
  objectBody: () => ({ statusCode: 200, body: { not: 'text' } }),
  badStatus: () => ({ statusCode: 'abc', body: '' }),
});

async function eventOf(response: Response): Promise<APIGatewayProxyEvent> {
  return (await response.json()) as APIGatewayProxyEvent;
}

describe('Lambda proxy integration', () => {
  it('hands over the whole request in the REST format', async () => {
    const { url } = await startGateway(
      route('/v1/accounts/{id}', 'POST', { ...echo, OperationName: 'postAccount' }),
      functions,
    );
    const response = await fetch(`${url}/v1/accounts/a%20b?tag=x&tag=y%26z&empty=`, {
      method: 'POST',
      headers: { 'X-Kind': 'one', 'user-agent': 'test/1' },
      body: '{"a":"é"}',
    });
    const event = await eventOf(response);
    expect(event).toMatchObject({
      resource: '/v1/accounts/{id}',
      path: '/v1/accounts/a%20b',
      httpMethod: 'POST',
      queryStringParameters: { tag: 'y&z', empty: '' },
      multiValueQueryStringParameters: { tag: ['x', 'y&z'], empty: [''] },
      pathParameters: { id: 'a b' },
      stageVariables: { colour: 'green' },
      body: '{"a":"é"}',
      isBase64Encoded: false,
    });
    expect(event.headers['X-Forwarded-Proto']).toBe('http');
    expect(event.multiValueHeaders['x-kind'] ?? event.multiValueHeaders['X-Kind']).toEqual(['one']);
    expect(event.requestContext).toMatchObject({
      accountId: '000000000000',
      apiId: 'api',
      stage: 'v1',
      httpMethod: 'POST',
      operationName: 'postAccount',
      path: '/v1/accounts/a%20b',
      protocol: 'HTTP/1.1',
      resourcePath: '/v1/accounts/{id}',
      requestId: response.headers.get('x-amzn-requestid'),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test/1', apiKey: null, cognitoIdentityId: null },
    });
    expect(event.requestContext.requestTime).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext.authorizer).toBeUndefined();
  });

  it('gives null for what a request does not have', async () => {
    const { url } = await startGateway(route('/v1/accounts', 'GET', echo), functions);
    expect(await eventOf(await fetch(`${url}/v1/accounts`))).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      body: null,
    });
  });

  it('prefers literals to parameters and parameters to {proxy+}', async () => {
    const { url } = await startGateway(
      [
        ...route('/v1/{proxy+}', 'ANY', echo),
        ...route('/v1/runs/{id}', 'GET', echo),
        ...route('/v1/runs/latest', 'GET', echo),
        ...route('/v1/runs/{id}/rows', 'GET', echo),
      ],
      functions,
    );
    const matched = async (path: string, method = 'GET') => {
      const event = await eventOf(await fetch(url + path, { method }));
      return [event.resource, event.pathParameters];
    };
    expect(await matched('/v1/runs/latest')).toEqual(['/v1/runs/latest', null]);
    expect(await matched('/v1/runs/latest/')).toEqual(['/v1/runs/latest', null]);
    expect(await matched('/v1/runs/7')).toEqual(['/v1/runs/{id}', { id: '7' }]);
    expect(await matched('/v1/runs/latest/rows')).toEqual(['/v1/runs/{id}/rows', { id: 'latest' }]);
    expect(await matched('/v1/other/deep/path', 'DELETE')).toEqual(['/v1/{proxy+}', { proxy: 'other/deep/path' }]);
    expect((await fetch(`${url}/v1/runs/7`, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(`${url}/v1/runs/%E0%A4%A`)).status).toBe(403);
  });

  it('encodes binary bodies in both directions where the API declares the media type', async () => {
    const { url } = await startGateway(
      [...route('/echo', 'POST', echo), ...route('/image', 'GET', { Integration: proxyTo('image') })],
      functions,
    );
    const event = await eventOf(
      await fetch(`${url}/echo`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array([1, 255]),
      }),
    );
    expect([event.body, event.isBase64Encoded]).toEqual(['Af8=', true]);
    const image = await fetch(`${url}/image`, { headers: { accept: 'image/png' } });
    expect([...(await image.bytes())]).toEqual([0, 255, 7]);
    const asText = await fetch(`${url}/image`, { headers: { accept: 'application/json' } });
    expect(await asText.text()).toBe('AP8H');
  });

  it("passes status, headers and cookies on, keeps the gateway's own headers", async () => {
    const { url } = await startGateway(route('/h', 'GET', { Integration: proxyTo('headers') }), functions);
    const response = await fetch(`${url}/h`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('1, 2');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('server')).toBeNull();
    expect(response.headers.get('x-amzn-remapped-server')).toBe('mine');
    expect(await response.text()).toBe('héllo');
  });

  it.each(['splitting', 'objectBody', 'badStatus', 'unknownFunction'])(
    'answers 502 to a malformed response (%s)',
    async (name) => {
      const { url } = await startGateway(route('/x', 'GET', { Integration: proxyTo(name) }), functions);
      expect((await fetch(`${url}/x`)).status).toBe(502);
    },
  );

  it('finishes requests under way before it closes', async () => {
    let finish = (_value: unknown): void => undefined;
    let started = (_value: unknown): void => undefined;
    const running = new Promise((resolve) => {
      started = resolve;
    });
    const slow = functionsOf({
      slow: () => {
        started(undefined);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    const gateway = await startGateway(route('/slow', 'GET', { Integration: proxyTo('slow') }), slow, {
      closeGraceMs: 5_000,
    });
    const pending = fetch(`${gateway.url}/slow`);
    await running;
    const closed = gateway.close();
    finish({ statusCode: 200, body: 'done' });
    expect(await (await pending).text()).toBe('done');
    await closed;
    await expect(fetch(`${gateway.url}/slow`)).rejects.toThrow();
  });
});
