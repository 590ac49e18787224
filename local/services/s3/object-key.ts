/** Bucket names and object keys as paths on disk: a bucket is a folder, a key a file below it, so that DuckDB reads the same files. */
import { join } from 'node:path';
import { AwsError } from '../../ports.ts';

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** The longest file name that common file systems take, in bytes. */
const MAX_SEGMENT_BYTES = 255;

export function checkBucketName(bucket: string): string {
  if (!BUCKET.test(bucket) || bucket.includes('..')) {
    throw new AwsError('InvalidBucketName', `"${bucket}" is not a valid bucket name.`);
  }
  return bucket;
}

/** Why a key that S3 would take has no place in a folder here, if so. */
export function keyProblem(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (Buffer.byteLength(key) > 1024) return 'it is longer than 1,024 bytes';
  if (key.includes('\0')) return 'it holds a NUL character';
  for (const segment of key.split('/')) {
    if (segment === '') return 'it starts or ends with "/" or holds "//", which a file path cannot tell apart';
    if (segment === '.' || segment === '..') return `its part "${segment}" would leave the bucket's folder`;
    if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
      return `a part between "/" is longer than ${MAX_SEGMENT_BYTES} bytes`;
  }
  return undefined;
}

function checkKey(key: string): string {
  const problem = keyProblem(key);
  if (problem !== undefined)
    throw new AwsError('InvalidArgument', `The local S3 cannot store the key "${key}": ${problem}.`);
  return key;
}

/** Path-style addresses: `/bucket/key`. The query is already cut off; `+` in a path is a plus. */
export function splitPath(path: string): { readonly bucket: string; readonly key: string } {
  const slash = path.indexOf('/', 1);
  const end = slash < 0 ? path.length : slash;
  try {
    return { bucket: decodeURIComponent(path.slice(1, end)), key: decodeURIComponent(path.slice(end + 1)) };
  } catch {
    throw new AwsError('InvalidURI', `The path ${path} is not percent-encoded UTF-8.`);
  }
}

export function pathIn(folder: string, bucket: string, key: string): string {
  return join(folder, checkBucketName(bucket), ...checkKey(key).split('/'));
}
