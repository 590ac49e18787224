import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as S3 from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3, type S3Service } from '../../../local/services/s3/s3-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const BUCKET = 'lake-bucket';
const Bucket = BUCKET;
let dataDir: string;
let now = Date.UTC(2026, 10, 1);
let service: S3Service;
let served: ServedService;
let s3: S3.S3Client;

async function start(): Promise<void> {
  service = createS3({ ...PLACE, dataDir, clock: () => now });
  await service.provision(
    bucketResource(BUCKET, {
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 2 }] },
    }),
  );
  served = await serveService(service);
  s3 = new S3.S3Client({ ...served.client, forcePathStyle: true });
}

async function stop(): Promise<void> {
  s3.destroy();
  await served.close();
  await service.close();
}

function bucketResource(name: string, properties: Record<string, unknown>) {
  return {
    type: 'AWS::S3::Bucket',
    stack: 'Data',
    logicalId: 'Lake',
    physicalId: name,
    arn: `arn:aws:s3:::${name}`,
    properties,
  };
}

async function text(Key: string, options: Partial<S3.GetObjectCommandInput> = {}): Promise<string> {
  const { Body } = await s3.send(new S3.GetObjectCommand({ Bucket, Key, ...options }));
  return (await Body?.transformToString()) ?? '';
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-s3-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });

  it('asks for the permission to list before it tells that a key is missing, as S3 does', async () => {
    const missing = new S3.GetObjectCommand({ Bucket, Key: 'folder/nothing' });
    await expect(s3.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(served.needs.at(-1)).toEqual([
      { action: 's3:GetObject', resource: `arn:aws:s3:::${BUCKET}/folder/nothing` },
      { action: 's3:ListBucket', resource: `arn:aws:s3:::${BUCKET}` },
    ]);
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'folder/something', Body: 'x' }));
    await text('folder/something');
    expect(served.needs.at(-1)).toEqual([
      { action: 's3:GetObject', resource: `arn:aws:s3:::${BUCKET}/folder/something` },
    ]);
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'folder/something' }));
  });
});

