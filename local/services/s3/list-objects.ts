/** ListObjectsV2 over a sorted list of keys. */
import { AwsError } from '../../ports.ts';
import type { ObjectStore } from './object-store.ts';
import { writeXml, type XmlNode } from './xml.ts';

const MAX_KEYS = 1000;

export async function listObjects(store: ObjectStore, bucket: string, query: URLSearchParams): Promise<string> {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = readLimit(query.get('max-keys'));
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;

  const keys = await store.keys(bucket, prefix);
  const contents: XmlNode[] = [];
  const folders: string[] = [];
  let last = '';
  let truncated = false;
  for (const key of keys) {
    // After a page that ended with a common prefix, everything below that prefix has been told already.
    if (
      after !== '' &&
      (compare(key, after) <= 0 || (delimiter !== '' && after.endsWith(delimiter) && key.startsWith(after)))
    )
      continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (folder !== undefined && folders.at(-1) === folder) continue;
    if (contents.length + folders.length >= limit) {
      truncated = limit > 0;
      break;
    }
    last = folder ?? key;
    if (folder !== undefined) {
      folders.push(folder);
      continue;
    }
    const record = store.find(bucket, key);
    if (record === undefined) continue; // deleted since the folder was read
    contents.push([
      'Contents',
      [
        ['Key', encode(key)],
        ['LastModified', new Date(record.modified).toISOString()],
        ['ETag', `"${record.etag}"`],
        ['Size', record.size],
        ['StorageClass', 'STANDARD'],
      ],
    ]);
  }
  return writeXml('ListBucketResult', [
    ['Name', bucket],
    ['Prefix', encode(prefix)],
    ...(delimiter === '' ? [] : [['Delimiter', encode(delimiter)] as const]),
    ['MaxKeys', limit],
    ['KeyCount', contents.length + folders.length],
    ['IsTruncated', truncated],
    ...(query.get('encoding-type') === 'url' ? [['EncodingType', 'url'] as const] : []),
    ...(truncated ? [['NextContinuationToken', Buffer.from(last).toString('base64url')] as const] : []),
    ...contents,
    ...folders.map((folder): XmlNode => ['CommonPrefixes', [['Prefix', encode(folder)]]]),
  ]);
}

/** ListObjectVersions of a bucket without versions: the one of each object, whose id is `null`. */
export async function listVersions(store: ObjectStore, bucket: string, query: URLSearchParams): Promise<string> {
  const prefix = query.get('prefix') ?? '';
  const limit = readLimit(query.get('max-keys'));
  const after = query.get('key-marker') ?? '';
  const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;
  const keys = (await store.keys(bucket, prefix)).filter((key) => after === '' || compare(key, after) > 0);
  const shown = keys.slice(0, limit);
  const truncated = limit > 0 && keys.length > limit;
  const versions: XmlNode[] = [];
  for (const key of shown) {
    const record = store.find(bucket, key);
    if (record === undefined) continue; // deleted since the folder was read
    versions.push([
      'Version',
      [
        ['Key', encode(key)],
        ['VersionId', 'null'],
        ['IsLatest', true],
        ['LastModified', new Date(record.modified).toISOString()],
        ['ETag', `"${record.etag}"`],
        ['Size', record.size],
        ['StorageClass', 'STANDARD'],
      ],
    ]);
  }
  return writeXml('ListVersionsResult', [
    ['Name', bucket],
    ['Prefix', encode(prefix)],
    ['MaxKeys', limit],
    ['IsTruncated', truncated],
    ...(truncated
      ? ([
          ['NextKeyMarker', encode(shown.at(-1) ?? '')],
          ['NextVersionIdMarker', 'null'],
        ] as const)
      : []),
    ...versions,
  ]);
}

function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function readLimit(value: string | null): number {
  const limit = value === null ? MAX_KEYS : Number(value);
  if (!Number.isInteger(limit) || limit < 0)
    throw new AwsError('InvalidArgument', 'max-keys must be a non-negative integer.');
  return Math.min(limit, MAX_KEYS);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}
