/**
 * S3 on the file system. A bucket is the folder `<dataDir>/s3/buckets/<bucket>` and an object a file below it,
 * so that other services of the runtime read the same bytes. Path-style addresses only.
 */
import { join } from 'node:path';
import type { AwsError, AwsResponse, LocalService, Provisioner } from '../../ports.ts';
import { JsonFile } from '../json-file.ts';
import type { ServiceSettings } from '../place.ts';
import { repeat } from '../repeat.ts';
import { type BucketRules, readRules, refuseBucket, sweepExpired } from './bucket-settings.ts';
import { HANDLERS, type S3State } from './handlers.ts';
import { MultipartUploads } from './multipart.ts';
import { ObjectStore } from './object-store.ts';
import { recognise, s3Access } from './operations.ts';
import { writeXml, type XmlNode } from './xml.ts';

export interface S3Service extends LocalService, Provisioner {
  errorResponse(error: AwsError): AwsResponse;
  /** The file of an object, whether it exists or not. Throws `AwsError` for a key that would leave its bucket's folder. */
  objectPath(bucket: string, key: string): string;
  /** The folder that holds one folder per bucket. */
  readonly bucketsFolder: string;
  /** Stores an object on behalf of another local service. */
  putObject(bucket: string, key: string, data: Buffer, contentType: string): Promise<void>;
  readObject(bucket: string, key: string): Promise<Buffer>;
  /** Enforces the lifecycle rules as of now; also runs every hour. */
  sweep(): Promise<number>;
}

const SWEEP_EVERY_MS = 3_600_000;
const XML = { 'content-type': 'application/xml' };

export function createS3(settings: ServiceSettings): S3Service {
  const folder = join(settings.dataDir, 's3');
  const store = new ObjectStore(folder, settings.clock);
  const uploads = new MultipartUploads(join(folder, 'uploads'));
  const rules = new JsonFile<BucketRules>(join(folder, 'lifecycle.json'), {});
  const sweep = (): Promise<number> => sweepExpired(rules, store, uploads, settings.clock());
  const sweeping = repeat(
    SWEEP_EVERY_MS,
    async () => {
      await sweep();
    },
    (error) => process.emitWarning(`S3 lifecycle sweep: ${String(error)}`),
  );

  const state: S3State = { region: settings.region, store, uploads };

  return {
    name: 's3',
    types: ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'],
    bucketsFolder: join(folder, 'buckets'),
    access: (request) => {
      const { operation, bucket, key } = recognise(request);
      const needs = s3Access(request);
      const reads = operation === 'GetObject' || operation === 'HeadObject';
      if (!reads || store.find(bucket, key) !== undefined) return needs;
      // Whoever may not list the bucket is not told either that a key is missing: S3 answers 403 then, not 404.
      return [...needs, { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` }];
    },
    handle: async (request) => {
      const call = recognise(request);
      return await HANDLERS[call.operation](state, call, request);
    },
    errorResponse: s3Error,
    refuse: refuseBucket,
    provision: async (resource) => {
      if (resource.type !== 'AWS::S3::Bucket') return;
      store.createBucket(resource.physicalId);
      rules.state[resource.physicalId] = readRules(resource.properties);
      rules.save();
    },
    objectPath: (bucket, key) => store.objectPath(bucket, key),
    putObject: async (bucket, key, data, contentType) => {
      await store.put(bucket, key, { data, headers: { 'content-type': contentType } });
    },
    readObject: (bucket, key) => store.read(bucket, key),
    sweep,
    close: () => sweeping.stop(),
  };
}

/** S3 answers errors in XML; the SDK reads the code from the body, or from the status for HEAD. */
export function s3Error(error: AwsError): AwsResponse {
  const fields = Object.entries(error.fields).map(([name, value]): XmlNode => [name, String(value)]);
  const nodes: XmlNode[] = [['Code', error.code], ['Message', error.message], ...fields];
  return { status: error.status, headers: XML, body: writeXml('Error', nodes) };
}
