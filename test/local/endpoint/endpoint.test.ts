import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CredentialBook, type Credentials, openCredentialBook } from '../../../local/endpoint/credentials.ts';
import { type EndpointServer, startEndpoint } from '../../../local/endpoint/endpoint-server.ts';
import { createServiceRouter, type ServiceRouter } from '../../../local/endpoint/service-router.ts';
import { loadAccessControl } from '../../../local/iam/access-control.ts';
import { AwsError, type LocalService, type ResolvedResource, unsupported } from '../../../local/ports.ts';
import { s3Error } from '../../../local/services/s3/s3-service.ts';

const ROLE = 'arn:aws:iam::000000000000:role/reader';
const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/state';
const MAX_BODY = 1000;

/** Answers GetItem with what it was asked by whom; other operations fail in different ways. */
const dynamodb: LocalService = {
  name: 'dynamodb',
  access: (request) => [{ action: `dynamodb:${request.operation}`, resource: TABLE }],
  handle: async (request) => {
    if (request.operation === 'PutItem')
      throw new AwsError('ConditionalCheckFailedException', 'It is there.', 400, { Item: {} });
    if (request.operation === 'Scan') throw new TypeError('secret of the house');
    if (request.operation === 'Query') throw unsupported('DynamoDB', 'this query');
    return {
      status: 200,
      body: JSON.stringify({ Item: { caller: { S: request.caller.label }, path: { S: request.path } } }),
    };
  },
  close: async () => {},
};
const s3: LocalService = {
  name: 's3',
  access: (request) => [{ action: 's3:GetObject', resource: `arn:aws:s3:::${request.path.slice(1)}` }],
  handle: async (request) => ({
    status: 200,
    headers: { etag: '"1"' },
    body: (async function* () {
      yield Buffer.from('in ');
      yield Buffer.from(`pieces ${request.path}`);
    })(),
  }),
  errorResponse: s3Error,
  close: async () => {},
};

let folder: string;
let credentials: CredentialBook;
let router: ServiceRouter;
let endpoint: EndpointServer;
let operator: Credentials;
let reader: Credentials;
const logged: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conext-endpoint-'));
  credentials = openCredentialBook(join(folder, 'seed'));
  operator = credentials.issue('operator', undefined);
  reader = credentials.issue('function reader', ROLE);
  const at = { stack: 'Main', logicalId: 'Role', physicalId: 'reader', arn: ROLE };
  const resources: readonly ResolvedResource[] = [
    { ...at, type: 'AWS::IAM::Role', properties: {} },
    {
      ...at,
      type: 'AWS::IAM::Policy',
      properties: {
        Roles: ['reader'],
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE } },
      },
    },
  ];
  const { control } = loadAccessControl(resources, '000000000000');
  const log = (message: string, error: unknown): void => {
    logged.push(`${message}: ${String(error)}`);
  };
  router = createServiceRouter({ accessControl: () => control, log });
  router.add(dynamodb);
  router.add(s3);
  endpoint = await startEndpoint({ router, credentials, port: 0, maxBodyBytes: MAX_BODY, log });
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true });
});

const client = (keys: Credentials): DynamoDBClient =>
  new DynamoDBClient({ endpoint: endpoint.url, region: 'eu-central-1', credentials: { ...keys }, maxAttempts: 1 });
const getItem = new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'x' } } });

/** A call as the JSON protocols make it, signature unchecked. */
function call(operation: string, keys: Credentials = operator, body = '{}'): Promise<Response> {
  return fetch(endpoint.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20261122/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body,
  });
}

it('knows the caller by the access key that signs', async () => {
  const answer = await client(reader).send(getItem);
  expect(answer.Item).toEqual({ caller: { S: 'function reader' }, path: { S: '/' } });
});

it('gives each label keys of its own, the same after a restart', () => {
  const again = openCredentialBook(join(folder, 'seed'));
  expect(again.issue('function reader', ROLE)).toEqual(reader);
  expect(reader.accessKeyId).not.toBe(operator.accessKeyId);
  expect(openCredentialBook(join(folder, 'other-seed')).issue('operator', undefined)).not.toEqual(operator);
});

