/** AWS::S3::Bucket: what of it is honoured, and its lifecycle rules enforced by a sweep. */
import type { ResolvedResource } from '../../ports.ts';
import type { JsonFile } from '../json-file.ts';
import { isObject, type JsonObject, objectsOf, optionalText } from '../json-protocol.ts';
import { asNumber, type PropertySupport, refuseUnlisted } from '../property-support.ts';
import type { MultipartUploads } from './multipart.ts';
import type { ObjectStore } from './object-store.ts';

interface ExpiryRule {
  readonly prefix: string;
  /** Days after the last write. */
  readonly expireDays?: number;
  readonly abortUploadDays?: number;
}

/** Per bucket name. */
export type BucketRules = Record<string, readonly ExpiryRule[]>;

const BUCKET: PropertySupport = {
  BucketName: 'honoured',
  LifecycleConfiguration: (value) => lifecycleProblem(value),
  NotificationConfiguration: () => 'is not supported locally (no events are emitted for objects)',
  CorsConfiguration: () => 'is not supported locally (browsers cannot read the local S3 directly)',
  // Versions are not reachable through the operations in use, so that keeping none shows nowhere.
  VersioningConfiguration: 'harmless',
  BucketEncryption: 'harmless',
  PublicAccessBlockConfiguration: 'harmless',
  OwnershipControls: 'harmless',
  AccessControl: 'harmless',
  LoggingConfiguration: 'harmless',
  IntelligentTieringConfigurations: 'harmless',
  MetricsConfigurations: 'harmless',
  Tags: 'harmless',
};

const RULE: Readonly<Record<string, true>> = {
  Id: true,
  Status: true,
  Prefix: true,
  ExpirationInDays: true,
  AbortIncompleteMultipartUpload: true,
  // Storage classes and old versions do not exist here.
  Transitions: true,
  NoncurrentVersionExpiration: true,
  NoncurrentVersionTransitions: true,
  ExpiredObjectDeleteMarker: true,
};

export function refuseBucket(resource: ResolvedResource): string | undefined {
  // A bucket policy only ever narrows or shares across accounts; here callers are checked against their roles alone.
  if (resource.type === 'AWS::S3::BucketPolicy') return undefined;
  return refuseUnlisted(resource, BUCKET);
}

function lifecycleProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object';
  for (const rule of objectsOf(value, 'Rules')) {
    const unknown = Object.keys(rule).find((name) => !Object.hasOwn(RULE, name));
    if (unknown !== undefined) return `has a rule with ${unknown}, which is not supported locally`;
  }
  return undefined;
}

export function readRules(properties: JsonObject): readonly ExpiryRule[] {
  const lifecycle = properties.LifecycleConfiguration;
  if (!isObject(lifecycle)) return [];
  return objectsOf(lifecycle, 'Rules')
    .filter((rule) => rule.Status === 'Enabled')
    .map((rule) => {
      const abort = rule.AbortIncompleteMultipartUpload;
      const expireDays = asNumber(rule.ExpirationInDays);
      const abortUploadDays = isObject(abort) ? asNumber(abort.DaysAfterInitiation) : undefined;
      return {
        prefix: optionalText(rule, 'Prefix') ?? '',
        ...(expireDays === undefined ? {} : { expireDays }),
        ...(abortUploadDays === undefined ? {} : { abortUploadDays }),
      };
    });
}

const DAY_MS = 86_400_000;
/** A sweep deletes no more than this, so that it never holds the process; the next one goes on. */
const MAX_DELETES = 1000;

/** Deletes expired objects and stale uploads; gives back how many objects went. */
export async function sweepExpired(
  rules: JsonFile<BucketRules>,
  store: ObjectStore,
  uploads: MultipartUploads,
  now: number,
): Promise<number> {
  let deleted = 0;
  for (const [bucket, bucketRules] of Object.entries(rules.state)) {
    for (const rule of bucketRules) {
      if (rule.abortUploadDays !== undefined) await uploads.abortOlder(bucket, now - rule.abortUploadDays * DAY_MS);
      if (rule.expireDays === undefined) continue;
      for (const key of await store.keys(bucket, rule.prefix)) {
        if (deleted >= MAX_DELETES) return deleted;
        const record = store.find(bucket, key);
        if (record === undefined || record.modified > now - rule.expireDays * DAY_MS) continue;
        await store.delete(bucket, key);
        deleted += 1;
      }
    }
  }
  return deleted;
}
