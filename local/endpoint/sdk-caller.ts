/** Calls a local service as the SDK would, for Step Functions' `aws-sdk` integrations: member names in PascalCase both ways. */
import { AwsError, type Caller, unsupported } from '../ports.ts';
import { isObject, type JsonObject } from '../services/json-protocol.ts';
import type { ServiceRouter } from './service-router.ts';

interface Protocol {
  /** The signing name, where it differs from the integration's. */
  readonly service: string;
  /** How the service writes member names: Step Functions alone begins them in lower case. */
  readonly members: 'PascalCase' | 'camelCase';
}

const JSON_PROTOCOLS: Readonly<Record<string, Protocol>> = {
  athena: { service: 'athena', members: 'PascalCase' },
  dynamodb: { service: 'dynamodb', members: 'PascalCase' },
  eventbridge: { service: 'events', members: 'PascalCase' },
  secretsmanager: { service: 'secretsmanager', members: 'PascalCase' },
  sfn: { service: 'states', members: 'camelCase' },
  sqs: { service: 'sqs', members: 'PascalCase' },
  ssm: { service: 'ssm', members: 'PascalCase' },
};

export type SdkCaller = (
  service: string,
  action: string,
  args: JsonObject,
  roleArn: string,
  options: { readonly signal: AbortSignal },
) => Promise<unknown>;

export function createSdkCaller(router: ServiceRouter): SdkCaller {
  return async (service, action, args, roleArn, { signal }) => {
    signal.throwIfAborted();
    const caller: Caller = { accessKeyId: 'service', roleArn, label: 'states.amazonaws.com' };
    const operation = action.charAt(0).toUpperCase() + action.slice(1);
    if (service === 's3') return await callS3(router, operation, args, caller);
    const protocol = Object.hasOwn(JSON_PROTOCOLS, service) ? JSON_PROTOCOLS[service] : undefined;
    if (protocol === undefined) throw unsupported('Step Functions', `aws-sdk:${service}:${action}`);
    const lower = protocol.members === 'camelCase';
    const body = JSON.stringify(lower ? renamed(args, (name) => name.charAt(0).toLowerCase() + name.slice(1)) : args);
    const answer = await router.call({ service: protocol.service, operation, caller, body });
    return lower ? renamed(answer, (name) => name.charAt(0).toUpperCase() + name.slice(1)) : (answer ?? {});
  };
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [rename(name), renamed(item, rename)]));
}

/** S3 speaks REST; the two operations a workflow needs for texts in the lake. */
async function callS3(router: ServiceRouter, operation: string, args: JsonObject, caller: Caller): Promise<unknown> {
  const { Bucket: bucket, Key: key, Body: content, ...rest } = args;
  const strange = Object.keys(rest)[0];
  if ((operation !== 'GetObject' && operation !== 'PutObject') || strange !== undefined) {
    throw unsupported('Step Functions', `aws-sdk:s3:${operation}${strange === undefined ? '' : ` with ${strange}`}`);
  }
  const path = `/${String(bucket)}/${String(key).split('/').map(encodeURIComponent).join('/')}`;
  const write = operation === 'PutObject';
  const response = await router.send({
    service: 's3',
    caller,
    method: write ? 'PUT' : 'GET',
    path,
    headers: {},
    body: write ? (typeof content === 'string' ? content : JSON.stringify(content ?? '')) : '',
  });
  if (write) return { ETag: response.headers?.etag };
  return { Body: await textOf(response.body), ETag: response.headers?.etag };
}

/** Step Functions takes at most 256 KiB into a state; an item reader may read more. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

async function textOf(body: Buffer | string | AsyncIterable<Uint8Array> | undefined): Promise<string> {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return String(body ?? '');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_TEXT_BYTES)
      throw new AwsError('States.DataLimitExceeded', `The object is larger than ${MAX_TEXT_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