it('answers HTTP/2 without TLS on the same port', async () => {
  const session = connect(endpoint.url);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/',
      authorization: `AWS4-HMAC-SHA256 Credential=${operator.accessKeyId}/20261122/eu-central-1/dynamodb/aws4_request, Signature=0`,
      'x-amz-target': 'DynamoDB_20120810.GetItem',
    });
    stream.end('{}');
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ Item: { caller: { S: 'operator' } } });
  } finally {
    session.close();
  }
});

describe('a caller without permission', () => {
  it('is denied in the JSON protocol', async () => {
    const response = await call('DeleteItem', reader);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'AccessDeniedException',
      message: `function reader (role reader) may not dynamodb:DeleteItem on ${TABLE}: no statement allows it.`,
    });
  });

  it('is denied in XML by S3', async () => {
    const denied = new S3Client({
      endpoint: endpoint.url,
      region: 'eu-central-1',
      credentials: { ...reader },
      maxAttempts: 1,
      forcePathStyle: true,
    });
    await expect(denied.send(new GetObjectCommand({ Bucket: 'lake', Key: 'raw/a' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('may not s3:GetObject on arn:aws:s3:::lake/raw/a'),
      $metadata: { httpStatusCode: 403 },
    });
  });
});

it('streams an answer', async () => {
  const reads = new S3Client({
    endpoint: endpoint.url,
    region: 'eu-central-1',
    credentials: { ...operator },
    maxAttempts: 1,
    forcePathStyle: true,
  });
  const answer = await reads.send(new GetObjectCommand({ Bucket: 'lake', Key: 'a b' }));
  expect(await answer.Body?.transformToString()).toBe('in pieces /lake/a%20b');
});

it('reads the caller from a presigned address', async () => {
  const credential = `${operator.accessKeyId}/20261122/eu-central-1/s3/aws4_request`;
  const response = await fetch(`${endpoint.url}/lake/a?X-Amz-Credential=${encodeURIComponent(credential)}`);
  expect(await response.text()).toBe('in pieces /lake/a');
});

it.each([
  ['a request without a signature', {}, 403, 'MissingAuthenticationToken'],
  [
    'an unknown key',
    { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAX/d/r/dynamodb/aws4_request' },
    403,
    'UnrecognizedClientException',
  ],
  ['a bearer token', { authorization: 'Bearer x' }, 403, 'MissingAuthenticationToken'],
])('refuses %s', async (_, headers, status, type) => {
  const response = await fetch(endpoint.url, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ __type: type });
});

it('refuses a service it does not have by name', async () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${operator.accessKeyId}/d/r/rekognition/aws4_request`;
  const response = await fetch(endpoint.url, { method: 'POST', headers: { authorization } });
  expect(response.status).toBe(501);
  expect(await response.json()).toMatchObject({
    __type: 'UnsupportedLocally',
    message: expect.stringContaining('rekognition'),
  });
});

it('passes on an error of a service with its fields', async () => {
  const response = await call('PutItem');
  expect(response.status).toBe(400);
  expect(response.headers.get('x-amzn-errortype')).toBe('ConditionalCheckFailedException');
  expect(await response.json()).toEqual({
    __type: 'ConditionalCheckFailedException',
    message: 'It is there.',
    Item: {},
  });
});

it('tells nothing of an error nobody planned, and logs it', async () => {
  const response = await call('Scan');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(logged).toContainEqual(expect.stringContaining('dynamodb Scan failed: TypeError: secret of the house'));
});

it('refuses a body beyond its limit', async () => {
  expect((await call('GetItem', operator, `{"a":"${'x'.repeat(MAX_BODY)}"}`)).status).toBe(413);
  expect((await call('GetItem', operator, `{"a":"${'x'.repeat(MAX_BODY - 10)}"}`)).status).toBe(200);
});

it('lets services call each other under a role', async () => {
  const caller = { accessKeyId: 'service', roleArn: ROLE, label: 'states.amazonaws.com' };
  const answer = await router.call({ service: 'dynamodb', operation: 'GetItem', caller, body: '{}' });
  expect(answer).toMatchObject({ Item: { caller: { S: 'states.amazonaws.com' } } });
  await expect(router.call({ service: 'dynamodb', operation: 'PutItem', caller, body: '{}' })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});