describe('objects', () => {
  it('gives back bytes, type and metadata of a stored object', async () => {
    const put = await s3.send(
      new S3.PutObjectCommand({
        Bucket,
        Key: 'raw/platform=google/a b+ü.json',
        Body: '{"a":1}',
        ContentType: 'application/json',
        Metadata: { run: 'r1' },
      }),
    );
    expect(put.ETag).toBe(`"${createHash('md5').update('{"a":1}').digest('hex')}"`);
    const got = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'raw/platform=google/a b+ü.json' }));
    expect(await got.Body?.transformToString()).toBe('{"a":1}');
    expect(got.ContentType).toBe('application/json');
    expect(got.Metadata).toEqual({ run: 'r1' });
    expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
    expect(readFileSync(service.objectPath(BUCKET, 'raw/platform=google/a b+ü.json'), 'utf8')).toBe('{"a":1}');
  });

  it('accepts a streamed body in aws-chunked framing with its checksum in the trailer', async () => {
    const data = Buffer.alloc(300_000, 'x');
    const stream = Readable.from([data.subarray(0, 100_000), data.subarray(100_000)]);
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'stream.bin', Body: stream, ContentLength: data.length }));
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'stream.bin' }))).ContentLength).toBe(300_000);
    expect(readFileSync(service.objectPath(BUCKET, 'stream.bin')).equals(data)).toBe(true);
  });

  it('refuses a body that does not match its checksum', async () => {
    const command = new S3.PutObjectCommand({ Bucket, Key: 'bad.bin', Body: 'abc', ChecksumCRC32: 'AAAAAA==' });
    await expect(s3.send(command)).rejects.toMatchObject({ name: 'BadDigest' });
    expect(existsSync(service.objectPath(BUCKET, 'bad.bin'))).toBe(false);
  });

  it.each([
    ['bytes=2-4', '234'],
    ['bytes=7-', '789'],
    ['bytes=-2', '89'],
    ['bytes=5-500', '56789'],
  ])('answers the range %s', async (Range, expected) => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }));
    expect(await text('digits', { Range })).toBe(expected);
  });

  it('answers 416 for a range after the end', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'short', Body: 'abc' }));
    await expect(text('short', { Range: 'bytes=9-' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 416 } });
  });

  it('reports a missing key and a missing bucket by name', async () => {
    await expect(text('nowhere')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'nowhere' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(
      s3.send(new S3.PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'a', Body: '' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('creates only once under If-None-Match, however many try at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        s3.send(new S3.PutObjectCommand({ Bucket, Key: 'once', Body: `writer ${index}`, IfNoneMatch: '*' })),
      ),
    );
    expect(tries.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const [lost] = tries.filter((result) => result.status === 'rejected');
    expect(lost?.reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  });

  it('replaces under If-Match only what the caller has seen', async () => {
    const first = await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'state', Body: '1' }));
    const second = await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'state', Body: '2', IfMatch: first.ETag }));
    await expect(
      s3.send(new S3.PutObjectCommand({ Bucket, Key: 'state', Body: '3', IfMatch: first.ETag })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'state' }))).ETag).toBe(second.ETag);
  });

  it('copies with and without new metadata', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'copy/from', Body: 'same', Metadata: { a: '1' } }));
    await s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'copy/to', CopySource: `${BUCKET}/copy/from` }));
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'copy/to' }))).Metadata).toEqual({ a: '1' });
    expect(await text('copy/to')).toBe('same');
    expect(
      served.needs.some(
        (needs) => needs.length === 2 && needs[0]?.action === 's3:GetObject' && needs[1]?.action === 's3:PutObject',
      ),
    ).toBe(true);
  });

  it.each(['../escape', 'a/../../escape', 'a//b', '/rooted', 'folder/', 'a/./b'])('refuses the key %s', async (Key) => {
    const url = `${served.endpoint}/${BUCKET}/${encodeURIComponent(Key)}`;
    const answer = await fetch(url, { method: 'PUT', body: 'x' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidArgument</Code>');
    expect(existsSync(join(dataDir, 'escape'))).toBe(false);
  });

  it('refuses a key below another object instead of losing either', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'leaf', Body: 'x' }));
    await expect(s3.send(new S3.PutObjectCommand({ Bucket, Key: 'leaf/below', Body: 'y' }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    expect(await text('leaf')).toBe('x');
  });
});

describe('presigned addresses', () => {
  it('are plain requests whose signature stands in the query', async () => {
    const signature =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=operator%2F20261122%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Date=20261122T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=ab';
    const url = `${served.endpoint}/${BUCKET}/signed/report.pdf?${signature}`;
    expect(
      (await fetch(url, { method: 'PUT', body: 'pdf', headers: { 'content-type': 'application/pdf' } })).status,
    ).toBe(200);
    const got = await fetch(`${url}&response-content-disposition=attachment&x-id=GetObject`);
    expect([await got.text(), got.headers.get('content-type'), got.headers.get('content-disposition')]).toEqual([
      'pdf',
      'application/pdf',
      'attachment',
    ]);
  });
});

