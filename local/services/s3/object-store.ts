/** Objects as files. What a file cannot say (content type, metadata, ETag) stands in a record beside the buckets, never inside them. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AwsError } from '../../ports.ts';
import { checkBucketName, pathIn } from './object-key.ts';

export interface ObjectRecord {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly modified: number;
  /** Headers given back on reads: content-type, cache-control, x-amz-meta-…, checksums. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `If-Match` and `If-None-Match: *` of a write. */
export interface WriteCondition {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export interface NewObject {
  readonly data: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag?: string;
}

export class ObjectStore {
  readonly #buckets: string;
  readonly #records: string;
  readonly #unfinished: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    this.#buckets = join(folder, 'buckets');
    this.#records = join(folder, 'records');
    this.#unfinished = join(folder, 'unfinished');
    this.#now = now;
    for (const path of [this.#buckets, this.#records]) mkdirSync(path, { recursive: true });
    rmSync(this.#unfinished, { recursive: true, force: true });
    mkdirSync(this.#unfinished);
  }

  createBucket(bucket: string): void {
    mkdirSync(join(this.#buckets, checkBucketName(bucket)), { recursive: true });
  }

  async buckets(): Promise<readonly string[]> {
    return (await readdir(this.#buckets)).sort();
  }

  requireBucket(bucket: string): void {
    if (!existsSync(join(this.#buckets, checkBucketName(bucket)))) {
      throw new AwsError('NoSuchBucket', `The bucket ${bucket} does not exist.`, 404, { BucketName: bucket });
    }
  }

  bucketFolder(bucket: string): string {
    return join(this.#buckets, checkBucketName(bucket));
  }

  objectPath(bucket: string, key: string): string {
    return pathIn(this.#buckets, bucket, key);
  }

  find(bucket: string, key: string): ObjectRecord | undefined {
    this.requireBucket(bucket);
    const path = this.objectPath(bucket, key);
    const file = statSync(path, { throwIfNoEntry: false });
    if (file?.isFile() !== true) return undefined;
    const recordPath = this.#recordPath(bucket, key);
    if (existsSync(recordPath)) {
      const record = JSON.parse(readFileSync(recordPath, 'utf8')) as ObjectRecord;
      if (record.size === file.size) return record;
    }
    // A crash between the two writes, or a file put there by hand: what can be known is computed again.
    return { key, size: file.size, etag: md5(readFileSync(path)), modified: Math.floor(file.mtimeMs), headers: {} };
  }

  get(bucket: string, key: string): ObjectRecord {
    const found = this.find(bucket, key);
    if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    return found;
  }

  /** Readers see the old object or the new one, never a part: the file is written elsewhere and renamed. */
  async put(bucket: string, key: string, object: NewObject, condition: WriteCondition = {}): Promise<ObjectRecord> {
    this.requireBucket(bucket);
    const path = this.objectPath(bucket, key);
    const unfinished = join(this.#unfinished, randomUUID());
    await writeFile(unfinished, object.data);
    const record: ObjectRecord = {
      key,
      size: object.data.length,
      etag: object.etag ?? md5(object.data),
      modified: this.#now(),
      headers: object.headers,
    };
    try {
      await makeFolder(dirname(path), key);
      // From here to the end without awaiting: the check and the write are one step.
      this.#checkCondition(bucket, key, condition);
      if (existsSync(path) && statSync(path).isDirectory()) throw folderConflict(key);
      if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
      renameSync(unfinished, path);
      const recordPath = this.#recordPath(bucket, key);
      mkdirSync(dirname(recordPath), { recursive: true });
      writeFileSync(`${recordPath}.writing`, JSON.stringify(record));
      renameSync(`${recordPath}.writing`, recordPath);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    return record;
  }

  #checkCondition(bucket: string, key: string, condition: WriteCondition): void {
    if (condition.ifMatch === undefined && condition.ifNoneMatch === undefined) return;
    const current = this.find(bucket, key);
    if (condition.ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
    if (condition.ifMatch === undefined) return;
    if (current === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    if (current.etag !== condition.ifMatch.replaceAll('"', '')) throw preconditionFailed('If-Match');
  }

  /** Deleting what is not there succeeds, as on AWS. Folders left empty go too, else a later key of that name would fail. */
  async delete(bucket: string, key: string): Promise<void> {
    this.requireBucket(bucket);
    const path = this.objectPath(bucket, key);
    if (!existsSync(path) || !statSync(path).isFile()) return;
    rmSync(path);
    rmSync(this.#recordPath(bucket, key), { force: true });
    const top = this.bucketFolder(bucket);
    for (let folder = dirname(path); folder !== top; folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return;
      }
    }
  }

  /** Keys with the prefix in UTF-8 order. Only the folder that the prefix points to is walked. */
  async keys(bucket: string, prefix: string): Promise<readonly string[]> {
    this.requireBucket(bucket);
    const top = this.bucketFolder(bucket);
    const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (start.split('/').some((segment) => segment === '..' || segment === '.') || start.includes('//')) return [];
    const entries = await readdir(join(top, start), { recursive: true, withFileTypes: true }).catch(() => []);
    const keys: string[] = [];
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const key = join(entry.parentPath, entry.name).slice(top.length + 1);
      if (key.startsWith(prefix)) keys.push(key);
    }
    return keys.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  }

  async read(bucket: string, key: string): Promise<Buffer> {
    return await readFile(this.objectPath(bucket, key)).catch(() => {
      throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    });
  }

  #recordPath(bucket: string, key: string): string {
    const digest = createHash('sha256').update(key).digest('hex');
    return join(this.#records, bucket, digest.slice(0, 2), `${digest}.json`);
  }
}

export function md5(data: Buffer): string {
  return createHash('md5').update(data).digest('hex');
}

async function makeFolder(folder: string, key: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' || error.code === 'ENOTDIR' ? folderConflict(key) : error;
  });
}

function folderConflict(key: string): AwsError {
  return new AwsError(
    'InvalidArgument',
    `The local S3 cannot store "${key}": a file cannot also be a folder, and another key needs it to be.`,
  );
}

function preconditionFailed(condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: condition,
  });
}
