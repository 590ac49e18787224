/** What each operation does, once it is recognised and allowed. */
import { AwsError, type AwsRequest, type AwsResponse } from '../../ports.ts';
import { readUpload } from './body.ts';
import { listObjects, listVersions } from './list-objects.ts';
import type { MultipartUploads } from './multipart.ts';
import { keyProblem } from './object-key.ts';
import type { ObjectRecord, ObjectStore, WriteCondition } from './object-store.ts';
import { copySource, keysToDelete, type S3Call, type S3Operation } from './operations.ts';
import { readObject } from './read-object.ts';
import { writeXml, type XmlNode } from './xml.ts';

export interface S3State {
  readonly region: string;
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
}

type Handler = (s3: S3State, call: S3Call, request: AwsRequest) => Promise<AwsResponse> | AwsResponse;

const KEPT_HEADERS = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];
const XML = { 'content-type': 'application/xml' };

export const HANDLERS: Readonly<Record<S3Operation, Handler>> = {
  ListBuckets: async (s3) => {
    const buckets = await s3.store.buckets();
    const list = buckets.map((name): XmlNode => ['Bucket', [['Name', name]]]);
    return { status: 200, headers: XML, body: writeXml('ListAllMyBucketsResult', [['Buckets', list]]) };
  },
  HeadBucket: (s3, { bucket }) => {
    s3.store.requireBucket(bucket);
    return { status: 200, headers: { 'x-amz-bucket-region': s3.region } };
  },
  GetBucketLocation: (s3, { bucket }) => {
    s3.store.requireBucket(bucket);
    return {
      status: 200,
      headers: XML,
      body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${s3.region}</LocationConstraint>`,
    };
  },
  ListObjectsV2: async (s3, { bucket }, request) => ({
    status: 200,
    headers: XML,
    body: await listObjects(s3.store, bucket, request.query),
  }),
  ListObjectVersions: async (s3, { bucket }, request) => ({
    status: 200,
    headers: XML,
    body: await listVersions(s3.store, bucket, request.query),
  }),
  GetObject: (s3, { bucket, key }, request) =>
    readObject(request, s3.store.get(bucket, key), s3.store.objectPath(bucket, key)),
  HeadObject: (s3, { bucket, key }, request) =>
    readObject(request, s3.store.get(bucket, key), s3.store.objectPath(bucket, key)),
  PutObject: async (s3, { bucket, key }, request) => {
    const { data, checksums } = readUpload(request);
    const headers = { ...keptHeaders(request), ...checksums };
    const record = await s3.store.put(bucket, key, { data, headers }, conditionOf(request));
    return { status: 200, headers: { etag: quoted(record), ...checksums } };
  },
  CopyObject: async (s3, { bucket, key }, request) => {
    const from = copySource(request);
    const source = s3.store.get(from.bucket, from.key);
    const replace = request.headers['x-amz-metadata-directive'] === 'REPLACE';
    const headers = replace ? keptHeaders(request) : source.headers;
    const data = await s3.store.read(from.bucket, from.key);
    const record = await s3.store.put(bucket, key, { data, headers }, conditionOf(request));
    return { status: 200, headers: XML, body: writeXml('CopyObjectResult', summary(record)) };
  },
  DeleteObject: async (s3, { bucket, key }) => {
    await s3.store.delete(bucket, key);
    return { status: 204 };
  },
  DeleteObjects: async (s3, { bucket }, request) => {
    readUpload(request);
    s3.store.requireBucket(bucket);
    const results: XmlNode[] = [];
    for (const { key, version } of keysToDelete(request)) {
      const problem =
        keyProblem(key) ?? (version === undefined || version === 'null' ? undefined : 'Buckets have no versions here.');
      if (problem === undefined) await s3.store.delete(bucket, key);
      results.push(
        problem === undefined
          ? ['Deleted', [['Key', key]]]
          : [
              'Error',
              [
                ['Key', key],
                ['Code', 'InvalidArgument'],
                ['Message', problem],
              ],
            ],
      );
    }
    const quiet = request.body.includes('<Quiet>true</Quiet>');
    return {
      status: 200,
      headers: XML,
      body: writeXml('DeleteResult', quiet ? results.filter(([name]) => name === 'Error') : results),
    };
  },
  CreateMultipartUpload: async (s3, { bucket, key }, request) => {
    s3.store.requireBucket(bucket);
    s3.store.objectPath(bucket, key);
    const id = await s3.uploads.create({ bucket, key, headers: keptHeaders(request) });
    const nodes: XmlNode[] = [
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', id],
    ];
    return { status: 200, headers: XML, body: writeXml('InitiateMultipartUploadResult', nodes) };
  },
  UploadPart: async (s3, { bucket, key }, request) => {
    const { data, checksums } = readUpload(request);
    const { id, part } = partOf(request);
    const etag = await s3.uploads.putPart(bucket, key, id, part, data);
    return { status: 200, headers: { etag: `"${etag}"`, ...checksums } };
  },
  CompleteMultipartUpload: async (s3, { bucket, key }, request) => {
    const { id } = partOf(request);
    const object = await s3.uploads.assemble(bucket, key, id, request.body.toString('utf8'));
    const record = await s3.store.put(bucket, key, object, conditionOf(request));
    await s3.uploads.remove(id);
    const nodes: XmlNode[] = [
      ['Location', request.path],
      ['Bucket', bucket],
      ['Key', key],
      ['ETag', quoted(record)],
    ];
    return { status: 200, headers: XML, body: writeXml('CompleteMultipartUploadResult', nodes) };
  },
  AbortMultipartUpload: async (s3, { bucket, key }, request) => {
    await s3.uploads.abort(bucket, key, partOf(request).id);
    return { status: 204 };
  },
};

function keptHeaders(request: AwsRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (KEPT_HEADERS.includes(name) || name.startsWith('x-amz-meta-')) headers[name] = value;
  }
  const encoding = request.headers['content-encoding']?.replace(/aws-chunked,?\s*/, '');
  if (encoding !== undefined && encoding !== '') headers['content-encoding'] = encoding;
  return headers;
}

function conditionOf(request: AwsRequest): WriteCondition {
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new AwsError('NotImplemented', 'A write takes only If-None-Match: *.', 501);
  }
  return { ifMatch: request.headers['if-match'], ifNoneMatch };
}

function partOf(request: AwsRequest): { readonly id: string; readonly part: string } {
  return { id: request.query.get('uploadId') ?? '', part: request.query.get('partNumber') ?? '' };
}

function quoted(record: ObjectRecord): string {
  return `"${record.etag}"`;
}

function summary(record: ObjectRecord): readonly XmlNode[] {
  return [
    ['ETag', quoted(record)],
    ['LastModified', new Date(record.modified).toISOString()],
  ];
}
