import { describe, expect, it } from 'vitest';
import { guarded, proxyTo, resource, route } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const problem = (title: string) =>
  `{"type":"about:blank","title":"${title}","detail":$context.error.messageString,"instance":"$context.path","requestId":"$context.requestId","kind":"$context.error.responseType","why":"$context.error.validationErrorString"}`;

const answer = (type: string, extra: Record<string, unknown>) =>
  resource('GatewayResponse', `response ${type}`, { RestApiId: 'api', ResponseType: type, ...extra });

const resources = [
  ...route('/ok', 'GET', { Integration: proxyTo('ok') }),
  ...route('/broken', 'GET', { Integration: proxyTo('broken') }),
  ...route('/throws', 'GET', { Integration: proxyTo('throws') }),
  ...route('/slow', 'GET', { Integration: proxyTo('slow', { TimeoutInMillis: 50 }) }),
  ...route('/guarded', 'GET', { ...guarded('a/b'), Integration: proxyTo('ok') }),
  ...route('/upload', 'POST', { Integration: proxyTo('ok') }),
];
const functions = functionsOf({
  ok: () => ({ statusCode: 200, body: 'fine' }),
  broken: () => ({ message: 'no status' }),
  throws: () => {
    throw new Error('the database password is hunter2');
  },
  slow: () => new Promise(() => undefined),
});

describe('gateway responses', () => {
  it('speak as AWS does where the templates say nothing', async () => {
    const { url } = await startGateway(resources, functions);
    const seen: unknown[] = [];
    for (const path of ['/nowhere', '/guarded', '/broken', '/throws', '/slow']) {
      const response = await fetch(url + path);
      seen.push([path, response.status, response.headers.get('x-amzn-errortype'), await response.json()]);
    }
    expect(seen).toEqual([
      ['/nowhere', 403, 'MissingAuthenticationTokenException', { message: 'Missing Authentication Token' }],
      ['/guarded', 401, 'UnauthorizedException', { message: 'Unauthorized' }],
      ['/broken', 502, 'InternalServerErrorException', { message: 'Internal server error' }],
      ['/throws', 502, 'InternalServerErrorException', { message: 'Internal server error' }],
      ['/slow', 504, 'InternalServerErrorException', { message: 'Endpoint request timed out' }],
    ]);
  });

  it('take status, headers and body from the templates, falling back to DEFAULT_4XX and DEFAULT_5XX', async () => {
    const { url } = await startGateway(
      [
        ...resources,
        answer('MISSING_AUTHENTICATION_TOKEN', {
          StatusCode: '404',
          ResponseTemplates: { 'application/problem+json': problem('Not found') },
        }),
        answer('DEFAULT_4XX', {
          ResponseTemplates: { 'application/problem+json': problem('Refused') },
          ResponseParameters: {
            'gatewayresponse.header.Access-Control-Allow-Origin': "'http://127.0.0.1:4600'",
            'gatewayresponse.header.X-Request-Id': 'context.requestId',
            'gatewayresponse.header.X-Origin': 'method.request.header.Origin',
          },
        }),
        answer('DEFAULT_5XX', { ResponseTemplates: { 'application/problem+json': problem('Failed') } }),
      ],
      functions,
    );
    const missing = await fetch(`${url}/nowhere?x=1`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toBe('application/problem+json');
    expect(await missing.json()).toEqual({
      type: 'about:blank',
      title: 'Not found',
      detail: 'Missing Authentication Token',
      instance: '/nowhere',
      requestId: missing.headers.get('x-amzn-requestid'),
      kind: 'MISSING_AUTHENTICATION_TOKEN',
      why: '',
    });
    const refused = await fetch(`${url}/guarded`, { headers: { origin: 'http://a.example' } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('x-request-id')).toBe(refused.headers.get('x-amzn-requestid'));
    expect(refused.headers.get('x-origin')).toBe('http://a.example');
    expect(refused.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:4600');
    expect(await refused.json()).toMatchObject({ title: 'Refused', detail: 'Unauthorized' });
    const failed = await fetch(`${url}/throws`);
    expect(failed.status).toBe(502);
    expect(await failed.text()).not.toContain('hunter2');
  });

  it('tell the operator, not the caller, why a function failed', async () => {
    const told: string[] = [];
    const { url } = await startGateway(resources, functions, {
      onFailure: (id, message) => told.push(`${id} ${message}`),
    });
    const response = await fetch(`${url}/throws`);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('hunter2');
    expect(told[0]).toContain(String(response.headers.get('x-amzn-requestid')));
  });

  it('answer 413 to more than 10 MB, declared or not', async () => {
    const { url } = await startGateway(resources, functions);
    const chunk = new Uint8Array(1024 * 1024);
    const declared = await fetch(`${url}/upload`, { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) });
    expect([declared.status, await declared.json()]).toEqual([413, { message: 'Request Too Long' }]);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 12) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const undeclared = await fetch(`${url}/upload`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(undeclared.status).toBe(413);
    const fits = await fetch(`${url}/upload`, { method: 'POST', body: new Uint8Array(10 * 1024 * 1024) });
    expect(fits.status).toBe(200);
  });

  it('answer 431 to more than 10 KB of headers', async () => {
    const { url } = await startGateway(resources, functions);
    expect((await fetch(`${url}/ok`, { headers: { 'x-long': 'a'.repeat(11_000) } })).status).toBe(431);
    expect((await fetch(`${url}/ok`)).status).toBe(200);
  });

  it.each([
    ['Velocity', '#set($a = 1)', /uses #set/],
    ['an unknown variable', '"$context.identity.userArn"', /uses \$context\.identity\.userArn/],
  ])('refuse %s in a template at start', async (_what, template, message) => {
    const bad = answer('DEFAULT_4XX', { ResponseTemplates: { 'application/json': template } });
    await expect(startGateway([...resources, bad], functions)).rejects.toThrow(message);
  });
});
