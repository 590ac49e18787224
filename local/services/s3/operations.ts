/** Which S3 operation a request is, by method, address and the query parameter that marks it; and what permission it needs. */
import { type AccessNeed, AwsError, type AwsRequest, unsupported } from '../../ports.ts';
import { splitPath } from './object-key.ts';
import { elements, elementText } from './xml.ts';

export type S3Operation =
  | 'ListBuckets'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'ListObjectsV2'
  | 'ListObjectVersions'
  | 'DeleteObjects'
  | 'GetObject'
  | 'HeadObject'
  | 'PutObject'
  | 'CopyObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload';

interface Shape {
  readonly operation: S3Operation;
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** Query parameters that make it this operation. */
  readonly markers?: readonly string[];
  readonly options?: readonly string[];
  readonly header?: string;
}

/** The first that fits decides. */
const SHAPES: readonly Shape[] = [
  { operation: 'ListBuckets', method: 'GET', on: 'service' },
  { operation: 'HeadBucket', method: 'HEAD', on: 'bucket' },
  { operation: 'GetBucketLocation', method: 'GET', on: 'bucket', markers: ['location'] },
  {
    operation: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    markers: ['list-type'],
    options: ['prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after', 'encoding-type', 'fetch-owner'],
  },
  {
    operation: 'ListObjectVersions',
    method: 'GET',
    on: 'bucket',
    markers: ['versions'],
    options: ['prefix', 'max-keys', 'key-marker', 'version-id-marker', 'encoding-type'],
  },
  { operation: 'DeleteObjects', method: 'POST', on: 'bucket', markers: ['delete'] },
  {
    operation: 'GetObject',
    method: 'GET',
    on: 'object',
    options: ['response-content-type', 'response-content-disposition', 'response-cache-control'],
  },
  { operation: 'HeadObject', method: 'HEAD', on: 'object' },
  { operation: 'CreateMultipartUpload', method: 'POST', on: 'object', markers: ['uploads'] },
  { operation: 'CompleteMultipartUpload', method: 'POST', on: 'object', markers: ['uploadId'] },
  { operation: 'AbortMultipartUpload', method: 'DELETE', on: 'object', markers: ['uploadId'] },
  { operation: 'UploadPart', method: 'PUT', on: 'object', markers: ['partNumber', 'uploadId'] },
  { operation: 'CopyObject', method: 'PUT', on: 'object', header: 'x-amz-copy-source' },
  { operation: 'PutObject', method: 'PUT', on: 'object' },
  { operation: 'DeleteObject', method: 'DELETE', on: 'object' },
];

/** Headers that ask for something an object here does not have. */
const REFUSED_HEADERS: readonly string[] = [
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-object-lock-mode',
  'x-amz-grant-read',
  'x-amz-server-side-encryption-customer-algorithm',
];

export interface S3Call {
  readonly operation: S3Operation;
  readonly bucket: string;
  readonly key: string;
}

export function recognise(request: AwsRequest): S3Call {
  const { bucket, key } = splitPath(request.path);
  const on = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const parameters = [...request.query.keys()].filter((name) => name !== 'x-id' && !/^x-amz-/i.test(name));
  const shape = SHAPES.find(
    (candidate) =>
      candidate.method === request.method &&
      candidate.on === on &&
      (candidate.markers ?? []).every((marker) => parameters.includes(marker)) &&
      parameters.every((name) => candidate.markers?.includes(name) || candidate.options?.includes(name)) &&
      (candidate.header === undefined || request.headers[candidate.header] !== undefined),
  );
  if (shape === undefined) {
    const query = parameters.length > 0 ? ` with ?${parameters.join('&')}` : '';
    throw unsupported('S3', `${request.query.get('x-id') ?? request.method} on a ${on}${query}`);
  }
  const refused = REFUSED_HEADERS.find((name) => request.headers[name] !== undefined);
  if (refused !== undefined) throw unsupported('S3', `the header ${refused}`);
  if (shape.operation === 'UploadPart' && request.headers['x-amz-copy-source'] !== undefined)
    throw unsupported('S3', 'UploadPartCopy');
  return { operation: shape.operation, bucket, key };
}

/** IAM action of each operation on its own object or bucket. */
const ACTIONS: Readonly<Record<S3Operation, string>> = {
  ListBuckets: 's3:ListAllMyBuckets',
  HeadBucket: 's3:ListBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  DeleteObjects: 's3:DeleteObject',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  CopyObject: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
};

export function s3Access(request: AwsRequest): readonly AccessNeed[] {
  const { operation, bucket, key } = recognise(request);
  const action = ACTIONS[operation];
  if (bucket === '') return [{ action, resource: '*' }];
  if (operation === 'DeleteObjects') {
    return keysToDelete(request).map(({ key: deleted, version }) => ({
      action: version === undefined ? action : 's3:DeleteObjectVersion',
      resource: objectArn(bucket, deleted),
    }));
  }
  if (operation === 'ListObjectsV2' || operation === 'ListObjectVersions') {
    return [
      { action, resource: `arn:aws:s3:::${bucket}`, context: { 's3:prefix': request.query.get('prefix') ?? '' } },
    ];
  }
  if (key === '') return [{ action, resource: `arn:aws:s3:::${bucket}` }];
  const need = { action, resource: objectArn(bucket, key) };
  if (operation !== 'CopyObject') return [need];
  const source = copySource(request);
  return [{ action: 's3:GetObject', resource: objectArn(source.bucket, source.key) }, need];
}

function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

/** At most 1,000, as on AWS. A version may be named; buckets here have none, so that it can only be `null`. */
export function keysToDelete(
  request: AwsRequest,
): readonly { readonly key: string; readonly version: string | undefined }[] {
  const objects = elements(request.body.toString('utf8'), 'Object');
  if (objects.length === 0 || objects.length > 1000)
    throw new AwsError('MalformedXML', 'Between 1 and 1,000 keys can be deleted at once.');
  return objects.map((xml) => ({ key: elementText(xml, 'Key') ?? '', version: elementText(xml, 'VersionId') }));
}

export function copySource(request: AwsRequest): { readonly bucket: string; readonly key: string } {
  const source = request.headers['x-amz-copy-source'] ?? '';
  if (source.includes('?')) throw unsupported('S3', 'copying an object version');
  return splitPath(source.startsWith('/') ? source : `/${source}`);
}