describe('lists', () => {
  it('pages through keys in byte order', async () => {
    const keys = ['list/a', 'list/a-1', 'list/a/1', 'list/ü', 'list/b=2/x', 'list/Z'].filter((key) => key !== 'list/a');
    for (const Key of keys) await s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: Key }));
    const seen: string[] = [];
    for await (const page of S3.paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket, Prefix: 'list/' })) {
      seen.push(...(page.Contents ?? []).map((entry) => entry.Key ?? ''));
      expect(page.KeyCount).toBeLessThanOrEqual(2);
    }
    expect(seen).toEqual(['list/Z', 'list/a-1', 'list/a/1', 'list/b=2/x', 'list/ü']);
  });

  it('groups keys by the delimiter, over pages too', async () => {
    for (const Key of ['d/x/1', 'd/x/2', 'd/y/1', 'd/z'])
      await s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: '' }));
    const folders: string[] = [];
    const files: string[] = [];
    for await (const page of S3.paginateListObjectsV2(
      { client: s3, pageSize: 1 },
      { Bucket, Prefix: 'd/', Delimiter: '/' },
    )) {
      folders.push(...(page.CommonPrefixes ?? []).map((entry) => entry.Prefix ?? ''));
      files.push(...(page.Contents ?? []).map((entry) => entry.Key ?? ''));
    }
    expect({ folders, files }).toEqual({ folders: ['d/x/', 'd/y/'], files: ['d/z'] });
  });

  it('tells the policy which prefix a list asks for', async () => {
    await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'raw/' }));
    expect(served.needs.at(-1)).toEqual([
      { action: 's3:ListBucket', resource: `arn:aws:s3:::${BUCKET}`, context: { 's3:prefix': 'raw/' } },
    ]);
  });

  it('deletes many at once and leaves no empty folders behind', async () => {
    for (const Key of ['many/1/a', 'many/2/b']) await s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: '' }));
    const { Deleted } = await s3.send(
      new S3.DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'many/1/a' }, { Key: 'many/2/b' }, { Key: 'many/none' }] },
      }),
    );
    expect(Deleted).toHaveLength(3);
    expect(existsSync(join(service.bucketsFolder, BUCKET, 'many'))).toBe(false);
  });
});

describe('multipart uploads', () => {
  it('joins the parts in order', async () => {
    const { UploadId } = await s3.send(
      new S3.CreateMultipartUploadCommand({ Bucket, Key: 'big.csv', ContentType: 'text/csv' }),
    );
    const part = async (PartNumber: number, Body: string) => ({
      PartNumber,
      ETag: (await s3.send(new S3.UploadPartCommand({ Bucket, Key: 'big.csv', UploadId, PartNumber, Body }))).ETag,
    });
    const second = await part(2, 'two');
    const first = await part(1, 'one');
    const done = await s3.send(
      new S3.CompleteMultipartUploadCommand({
        Bucket,
        Key: 'big.csv',
        UploadId,
        MultipartUpload: { Parts: [first, second] },
      }),
    );
    expect(done.ETag).toMatch(/-2"$/);
    expect(await text('big.csv')).toBe('onetwo');
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'big.csv' }))).ContentType).toBe('text/csv');
  });

  it('forgets an aborted upload', async () => {
    const { UploadId } = await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key: 'gone' }));
    await s3.send(new S3.AbortMultipartUploadCommand({ Bucket, Key: 'gone', UploadId }));
    await expect(
      s3.send(new S3.UploadPartCommand({ Bucket, Key: 'gone', UploadId, PartNumber: 1, Body: 'x' })),
    ).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(readdirSync(join(dataDir, 's3', 'uploads'))).toEqual([]);
  });
});

describe('the bucket', () => {
  it('keeps its objects over a restart', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'kept', Body: 'still here', ContentType: 'text/plain' }));
    await stop();
    await start();
    expect(await text('kept')).toBe('still here');
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'kept' }))).ContentType).toBe('text/plain');
  });

  it('expires objects as its lifecycle rule says', async () => {
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'tmp/old', Body: '' }));
    now += 86_400_000;
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'tmp/new', Body: '' }));
    now += 86_400_000 + 1;
    expect(await service.sweep()).toBe(1);
    await expect(text('tmp/old')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await text('tmp/new')).toBe('');
  });

  it('refuses what it does not do, by name', async () => {
    await expect(
      s3.send(new S3.PutObjectTaggingCommand({ Bucket, Key: 'kept', Tagging: { TagSet: [] } })),
    ).rejects.toMatchObject({
      name: 'UnsupportedLocally',
      message: expect.stringContaining('tagging'),
    });
    expect(service.refuse(bucketResource('x-bucket', { NotificationConfiguration: {} }))).toContain(
      'NotificationConfiguration',
    );
    expect(service.refuse(bucketResource('x-bucket', { ReplicationConfiguration: {} }))).toContain(
      'ReplicationConfiguration',
    );
    expect(
      service.refuse(bucketResource('x-bucket', { BucketEncryption: {}, VersioningConfiguration: {} })),
    ).toBeUndefined();
  });
});
